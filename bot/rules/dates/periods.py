"""Weeks, months, quarters, halves and years as spans of days."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from bot.rules.calendars import working_day_until
from bot.rules.dates.due import Due, Frame, asked, refused, settled
from bot.rules.dates.tokens import Token

UNITS = {"K": "week", "M": "month", "m": "month", "Q": "quarter", "H": "half", "Y": "year"}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, both ends included; `reason` says what was chosen on the way."""

    first: dt.date
    last: dt.date
    unit: str
    reason: str = ""


def months(first: dt.date, unit: str, reason: str = "") -> Period:
    return Period(first, first + relativedelta(months=_MONTHS[unit], days=-1), unit, reason)


def week_of(day: dt.date, reason: str = "") -> Period:
    """The week of `day`; weeks start on Monday (KS X ISO 8601)."""
    monday = day - dt.timedelta(days=day.weekday())
    return Period(monday, monday + dt.timedelta(days=6), "week", reason)


def current(unit: str, today: dt.date) -> Period:
    if unit == "week":
        return week_of(today)
    size = _MONTHS[unit]
    return months(dt.date(today.year, (today.month - 1) // size * size + 1, 1), unit)


def shifted(period: Period, count: int) -> Period:
    if period.unit == "week":
        return week_of(period.first + dt.timedelta(weeks=count))
    return months(period.first + relativedelta(months=_MONTHS[period.unit] * count), period.unit)


def read_period(tokens: Sequence[Token], frame: Frame) -> Period | None:
    """The one period that the tokens name; a month, quarter or half that is past means next year's."""
    unit = next((UNITS[kind] for kind in "KmMQHY" if any(t.kind == kind for t in tokens)), None)
    if unit is None:
        return None
    year = next((t for t in tokens if t.kind == "Y"), None)
    named = next((t for t in tokens if UNITS[t.kind] == unit), None)
    if named is None or (year and named.kind in "Km"):
        return None
    if named.word == "iso":
        return week_of(dt.date(*named.more))
    if named.kind in "Km" or named.word == "relative":
        return shifted(current(unit, frame.today), named.number)
    return _numbered(unit, named.number, year_of(year, frame.today) if year else None, frame.today)


def year_of(token: Token, today: dt.date) -> int:
    return today.year + token.number if token.word == "relative" else token.number


def _numbered(unit: str, number: int, year: int | None, today: dt.date) -> Period | None:
    """The `number`-th month, quarter or half of `year`, or of the first year in which it is not past."""
    if unit == "year":
        return months(dt.date(number, 1, 1), unit)
    if not 1 <= number <= 12 // _MONTHS[unit]:
        return None
    here = months(dt.date(year or today.year, (number - 1) * _MONTHS[unit] + 1, 1), unit)
    return (
        months(here.first + relativedelta(years=1), unit, "next-year") if year is None and here.last < today else here
    )


def deadline(period: Period, frame: Frame) -> Due:
    """A whole period as a due date: its last day, of a week its last working day."""
    if period.unit != "week":
        return settled(period.last, period.reason) if period.last >= frame.today else _past(period)
    day = working_day_until(period.last, frame.calendar)
    if frame.today <= day <= period.last and day >= period.first:
        return settled(day, period.reason)
    following = working_day_until(shifted(period, 1).last, frame.calendar)
    if frame.today == period.last and day < frame.today:
        return settled(following, "past-next")
    return asked("no-working-day", *(d for d in (period.last, following) if d >= frame.today))


def _past(period: Period) -> Due:
    return asked("past", period.last + relativedelta(years=1)) if period.unit != "year" else refused("past")


def part(period: Period, which: str, frame: Frame) -> Due:
    """Early, middle, late, end of a period: only the end is a date, the others are asked about."""
    if which in {"end", "last"}:
        return deadline(period, frame)
    if which == "first":
        return settled(period.first)
    if which == "during":
        return asked("vague:during", period.last)
    return asked(f"vague:{which}", *_PARTS[period.unit](period, which, frame))


def _of_week(period: Period, which: str, frame: Frame) -> tuple[dt.date, ...]:
    days = {
        "start": (1, 0),
        "early": (1, 0),
        "mid": (2, 3, 4),
        "late": (4, 3),
        "weekend": (6, 4, 5),
    }[which]
    named = tuple(period.first + dt.timedelta(days=n) for n in days)
    if which not in {"late", "weekend"}:
        return named
    from_sunday = (period.last + dt.timedelta(days=7),) if frame.today.weekday() == 6 and which == "weekend" else ()
    return (working_day_until(period.last, frame.calendar), *named, *from_sunday)


def _of_month(period: Period, which: str, _: Frame) -> tuple[dt.date, ...]:
    days = {"start": (10, 5, 1), "early": (10, 5), "mid": (20, 15), "late": (0, 25), "weekend": ()}[which]
    return tuple(period.first.replace(day=n) if n else period.last for n in days)


def _of_months(period: Period, which: str, _: Frame) -> tuple[dt.date, ...]:
    """Thirds of a quarter, half or year by months."""
    size = _MONTHS[period.unit] // 3
    ends = {"start": size, "early": size, "mid": 2 * size, "late": 3 * size, "weekend": 3 * size}[which]
    days = (period.first + relativedelta(months=ends, days=-1), period.first + relativedelta(months=1, days=-1))
    return days[::-1] if which in {"start", "early"} else days


_PARTS: dict[str, Callable[[Period, str, Frame], tuple[dt.date, ...]]] = {
    "week": _of_week,
    "month": _of_month,
    "quarter": _of_months,
    "half": _of_months,
    "year": _of_months,
}
