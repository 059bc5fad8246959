"""Who hears of a meeting when: on values, without a database."""

import pytest

from bot.rules.calendars import DayOff
from bot.rules.meeting_agenda import Open, Reason, proposed
from bot.rules.meeting_plans import News, announcements, due
from bot.rules.meeting_reminders import Expected, is_true, timeline
from storage.tables import Answer, Role
from tests.rules.people import KOREA, at, day, off, somebody
from tests.rules.test_awaited import moments

MEETING = "12-10 14:00"  # a Thursday


def told(when: str, *expected: Expected, asked: str = "11-23", zone: str = "Asia/Seoul") -> list[str]:
    """Moment, person and rung."""
    found = timeline(at(when), day(asked), expected)
    return sorted(f"{moments([one], zone)[0]} {one.rung.name}" for one in found)


def expected(
    role: Role = Role.MEMBER, answer: Answer | None = Answer.YES, leave: tuple[DayOff, ...] = (), **other: object
) -> Expected:
    return Expected(somebody(1, role, leave=leave, **other), answer)


@pytest.mark.parametrize(
    ("when", "role", "heard"),
    [
        pytest.param(MEETING, Role.MEMBER, ["2026-12-09 09:30 1 -1"], id="a member: the day before"),
        pytest.param(MEETING, Role.LEAD, ["2026-12-10 09:30 1 0"], id="a lead: the day itself"),
        pytest.param("12-10 10:30", Role.LEAD, ["2026-12-10 09:30 1 0"], id="an hour is left"),
        pytest.param("12-10 10:00", Role.LEAD, ["2026-12-09 09:30 1 -1"], id="too early for that morning"),
        pytest.param("12-14 14:00", Role.MEMBER, ["2026-12-11 09:30 1 -1"], id="on a Monday: Friday"),
        pytest.param("2027-01-04 14:00", Role.MEMBER, ["2026-12-31 09:30 1 -1"], id="after New Year's Day"),
        pytest.param("2027-02-10 14:00", Role.MEMBER, ["2027-02-05 09:30 1 -1"], id="after Seollal"),
        pytest.param("2027-09-17 14:00", Role.SECRETARY, ["2027-09-13 09:30 1 -1"], id="after Chuseok"),
        pytest.param("12-12 14:00", Role.LEAD, ["2026-12-11 09:30 1 -1"], id="a lead, on a Saturday"),
    ],
)
def test_who_comes_hears_of_it_once(when: str, role: Role, heard: list[str]):
    assert told(when, expected(role)) == heard


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        (None, ["2026-12-07 09:30 1 answer", "2026-12-09 09:30 1 -1"]),
        (Answer.YES, ["2026-12-09 09:30 1 -1"]),
        (Answer.NO, []),
        (Answer.PROXY, []),
    ],
)
def test_an_answer_that_is_missing_is_asked_for_three_working_days_before(answer: Answer | None, heard: list[str]):
    assert told(MEETING, expected(answer=answer)) == heard


def test_leads_are_asked_for_their_answer_as_everybody_is():
    assert told(MEETING, expected(Role.LEAD, None)) == ["2026-12-07 09:30 1 answer", "2026-12-10 09:30 1 0"]


def test_on_the_day_on_which_it_was_planned_nobody_is_asked_for_an_answer_again():
    assert told(MEETING, expected(answer=None), asked="12-07") == ["2026-12-09 09:30 1 -1"]
    assert told(MEETING, expected(answer=None), asked="12-09") == ["2026-12-09 09:30 1 -1"]


def test_a_leave_moves_it_earlier_and_a_sides_day_off_counts():
    assert told(MEETING, expected(leave=(off("12-08", "12-09"),))) == ["2026-12-07 09:30 1 -1"]
    assert told(MEETING, expected(base=KOREA.plus((off("12-09"),)))) == ["2026-12-08 09:30 1 -1"]


def test_abroad_it_comes_in_the_morning_there_before_the_meetings_day_there():
    """14:00 in Seoul is midnight in New York, which has put its clocks back."""
    assert told(MEETING, expected(zone="America/New_York"), zone="America/New_York") == ["2026-12-09 09:30 1 -1"]
    assert told("2027-07-08 09:00", expected(zone="America/New_York"), zone="America/New_York") == [
        "2027-07-06 09:30 1 -1"
    ]


@pytest.mark.parametrize(
    ("rung", "now", "stands"),
    [
        ("-1", "12-09 09:30", True),
        ("-1", "12-10 13:00", False),  # its last hour, of which is told on its own
        ("answer", "12-10 12:59", True),
        ("0", "12-10 13:59", True),
        ("0", "12-10 14:00", False),
    ],
)
def test_what_was_planned_is_not_said_once_it_is_too_late(rung: str, now: str, stands: bool):
    everybody = [expected(answer=None), Expected(somebody(2, Role.LEAD), None)]
    who = 2 if rung == "0" else 1

    found = list(timeline(at(MEETING), day("11-23"), everybody))

    assert is_true(at(MEETING), found, rung, day("12-10"), who, at(now)) is stands


def test_what_was_planned_for_another_day_or_answered_since_is_not_said():
    moved = list(timeline(at("12-11 14:00"), day("11-23"), [expected(answer=None)]))
    answered = list(timeline(at(MEETING), day("11-23"), [expected()]))

    assert not is_true(at("12-11 14:00"), moved, "answer", day("12-10"), 1, at("12-07 09:30"))
    assert not is_true(at(MEETING), answered, "answer", day("12-10"), 1, at("12-07 09:30"))


@pytest.mark.parametrize(
    ("told_before", "now", "said"),
    [
        (set(), "12-03 09:29", []),
        (set(), "12-03 09:30", [News.AGENDA_DRAFT]),
        ({"agenda-draft"}, "12-07 09:30", [News.AGENDA]),
        (set(), "12-07 09:30", [News.AGENDA]),  # it was away: the draft is overtaken
        ({"agenda-draft", "agenda"}, "12-10 13:00", [News.HOUR]),
    ],
)
def test_what_all_are_told(told_before: set[str], now: str, said: list[News]):
    assert due(announcements(at(MEETING), "Asia/Seoul", KOREA), told_before, at(now)) == said


def test_the_agendas_draft_and_the_agenda_come_working_days_before_over_seollal_too():
    pending = announcements(at("2027-02-11 14:00"), "Asia/Seoul", KOREA)

    assert (pending[News.AGENDA_DRAFT], pending[News.AGENDA]) == (at("2027-02-02 09:30"), at("2027-02-04 09:30"))


def test_where_not_everything_has_room_each_reason_has_its_share():
    many = [Open(Reason.OVERDUE, f"A-{number}", "") for number in range(30)]
    few = [Open(Reason.BUDGET, "B-1-1", ""), Open(Reason.DECISION, "R-1", ""), Open(Reason.DECISION, "R-2", "")]

    found = [one.subject for one in proposed([*many, *few], known=["R-2"], most=5)]

    assert found == ["R-1", "A-0", "A-1", "A-2", "B-1-1"]
