"""The raw lines of a meeting: what people wrote, and every later correction; minutes are made of nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.rules.calendars import Calendar


class LineKind(StrEnum):
    """What a raw line does. All but MESSAGE are about an earlier one, which `of` names (and `part`, from WORDING on)."""

    MESSAGE = "message"  # somebody wrote `text`; buttons and forms write messages too, such as `안건: …`
    CHANGED = "changed"  # the writer edited the whole message: `text` is what it says now
    DELETED = "deleted"  # the writer deleted it
    WORDING = "wording"  # the secretary: `text` is what this line says in the minutes, its marker aside
    SPEAKER = "speaker"  # the secretary: `text` names who said it
    ORDER = "order"  # the secretary: it stands behind the line whose anchor is `text`; at the start if empty
    MARK = "mark"  # 📌, 📝, a shortcut: `text` is a `Marker`'s value; empty takes an earlier mark away
    OWNERS = "owners"  # an answer: `text` names the owners of this action as a line would, or mentions them
    DUE = "due"  # an answer: `text` is `2026-12-05`, `2026-12-05T14:00`, or empty for no date
    OMIT = "omit"  # the 취소 button: the line is not in the minutes
    RESTORE = "restore"  # it is again


@dataclass(frozen=True, slots=True)
class RawLine:
    """One thing that happened to the record; never changed, only followed by others.

    Lines take effect in the order of `ordinal`, whatever order they arrive in (a Slack ts in microseconds, or a log's
    count); two with the same `key` are the same line arriving twice.
    """

    key: str
    ordinal: int
    text: str = ""  # as it stood: Slack's mentions and links as Slack hands them over, several lines if pasted
    writer: str = ""  # a `Known.key`, one of its accounts, or a name as a log has it
    at: datetime | None = None  # aware
    kind: LineKind = LineKind.MESSAGE
    of: str = ""  # the key of the message that this is about
    part: int = 0  # which line of its text, from 0
    link: str = ""  # the message's address, opaque


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a line of the minutes comes from: the message, and which line of its text."""

    key: str
    part: int = 0

    @property
    def anchor(self) -> str:
        """One word for it: `1764210000.000100`, `1764210000.000100-2`; `place_of` reads it back."""
        return f"{self.key}-{self.part + 1}" if self.part else self.key


def place_of(anchor: str) -> Place:
    """The place with this anchor."""
    key, dash, part = anchor.rpartition("-")
    return Place(key, int(part) - 1) if dash and part.isdigit() and part != "0" else Place(anchor)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom names may mean, from the roster. `accounts` are Slack user ids and nicknames; aliases were confirmed."""

    key: str
    name: str
    title: str = ""  # 직위
    department: str = ""  # 소속
    side: str = ""
    aliases: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What is true of a meeting beside its lines. Empty fields are taken from the lines."""

    title: str = ""
    start: datetime | None = None  # aware
    end: datetime | None = None  # aware; when it was closed by other means than a line
    zone: str = "Asia/Seoul"  # in which due dates are read
    calendar: Calendar = field(default_factory=Calendar)
    sides: tuple[str, ...] = ()  # besides those of the people known
    bot_names: tuple[str, ...] = ()  # user ids and names; a line that begins by calling one of them is a command
    writers_attend: bool = True  # whoever wrote or spoke was there, listed or not
    nicknames: bool = False  # on IRC a name before a colon is whom one speaks to
    scribed: bool = False  # W3C's way: whoever takes the minutes may put any name before a colon
    numbered: bool = True  # `결정 1:` is a marker; what is on record from before it was one is read as it was

    @property
    def counts_markers(self) -> bool:
        """Whether it is one here: `info2: …` on IRC calls somebody."""
        return self.numbered and not self.nicknames
