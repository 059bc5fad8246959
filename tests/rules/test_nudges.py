"""Who is reminded of what, and when next: on values, without a database."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.rules.ladders import Ladder, Rung
from bot.rules.nudges import (
    Pending,
    Watch,
    brought_forward,
    due_rungs,
    end_of_day,
    is_true,
    keeps_only,
    next_due_at,
    timeline,
)
from storage.tables import Role
from tests.rules.people import KOREA, at, day, off, somebody

SEOUL = ZoneInfo("Asia/Seoul")
OWNER, LEAD = somebody(1), somebody(1, Role.LEAD)
SECRETARY, DEPUTY = somebody(2, Role.SECRETARY), somebody(3, Role.DEPUTY)
OFFICE = Watch((OWNER,), (SECRETARY,), (DEPUTY,))
ALONE = Watch((OWNER,))


def pending(due: str | None = "12-04", heard: str = "11-23 23:59", **other: object) -> Pending:
    """Due on Friday, 4 December; made on Monday, 23 November."""
    return Pending(1, day(due) if due else None, at(heard), **other)  # type: ignore[arg-type]


def told(part: Pending, watch: Watch, now: str, zone: str = "Asia/Seoul") -> dict[int, str]:
    return {due.receiver.person_id: due.rung.name for due in due_rungs(part, watch, at(now, zone))}


def heard_on(part: Pending, watch: Watch) -> list[str]:
    """Every moment at which something is said, one after the other, as Korean clocks show it."""
    moments = []
    while (moment := next_due_at(part, watch)) is not None:
        moments.append(f"{moment.astimezone(SEOUL):%m-%d %H:%M}")
        part = Pending(part.owner_id, part.due_on, moment, part.asked_on, part.ladder)
    return moments


def test_an_owner_is_reminded_at_half_past_nine_of_the_ladders_days():
    assert heard_on(pending(), ALONE) == [
        *("11-25 09:30", "12-01 09:30", "12-03 09:30", "12-04 09:30"),
        *("12-09 09:30", "12-14 09:30", "12-17 09:30", "12-22 09:30", "12-28 09:30"),
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("11-25 09:29", {}),
        ("11-25 09:30", {1: "-7"}),
        ("11-30 12:00", {1: "-7"}),  # missed for days: still the latest
        ("12-01 09:30", {1: "-3"}),
        ("12-04 15:00", {1: "0"}),  # all missed: the latest alone
        ("12-08 09:30", {1: "0"}),
        ("12-09 09:30", {1: "+3"}),
        ("2027-12-01 09:30", {1: "+15"}),
    ],
)
def test_of_several_missed_rungs_the_latest_is_heard(now, expected):
    assert told(pending(), ALONE, now) == expected


def test_nothing_is_said_twice():
    part = pending(heard="12-01 09:30")
    assert told(part, ALONE, "12-02 18:00") == {}
    assert told(part, ALONE, "12-03 09:30") == {1: "-1"}


def test_a_rung_on_the_day_the_item_was_made_is_spent():
    made = end_of_day(at("12-01 08:00"), "Asia/Seoul")
    part = Pending(1, day("12-04"), made)
    assert next_due_at(part, ALONE) == at("12-03 09:30")
    assert due_rungs(part, ALONE, at("12-01 10:00")) == []


def test_what_is_made_on_its_due_date_is_first_heard_of_when_it_is_overdue():
    part = Pending(1, day("12-04"), end_of_day(at("12-04 08:00"), "Asia/Seoul"))
    assert next_due_at(part, ALONE) == at("12-09 09:30")


def test_rungs_of_a_moved_date_count_anew():
    moved = pending("12-18", heard="12-02 23:59")  # moved on the 2nd, after "3 days before" was said for the 4th
    assert next_due_at(moved, ALONE) == at("12-09 09:30")
    due = due_rungs(moved, ALONE, at("12-15 10:00"))[0]
    assert (due.rung.name, due.rung.anchor) == ("-3", day("12-18"))


def test_a_holiday_declared_late_brings_a_rung_forward_to_a_time_that_has_passed():
    """On Thursday at 15:00 Friday becomes a holiday: what was to come on Friday is due at once."""
    office = Watch((somebody(1, base=KOREA.plus([off("12-04")])),))
    part = pending(heard="12-02 23:59")
    assert next_due_at(part, office) == at("12-03 09:30")
    assert told(part, office, "12-03 15:00") == {1: "0"}


def forward(heard: str, now: str, before: Watch, after: Watch) -> dict[int, str]:
    """What a change brings forward: by person the rung."""
    part = pending(heard=heard)
    found = brought_forward(timeline(part, before), timeline(part, after), part.heard_until, at(now))
    return {due.receiver.person_id: due.rung.name for due in found}


@pytest.mark.parametrize(
    ("heard", "now", "expected"),
    [
        ("12-03 09:30", "12-03 15:00", {1: "0"}),  # others were told at that time: Friday's counts as heard
        ("12-03 09:30", "12-04 09:30", {1: "0"}),  # the tick is late
        ("12-04 09:30", "12-04 09:31", {}),  # it had come
        ("12-02 23:59", "12-03 09:29", {}),  # it has not passed: planned as usual
        ("12-03 23:59", "12-03 15:00", {}),  # who hears of it today is not reminded of it today
    ],
)
def test_what_was_still_to_come_is_said_though_its_new_time_counts_as_heard(heard, now, expected):
    """Friday becomes a holiday; what was to come then would have come on Thursday at 09:30."""
    assert forward(heard, now, ALONE, Watch((somebody(1, base=KOREA.plus([off("12-04")])),))) == expected


def test_who_wants_it_earlier_from_now_on_hears_what_others_heard_at_that_time():
    """Hours or a zone moved the owner's morning from 14:00 to 09:30, when the secretary had heard of the part."""
    late = Watch((somebody(1, opens=time(14)),), (SECRETARY,))
    assert forward("12-09 09:30", "12-09 11:00", late, OFFICE) == {1: "+3"}
    assert forward("12-09 09:30", "12-09 11:00", OFFICE, late) == {}


