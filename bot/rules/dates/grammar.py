"""The grammar of due dates: which sequences of tokens mean a day, in both languages at once.

A sequence is written as a string of the kinds that `words` lists, so `12월 5일(토)` is `MDW` and `second Wednesday of
January` is `NWM`. What no row matches is not understood; nothing is taken from a part of a sequence.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence

from bot.rules.calendars import next_working_day
from bot.rules.dates import days
from bot.rules.dates.due import Due, Frame, asked, refused, settled
from bot.rules.dates.periods import Period, current, deadline, part, read_period, shifted, year_of
from bot.rules.dates.tokens import Token

Tokens = Sequence[Token]
Rule = Callable[[Tokens, Frame], Due | None]


def kinds(tokens: Tokens) -> str:
    return "".join(token.kind for token in tokens)


def of(tokens: Tokens, wanted: str) -> Token:
    """The first token of one of the `wanted` kinds, which the rule's row promises."""
    return next(token for token in tokens if token.kind in wanted)


def without(tokens: Tokens, unwanted: str) -> Tokens:
    return [token for token in tokens if token.kind not in unwanted]


def any_of(tokens: Tokens, wanted: str) -> Token | None:
    return next((token for token in tokens if token.kind in wanted), None)


def understand(tokens: Tokens, frame: Frame) -> Due | None:
    """The day that the whole sequence means (hours are dealt with elsewhere), or None if no rule fits."""
    sequence = kinds(tokens)
    for pattern, rule in RULES:
        if pattern.fullmatch(sequence):
            return rule(tokens, frame)
    return None


def _written(tokens: Tokens, frame: Frame) -> Due | None:
    written, year = of(tokens, "A"), any_of(tokens, "Y")
    if year is None:
        return days.written(written, frame)
    if len(written.more) == 3:
        return None
    return days.dated(year_of(year, frame.today), *written.more)


def _month_day(tokens: Tokens, frame: Frame) -> Due | None:
    month, day, year = of(tokens, "M").number, _day_number(tokens), any_of(tokens, "Y")
    if day is None:
        return None
    if year:
        return days.dated(year_of(year, frame.today), month, day)
    return days.yearless(month, day, frame.today)


def _day_number(tokens: Tokens) -> int | None:
    """`the first of December` is a day, `첫째 12월` is not."""
    token = of(tokens, "DdnN")
    return None if token.kind == "N" and token.word != "nth" else token.number


def _relative_day(tokens: Tokens, frame: Frame) -> Due | None:
    return settled(frame.today + dt.timedelta(days=tokens[0].number))


def _day(tokens: Tokens, frame: Frame) -> Due | None:
    return days.day_of_month(tokens[0].number, frame.today)


def _day_in_month(tokens: Tokens, frame: Frame) -> Due | None:
    """`이번 달 10일`; when that is past, next month's is offered."""
    period, number = _period(tokens, frame), _day_number(tokens)
    if period is None or number is None:
        return None
    due = days.day_in(period, number)
    late = any(reading.date < frame.today for reading in due.readings)
    return asked("past", *(r.date for r in days.day_in(shifted(period, 1), number).readings)) if late else due


def _weekday(tokens: Tokens, frame: Frame) -> Due | None:
    weekday, today = of(tokens, "W").number, frame.today
    which = {"j": days.this_weekday, "x": days.next_weekday, "J": days.coming_weekday}
    return which.get(tokens[0].kind, days.on_weekday)(weekday, today)


def _weekday_of_week(tokens: Tokens, frame: Frame) -> Due | None:
    week, weekday = of(tokens, "K"), of(tokens, "W").number
    if week.word == "iso":
        return settled(current("week", dt.date(*week.more)).first + dt.timedelta(days=weekday))
    return days.weekday_of_week(weekday, week.number, frame)


