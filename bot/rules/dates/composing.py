"""From tokens to a verdict: alternatives, ranges, starts and limits around a day; `day_and_hour` reads the day itself."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from dateutil.relativedelta import relativedelta

from bot.rules.calendars import previous_working_day
from bot.rules.dates.day_and_hour import day_and_hour
from bot.rules.dates.days import MOST, after
from bot.rules.dates.due import Due, Frame, Kind, Reading, asked, question, refused
from bot.rules.dates.grammar import Tokens, kinds, without
from bot.rules.dates.periods import read_period
from bot.rules.dates.tokens import Token

_DAY = dt.timedelta(days=1)
_SILENT = "GPLZ"
_BESIDE_WEEKDAY = "KADdRONVYMmnjxJ|~"
_REFUSAL = {"loose": "undecided"}


def compose(tokens: Tokens, frame: Frame) -> Due | None:
    """What all the tokens together mean, particles aside; None if no rule of the grammar fits the whole."""
    if kinds(tokens[-2:]) in {"G~", "P~", "Z~", "I~"}:  # `부탁드려요~` is polite, not a start
        tokens = tokens[:-1]
    by = any(token.kind == "G" and token.word != "after" for token in tokens)
    tokens = _heard(tokens)
    if by and re.fullmatch("[xJ]?(?:m|Y?M|MY)", kinds(tokens)):
        return _by_month(tokens, frame)
    for operator, rule in _OPERATORS:
        if any(token.kind in operator for token in tokens):
            return rule(tokens, frame)
    return day_and_hour(tokens, frame)


def _by_month(tokens: Tokens, frame: Frame) -> Due | None:
    """`by May` is before it begins to some, before it ends to others; Korean 까지 is the end."""
    period = read_period(without(tokens, "xJ"), frame)
    if period is None or period.first <= frame.today:
        return day_and_hour(tokens, frame)
    return asked("range", period.last, previous_working_day(period.first, frame.calendar))


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


def _no_due_date(tokens: Tokens, frame: Frame) -> Due | None:
    """Recurrences, leads and undecided dates are no due dates; a date beside `미정` or `ASAP` is asked about."""
    word = next(token.word for token in tokens if token.kind == "X")
    rest = compose(without(tokens, "X"), frame) if word in {"undecided", "asap", "loose"} else None
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
    if not left and tokens[at].word == "-" and right and right[0].kind in "UD" and right[0].start == tokens[at].end:
        return refused("lead")
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
    return [*without(left, "T"), *right] if kinds(right) == "T" else right


def _begun(due: Due | None) -> Due | None:
    return question("start", due.readings) if due else None


def _about(tokens: Tokens, frame: Frame) -> Due | None:
    due = compose(without(tokens, "S"), frame)
    return question("about", due.readings) if due else None


def _from(tokens: Tokens, frame: Frame) -> Due | None:
    """`12월 5일부터` is a start; `two weeks from Monday` a day; `12월 5일부터 3일 이내` is counted in two ways."""
    at = kinds(tokens).index("F")
    if "V" in kinds(tokens) and "U" not in kinds(tokens):
        return day_and_hour(tokens, frame)
    if kinds(tokens[:at]) == "U" and tokens[at].word != "after":
        anchor = compose(tokens[at + 1 :], frame)
        return after(tokens[:at], frame, anchor.reading.date) if anchor and anchor.kind is Kind.DATE else _begun(anchor)
    if re.fullmatch("[UD]I", kinds(tokens[at + 1 :])):
        anchor = compose(tokens[:at], frame)
        starts = [reading.date for reading in anchor.readings] if anchor else [frame.today]
        days = [after([tokens[at + 1]], frame, start) for start in starts]
        return asked("counted-from", *(d for due in days if due for r in due.readings for d in (r.date, r.date - _DAY)))
    return _begun(compose(without(tokens, "F"), frame))


def _after(tokens: Tokens, frame: Frame) -> Due | None:
    """`3일 후` is a day, `12월 5일 이후` a start; `3일 이후` may be either."""
    if "V" in kinds(tokens):
        return day_and_hour(tokens, frame)
    start = compose(without(tokens, "+"), frame)
    due = None if start and any(token.word == "since" for token in tokens) else day_and_hour(tokens, frame)
    if due or start is None:
        return due
    length = day_and_hour(tokens, frame)
    return question("start", [*start.readings, *(length.readings if length else ())])


def _before(tokens: Tokens, frame: Frame) -> Due | None:
    """`3시 전` is that hour; before a holiday is a date; `3일 전` is a reminder's lead; before a day is asked about."""
    sequence = kinds(tokens)
    if "T-" in sequence or "-T" in sequence or ("V" in sequence and not re.search("[UDB]-", sequence)):
        return day_and_hour(tokens if "V" in sequence else without(tokens, "-"), frame)
    rest = without(tokens, "-")
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
    unit = tokens[-1].word if tokens[-1].kind == "U" else "day"
    if tokens[-1].number > MOST[unit]:
        return refused("far")
    length = relativedelta(**{f"{unit}s": tokens[-1].number})  # type: ignore[arg-type]
    if unit in {"hour", "minute"}:  # `3시 15분 전`: 15 minutes before three, or before 3:15
        return question(
            "before",
            [Reading(r.date, _moved(r.time, by)) for r in anchor.readings for by in (-length, length) if r.time],
        )
    return asked("before", *(reading.date - length for reading in anchor.readings))


def _moved(time: dt.time, by: relativedelta) -> dt.time:
    """Within the day: an hour that is moved past midnight wraps, and is asked about all the same."""
    return (dt.datetime.combine(dt.date.min + _DAY, time) + by).time()


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
