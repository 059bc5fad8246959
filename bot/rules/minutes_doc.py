"""Minutes as a document: one model that every file is made from. Nothing in it is Slack's or HTML's.

The fields are those that 공공기록물법 시행령 §18② requires of minutes, and what offices add to them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.rules.pasted import without_bullet

if TYPE_CHECKING:  # whoever only draws a document needs nothing of how minutes are made, which is half the bot
    from bot.rules.minutes import Who

WIDE_GAP = "\u00a0\u00a0"  # two places, which offices leave before the end
_UNDER_LABEL = "\u2003\u2003"  # as wide as 붙임
_NUMBERED = re.compile(r"^붙임\s*(?=\d{1,2}[.)])")  # as it stands in a document that is pasted
_FULL_NAME = re.compile("[가-힣]{3}")
_NOTHING = ("없음", "해당 없음", "none")
_END = re.compile(r"(?:\s+끝\.|(?<=[.)])\s*끝\.?|(?<=\d부)\s*끝|(?<=\.)\s+End\.?)$")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who wrote the minutes for a side, or confirmed them and when; nobody yet: a line to sign on."""

    side: str
    who: "Who | None" = None
    at: datetime | None = None  # aware


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a document of minutes says beside what was said. Empty fields are left out, or to be filled in by hand."""

    zone: str = "Asia/Seoul"
    number: str = ""  # 관리번호: ours; the office's own registration number gets the free corner
    host: str = ""  # 개최기관
    joint_hosts: tuple[str, ...] = ()
    place: str = ""
    disclosure: str = ""  # 공개구분
    keywords: tuple[str, ...] = ()
    summary: str = ""  # 문서요지
    next_meeting: str = ""
    attachments: tuple[str, ...] = ()
    writers: tuple[Signer, ...] = ()
    confirmers: tuple[Signer, ...] = ()
    is_draft: bool = True  # until both sides have confirmed it: (안)
    from_slack: bool = True  # what the record is


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered line: `1.` `가.` `1)` `가)` by level. `anchor` names the raw line, `link` its message."""

    level: int
    number: str
    text: str
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first row is repeated on every page. `widths` are percent and add up to 100."""

    headers: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section: its items, or a table and what stands below it."""

    number: str
    title: str
    items: tuple[Item, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesDoc:
    """The whole document in order; all words are said already, in `language`."""

    language: str
    heading: str  # 회의록, 회의록(안)
    title: str
    number: str
    draft_mark: str  # behind the text of a draft; else empty
    facts: tuple[tuple[str, str], ...]  # label and value, in a table at the top
    sections: tuple[Section, ...]
    signers_title: str
    signers: Table
    source: str  # what the record is, said once
    attachments: tuple[str, ...]
    attachments_label: str
    end: str  # 끝.
    summary: str  # 문서요지 and keywords, for the file's metadata too (행정업무규정 §5②)
    keywords: tuple[str, ...]
    message_label: str  # of the way from a line to its message
    letters_missing: str  # before the letters that a file's fonts cannot show


def without_sir(part: Any, people: Iterable[str]) -> Any:
    """The same document, or part of one, in which no 님 follows the given name alone of one of these people: `하늘님이`."""
    names = "|".join(sorted({name[1:] for name in people if _FULL_NAME.fullmatch(name)}))
    return _mapped(part, re.compile(rf"(?<![가-힣])({names})\s?님")) if names else part


def _mapped(part: Any, sir: re.Pattern[str]) -> Any:
    if isinstance(part, str):
        return sir.sub(r"\1", part)
    if isinstance(part, tuple):
        return tuple(_mapped(one, sir) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: _mapped(getattr(part, one.name), sir) for one in fields(part)})
    return part


def attached(lines: Iterable[str]) -> tuple[str, ...]:
    """Attachments as a document lists them, from lines as people write them: `- 산출근거 1부` becomes `산출근거 1부.`; each once."""
    named = (_END.sub("", without_bullet(_NUMBERED.sub("", line.strip()))).rstrip(" .") for line in lines)
    return tuple(dict.fromkeys(f"{name}." for name in named if name and name.casefold() not in _NOTHING))


def ending(attachments: Sequence[str], end: str) -> list[str]:
    """`1. …`, `2. …  끝.`: what stands behind `붙임`; without attachments the end alone (시행규칙 Art. 4)."""
    *numbered, last = [f"{at}. {text}" for at, text in enumerate(attachments, start=1)] or [""]
    return [*numbered, f"{last}{WIDE_GAP if last else ''}{end}"]


def closing(doc: MinutesDoc) -> list[str]:
    """The lines below everything else, as plain text: `붙임  1. …`, the others under it, `끝.` behind the last."""
    first, *others = ending(doc.attachments, doc.end)
    if not doc.attachments:
        return [first]
    return [f"{doc.attachments_label}{WIDE_GAP}{first}", *(f"{_UNDER_LABEL}{WIDE_GAP}{one}" for one in others)]