def _weekday_week(tokens: Tokens, frame: Frame) -> Due | None:
    """`Friday week`: a week after the coming Friday; `Friday after next`: after the next one, whichever that is."""
    weekday, after_next = tokens[0].number, tokens[1].number
    due = days.next_weekday(weekday, frame.today) if after_next else days.on_weekday(weekday, frame.today)
    later = [reading.date + dt.timedelta(weeks=1) for reading in due.readings]
    return settled(later[0]) if len(later) == 1 else asked(due.reason, *later)


def _period(tokens: Tokens, frame: Frame) -> Period | None:
    return read_period([t for t in tokens if t.kind in "KmMQHY"], frame)


def _whole(tokens: Tokens, frame: Frame) -> Due | None:
    period = _period(tokens, frame)
    return deadline(period, frame) if period else refused("no-such-date")


def _year(tokens: Tokens, frame: Frame) -> Due | None:
    """A bare year is too wide to be meant as its last day, unless it is this one's."""
    period = _period(tokens, frame)
    if period is None or period.last < frame.today:
        return refused("past")
    return settled(period.last) if period.first <= frame.today else asked("wide", period.last)


def _part(tokens: Tokens, frame: Frame) -> Due | None:
    period, which = _period(tokens, frame), of(tokens, "E")
    if period is None:
        return None
    korean_end_of_week = period.unit == "week" and which.word == "end" and tokens[-1] is which
    return part(period, "weekend" if korean_end_of_week else which.word, frame)


def _running(tokens: Tokens, frame: Frame) -> Due | None:
    """`월말`, `이번 주말`, `내년 연말`: the end or another part of the period that runs, or of the one named before it."""
    running = of(tokens, "e")
    unit, which = running.word.split()
    named = _period([t for t in tokens if t.kind != "e"], frame)
    period = named or shifted(current(unit, frame.today), 1 if any_of(tokens, "x") else 0)
    return _part_to_come(period, which, frame) if period.unit == unit else None


def _part_to_come(period: Period, which: str, frame: Frame) -> Due:
    """That part of the period, or of the next one when it is past."""
    due = part(period, which, frame)
    late = due.readings and all(reading.date < frame.today for reading in due.readings)
    return part(shifted(period, 1), which, frame) if late else due


def _bare_part(tokens: Tokens, frame: Frame) -> Due | None:
    """`말일`, `중순`, `주말` without a month or week: of this one."""
    which = tokens[0].word
    unit = {"weekend": "week", "last": "month", "early": "month", "mid": "month", "late": "month"}.get(which)
    return _part_to_come(current(unit, frame.today), which, frame) if unit else None


def _lone_syllable(tokens: Tokens, frame: Frame) -> Due | None:
    """`금까지`: a weekday, or a word that happens to be spelt so."""
    return asked("one-syllable", *(r.date for r in days.on_weekday(tokens[0].number, frame.today).readings))


def _length(tokens: Tokens, frame: Frame) -> Due | None:
    return days.after([t for t in tokens if t.kind in "UDn"], frame)


def _rough_length(tokens: Tokens, frame: Frame) -> Due | None:
    rough = of(tokens, "u")
    return asked("about", frame.today + dt.timedelta(days=rough.number))


def _only_length(tokens: Tokens, frame: Frame) -> Due | None:
    due = days.after(tokens, frame)
    return asked("length", *(reading.date for reading in due.readings)) if due else None


def _length_and_weekday(tokens: Tokens, frame: Frame) -> Due | None:
    return days.length_and_weekday(of(tokens, "U"), of(tokens, "W").number, frame)


def _working_days(tokens: Tokens, frame: Frame) -> Due | None:
    numbers = [t for t in tokens if t.kind in "BDU" and t.word != "basis"]
    if len(numbers) != 1 or numbers[0].kind == "U":
        return None
    return days.working_days(numbers[0].number, frame)


def _next_working_day(_: Tokens, frame: Frame) -> Due | None:
    return settled(next_working_day(frame.today, frame.calendar))


