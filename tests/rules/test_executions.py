"""When it is asked how much was spent."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.rules.budget import LineView
from bot.rules.calendars import Calendar
from bot.rules.executions import asked_on, asking_days, is_due
from config.presets import Money
from storage.tables import BudgetLine, Execution, Stage, TaskForce

KOREA = Calendar("KR")
MADE = datetime(2026, 11, 23, tzinfo=UTC)


def view(told: str = "", **more: Any) -> LineView:
    facts = {"stage": Stage.EXECUTING, "approved": 100, **more}
    line = BudgetLine(
        task_force_id=1,
        number=1,
        name="셔틀",
        year=2027,
        kind=Money.COUNTY_PROJECT,
        created_by=1,
        created_at=MADE,
        **facts,
    )
    heard = (
        [Execution(line_id=1, as_of=date(2027, 1, 1), amount=10, person_id=1, told_at=datetime.fromisoformat(told))]
        if told
        else []
    )
    return LineView(line, TaskForce(id=1, name="TFT", created_at=MADE), executions=tuple(heard))


def test_quarter_ends_and_twice_in_the_last_quarter_moved_earlier_on_days_off():
    assert [f"{day:%m-%d}" for day in asking_days(2027, KOREA)] == ["03-31", "06-30", "09-30", "11-30", "12-15"]
    assert [f"{day:%m-%d}" for day in asking_days(2028, KOREA)] == ["03-31", "06-30", "09-29", "11-30", "12-15"]


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        ("2027-03-30", None),
        ("2027-03-31", "2027-03-31"),
        ("2027-11-29", "2027-09-30"),
        ("2027-12-31", "2027-12-15"),
        ("2028-03-31", None),
    ],
)
def test_the_last_day_on_which_it_was_asked(today: str, asked: str | None):
    assert asked_on(view(), date.fromisoformat(today), KOREA) == (date.fromisoformat(asked) if asked else None)


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({}, True),
        ({"told": "2027-03-30T23:00:00+09:00"}, True),
        ({"told": "2027-03-30T16:00:00+00:00"}, False),  # the 31st in Seoul
        ({"stage": Stage.PLANNED}, False),
        ({"stage": Stage.SETTLED}, False),
        ({"approved": None}, False),
    ],
)
def test_it_is_due_until_somebody_tells(more: dict[str, Any], due: bool):
    assert is_due(view(**more), date(2027, 4, 2), KOREA) is due
