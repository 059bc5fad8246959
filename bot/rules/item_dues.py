"""What is meant by a date that somebody gives an item which is there already."""

import re
from datetime import date, timedelta

from bot.rules.calendars import Calendar, next_working_day, working_day_from

NO_DATE = {"없음", "미정", "지우기", "none", "clear", "undecided"}  # takes the due date away
TOMORROW = re.compile(r"내일|tomorrow", re.IGNORECASE)
NEXT_WEEK = re.compile(r"다음\s*주|next\s+week", re.IGNORECASE)


def takes_away(text: str) -> bool:
    """Whether the words say that there is to be no due date."""
    return text.strip().casefold() in NO_DATE


def rest_until(text: str, today: date, calendar: Calendar) -> date | None:
    """The working day that `내일` and `다음 주` mean for a reminder; None for all other words."""
    text = text.strip()
    if TOMORROW.fullmatch(text):
        return tomorrow(today, calendar)
    return next_week(today, calendar) if NEXT_WEEK.fullmatch(text) else None


def tomorrow(today: date, calendar: Calendar) -> date:
    """The next working day."""
    return next_working_day(today, calendar)


def next_week(today: date, calendar: Calendar) -> date:
    """The first working day of the week after this one; weeks begin on Monday."""
    return working_day_from(today + timedelta(days=7 - today.weekday()), calendar)
