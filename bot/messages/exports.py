"""A task force's records as sheets, and the message that brings a file."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.messages import budget_sheets, decisions, items
from bot.messages.escape import escape
from bot.messages.post import Post
from bot.messages.roster import name_and_title, role_word
from bot.messages.sheets import Cell, Sheet
from bot.rules.decisions import DecisionView, Word
from bot.rules.exports import Copy, Shape
from bot.rules.items import ItemView, Share
from config.words import Say
from storage.tables import Person, PersonState, Side

_ITEMS = (("ref", 8), ("item", 48), ("state", 14), ("stream", 14), ("due", 14), ("hour", 8))
_ITEM_OF_SIDE = (("owner", 22), ("part", 28), ("own-due", 14), ("confirmed", 14))
_ITEMS_MORE = (("moves", 10), ("description", 48), ("link", 28), ("scope", 14))
_ITEMS_LAST = (("made-by", 20), ("made", 14), ("closed", 14), ("why", 32))
_DECISIONS = (("ref", 8), ("decision", 56), ("state", 14), ("stream", 14), ("decided", 14))
_DECISION_OF_SIDE = (("word", 36), ("word-on", 14))
_DECISIONS_LAST = (("in-force", 14), ("review", 14), ("replaces", 12), ("successor", 12), ("made-by", 20), ("made", 14))
_DECISIONS_MORE = (("link", 28), ("why", 32))
_NOTES = (("ref", 8), ("on", 14), ("who", 22), ("note", 72))
_PEOPLE = (
    ("side", 16),
    ("name", 16),
    ("title", 16),
    ("department", 24),
    ("role", 14),
    ("since", 14),
    ("person-state", 12),
)

Columns = Sequence[tuple[str, int]]


def all_sheets(copy: Copy, say: Say) -> list[Sheet]:
    """A full copy."""
    first, last = (
        [items_sheet(copy, say), decisions_sheet(copy, say)],
        [notes_sheet(copy, say), people_sheet(copy, say)],
    )
    return [*first, *budget_sheets.all_sheets(copy.lines, copy.sides, say), *last]


def items_sheet(copy: Copy, say: Say) -> Sheet:
    """An item a row; each side has its own columns."""
    more = [*_ITEMS_MORE, *_ITEMS_LAST]
    heads, widths = _heads(_ITEMS, _ITEM_OF_SIDE, more, copy.sides, say)
    return Sheet(say("export-items"), heads, [_item(copy, view, say) for view in copy.items], widths)


def decisions_sheet(copy: Copy, say: Say) -> Sheet:
    """A decision a row; each side has its own columns."""
    more = [*_DECISIONS_LAST, *_DECISIONS_MORE]
    heads, widths = _heads(_DECISIONS, _DECISION_OF_SIDE, more, copy.sides, say)
    return Sheet(say("export-decisions"), heads, [_decision(copy, view, say) for view in copy.decisions], widths)


def notes_sheet(copy: Copy, say: Say) -> Sheet:
    """What was written about items and decisions, a line each."""
    refs = {view.item.id: items.ref(view.item) for view in copy.items}
    rows = [_note(copy, refs[one.item_id], one.written_at, one.person_id, one.text) for one in copy.notes]
    of = {view.decision.id: decisions.ref(view.decision) for view in copy.decisions}
    rows += [_note(copy, of[one.decision_id], one.written_at, one.person_id, one.text) for one in copy.remarks]
    heads, widths = _heads(_NOTES, (), (), (), say)
    return Sheet(say("export-notes"), heads, rows, widths)


def people_sheet(copy: Copy, say: Say) -> Sheet:
    """The roster, with who has left."""
    sides = {side.id: side for side in copy.sides}
    heads, widths = _heads(_PEOPLE, (), (), (), say)
    return Sheet(
        say("export-people"), heads, [_person(copy, one, sides[one.side_id], say) for one in copy.people], widths
    )


def comes(say: Say) -> Post:
    """To the asker, at once."""
    return Post(say("export-comes"))


def brought(copy: Copy, shape: Shape, say: Say) -> Post:
    """The message with the file: what is in it, and what is not."""
    counts = {"items": len(copy.items), "decisions": len(copy.decisions), "lines": len(copy.lines)}
    said = say(f"export-is-{shape}", name=escape(copy.task_force.name), **counts)
    return Post(f"{said}\n{say('export-in-it', scope=escape(scope_word(copy, say)))}")


def scope_word(copy: Copy, say: Say) -> str:
    """Whose internal things are in it."""
    return say("export-with-internal", side=copy.side.name) if copy.side else say("export-joint-only")


def state_word(view: ItemView, say: Say) -> str:
    """How an item stands, in a word."""
    return say("export-item-half" if view.is_half_done else f"export-item-{view.item.status}")


def internal_word(copy: Copy, view: ItemView, say: Say) -> str:
    """Whose alone an item is; "" for a joint one."""
    names = [side.name for side in copy.sides if side.id == view.item.internal_to]
    return say("export-internal", side=names[0]) if names else ""


def _heads(
    first: Columns, of_side: Columns, last: Columns, sides: Sequence[Side], say: Say
) -> tuple[list[str], list[int]]:
    columns = [(say(f"export-{name}"), width) for name, width in first]
    columns += [(say(f"export-side-{name}", side=side.name), width) for side in sides for name, width in of_side]
    columns += [(say(f"export-{name}"), width) for name, width in last]
    return [head for head, _ in columns], [width for _, width in columns]


def _item(copy: Copy, view: ItemView, say: Say) -> list[Cell]:
    item, shares = view.item, {share.side.id: share for share in view.shares}
    hour = f"{item.due_at:%H:%M}" if item.due_at else ""
    scope = internal_word(copy, view, say) or say("export-joint")
    return [
        *(items.ref(item), item.title, state_word(view, say), item.stream, item.due_on, hour),
        *(cell for side in copy.sides for cell in _share(copy, shares.get(side.id))),
        *(item.due_moves, item.description, item.link, scope),
        *(
            _who(copy.person(item.created_by)),
            _day(copy, item.created_at),
            _day(copy, item.closed_at),
            item.cancel_reason,
        ),
    ]


def _share(copy: Copy, share: Share | None) -> list[Cell]:
    if share is None:
        return ["", "", None, None]
    part = share.part
    return [_who(share.owner), part.task, part.due_on, _day(copy, part.confirmed_at)]


def _decision(copy: Copy, view: DecisionView, say: Say) -> list[Cell]:
    one = view.decision
    state = say(f"export-decision-{one.status}")
    linked = [decisions.ref(other) if other else "" for other in (view.replaces, view.successor)]
    return [
        *(decisions.ref(one), one.text, state, one.stream, one.decided_on),
        *(cell for word in view.words for cell in _word(copy, word, say)),
        *(_day(copy, one.in_force_at), one.review_on, *linked, _who(view.recorder), _day(copy, one.recorded_at)),
        *(one.link, one.withdrawn_reason),
    ]


def _word(copy: Copy, word: Word, say: Say) -> list[Cell]:
    """What a side says: `확인 · 이강민 단장`, `이의 · 박서준 과장: …`."""
    if word.vote is None:
        return [say("export-word-none"), None]
    said = f"{say(f'export-word-{word.vote.choice}')} · {_who(word.person)}"
    if word.delegated_by:
        said = say("export-word-delegated", said=said, by=_who(word.delegated_by))
    return [f"{said}: {word.vote.reason}" if word.vote.reason else said, _day(copy, word.vote.cast_at)]


def _note(copy: Copy, ref: str, at: datetime, person_id: int, text: str) -> list[Cell]:
    return [ref, _day(copy, at), _who(copy.person(person_id)), text]


def _person(copy: Copy, one: Person, side: Side, say: Say) -> list[Cell]:
    state = "" if one.state is PersonState.ACTIVE else say(f"export-person-{one.state}")
    since = _day(copy, one.joined_at)
    return [side.name, one.name, one.job_title, one.department, role_word(say, one.role, side), since, state]


def _who(person: Person | None) -> str:
    return name_and_title(person) if person else ""


def _day(copy: Copy, moment: datetime | None) -> date | None:
    return moment.astimezone(ZoneInfo(copy.task_force.zone)).date() if moment else None
