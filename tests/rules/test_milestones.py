"""When people are reminded of a milestone: tables of cases on unsaved records."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.rules.calendars import Calendar, DayOff
from bot.rules.milestones import (
    Rung,
    Step,
    awaits_result,
    channel_hears,
    days_left,
    due_rungs,
    is_overdue,
    is_too_late,
    leader_hears,
    overdue_days,
    read_leads,
    rungs,
)
from config.presets import Act
from storage.tables import Milestone, Outcome

KOREA = Calendar("KR")
MADE = datetime(2026, 9, 1, tzinfo=UTC)


def milestone(on: str | None = "2026-12-21", act: Act = Act.TASK, **more: Any) -> Milestone:
    agreed = date.fromisoformat(on) if on else None
    return Milestone(
        task_force_id=1,
        line_id=1,
        number=1,
        name="군의회 의결",
        act=act,
        agreed_on=agreed,
        created_by=1,
        created_at=MADE,
        **more,
    )


def days(found: list[Rung]) -> list[str]:
    return [f"{rung.step.value} {rung.lead} {rung.day:%m-%d}" for rung in found]


def test_a_task_of_ours_has_its_ladder_and_goes_on_after_its_date():
    assert days(rungs(milestone(), KOREA, KOREA)) == [
        "ahead 60 10-22",
        "ahead 30 11-20",  # the 21st is a Saturday
        "ahead 14 12-07",
        "ahead 7 12-14",
        "ahead 1 12-18",  # the 20th is a Sunday; three days before is that same Friday, which has the nearer rung only
        "today 0 12-21",
        "overdue -3 12-24",
        "overdue -6 12-30",
        "overdue -9 01-05",
        "overdue -12 01-08",
        "overdue -15 01-13",
    ]


@pytest.mark.parametrize(
    ("on", "leads", "expected"),
    [
        ("2026-12-02", [14, 7, 1], ["ahead 14 11-18", "ahead 7 11-25", "ahead 1 12-01", "today 0 12-02"]),
        ("2026-11-21", [3, 1], ["ahead 3 11-18", "today 0 11-20"]),  # a Saturday: its Friday has both D-1 and the day
        ("2027-01-01", [7, 1], ["ahead 7 12-24", "today 0 12-31"]),
        ("2027-02-08", [1], ["today 0 02-05"]),  # Seollal's holidays with the weekend before them
        (
            "2026-12-02",
            [],
            [
                "ahead 60 10-02",
                "ahead 30 11-02",
                "ahead 14 11-18",
                "ahead 7 11-25",
                "ahead 3 11-27",
                "ahead 1 12-01",
                "today 0 12-02",
            ],
        ),
    ],
)
def test_own_leads_win_and_days_off_move_a_rung_earlier(on: str, leads: list[int], expected: list[str]):
    found = rungs(milestone(on, leads=leads), KOREA, KOREA)

    assert days([rung for rung in found if rung.step is not Step.OVERDUE]) == expected


def test_leave_of_the_receiver_moves_a_rung_earlier_before_the_date_and_later_after_it():
    own = KOREA.plus([DayOff(date(2026, 12, 14), date(2026, 12, 15)), DayOff(date(2026, 12, 24), date(2026, 12, 24))])

    found = days(rungs(milestone(leads=[7]), KOREA, own))

    assert found[:3] == ["ahead 7 12-11", "today 0 12-21", "overdue -3 12-28"]


def test_an_event_is_announced_then_asked_about_once_more_and_never_overdue():
    vote = milestone("2026-12-21", Act.EVENT, leads=[7, 1])

    assert days(rungs(vote, KOREA, KOREA)) == ["ahead 7 12-14", "ahead 1 12-18", "ask 0 12-21", "ask-again -3 12-24"]
    assert not is_overdue(vote, date(2027, 3, 1))
    assert overdue_days(vote, date(2027, 3, 1), KOREA) == 0


def test_the_result_of_an_event_on_a_day_off_is_asked_about_afterwards():
    vote = milestone("2026-11-21", Act.EVENT, leads=[1])

    assert days(rungs(vote, KOREA, KOREA)) == ["ahead 1 11-20", "ask 0 11-23", "ask-again -3 11-25"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"was_past": True}, "it was over when it was written down"),
        ({"outcome": Outcome.DONE}, "it is done"),
        ({"outcome": Outcome.DROPPED}, "it does not apply"),
        ({"on": None}, "the offices have not agreed on a date"),
    ],
)
def test_nothing_is_said_when(more: dict[str, Any], why: str):
    one = milestone(**more)

    assert rungs(one, KOREA, KOREA) == []
    assert not is_overdue(one, date(2027, 3, 1)), why


def test_reminders_follow_the_agreed_date_and_not_the_legal_one():
    both = milestone("2026-11-20", legal_on=date(2026, 11, 21), leads=[7])
    legal = milestone(None, legal_on=date(2026, 11, 21), leads=[7])

    assert days(rungs(both, KOREA, KOREA))[:2] == ["ahead 7 11-13", "today 0 11-20"]
    assert {rung.anchor for rung in rungs(legal, KOREA, KOREA)} == {date(2026, 11, 21)}


@pytest.mark.parametrize(
    ("agreed", "legal", "asked"),
    [
        ("2026-11-20", "2026-11-21", False),
        ("2026-11-21", "2026-11-21", False),
        ("2026-11-23", "2026-11-21", True),
        ("2026-11-23", None, False),
    ],
)
def test_an_agreed_date_after_the_legal_one_is_asked_about(agreed: str, legal: str | None, asked: bool):
    assert is_too_late(date.fromisoformat(agreed), date.fromisoformat(legal) if legal else None) is asked


def test_the_channel_hears_30_7_and_1_and_leads_what_is_near():
    found = rungs(milestone("2026-12-23", leads=[60, 30, 14, 7, 3, 1]), KOREA, KOREA)

    assert [rung.lead for rung in found if channel_hears(rung)] == [30, 7, 1]
    assert [rung.lead for rung in found if leader_hears(rung)] == [3, 1, 0]


def test_what_is_due_on_a_day_comes_the_most_urgent_first():
    near, far = milestone("2026-11-30", leads=[7]), milestone("2026-12-23", leads=[30])
    near.number, far.number = 2, 1

    found = due_rungs([far, near], date(2026, 11, 23), KOREA, KOREA)

    assert [(one.number, rung.lead, days_left(rung, date(2026, 11, 23))) for one, rung in found] == [
        (2, 7, 7),
        (1, 30, 30),
    ]
    assert due_rungs([far, near], date(2026, 11, 24), KOREA, KOREA) == []


def test_a_rung_that_was_moved_says_how_many_days_really_are_left():
    moved = next(rung for rung in rungs(milestone("2026-12-21", leads=[1]), KOREA, KOREA) if rung.lead == 1)

    assert (moved.day, days_left(moved, moved.day)) == (date(2026, 12, 18), 3)


@pytest.mark.parametrize(
    ("today", "act", "late", "asked"),
    [
        ("2026-12-21", Act.TASK, 0, False),
        ("2026-12-22", Act.TASK, 1, False),
        ("2026-12-28", Act.TASK, 4, False),  # Christmas and a weekend between
        ("2026-12-20", Act.EVENT, 0, False),
        ("2026-12-21", Act.EVENT, 0, True),
        ("2027-01-31", Act.EVENT, 0, True),
    ],
)
def test_a_task_is_late_and_an_event_waits_for_its_result(today: str, act: Act, late: int, asked: bool):
    one = milestone(act=act)

    assert overdue_days(one, date.fromisoformat(today), KOREA) == late
    assert awaits_result(one, date.fromisoformat(today)) is asked


@pytest.mark.parametrize(("text", "leads"), [("60,30,14", [60, 30, 14]), ("1 7 3", [7, 3, 1]), ("", [])])
def test_leads_are_read(text: str, leads: list[int]):
    assert read_leads(text) == leads


@pytest.mark.parametrize("text", ["-1", "500", "soon", "1 2 3 4 5 6 7 8 9 10 11"])
def test_what_is_no_leads_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011  # the text itself is its only word
        read_leads(text)
