"""Working days: weekends, a country's public holidays, and the days off that people added.

Public holidays come from `holidays`, copied year by year into read-only tables: the library's own
object grows on look-up and must not be shared between threads. Its language is always named, because
it would follow the machine's otherwise.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import holidays

from storage.tables import DaysOff, Person, Side, TaskForce

_LANGUAGES = {"ko": "ko", "en": "en_US"}
_LONGEST_REST = 366  # a calendar without a working day for a year is a mistake, not a holiday


@dataclass(frozen=True, slots=True)
class DayOff:
    """Days off from `first` to `last`, both included: for all, for one side, or one person's leave."""

    first: dt.date
    last: dt.date
    name: str = ""

    def covers(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """What makes a day a working day; a value, so that a side's or a person's is `calendar.plus(…)`."""

    country: str = "KR"
    days_off: tuple[DayOff, ...] = ()
    weekend: frozenset[int] = frozenset({5, 6})

    def plus(self, days_off: Iterable[DayOff]) -> "Calendar":
        return replace(self, days_off=(*self.days_off, *days_off))


def calendar_for(task_force: TaskForce, added: Iterable[DaysOff], of: Side | Person | None = None) -> Calendar:
    """The task force's working days; `of` a side without that side's days off, of a person without the own leave as well.

    `added` may hold what others have off: it is left aside.
    """
    side_id = of.side_id if isinstance(of, Person) else of.id if of else None
    person_id = of.id if isinstance(of, Person) else None
    theirs = [one for one in added if one.side_id in (None, side_id) and one.person_id in (None, person_id)]
    return Calendar(task_force.country, tuple(DayOff(one.first, one.last, one.name) for one in theirs))


class NoWorkingDay(ValueError):
    """The days off leave no working day within a year."""


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int, language: str = "en") -> Mapping[dt.date, str]:
    """The public holidays of one year, substitute holidays included; `language` is `ko` or `en`."""
    known = holidays.country_holidays(country).supported_languages
    wanted = _LANGUAGES[language]
    named = wanted if wanted in known else "en_US" if "en_US" in known else None
    return MappingProxyType(dict(holidays.country_holidays(country, years=year, language=named)))


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The countries whose public holidays are known, by their two letters."""
    return frozenset(code for code in holidays.list_supported_countries() if len(code) == len("KR"))


def is_weekend(day: dt.date, calendar: Calendar) -> bool:
    return day.weekday() in calendar.weekend


def is_working_day(day: dt.date, calendar: Calendar) -> bool:
    if day.weekday() in calendar.weekend or day in public_holidays(calendar.country, day.year):
        return False
    return not any(off.covers(day) for off in calendar.days_off)


def holiday_name(day: dt.date, calendar: Calendar, language: str) -> str | None:
    """What the day is off for: the public holiday in `language`, else the added day's own name; None on other days."""
    public = public_holidays(calendar.country, day.year, language).get(day)
    added = (off.name for off in calendar.days_off if off.name and off.covers(day))
    return public or next(added, None)


def _seek(day: dt.date, step: int, calendar: Calendar) -> dt.date:
    """The first working day from `day` on (itself included), going by `step` days."""
    for distance in range(_LONGEST_REST):
        found = day + dt.timedelta(days=step * distance)
        if is_working_day(found, calendar):
            return found
    raise NoWorkingDay(f"no working day within a year of {day}")


def working_day_from(day: dt.date, calendar: Calendar) -> dt.date:
    """`day` itself if it is a working day, else the next one."""
    return _seek(day, 1, calendar)


def working_day_until(day: dt.date, calendar: Calendar) -> dt.date:
    """`day` itself if it is a working day, else the one before it."""
    return _seek(day, -1, calendar)


def next_working_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The first working day after `day`."""
    return _seek(day + dt.timedelta(days=1), 1, calendar)


def previous_working_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The last working day before `day`."""
    return _seek(day - dt.timedelta(days=1), -1, calendar)


def add_working_days(day: dt.date, count: int, calendar: Calendar) -> dt.date:
    """The `count`-th working day after `day` (before it, if negative); 0 is `day` itself, working or not."""
    step = next_working_day if count > 0 else previous_working_day
    for _ in range(abs(count)):
        day = step(day, calendar)
    return day


def working_days_between(first: dt.date, last: dt.date, calendar: Calendar) -> int:
    """Working days after `first` up to and including `last`; negative when `last` is the earlier one."""
    if last < first:
        return -working_days_between(last, first, calendar)
    weeks, more = divmod((last - first).days, 7)
    begun = sum((last - dt.timedelta(days=n)).weekday() not in calendar.weekend for n in range(more))
    off = sum(day.weekday() not in calendar.weekend for day in _off_between(first, last, calendar))
    return weeks * (7 - len(calendar.weekend)) + begun - off


def _off_between(first: dt.date, last: dt.date, calendar: Calendar) -> set[dt.date]:
    """Public holidays and days off after `first` up to and including `last`, whatever their weekday."""
    years = range(first.year, last.year + 1)
    found = {day for year in years for day in public_holidays(calendar.country, year) if first < day <= last}
    for off in calendar.days_off:
        begins, ends = max(off.first, first + dt.timedelta(days=1)), min(off.last, last)
        found.update(begins + dt.timedelta(days=n) for n in range((ends - begins).days + 1))
    return found
