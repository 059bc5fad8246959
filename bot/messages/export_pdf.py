"""A task force's items and decisions as a list to print."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.messages import dates, decisions, items
from bot.messages.escape import clean
from bot.messages.exports import internal_word, scope_word, state_word
from bot.messages.pdf_fonts import Typesetter
from bot.messages.pdf_pages import About, build, table
from bot.messages.roster import name_and_title
from bot.rules.exports import Copy
from bot.rules.items import ItemView
from config.fonts import Fonts
from config.words import Say

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_ITEMS = (("ref", 8), ("item", 37), ("owner", 23), ("due", 20), ("state", 12))
_DECISIONS = (("ref", 9), ("decision", 59), ("decided", 20), ("state", 12))


def pdf(copy: Copy, now: datetime, fonts: Fonts, say: Say) -> bytes:
    """The list as it is at `now` (aware)."""
    setter = Typesetter(fonts)
    title = f"{clean(copy.task_force.name)} {say('export-heading')}"
    return build(_parts(copy, title, now, setter, say), About(title, say.language, now), setter)


def _parts(copy: Copy, title: str, now: datetime, setter: Typesetter, say: Say) -> Iterator["Flowable"]:
    day = dates.day(say, now.astimezone(ZoneInfo(copy.task_force.zone)).date())
    yield setter(f"{day} · {scope_word(copy, say)}", "number")
    yield setter(title, "heading")
    yield setter(f"{say('export-items')} ({len(copy.items)})", "section")
    yield table([say(f"export-{name}") for name, _ in _ITEMS], _items(copy, say), _widths(_ITEMS), setter)
    yield setter(f"{say('export-decisions')} ({len(copy.decisions)})", "section")
    yield table([say(f"export-{name}") for name, _ in _DECISIONS], _decisions(copy, say), _widths(_DECISIONS), setter)
    if setter.missing:
        yield setter(setter.note(say("minutes-doc-letters-missing")), "small")


def _widths(columns: tuple[tuple[str, int], ...]) -> list[int]:
    return [width for _, width in columns]


def _items(copy: Copy, say: Say) -> list[list[str]]:
    return [
        [
            items.ref(view.item),
            _title(copy, view, say),
            ", ".join(clean(f"{share.side.name} {name_and_title(share.owner)}") for share in view.shares),
            dates.due(say, view.item.due_on, view.item.due_at),
            state_word(view, say),
        ]
        for view in copy.items
    ]


def _title(copy: Copy, view: ItemView, say: Say) -> str:
    """Paper goes from hand to hand: what is one side's alone says so."""
    internal = internal_word(copy, view, say)
    return clean(f"[{internal}] {view.item.title}" if internal else view.item.title)


def _decisions(copy: Copy, say: Say) -> list[list[str]]:
    return [
        [
            decisions.ref(view.decision),
            clean(view.decision.text),
            dates.day(say, view.decision.decided_on),
            say(f"export-decision-{view.decision.status}"),
        ]
        for view in copy.decisions
    ]
