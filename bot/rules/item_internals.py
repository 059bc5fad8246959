"""Items that are one side's alone: the mark in a line, and which owners they may have."""

import re
from collections.abc import Iterable

from bot.rules.names import Asked

JOINT = ""  # the value of the field `scope`; else the side's id as a word
# At the very start and with its colon or brackets: `내부 결재 올리기` is a title like any other.
_MARK = re.compile(r"\s*(?:(?:내부|internal)\s*[:：]|[\[［]\s*(?:내부|internal)\s*[\]］])\s*", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:내부|internal)\s", re.IGNORECASE)


def take_mark(text: str) -> tuple[bool, str]:
    """Whether a line says that it is for the own side alone, and the line without that."""
    match = _MARK.match(text)
    return (True, text[match.end() :]) if match else (False, text)


def looks_marked(title: str) -> bool:
    """Whether a title begins as if its writer had meant the mark: the word without its colon."""
    return bool(_BARE.match(title))


def is_scope_of(side_id: int, sides: Iterable[int]) -> bool:
    """Whether all these sides are the one whose item it is."""
    return all(one == side_id for one in sides)


def on_side(asked: Iterable[Asked], title: str, side_id: int) -> tuple[Asked, ...]:
    """The questions who was meant, with people of one side only; a bare name of somebody else is just part of the title."""
    narrowed = [Asked(one.written, tuple(who for who in one.candidates if who.side_id == side_id)) for one in asked]
    return tuple(one for one in narrowed if one.candidates or one.written not in title)


def scope_word(internal_to: int | None) -> str:
    """As the field `scope` has it."""
    return JOINT if internal_to is None else str(internal_to)


def read_scope(word: str) -> int | None:
    """The other way."""
    return int(word) if word else None
