"""What stands in the line of a new decision: its text, the day it was decided on, a review date, a workstream."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.rules import slack_text
from bot.rules.calendars import Calendar
from bot.rules.dates import Due, Kind, read_due
from bot.rules.grammar import normalise
from bot.rules.lines import take_stream

TEXT_LIMIT = 1000
REASON_LIMIT = 1000
MOST_WORDS = 6  # of a date
LATELY = timedelta(days=183)  # a day without a year that is longer ago was hardly meant


class When(StrEnum):
    """Which date of a decision words are about; the values are fields of its form."""

    DECIDED = "decided"
    REVIEW = "review"


# Words that stand before a date. `로/으로`, `:` and `은/는` may follow them.
WORDS: dict[When, tuple[str, ...]] = {
    When.DECIDED: ("결정일자?", "의결일자?", "합의일자?", r"decided\s+on"),
    When.REVIEW: ("재검토일?", "검토일", r"review\s+(?:on|by|date)", "review"),
}
_MARK = {
    when: re.compile(rf"(?<!\S)(?:{'|'.join(words)})(?:은|는)?\s*:?(?=[\s\d])\s*", re.IGNORECASE)
    for when, words in WORDS.items()
}
_TODAY, _YESTERDAY = ("오늘", "today"), ("어제", "yesterday")
_FULL = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?\s*(?:\(([월화수목금토일])\))?")
_PART = re.compile(
    r"\d{1,2}\s*[-./월]\s*\d{1,2}\s*[.일]?(?:\s*\([월화수목금토일]\))?|[A-Za-z]{3,9}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9}"
)


@dataclass(frozen=True)
class DecideLine:
    """A line as it was understood. `unread`: which dates were marked and could not be read for sure, with their words."""

    text: str
    stream: str = ""
    decided_on: date | None = None
    review_on: date | None = None
    unread: tuple[tuple[When, str], ...] = ()


def read_decide(text: str, now: datetime, calendar: Calendar) -> DecideLine:
    """The parts of `TEXT [#stream] [결정일 DATE] [재검토 DATE]`; `text` is plain but for channel mentions.

    `now` is aware, in the task force's zone. A date is read only behind its word.
    """
    stream, left = take_stream(text)
    left, found, unread = normalise(slack_text.plain(left)), {}, []
    for when in When:
        left, day, words = _take(left, when, now, calendar)
        if day:
            found[when] = day
        elif words:
            unread.append((when, words))
    return DecideLine(tidy(left), stream, found.get(When.DECIDED), found.get(When.REVIEW), tuple(unread))


def tidy(text: str) -> str:
    """A text without spaces around its lines, and without empty lines."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line).strip(" ,·")


def read_decided(words: str, now: datetime, calendar: Calendar) -> date | None:
    """The day that has passed, or is today; within half a year if no year is written. None: not for sure."""
    words, today = words.strip(" ,.에"), now.date()
    if words.lower() in _TODAY + _YESTERDAY:
        return today - timedelta(days=words.lower() in _YESTERDAY)
    day = _full(words)
    if day is None and _PART.fullmatch(words):
        due = read_due(words, now - timedelta(days=364), calendar)  # what comes next after that is the last one
        day = due.reading.date if due.kind is Kind.DATE and due.reading.date > today - LATELY else None
    return day if day and day <= today else None


def _full(words: str) -> date | None:
    match = _FULL.fullmatch(words)
    if match is None:
        return None
    try:
        day = date(*map(int, match.groups()[:3]))
    except ValueError:
        return None
    return day if match.group(4) in (None, "월화수목금토일"[day.weekday()]) else None


def _take(text: str, when: When, now: datetime, calendar: Calendar) -> tuple[str, date | None, str]:
    """The text without the marked date, and the date; or the same text, and the words that could not be read."""
    for mark in _MARK[when].finditer(text):
        line = text[mark.end() :].partition("\n")[0]
        ends = [word.end() for word in re.finditer(r"\S+", line)][:MOST_WORDS]
        for end in reversed(ends):
            day = _read(line[:end], when, now, calendar)
            if day:
                return f"{text[: mark.start()]} {text[mark.end() + end :]}", day, ""
        if ends and _is_date(line[: ends[0]], now, calendar):
            return text, None, line[: ends[0]]
    return text, None, ""


def _read(words: str, when: When, now: datetime, calendar: Calendar) -> date | None:
    if when is When.DECIDED:
        return read_decided(words, now, calendar)
    due: Due = read_due(words.rstrip(" ,."), now, calendar)
    return due.reading.date if due.kind is Kind.DATE else None


def _is_date(words: str, now: datetime, calendar: Calendar) -> bool:
    """Whether the words speak of a date, though not for sure of one: `재검토` alone may be part of the text."""
    due = read_due(words, now, calendar)
    return bool(due.readings) or due.key in ("past", "no-such-date")
