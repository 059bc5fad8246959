"""A day with its weekday and its hour: both must fit together."""

import datetime as dt
import re
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from bot.rules.calendars import is_working_day, next_working_day
from bot.rules.dates.clock import HALVES, Clock, read_clock
from bot.rules.dates.days import WEEKDAYS
from bot.rules.dates.due import Due, Frame, Kind, Reading, asked, question, settled
from bot.rules.dates.grammar import Tokens, any_of, kinds, understand, without
from bot.rules.dates.tokens import Token
from bot.rules.dates.words import WEEKDAYS_EN

_DAY = dt.timedelta(days=1)
_FIXED = re.compile(r"[Jj]?Y?A|[Jj]?Y?M[Ddn]|M[Ddn]Y|[DdnN]MY?|R|[Ddn]|m[Ddn]|[DdnN]m|[Yx]?V")
"""Sequences that mean one day by themselves, so that a weekday beside them can be checked."""
_ONE_DAY = re.compile(f"{_FIXED.pattern}|[jJx]?W|KW|WK")


def day_and_hour(tokens: Tokens, frame: Frame) -> Due | None:
    """What a day with its weekday, an hour, or both together mean; None if no rule of the grammar fits."""
    tokens = _end_as_hour(tokens)
    hours, rest = [t for t in tokens if t.kind == "T"], without(tokens, "To")
    if not hours:
        return None if any_of(tokens, "o") else _day(rest, frame)
    hour = hours[0] if len(hours) == 1 else _hour_in_part(hours)
    if hour is None:
        return None
    clock = read_clock(hour, frame.end_of_day)
    if not without(rest, "Iij"):
        return _today(clock, hour.word, frame)
    due = _day(rest, replace(frame, timed=True))
    if due is None:
        return None
    offset = any_of(tokens, "o")
    return _in_zone(due, clock, offset.number, frame) if offset else _at(due, clock)


def _end_as_hour(tokens: Tokens) -> Tokens:
    """`end of Friday`, `EO tomorrow`: a day ends when work does. Korean 말 is said of periods alone."""
    first = tokens[0] if tokens else None
    if first is None or (first.kind, first.number, first.word) != ("E", 1, "end"):
        return tokens
    if not _ONE_DAY.fullmatch(kinds(tokens[1:])):
        return tokens
    return [replace(first, kind="T", word="eod", number=0), *tokens[1:]]


def _hour_in_part(hours: Tokens) -> Token | None:
    """`tomorrow morning at 9`, `10pm tonight`: an hour and the part of the day it is in."""
    named = [hour for hour in hours if hour.word in HALVES]
    figures = [hour for hour in hours if hour.more]
    if len(hours) != 2 or len(named) != 1 or len(figures) != 1:
        return None
    half = HALVES[named[0].word]
    if figures[0].word in {"", "colon"}:
        return replace(figures[0], word=half)
    return figures[0] if (half in {"저녁", "밤"} and figures[0].word == "pm") or half == figures[0].word else None


def _day(tokens: Tokens, frame: Frame) -> Due | None:
    for sequence in (tokens, without(tokens, "Ii")):
        if sequence and (due := understand(sequence, frame)):
            return due
    if any_of(tokens, "e"):
        return _end_and_day(tokens, frame)
    rest = without(tokens, "WIi")
    weekday = any_of(tokens, "W")
    if weekday is None or kinds(tokens).count("W") > 1 or not _FIXED.fullmatch(kinds(rest)):
        return None
    if kinds(rest) == "n":  # `Fri 27`
        rest = [replace(rest[0], kind="D")]
    due = understand(rest, frame)
    return _checked(due, weekday.number, rest, frame) if due else None


def _end_and_day(tokens: Tokens, frame: Frame) -> Due | None:
    """`Friday EOW`, `월말(30일)`: one day said in two ways; else one word is no date (`12/26 연말 휴무`), and both are offered."""
    ends, rest = [t for t in tokens if t.kind == "e"], without(tokens, "eIi")
    if len(ends) != 1 or not ends[0].word.endswith(" end") or not _ONE_DAY.fullmatch(kinds(rest)):
        return None
    day, end = understand(rest, frame), understand(ends, frame)
    if day is None or end is None:
        return None
    return day if set(day.readings) == set(end.readings) else question("leftover", [*day.readings, *end.readings])


def _checked(due: Due, weekday: int, tokens: Tokens, frame: Frame) -> Due:
    """The weekday must be the date's own; else both are offered: the date, and the nearest days with that weekday."""
    if due.kind is Kind.NONE or due.readings[0].date.weekday() == weekday:
        return due
    day = due.readings[0].date
    near = [day + relativedelta(weekday=WEEKDAYS[weekday](n)) for n in (1, -1)]
    near.sort(key=lambda other: abs((other - day).days))
    if kinds(tokens) in {"D", "d"}:
        near.insert(0, _same_number(day, weekday))
    reason = f"weekday-mismatch:{WEEKDAYS_EN[weekday]}:{WEEKDAYS_EN[day.weekday()]}"
    return asked(reason, *(reading.date for reading in due.readings), *near)


def _same_number(day: dt.date, weekday: int) -> dt.date:
    """The next month whose day of that number is that weekday."""
    later = (day + relativedelta(months=n) for n in range(1, 60))
    return next(other for other in later if other.day == day.day and other.weekday() == weekday)


def _at(due: Due, clock: Clock) -> Due | None:
    if due.kind is Kind.NONE:
        return due
    if any(reading.time for reading in due.readings):
        return None
    if not clock.times:
        return question(clock.reason, due.readings)
    readings = [Reading(r.date + shift * _DAY, time) for r in due.readings for shift, time in clock.times]
    sure = due.kind is Kind.DATE and len(clock.times) == 1 and not clock.reason
    return Due(
        Kind.DATE if sure else Kind.QUESTION, tuple(readings), due.reason if due.reason or sure else clock.reason
    )


def _in_zone(due: Due, clock: Clock, offset: int, frame: Frame) -> Due | None:
    """A time with an offset from Greenwich, in the task force's own zone."""
    fixed = _at(due, clock)
    if fixed is None or fixed.kind is not Kind.DATE or fixed.reading.time is None:
        return None
    if abs(offset) > 14 * 60:  # an abbreviation that several zones share, or that moves with the season
        return question("unsure", fixed.readings)
    zone = dt.timezone(dt.timedelta(minutes=offset))
    local = dt.datetime.combine(fixed.reading.date, fixed.reading.time, zone).astimezone(frame.now.tzinfo)
    return Due(Kind.DATE, (Reading(local.date(), local.time()),))


def _today(clock: Clock, word: str, frame: Frame) -> Due | None:
    """An hour alone is today's; when it has struck, or the end of work falls on a day off, it is asked about."""
    due = _at(settled(frame.today), clock)
    if word == "eod" and due and not is_working_day(frame.today, frame.calendar):
        following = Reading(next_working_day(frame.today, frame.calendar), frame.end_of_day)
        return question("day-off", [*due.readings, following])
    return due
