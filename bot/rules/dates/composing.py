"""From tokens to a verdict: ranges, alternatives, starts and limits around a day; its hour; its weekday."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from bot.rules.calendars import is_working_day, next_working_day, previous_working_day
from bot.rules.dates.clock import HALVES, Clock, read_clock
from bot.rules.dates.days import WEEKDAYS, after
from bot.rules.dates.due import Due, Frame, Kind, Reading, asked, question, refused, settled
from bot.rules.dates.grammar import Tokens, any_of, kinds, understand
from bot.rules.dates.periods import read_period
from bot.rules.dates.tokens import Token
from bot.rules.dates.words import WEEKDAYS_EN

_DAY = dt.timedelta(days=1)
_SILENT = "GPLZ"
_BESIDE_WEEKDAY = "KADdRONVYMmnjxJ|~"
_REFUSAL = {"loose": "undecided"}
_FIXED = re.compile(r"[Jj]?Y?A|[Jj]?Y?M[Ddn]|M[Ddn]Y|[DdnN]MY?|R|[Dd]|m[Ddn]|[DdnN]m|[Yx]?V")


def compose(tokens: Tokens, frame: Frame) -> Due | None:
    """What all the tokens together mean, particles aside; None if no rule of the grammar fits the whole."""
    tokens = _heard(tokens)
    for operator, rule in _OPERATORS:
        if any(token.kind in operator for token in tokens):
            return rule(tokens, frame)
    return _day_and_hour(tokens, frame)


def _heard(tokens: Tokens) -> Tokens:
    """Without particles; a lone syllable beside a date is its weekday, and `2nd` before a weekday counts weekdays."""
    heard = _days_apart([token for token in tokens if token.kind not in _SILENT])
    for at, token in enumerate(heard):
        beside = kinds(heard[max(at - 1, 0) : at]) or kinds(heard[at + 1 : at + 2])
        if token.kind == "w" and beside and beside in _BESIDE_WEEKDAY:
            heard[at] = replace(token, kind="W")
        if (
            token.kind == "d"
            and token.number <= 5
            and re.match("[Wb]", kinds(heard[at + 1 :]))
            and "M" not in kinds(heard[:at])
        ):
            heard[at] = replace(token, kind="N")
    return heard


def _days_apart(tokens: list[Token]) -> list[Token]:
    """Hyphens: `Dec 5-7` are two days, not a month and a day; `mid-December` is one thing."""
    tokens = [
        t for at, t in enumerate(tokens) if not (at and t.kind == "~" and t.word == "-" and tokens[at - 1].kind == "E")
    ]
    for at in range(1, len(tokens)):
        pair = tokens[at]
        if pair.word == "hyphen" and tokens[at - 1].kind in "Mm":
            first, last = (replace(pair, kind="n", word="", number=number, more=()) for number in pair.more)
            return [*tokens[:at], first, replace(pair, kind="~", word="-", more=()), last, *tokens[at + 1 :]]
    return tokens


def _without(tokens: Tokens, kind: str) -> Tokens:
    return [token for token in tokens if token.kind not in kind]


# --- around a day --------------------------------------------------------------------------------------------------


def _no_due_date(tokens: Tokens, frame: Frame) -> Due | None:
    """Recurrences, leads and undecided dates are no due dates; a date beside `미정` or `ASAP` is asked about."""
    word = next(token.word for token in tokens if token.kind == "X")
    rest = compose(_without(tokens, "X"), frame) if word in {"undecided", "asap", "loose"} else None
    return question("mixed", rest.readings) if rest and rest.readings else refused(_REFUSAL.get(word, word))


def _past(_: Tokens, __: Frame) -> Due:
    return refused("past")


def _either(tokens: Tokens, frame: Frame) -> Due | None:
    at = kinds(tokens).index("|")
    parts = [compose(part, frame) for part in (tokens[:at], tokens[at + 1 :]) if part]
    dues = [due for due in parts if due]
    return question("several", [r for due in dues for r in due.readings]) if len(dues) == len(parts) > 0 else None


def _range(tokens: Tokens, frame: Frame) -> Due | None:
    """`5일~7일`: the last day or the first; `~12/5` is a limit, `12/5~` a start."""
    at = kinds(tokens).index("~")
    left, right = tokens[:at], tokens[at + 1 :]
    if not left:
        return compose(right, frame)
    if not right:
        return _begun(compose(left, frame))
    last, first = compose(_completed(left, right), frame), compose(left, frame)
    if last is None:
        return None
    return question("range", last.readings + (first.readings if first else ()))


def _completed(left: Tokens, right: Tokens) -> Tokens:
    """`12월 5일~7일`: the second day is in the first one's month; `12월 5일 14:00~16:00`: the hour is on its day."""
    if kinds(right) in {"D", "d", "n", "DW", "nW", "W"}:
        return [*(token for token in left if token.kind in ("K" if kinds(right) == "W" else "YMm")), *right]
    return [*_without(left, "T"), *right] if kinds(right) == "T" else right


