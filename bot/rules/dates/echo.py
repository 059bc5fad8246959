"""A due date as it is shown back: what messages need for `2026. 11. 27.(금) 18:00까지 · 5근무일 남음`."""

import datetime as dt
from dataclasses import dataclass

from bot.rules.calendars import (
    Calendar,
    holiday_name,
    is_weekend,
    is_working_day,
    working_day_from,
    working_days_between,
)
from bot.rules.dates.due import Reading


@dataclass(frozen=True, slots=True)
class Echo:
    """`weekday` counts from Monday (0); the days left are negative when the date is past."""

    date: dt.date
    time: dt.time | None
    weekday: int
    days_left: int
    working_days_left: int
    weekend: bool
    holiday: str | None
    rolls_to: dt.date | None
    """The next working day, to be offered when the date itself is none; statutory periods would roll, promises do not."""


def echo(reading: Reading, now: dt.datetime, calendar: Calendar, language: str) -> Echo:
    """What to say with a date; holidays by their name in `language` (ko or en)."""
    day = reading.date
    return Echo(
        date=day,
        time=reading.time,
        weekday=day.weekday(),
        days_left=(day - now.date()).days,
        working_days_left=working_days_between(now.date(), day, calendar),
        weekend=is_weekend(day, calendar),
        holiday=holiday_name(day, calendar, language),
        rolls_to=None if is_working_day(day, calendar) else working_day_from(day, calendar),
    )
