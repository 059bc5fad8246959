"""What leaves the bot as a file: in which shape, and what is in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.rules.budget import LineView
from bot.rules.decisions import DecisionView
from bot.rules.grammar import normalise
from bot.rules.items import ItemView
from storage.tables import Change, DecisionNote, Note, Person, Side, TaskForce


class Shape(StrEnum):
    """The kinds of file that people take out of Slack."""

    XLSX = "xlsx"
    PDF = "pdf"
    ICS = "ics"


WORDS = {
    Shape.XLSX: ("xlsx", "excel", "엑셀", "sheet", "표"),
    Shape.PDF: ("pdf", "인쇄", "인쇄용"),
    Shape.ICS: ("ics", "calendar", "달력", "캘린더", "일정"),
}


def read_shape(rest: str) -> Shape | None:
    """The shape that somebody asks for; a sheet when nothing is said; None: not understood."""
    word = normalise(rest).lower()
    return next((shape for shape, words in WORDS.items() if word in words), None) if word else Shape.XLSX


@dataclass(frozen=True)
class Copy:
    """What somebody sees of a task force: joint things, and those internal to `side`."""

    task_force: TaskForce
    side: Side | None
    sides: Sequence[Side]
    people: Sequence[Person]  # who has left too
    items: Sequence[ItemView]
    decisions: Sequence[DecisionView]
    notes: Sequence[Note] = ()  # on the items
    remarks: Sequence[DecisionNote] = ()  # on the decisions
    lines: Sequence[LineView] = ()  # of the budget

    def person(self, person_id: int | None) -> Person | None:
        """Somebody by id."""
        return next((one for one in self.people if one.id == person_id), None)


@dataclass(frozen=True)
class Past:
    """What the history knows of records, by kind and id: how often each was changed and when last, and what it said.

    `words`: the last that each field had, so that a date that was taken away is known (`2026-12-05`).
    """

    changes: Mapping[tuple[str, int], tuple[int, datetime]]
    words: Mapping[tuple[str, int, str], str] = field(default_factory=dict)


def last_words(history: Iterable[Change]) -> dict[tuple[str, int, str], str]:
    """The last word that each field of a record had, as far as it was ever changed; `history` oldest first.

    A milestone's date stands under its line, by its number: `B-2-1`.
    """
    found: dict[tuple[str, int, str], str] = {}
    for change in history:
        new = change.new or {}
        for name, word in [*(change.old or {}).items(), *new.items()]:
            if word:
                key = str(new.get("ref", "")) if name == "day" else name
                found[change.subject_kind, change.subject_id, key] = str(word)
    return found


@dataclass(frozen=True)
class Event:
    """A date for a calendar. `starts`: a day, or an aware moment. The same `uid` with a higher `sequence` is a newer state of it."""

    uid: str
    summary: str
    starts: date | datetime
    sequence: int
    changed_at: datetime  # aware
    ends: date | datetime | None = None  # the day after the last one, or a moment
    place: str = ""
    description: str = ""
    link: str = ""
    organizer: str = ""  # by name; empty: the calendar's name
    is_cancelled: bool = False
    is_busy: bool = False  # takes people's time, as a meeting does and a due date does not