def _begun(due: Due | None) -> Due | None:
    return question("start", due.readings) if due else None


def _about(tokens: Tokens, frame: Frame) -> Due | None:
    due = compose(_without(tokens, "S"), frame)
    return question("about", due.readings) if due else None


def _from(tokens: Tokens, frame: Frame) -> Due | None:
    """`12월 5일부터` is a start; `two weeks from Monday` a day; `12월 5일부터 3일 이내` is counted in two ways."""
    at = kinds(tokens).index("F")
    if "V" in kinds(tokens) and "U" not in kinds(tokens):
        return _day_and_hour(tokens, frame)
    if kinds(tokens[:at]) == "U" and tokens[at].word != "after":
        anchor = compose(tokens[at + 1 :], frame)
        return after(tokens[:at], frame, anchor.reading.date) if anchor and anchor.kind is Kind.DATE else _begun(anchor)
    if re.fullmatch("[UD]I", kinds(tokens[at + 1 :])):
        anchor = compose(tokens[:at], frame)
        days = [after([tokens[at + 1]], frame, reading.date) for reading in (anchor.readings if anchor else ())]
        return asked("counted-from", *(d for due in days if due for r in due.readings for d in (r.date, r.date - _DAY)))
    return _begun(compose(_without(tokens, "F"), frame))


def _after(tokens: Tokens, frame: Frame) -> Due | None:
    """`3일 후` is a day, `12월 5일 이후` a start; `3일 이후` may be either."""
    if "V" in kinds(tokens):
        return _day_and_hour(tokens, frame)
    start = compose(_without(tokens, "+"), frame)
    due = None if start and any(token.word == "since" for token in tokens) else _day_and_hour(tokens, frame)
    if due or start is None:
        return due
    length = _day_and_hour(tokens, frame)
    return question("start", [*start.readings, *(length.readings if length else ())])


def _before(tokens: Tokens, frame: Frame) -> Due | None:
    """`3시 전` is that hour; before a holiday is a date; `3일 전` is a reminder's lead; before a day is asked about."""
    sequence = kinds(tokens)
    if "T-" in sequence or "-T" in sequence or ("V" in sequence and not re.search("[UDB]-", sequence)):
        return _day_and_hour(tokens if "V" in sequence else _without(tokens, "-"), frame)
    rest = _without(tokens, "-")
    if re.fullmatch("[UDBu]+", kinds(rest)):
        return refused("lead")
    due = compose(rest, frame)
    if due is None:
        return _lead_before(rest, frame)
    period = read_period(rest, frame) if re.fullmatch("[KmMQHY]+", kinds(rest)) else None
    firsts = [period.first] if period else [reading.date for reading in due.readings]
    return asked("before", *(day for first in firsts for day in _days_before(first, frame)))


def _days_before(day: dt.date, frame: Frame) -> tuple[dt.date, ...]:
    return previous_working_day(day, frame.calendar), day - _DAY, day


def _lead_before(tokens: Tokens, frame: Frame) -> Due | None:
    """`추석 3일 전`: asked, as it may be a reminder's lead."""
    anchor = compose(tokens[:-1], frame)
    if anchor is None or not anchor.readings or tokens[-1].kind not in "UD":
        return None
    length = (
        relativedelta(weeks=tokens[-1].number) if tokens[-1].word == "week" else relativedelta(days=tokens[-1].number)
    )
    return asked("before", *(reading.date - length for reading in anchor.readings))


_OPERATORS: tuple[tuple[str, Callable[[Tokens, Frame], Due | None]], ...] = (
    ("X", _no_due_date),
    ("p", _past),
    ("|", _either),
    ("~", _range),
    ("S", _about),
    ("F", _from),
    ("-", _before),
    ("+", _after),
)


# --- the day, its weekday and its hour -----------------------------------------------------------------------------


def _day_and_hour(tokens: Tokens, frame: Frame) -> Due | None:
    hours, rest = [t for t in tokens if t.kind == "T"], _without(tokens, "To")
    if not hours:
        return _day(rest, frame)
    hour = hours[0] if len(hours) == 1 else _hour_in_part(hours)
    if hour is None:
        return None
    clock = read_clock(hour, frame.end_of_day)
    if not _without(rest, "Iij"):
        return _today(clock, hour.word, frame)
    due = _day(rest, replace(frame, timed=True))
    if due is None:
        return None
    offset = any_of(tokens, "o")
    return _in_zone(due, clock, offset.number, frame) if offset else _at(due, clock)


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
    for sequence in (tokens, _without(tokens, "Ii")):
        if sequence and (due := understand(sequence, frame)):
            return due
    rest = _without(tokens, "WIi")
    weekday = any_of(tokens, "W")
    if weekday is None or kinds(tokens).count("W") > 1 or not _FIXED.fullmatch(kinds(rest)):
        return None
    due = understand(rest, frame)
    return _checked(due, weekday.number, rest, frame) if due else None


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
    if fixed is None or fixed.kind is not Kind.DATE or fixed.reading.time is None or abs(offset) > 14 * 60:
        return None
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