def _working_day_in(tokens: Tokens, frame: Frame) -> Due | None:
    ordinal, running = any_of(tokens, "Nd"), any_of(tokens, "eE")
    if running and (not running.word.endswith(("end", "last")) or (ordinal and ordinal.number > 0)):
        return None
    unit = running.word.split()[0] if running and running.kind == "e" else "month"
    number = ordinal.number if ordinal else -1
    if named := _period(tokens, frame):
        return days.working_day_in(named, number, frame)
    here = current(unit, frame.today)
    due = days.working_day_in(here, number, frame)
    late = any(reading.date < frame.today for reading in due.readings)
    return days.working_day_in(shifted(here, 1), number, frame) if late else due


def _holiday(tokens: Tokens, frame: Frame) -> Due | None:
    year, before, behind = any_of(tokens, "Y"), any_of(tokens, "-"), any_of(tokens, "+F")
    which = days.before_holiday if before else days.after_holiday if behind else days.holiday
    return which(of(tokens, "V").word, year_of(year, frame.today) if year else None, frame)


def _nth_weekday(tokens: Tokens, frame: Frame) -> Due | None:
    period, nth, weekday = _period(tokens, frame), of(tokens, "Nd"), of(tokens, "W").number
    if period:
        return days.nth_weekday(period, nth.number, weekday)
    if nth.word == "last":
        return refused("past")
    here = current("month", frame.today)
    found = [days.nth_weekday(p, nth.number, weekday) for p in (here, shifted(here, 1))]
    return asked("which-month", *(reading.date for due in found for reading in due.readings))


def _ordinal_week(tokens: Tokens, frame: Frame) -> Due | None:
    week, weekday = of(tokens, "OU"), any_of(tokens, "W")
    if week.kind == "U" and (week.word != "week" or not 1 <= week.number <= 5):
        return None
    here, number = current("month", frame.today), weekday.number if weekday else None
    periods = [p] if (p := _period(tokens, frame)) else [here, shifted(here, 1)]
    dues = [days.ordinal_week(period, week.number, number, frame) for period in periods]
    return asked("week-of-month", *(reading.date for due in dues for reading in due.readings))


_MONTH = "(?:Y?M|MY|m)"
_PERIOD = "(?:K|Y?M|MY|m|Y?Q|QY|Y?H|HY|Y)"
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        ("[Jj]?Y?A", _written),
        ("[Jj]?Y?M[DdnN]|M[DdnN]Y|[DdnN]MY?", _month_day),
        ("R", _relative_day),
        ("[Dd]", _day),
        ("m[Ddn]|[DdnN]m", _day_in_month),
        ("[jxJ]?W|jJW", _weekday),
        ("Wk", _weekday_week),
        ("KW|WK", _weekday_of_week),
        ("Y", _year),
        ("YI|IY", _whole),
        (_PERIOD, _whole),
        (f"{_PERIOD}E|E{_PERIOD}", _part),
        (f"(?:[jxJ]|{_PERIOD})?e|e{_PERIOD}", _running),
        ("(?:UU?|D)\\+|(?:UU?|D)I|[Ii]x?U", _length),
        ("E", _bare_part),
        ("w", _lone_syllable),
        ("UU?", _only_length),
        ("i?uI?|u\\+|Iu", _rough_length),
        ("i?U\\+?i?W", _length_and_weekday),
        ("B|B\\+|BI|[Ii]x?B|BB|B[DU][I+]?|bD[I+]|[DU]BI|[DU]IB", _working_days),
        ("xb", _next_working_day),
        (f"{_PERIOD}?[Nd]b|[Nd]b{_PERIOD}|e[Nd]?b|{_PERIOD}Eb|bE?{_PERIOD}", _working_day_in),
        ("[xJj]?Y?V[-+F]?|-[xJj]?Y?V|-?VY|F[xJj]?Y?V", _holiday),
        (f"{_MONTH}[Nd]W|[Nd]W{_MONTH}|[Nd]W", _nth_weekday),
        (f"{_MONTH}?OW?|OW?{_MONTH}|WO{_MONTH}|{_MONTH}UW?", _ordinal_week),
    )
)
"""Rows of (sequence of kinds, rule); the first that fits is taken."""
