"""Changing an item while others may be changing it too. An item's fields are a flat table of words."""

from collections.abc import Iterable, Mapping
from datetime import date, time

from storage.tables import Item, Part

Fields = Mapping[str, str]  # title, due ("2026-12-05" or "2026-12-05T14:00"), stream, owner-<side id>; "" for none
OWNER = "owner-"


def fields_of(item: Item, parts: Iterable[Part]) -> dict[str, str]:
    """The item as its form shows it."""
    fields = {"title": item.title, "due": due_word(item.due_on, item.due_at), "stream": item.stream}
    return fields | {f"{OWNER}{part.side_id}": str(part.owner_id) for part in parts}


def changes(base: Fields, wanted: Fields) -> dict[str, str]:
    """What somebody who saw `base` has changed."""
    return {name: value for name, value in wanted.items() if value != base.get(name, "")}


def conflicts(base: Fields, wanted: Fields, current: Fields) -> dict[str, str]:
    """Which of these changes meet a change that somebody else has made meanwhile, and what it stands at now."""
    return {
        name: current.get(name, "")
        for name, value in changes(base, wanted).items()
        if current.get(name, "") not in (base.get(name, ""), value)
    }


def due_word(on: date | None, at: time | None) -> str:
    """A due date as a word, ISO."""
    if on is None:
        return ""
    return f"{on.isoformat()}T{at:%H:%M}" if at else on.isoformat()


def read_due_word(word: str) -> tuple[date | None, time | None]:
    """The other way; a word that is no date is a `ValueError`."""
    day, _, clock = word.partition("T")
    return (date.fromisoformat(day) if day else None), (time.fromisoformat(clock) if clock else None)
