"""Changing an item while others may be changing it too. An item's fields are a flat table of words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from hashlib import sha256
from typing import Any

from bot.rules.item_internals import scope_word
from storage.tables import Item, Part

Fields = Mapping[str, str]
"""`title`, `due` ("2026-12-05" or "2026-12-05T14:00"), `stream`, `description`, `link`, `scope` (a side's id: that side's
alone), `ladder` ("14,7,0"), and of a side `owner-<side id>`,
`task-<side id>`, `due-of-<side id>`; "" for none."""
OWNER, TASK, OWN_DUE = "owner-", "task-", "due-of-"
SCOPE = "scope"
OF_SIDE = (OWNER, TASK, OWN_DUE)
LADDER = "ladder"
LONG = 40  # characters; a longer value is remembered in a form by its digest
DESCRIPTION_LIMIT, LINK_LIMIT, TASK_LIMIT = 1000, 500, 200
_LINK = re.compile(r"https?://[^\s<>|]+")


def fields_of(item: Item, parts: Iterable[Part]) -> dict[str, str]:
    """The item as its form shows it."""
    fields = {"title": item.title, "due": due_word(item.due_on, item.due_at), "stream": item.stream}
    fields |= {"description": item.description, "link": item.link}
    fields |= {SCOPE: scope_word(item.internal_to), LADDER: item.ladder or ""}
    for part in parts:
        fields |= {
            f"{OWNER}{part.side_id}": str(part.owner_id),
            f"{TASK}{part.side_id}": part.task,
            f"{OWN_DUE}{part.side_id}": due_word(part.due_on, None),
        }
    return fields


def is_link(text: str) -> bool:
    """Whether it is a web address that can be shown as one."""
    return bool(_LINK.fullmatch(text))


def packed(fields: Fields) -> dict[str, Any]:
    """Fields as a form remembers them: Slack takes 3,000 characters, so a long value becomes its digest."""
    return {name: {"digest": _digest(value)} if len(value) > LONG else value for name, value in fields.items()}


def unpacked(kept: Mapping[str, Any], wanted: Fields, current: Fields) -> dict[str, str]:
    """The fields that were packed. Of a value that neither who changes it nor anybody else has left, the digest is left."""
    return {name: _whole(value, wanted.get(name, ""), current.get(name, "")) for name, value in kept.items()}


def _whole(kept: Any, *values: str) -> str:
    if isinstance(kept, str):
        return kept
    return next((value for value in values if _digest(value) == kept["digest"]), str(kept["digest"]))


def _digest(value: str) -> str:
    return sha256(value.encode()).hexdigest()[:24]


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
