"""A task force's items and decisions as a list to print."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages import dates, decisions, items
from bot.messages.escape import clean
from bot.messages.exports import internal_word, scope_word, state_word
from bot.messages.roster import name_and_title
from bot.rules.exports import Copy
from bot.rules.items import ItemView
from bot.rules.listings import Listing
from bot.rules.minutes_doc import Row, Section, Table
from config.words import Say

_ITEMS = (("ref", 8), ("item", 37), ("owner", 23), ("due", 20), ("state", 12))
_DECISIONS = (("ref", 9), ("decision", 59), ("decided", 20), ("state", 12))


def listing(copy: Copy, now: datetime, say: Say) -> Listing:
    """The list as it is at `now` (aware)."""
    day = dates.day(say, now.astimezone(ZoneInfo(copy.task_force.zone)).date())
    return Listing(
        say.language,
        f"{clean(copy.task_force.name)} {say('export-heading')}",
        f"{day} · {clean(scope_word(copy, say))}",
        (
            _section(say("export-items"), _ITEMS, _items(copy, say), say),
            _section(say("export-decisions"), _DECISIONS, _decisions(copy, say), say),
        ),
        say("minutes-doc-letters-missing"),
    )


def _section(title: str, columns: tuple[tuple[str, int], ...], rows: list[tuple[str, ...]], say: Say) -> Section:
    heads, widths = tuple(say(f"export-{name}") for name, _ in columns), tuple(width for _, width in columns)
    return Section("", f"{title} ({len(rows)})", table=Table(heads, widths, tuple(map(Row, rows))))


def _items(copy: Copy, say: Say) -> list[tuple[str, ...]]:
    return [
        (
            items.ref(view.item),
            _title(copy, view, say),
            ", ".join(clean(f"{share.side.name} {name_and_title(share.owner)}") for share in view.shares),
            dates.due(say, view.item.due_on, view.item.due_at),
            state_word(view, say),
        )
        for view in copy.items
    ]


def _title(copy: Copy, view: ItemView, say: Say) -> str:
    """Paper goes from hand to hand: what is one side's alone says so."""
    internal = internal_word(copy, view, say)
    return clean(f"[{internal}] {view.item.title}" if internal else view.item.title)


def _decisions(copy: Copy, say: Say) -> list[tuple[str, ...]]:
    return [
        (
            decisions.ref(view.decision),
            clean(view.decision.text),
            dates.day(say, view.decision.decided_on),
            say(f"export-decision-{view.decision.status}"),
        )
        for view in copy.decisions
    ]