def test_a_rung_that_waited_for_somebody_who_is_gone_goes_to_the_successor_alone():
    """The secretary would have heard at 14:00; at 11:00 another is appointed, beside one who heard at 09:30."""
    heard, successor = somebody(7, Role.SECRETARY), somebody(8, Role.SECRETARY)
    leaving = somebody(2, Role.SECRETARY, opens=time(14))
    before, after = (Watch((OWNER,), (heard, one)) for one in (leaving, successor))
    assert forward("12-09 09:30", "12-09 11:00", before, after) == {8: "late+3"}


def test_nobody_is_reminded_without_a_date():
    assert next_due_at(pending(None), OFFICE) is None


def test_leads_hear_of_their_own_on_its_day_alone():
    assert heard_on(pending(), Watch((LEAD,))) == ["12-04 09:30"]


def test_an_overdue_part_goes_up_inside_its_side():
    part = pending()
    assert told(part, OFFICE, "12-08 18:00") == {1: "0"}
    assert told(part, OFFICE, "12-09 09:30") == {1: "+3", 2: "late+3"}
    assert told(pending(heard="12-09 09:30"), OFFICE, "12-14 09:30") == {1: "+6", 3: "late+6"}
    assert told(pending(heard="12-14 09:30"), OFFICE, "12-17 09:30") == {1: "+9"}


def test_without_a_secretary_the_deputy_hears_it_from_the_first():
    watch = Watch((OWNER,), (), (DEPUTY,))
    assert told(pending(), watch, "12-09 09:30")[3] == "late+3"
    assert told(pending(heard="12-09 09:30"), watch, "12-14 09:30")[3] == "late+6"


def test_who_owns_a_part_is_not_told_on():
    own = Watch((somebody(2, Role.SECRETARY),), (SECRETARY,), (DEPUTY,))
    part = Pending(2, day("12-04"), at("12-04 23:59"))
    assert told(part, own, "12-09 09:30") == {2: "+3", 3: "late+3"}


def test_an_owner_without_slack_is_reached_through_the_secretary_once():
    instead = Watch((SECRETARY,), (SECRETARY,), (DEPUTY,))
    assert told(pending(), instead, "12-01 09:30") == {2: "-3"}
    assert told(pending(heard="12-04 23:59"), instead, "12-09 09:30") == {2: "+3", 3: "late+3"}


