"""Action items: the verbs, and the buttons on cards and answers."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages import items as messages
from bot.messages.post import Reply
from bot.rules.grammar import Verb, read_ref
from bot.services import item_lines, items, reactions
from bot.services.askers import Asker, Surface, require_member
from bot.services.item_views import view_of
from bot.services.refused import Refused
from bot.services.work import Work
from handlers.deps import Deps
from handlers.listening import answer, show, who_of, with_line
from storage.tables import Item, Side

ItemAct = Callable[[Work, Asker, Item], Reply]


def register(app: App, deps: Deps) -> None:
    """Buttons that carry an item."""

    @app.action(ids.ITEM_ACT_PATTERN)
    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        pressed = body["actions"][0]
        task_force_id, item_id, _ = ids.read_item_value(pressed["value"])
        who = with_line(who_of(body, context, Surface.BUTTON), "", task_force_id)
        act = BUTTONS[pressed["action_id"]]
        reply = answer(
            deps,
            f"trigger:{body['trigger_id']}",
            who,
            lambda work, asker: act(work, asker, items.find_by_id(work, asker, item_id)),
        )
        ack()
        show(deps, who, reply, body)


def add(work: Work, asker: Asker, rest: str) -> Reply:
    """`add TITLE [@owner…] [date] [#stream]`."""
    item, notes = item_lines.add(work, asker, rest)
    return Reply(messages.added(view_of(work.session, item), work.now, asker.say, *notes))


def done(work: Work, asker: Asker, item: Item) -> Reply:
    """Confirm for the own side."""
    part = items.done(work, asker, item)
    side = work.session.get_one(Side, part.side_id)
    return Reply(messages.recorded(view_of(work.session, item), side.name, asker.say))


def undo(work: Work, asker: Asker, item: Item) -> Reply:
    """Take the own confirmation back."""
    side = work.session.get_one(Side, items.undo(work, asker, item))
    return Reply(messages.taken_back(view_of(work.session, item), side.name, work.now, asker.say))


def reopen(work: Work, asker: Asker, item: Item) -> Reply:
    """Open a closed item again."""
    items.reopen(work, asker, item)
    return details(work, asker, item)


def seen(work: Work, asker: Asker, item: Item) -> Reply:
    """The owner takes the item on."""
    _, person = require_member(asker)
    reactions.seen(work, item, person)
    return details(work, asker, item)


def details(work: Work, asker: Asker, item: Item) -> Reply:
    """The item, for the asker alone."""
    return Reply(messages.card(view_of(work.session, item), work.now, asker.say))


def numbered(act: ItemAct) -> Callable[[Work, Asker, str], Reply]:
    """A verb that is followed by an item's number."""

    def run(work: Work, asker: Asker, rest: str) -> Reply:
        found = read_ref(rest)
        if found is None:
            raise Refused("item-which")
        return act(work, asker, items.find(work, asker, found[0]))

    return run


VERBS = {
    Verb.ADD: add,
    Verb.DONE: numbered(done),
    Verb.UNDO: numbered(undo),
    Verb.REOPEN: numbered(reopen),
    Verb.SHOW: numbered(details),
}
BUTTONS: dict[str, ItemAct] = {
    ids.ITEM_DONE: done,
    ids.ITEM_UNDO: undo,
    ids.ITEM_REOPEN: reopen,
    ids.ITEM_SEEN: seen,
    ids.ITEM_DETAILS: details,
}
