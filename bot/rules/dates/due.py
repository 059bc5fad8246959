"""The verdict on a due date in words: a date, a question, or no date."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from bot.rules.calendars import Calendar

END_OF_DAY = dt.time(18)


REASONS = frozenset(
    """
    past-next next-year

    about after-holiday am-or-pm before counted-from day-off far leap-day leftover length length-and-weekday midnight mixed
    next-weekday no-working-day one-syllable order past-time range same-weekday several several-days start unknown-holiday
    unmarked unsure unusual-form vague vague-time week-of-month week-start weekday-mismatch which-holiday which-month wide

    asap context empty lead no-date no-such-date no-such-time past recurrence unclear undecided
    """.split()
)
"""Keys of reasons: those a date may carry, those of questions, those of no date (some of these ask as well)."""


class Kind(StrEnum):
    DATE = "date"
    QUESTION = "question"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """A due date in the task force's zone; without a time the whole day is meant."""

    date: dt.date
    time: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What was understood: one reading if it is a date, the likelier first if it is a question (none if nothing fits).

    `reason` is a key with its arguments behind colons, such as `weekday-mismatch:fri:mon`; empty for a plain date.
    `span` is the part of the text that was read as the date.
    """

    kind: Kind
    readings: tuple[Reading, ...] = ()
    reason: str = ""
    span: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if self.reason and self.key not in REASONS:
            raise ValueError(f"no such reason: {self.reason}")

    @property
    def reading(self) -> Reading:
        """The date; only a DATE has one."""
        if self.kind is not Kind.DATE:
            raise ValueError(f"a {self.kind} has no date of its own")
        return self.readings[0]

    @property
    def key(self) -> str:
        return self.reason.split(":")[0]

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(self.reason.split(":")[1:])


@dataclass(frozen=True, slots=True)
class Frame:
    """What a date is read against: `now` is aware, in the task force's zone."""

    now: dt.datetime
    calendar: Calendar
    end_of_day: dt.time = END_OF_DAY
    timed: bool = False
    """Whether the expression that is being read also names an hour."""

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("a due date is read at a time with a zone")

    @property
    def today(self) -> dt.date:
        return self.now.date()


def settled(day: dt.date, reason: str = "") -> Due:
    return Due(Kind.DATE, (Reading(day),), reason)


def asked(reason: str, *days: dt.date) -> Due:
    return question(reason, [Reading(day) for day in days])


def question(reason: str, readings: Iterable[Reading]) -> Due:
    return Due(Kind.QUESTION, tuple(dict.fromkeys(readings)), reason)


def offered(readings: Iterable[Reading], most: int | None = None) -> list[Reading]:
    """Readings as people are shown them: of so many of the likeliest the earliest first, a whole day behind its hours."""
    return sorted(islice(readings, most), key=lambda one: (one.date, one.time or dt.time.max))


def offered_days(readings: Iterable[Reading], most: int) -> list[dt.date]:
    """The same where hours do not count."""
    days = dict.fromkeys(Reading(one.date) for one in readings)
    return [one.date for one in offered(days, most)]


def refused(reason: str) -> Due:
    return Due(Kind.NONE, (), reason)


def describe(due: Due) -> dict[str, object]:
    """The verdict as JSON, as `tft dates --json` prints it: ISO dates, times HH:MM, reasons by key."""
    readings = [_plain(reading) for reading in due.readings]
    only = readings[0] if due.kind is Kind.DATE else {"date": None, "time": None}
    return {"kind": due.kind.value, **only, "readings": readings, "reason": due.reason}


def _plain(reading: Reading) -> dict[str, str | None]:
    return {
        "date": reading.date.isoformat(),
        "time": reading.time.strftime("%H:%M") if reading.time else None,
    }
