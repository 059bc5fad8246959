"""Taking one's last act back, of whatever verb, within ten minutes."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import zip_longest

from bot.messages import item_endings as messages
from bot.messages import items as item_messages
from bot.messages.post import Reply
from bot.rules.handovers import HANDED_OVER
from bot.rules.item_changes import OWN_DUE
from bot.services import confirmations, handovers
from bot.services.askers import Asker, require_member
from bot.services.item_changes import Overtaken, change_now
from bot.services.item_endings import call_off
from bot.services.item_internals import may_see
from bot.services.item_reminders import heard, reckon
from bot.services.item_views import view_of
from bot.services.items import lock, make_searchable, record, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import history, items, snoozes
from storage.tables import Change, Item, ItemStatus, Note, Person, Side

WINDOW = timedelta(minutes=10)
FOLLOWS = {
    "closed": ("confirmed", "changed"),
    "reopened": ("unconfirmed", "changed"),
}  # what an act itself brought about


def undo(work: Work, asker: Asker, item: Item | None = None) -> Reply:
    """Take the asker's last act back, on this item or on any; without one in ten minutes, the last confirmation."""
    change = _last(work, asker, item)
    if change is None or change.act in ("confirmed", "unconfirmed"):
        return _unconfirm(work, asker, item or (_item(work, change) if change else None))
    if change.act == HANDED_OVER:
        return handovers.take_back(work, asker, (change.new or {})["handover"])
    if change.act not in UNDO:
        raise Refused("undo-not-this")
    item = lock(work, asker, _item(work, change))
    UNDO[change.act](work, asker, item, change)
    record(work, item, "undone", change.person_id, new={"act": change.act})
    make_searchable(work, item)
    reckon(work, item)
    show_card(work, item)
    what = asker.say(f"undone-{change.act}")
    return Reply(messages.undone(view_of(work.session, item), what, work.now, asker.say))


def _last(work: Work, asker: Asker, item: Item | None) -> Change | None:
    """The asker's newest act of the last ten minutes, without what only followed from it."""
    task_force, person = require_member(asker)
    acts = history.by_person(work.session, task_force.id or 0, "item", person.id or 0, work.now - WINDOW)
    mine = [one for one in acts if one.subject_id == item.id] if item else _seen(work, person, acts)
    for newer, older in zip_longest(mine, mine[1:]):
        followed = older is not None and (older.subject_id, older.at) == (newer.subject_id, newer.at)
        if not (older and followed and older.act in FOLLOWS.get(newer.act, ())):
            return newer
    return None


def _seen(work: Work, person: Person, acts: list[Change]) -> list[Change]:
    """Without acts on what the person does not see any more."""
    return [one for one in acts if may_see(person, work.session.get_one(Item, one.subject_id))]


def _unconfirm(work: Work, asker: Asker, item: Item | None) -> Reply:
    item = item or confirmations.last_confirmed(work, asker)
    side = work.session.get_one(Side, confirmations.undo(work, asker, item))
    return Reply(item_messages.taken_back(view_of(work.session, item), side.name, work.now, asker.say))


def _item(work: Work, change: Change) -> Item:
    return work.session.get_one(Item, change.subject_id)


def _change_back(work: Work, asker: Asker, item: Item, change: Change) -> None:
    """Every field as it was, if nobody has changed it since; a due date that is back has not moved."""
    old, new = _words(change.old), _words(change.new)
    dates = [name for name in old if name == "due" or name.startswith(OWN_DUE)]
    moves = item.due_moves - sum(bool(old[name]) for name in dates)
    try:
        change_now(work, asker, item, old, new)
    except Overtaken as other:
        raise Refused("undo-overtaken", ref=item_messages.ref(item)) from other
    if dates:
        item.due_moves = moves


def _words(fields: dict[str, object] | None) -> dict[str, str]:
    return {name: str(value) for name, value in (fields or {}).items()}


def _call_off(work: Work, asker: Asker, item: Item, change: Change) -> None:
    """An item that was made is cancelled: its number stays taken, and its history stays."""
    confirmations.require_open(item)
    _, person = require_member(asker)
    call_off(work, item, person, asker.say("undone-reason"))


def _open(work: Work, _asker: Asker, item: Item, change: Change) -> None:
    """A cancelled item is as before: what confirmed it counts on."""
    if item.status is not ItemStatus.CANCELLED:
        raise Refused("undo-overtaken", ref=item_messages.ref(item))
    item.status, item.cancel_reason = ItemStatus.OPEN, ""
    for part in items.parts(work.session, item.id or 0):
        heard(work, item, part)
    record(work, item, "reopened", change.person_id)


def _withdraw_note(work: Work, _asker: Asker, item: Item, change: Change) -> None:
    note = work.session.get_one(Note, (change.new or {})["note"])
    note.withdrawn_at = work.now
    work.session.flush()


def _wake(work: Work, _asker: Asker, item: Item, change: Change) -> None:
    until = date.fromisoformat(str(change.old["until"])) if change.old else None
    snoozes.put(work.session, item, change.person_id or 0, until)


def _unsee(work: Work, _asker: Asker, item: Item, change: Change) -> None:
    for part in items.parts(work.session, item.id or 0):
        if part.owner_id == change.person_id:
            part.seen_at = None


UNDO: dict[str, Callable[[Work, Asker, Item, Change], None]] = {
    "changed": _change_back,
    "created": _call_off,
    "cancelled": _open,
    "noted": _withdraw_note,
    "snoozed": _wake,
    "seen": _unsee,
}
