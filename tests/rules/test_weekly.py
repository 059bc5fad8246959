"""On which days the weekly summary comes."""

import datetime as dt
from typing import Any

import pytest

from bot.rules.calendars import Calendar
from bot.rules.weekly import fit, week_over, weekly_after
from storage.tables import TaskForce
from tests.rules.people import KOREA, at, off


def following(after: str, calendar: Calendar = KOREA, **settings: Any) -> dt.datetime:
    return weekly_after(at(after), TaskForce(name="모빌리티", **settings), calendar)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("11-23 08:59", "11-23 09:00"),
        ("11-23 09:00", "11-30 09:00"),
        ("11-28 12:00", "11-30 09:00"),
        ("12-31 12:00", "2027-01-04 09:00"),
        ("2027-02-06 12:00", "2027-02-10 09:00"),  # Monday and Tuesday are Seollal
        ("2027-02-10 09:00", "2027-02-15 09:00"),
        ("08-16 12:00", "08-18 09:00"),  # a substitute holiday on Monday
    ],
)
def test_on_monday_or_the_next_working_day(after, expected):
    assert following(after) == at(expected)


def test_another_weekday_and_hour():
    assert following("11-23 09:00", weekly_weekday=3, weekly_at=dt.time(14)) == at("11-26 14:00")


def test_a_week_off_has_no_summary_of_its_own():
    calendar = KOREA.plus([off("11-30", "12-06")])
    assert following("11-23 09:00", calendar) == at("12-07 09:00")
    assert following("12-07 09:00", calendar) == at("12-14 09:00")


def test_a_week_has_no_second_summary_whatever_becomes_of_its_days():
    over = week_over(at("11-23 09:00"), TaskForce(name="모빌리티"))
    calendar = KOREA.plus([off("11-23", "11-23")])  # declared off when the summary had been sent
    assert weekly_after(over, TaskForce(name="모빌리티"), calendar) == at("11-30 09:00")


def test_a_year_has_a_summary_for_every_week():
    moment, found = at("2027-01-01 00:00"), []
    while (moment := weekly_after(moment, TaskForce(name="모빌리티"), KOREA)) < at("2028-01-01 00:00"):
        found.append(moment)
    assert len(found) == 52
    assert len({at.isocalendar()[:2] for at in found}) == 52


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([1, 1, 1, 1], [1, 1, 1, 1]),
        ([9, 0, 0, 3], [9, 0, 0, 3]),
        ([20, 20, 20, 3], [3, 3, 3, 3]),
        ([20, 20, 1, 3], [4, 4, 1, 3]),
        ([2, 20, 20, 0], [2, 5, 5, 0]),
    ],
)
def test_twelve_lines_are_shared_out(wanted, expected):
    assert fit(wanted, 12) == expected