@pytest.mark.parametrize(
    ("asked", "told_at"),
    [("11-23", "11-26 09:30"), ("11-27", "12-02 09:30"), ("12-24", "12-30 09:30"), ("12-31", "2027-01-06 09:30")],
)
def test_unseen_for_three_working_days_is_told_to_the_sides_secretary(asked, told_at):
    part = Pending(1, None, at(f"{asked} 23:59"), asked_on=day(asked))
    assert next_due_at(part, OFFICE) == at(told_at)
    assert told(part, OFFICE, told_at) == {2: "unseen"}


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("12-02", ["12-02 09:30", "12-03 09:30", "12-04 09:30"]),  # the rung of the 1st comes on the 2nd
        ("12-03", ["12-03 09:30", "12-04 09:30"]),  # where there is a rung already: that one
        ("12-05", ["12-07 09:30"]),  # a Saturday: on Monday
    ],
)
def test_a_snooze_moves_a_rung_for_one_person(rest, expected):
    watch = Watch((OWNER,), (SECRETARY,), rests={1: day(rest)})
    part = pending(heard="12-01 09:30", ladder=Ladder((7, 3, 1, 0), 0, 0))
    assert heard_on(part, Watch((OWNER,), rests={1: day(rest)})) == expected
    assert told(pending(heard="12-08 23:59"), watch, "12-09 09:30") == {1: "+3", 2: "late+3"}


def test_a_snooze_of_the_owner_leaves_the_secretary_alone():
    watch = Watch((OWNER,), (SECRETARY,), rests={1: day("12-16")})
    assert told(pending(heard="12-08 23:59"), watch, "12-09 09:30") == {2: "late+3"}
    assert told(pending(heard="12-09 09:30"), watch, "12-16 09:30") == {1: "snoozed"}


def test_the_end_of_a_rest_is_told_in_the_role_in_which_somebody_hears_of_the_part():
    rests = {person: day("12-16") for person in (1, 2, 3)}
    watch = Watch((OWNER,), (SECRETARY,), (DEPUTY,), rests)
    part, end = pending(heard="12-09 09:30"), Rung("snoozed", day("12-16"), day("12-16"))
    assert told(part, watch, "12-16 09:30") == {1: "snoozed", 2: "snoozed", 3: "snoozed"}
    assert [keeps_only(watch, "snoozed", person) for person in (1, 2, 3)] == [False, True, True]
    assert keeps_only(watch, "late+3", 2)
    stands_in = Watch((SECRETARY,), (SECRETARY,))  # for an owner without Slack
    assert not keeps_only(stands_in, "snoozed", 2)
    assert is_true(part, watch, end, 2, day("12-16"))
    without = Watch((OWNER,), (), (DEPUTY,), rests)  # the secretary's post was taken over meanwhile
    assert not is_true(part, without, end, 2, day("12-16"))
    assert not is_true(pending(None), watch, end, 1, day("12-16"))  # the date was taken away meanwhile


def test_where_there_is_no_rung_a_snooze_moves_none():
    """An item without a date, and whose owner need not say "seen": there is nothing to tell who looks after the side."""
    rests = {1: day("12-16"), 2: day("12-16"), 3: day("12-16")}
    assert heard_on(pending(None), Watch((OWNER,), (SECRETARY,), (DEPUTY,), rests)) == []


def test_everybody_hears_it_in_the_own_morning_over_a_change_to_summer_time():
    abroad = Watch((somebody(1, zone="Europe/Berlin"),))
    part = pending("2026-03-30", heard="03-20 00:00", ladder=Ladder((1, 0), 0, 0))
    assert next_due_at(part, abroad) == at("03-27 09:30", "Europe/Berlin")
    later = pending("2026-03-30", heard="03-28 00:00", ladder=Ladder((1, 0), 0, 0))
    assert next_due_at(later, abroad) == at("03-30 09:30", "Europe/Berlin")
    assert told(later, abroad, "03-30 09:29", "Europe/Berlin") == {}


def test_two_zones_hear_the_same_rung_each_in_its_morning():
    watch = Watch((OWNER,), (somebody(2, Role.SECRETARY, zone="America/New_York"),))
    part = pending(heard="12-08 23:59")
    assert told(part, watch, "12-09 09:30") == {1: "+3"}
    assert told(pending(heard="12-09 09:30"), watch, "12-09 09:30", "America/New_York") == {2: "late+3"}
