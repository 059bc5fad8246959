"""Hours in due dates: what a time word or a bare hour can mean on the day it is said of."""

import datetime as dt
from dataclasses import dataclass

from bot.rules.dates.tokens import Token

START_OF_WORK = dt.time(9)
_NOON, _MIDNIGHT, _LAST_MINUTE = dt.time(12), dt.time(0), dt.time(23, 59)


@dataclass(frozen=True, slots=True)
class Clock:
    """Possible times, the likelier first, each with the days it lies after the day named; none: there is no such hour."""

    times: tuple[tuple[int, dt.time], ...]
    reason: str = ""


def read_clock(token: Token, end_of_day: dt.time) -> Clock:
    if token.word in _WORDS:
        times, reason = _WORDS[token.word]
        return Clock(tuple((shift, time or end_of_day) for shift, time in times), reason)
    hour, minute = divmod(token.number, 60)
    minute_typed = token.more[0] if token.more else minute
    if hour > 24 or minute_typed > 59 or (hour == 24 and minute):
        return Clock((), "no-such-time")
    if token.word in _PARTS:
        return _in_part(hour, minute, token.word)
    return _bare(hour, minute, token.word, end_of_day)


_End = tuple[tuple[int, dt.time | None], ...]
# A time of None is the end of the working day. What has more than one meaning, or a vague one, is asked about.
_WORDS: dict[str, tuple[_End, str]] = {
    "eod": (((0, None),), ""),
    "noon": (((0, _NOON),), ""),
    "forenoon": (((0, _NOON),), ""),
    "afternoon": (((0, None),), ""),
    "midnight": (((1, _MIDNIGHT), (0, _MIDNIGHT), (0, _LAST_MINUTE)), "midnight"),
    "start": (((0, START_OF_WORK),), "vague-time"),
    "morning": (((0, START_OF_WORK), (0, _NOON)), "vague-time"),
    "lunch": (((0, _NOON), (0, dt.time(13))), "vague-time"),
    "evening": (((0, None), (0, dt.time(21))), "vague-time"),
    "night": (((0, _LAST_MINUTE), (0, None)), "vague-time"),
}
HALVES = {"forenoon": "am", "afternoon": "pm", "evening": "저녁", "night": "밤"}
"""A part of the day as a word beside an hour."""
# Which hours a part of the day may be said of as they are, and which mean twelve hours later.
_PARTS: dict[str, tuple[range, range]] = {
    "오전": (range(12), range(0)),
    "am": (range(12), range(0)),
    "새벽": (range(1, 7), range(0)),
    "아침": (range(5, 12), range(0)),
    "오후": (range(12, 24), range(1, 12)),
    "pm": (range(12, 24), range(1, 12)),
    "낮": (range(10, 18), range(1, 6)),
    "점심": (range(11, 15), range(1, 3)),
    "저녁": (range(17, 24), range(5, 12)),
    "밤": (range(18, 24), range(6, 12)),
}


def _in_part(hour: int, minute: int, part: str) -> Clock:
    as_said, later = _PARTS[part]
    if hour in as_said:
        return Clock(((0, dt.time(hour, minute)),))
    if hour in later:
        return Clock(((0, dt.time(hour + 12, minute)),))
    if hour in {0, 12, 24}:
        noon = ((0, dt.time(12, minute)),) if part in {"오전", "am"} else ()
        return Clock(((1, dt.time(0, minute)), (0, dt.time(0, minute)), *noon), "midnight")
    return Clock((), "no-such-time")


def _bare(hour: int, minute: int, style: str, end_of_day: dt.time) -> Clock:
    """No morning or afternoon said: the one of the two that lies in working hours; with two digits, 24-hour clock."""
    if hour == 24:
        return Clock(((0, _LAST_MINUTE), (1, _MIDNIGHT)), "midnight")
    if hour > 12 or hour == 0 or style == "24h":
        return Clock(((0, dt.time(hour, minute)),))
    either = [dt.time(hour, minute), dt.time((hour + 12) % 24, minute)]
    if hour == 12:
        either = [dt.time(12, minute)]
    working = [time for time in either if START_OF_WORK <= time <= end_of_day]
    if len(working) == 1 or len(either) == 1:
        return Clock(((0, (working or either)[0]),))
    return Clock(tuple((0, time) for time in working or either), "am-or-pm")
