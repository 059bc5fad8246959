"""When silence is reminded of, of whom, and when no more: on values, without a database."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.rules.awaited import Speaker, timeline
from bot.rules.decision_reminders import timeline as of_decision
from bot.rules.nudges import Due, first_after, is_among, latest, nearest
from storage.tables import Decision, DecisionStatus, Role
from tests.rules.people import KOREA, at, day, off, somebody

SEOUL = ZoneInfo("Asia/Seoul")
LEAD, DEPUTY = Speaker(somebody(1, Role.LEAD)), Speaker(somebody(2, Role.DEPUTY))


def moments(found: list[Due], zone: str = "Asia/Seoul") -> list[str]:
    return sorted(f"{one.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {one.receiver.person_id}" for one in found)


@pytest.mark.parametrize(
    ("asked", "reminded"),
    [
        pytest.param("2026-11-23", "2026-11-26", id="three working days"),
        pytest.param("2026-11-27", "2026-12-02", id="over a weekend"),
        pytest.param("2026-11-28", "2026-12-02", id="asked on a Saturday"),
        pytest.param("2026-12-30", "2027-01-05", id="over the year's end"),
        pytest.param("2027-02-03", "2027-02-10", id="over Seollal, its substitute day too"),
        pytest.param("2027-09-10", "2027-09-20", id="over Chuseok"),
        pytest.param("2027-08-12", "2027-08-18", id="over a substitute for Liberation Day"),
    ],
)
def test_silence_is_reminded_of_once_after_three_working_days(asked: str, reminded: str):
    assert moments(list(timeline(day(asked), [LEAD, DEPUTY]))) == [f"{reminded} 09:30 1", f"{reminded} 09:30 2"]


def test_a_sides_days_off_count_and_a_leave_moves_it_later():
    side = Speaker(somebody(1, Role.LEAD, base=KOREA.plus((off("11-25"),))))
    away = Speaker(somebody(2, Role.DEPUTY, leave=(off("11-26", "12-01"),)))

    assert moments(list(timeline(day("11-23"), [side, away]))) == ["2026-11-27 09:30 1", "2026-12-02 09:30 2"]


def test_who_is_away_for_a_year_is_not_waited_for():
    assert (
        list(timeline(day("11-23"), [Speaker(somebody(1, Role.LEAD, leave=(off("2026-11-01", "2027-12-31"),)))])) == []
    )


@pytest.mark.parametrize(
    ("asked", "moment"),
    [
        ("2027-03-09", datetime(2027, 3, 12, 14, 30, tzinfo=UTC)),
        ("2027-03-10", datetime(2027, 3, 15, 13, 30, tzinfo=UTC)),
    ],
)
def test_it_comes_at_half_past_nine_of_the_receivers_clock_whatever_the_season(asked: str, moment: datetime):
    """New York puts its clocks forward on 14 March 2027."""
    abroad = Speaker(somebody(1, Role.LEAD, zone="America/New_York"))

    assert [one.at for one in timeline(day(asked), [abroad])] == [moment]


@pytest.mark.parametrize(
    ("answer_by", "lead", "deputy"),
    [
        pytest.param("12-04", "12-04", "11-26", id="a longer time for comments"),
        pytest.param("11-24", "11-24", "11-26", id="a shorter one"),
        pytest.param("12-05", "12-04", "11-26", id="on a Saturday: the day before"),
        pytest.param("11-20", "11-26", "11-26", id="it was over when the draft was reworded"),
    ],
)
def test_a_lead_hears_of_minutes_on_the_last_day_for_comments(answer_by: str, lead: str, deputy: str):
    found = list(timeline(day("11-23"), [LEAD, DEPUTY], day(answer_by)))

    assert moments(found) == sorted([f"2026-{lead} 09:30 1", f"2026-{deputy} 09:30 2"])


@pytest.mark.parametrize(("until", "hears"), [(None, True), ("11-26", True), ("11-25", False)])
def test_a_delegate_hears_as_long_as_the_delegation_is_good(until: str | None, hears: bool):
    delegate = Speaker(somebody(3, Role.SECRETARY), day(until) if until else None)

    assert bool(list(timeline(day("11-23"), [delegate]))) is hears


def decision(**changes: Any) -> Decision:
    facts: dict[str, Any] = {"status": DecisionStatus.PROPOSED, "review_on": None, "meeting_id": None}
    return Decision(**{**facts, **changes})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({}, ["2026-11-26 09:30 1"], id="proposed"),
        pytest.param({"meeting_id": 1}, [], id="confirmed with its minutes"),
        pytest.param({"status": DecisionStatus.OBJECTED}, [], id="objected to"),
        pytest.param({"status": DecisionStatus.WITHDRAWN}, [], id="given up"),
        pytest.param({"review_on": "2027-03-02"}, ["2026-11-26 09:30 1"], id="proposed, with a review date"),
        pytest.param({"status": DecisionStatus.IN_FORCE}, [], id="in force"),
        pytest.param(
            {"status": DecisionStatus.IN_FORCE, "review_on": "2027-03-02"}, ["2027-03-02 09:30 4"], id="to be reviewed"
        ),
        pytest.param(
            {"status": DecisionStatus.IN_FORCE, "review_on": "2027-03-01"}, ["2027-02-26 09:30 4"], id="on a holiday"
        ),
        pytest.param({"status": DecisionStatus.SUPERSEDED, "review_on": "2027-03-02"}, [], id="replaced"),
    ],
)
def test_what_a_decision_is_reminded_of_follows_how_it_stands(changes: dict[str, object], told: list[str]):
    on = changes.get("review_on")
    found = of_decision(
        decision(**{**changes, "review_on": day(str(on)) if on else None}), day("11-23"), [LEAD], [somebody(4)]
    )

    assert moments(list(found)) == told


def test_a_review_on_the_receivers_leave_comes_before_it():
    keeper = somebody(4, leave=(off("2027-02-25", "2027-03-05"),))
    one = decision(status=DecisionStatus.IN_FORCE, review_on=day("2027-03-02"))

    assert moments(list(of_decision(one, day("11-23"), [], [keeper]))) == ["2027-02-24 09:30 4"]


def test_what_passed_is_said_once_and_only_while_it_is_still_so():
    found = list(timeline(day("11-23"), [LEAD, DEPUTY]))

    assert [one.receiver.person_id for one in latest(found, at("11-23 10:00"), at("12-15 09:00"))] == [1, 2]
    assert latest(found, at("11-26 09:30"), at("12-15 09:00")) == []
    assert first_after(found, at("11-23 10:00")) == at("11-26 09:30")
    assert nearest(found, at("11-26 09:30")) == []
    assert is_among(found, 1, "awaited", day("11-23"))
    assert not is_among(found, 1, "awaited", day("11-24"))  # asked anew: another wording
    assert not is_among(found, 3, "awaited", day("11-23"))  # no longer somebody who may confirm
