"""Action items: the verbs, and the buttons on cards and answers."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages import item_forms as form_messages
from bot.messages import items as messages
from bot.messages.post import Reply
from bot.rules.grammar import Verb, read_ref
from bot.rules.item_lists import Shown
from bot.services import (
    confirmations,
    decision_undo,
    item_changes,
    item_forms,
    item_history,
    item_lists,
    item_pasted,
    item_questions,
    item_reactions,
    item_undo,
    items,
)
from bot.services.askers import Asker, Surface, Who, require_member
from bot.services.item_views import view_of
from bot.services.refused import Refused
from bot.services.work import Work
from handlers import item_acts
from handlers.deps import Deps
from handlers.listening import answer, metadata_of, who_of, with_line
from handlers.windows import show, submit
from storage.items import lock
from storage.tables import Item, Side

ItemAct = Callable[[Work, Asker, Item, str], Reply]
Run = Callable[[int, Callable[[Work, Asker], Reply]], None]


def register(app: App, deps: Deps) -> None:
    """Buttons that carry an item, pages of lists, and the form."""

    @app.action(ids.ITEM_ACT_PATTERN)
    @app.action(ids.ITEM_DUE_PATTERN)
    @app.action(ids.ITEM_ANSWER_PATTERN)
    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        action_id, value = body["actions"][0]["action_id"], body["actions"][0]["value"]
        task_force_id, item_id, more = ids.read_item_value(value)
        act = BUTTONS[ids.without_number(action_id)]
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: on_item(act, work, asker, item_id, more))

    @app.action(ids.LIST_PATTERN)
    def turn_page(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, number, rest = ids.read_item_value(body["actions"][0]["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: Reply(item_lists.list_page(work, asker, rest, number)))

    @app.view(ids.ITEM_FORM)
    def form_sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, fields = metadata_of(body["view"]), form_messages.read_form(body["view"]["state"]["values"])
        channel_id, installation = memory["channel"], context["installation"]
        of, title = memory["task_force"], fields["title"]
        who = Who(body["user"]["id"], channel_id, installation, Surface.FORM, task_force_id=of, typed=title)
        submit(
            deps,
            ack,
            f"form:{memory['nonce']}",
            who,
            lambda work, asker: item_forms.submitted(work, asker, memory, fields),
        )


def press_of(deps: Deps, ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> Run:
    """Do what a button asks for in its task force, once, and answer where it was pressed."""

    def run(task_force_id: int, act: Callable[[Work, Asker], Reply]) -> None:
        who = with_line(who_of(body, context, Surface.BUTTON), "", task_force_id)
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, act)
        show(deps, who, reply, body)
        ack()

    return run


def on_item(act: ItemAct, work: Work, asker: Asker, item_id: int, more: str) -> Reply:
    """Do something with the item of a button; if it came too late, say how the item stands."""
    item = items.find_by_id(work, asker, item_id)
    try:
        return act(work, asker, item, more)
    except confirmations.TooLate:
        return Reply(item_history.too_late(work, asker, item))


def numbered(act: ItemAct, otherwise: Shown = Shown.OPEN, *, more: bool = False) -> Callable[[Work, Asker, str], Reply]:
    """A verb that is followed by an item's number, and perhaps by `more`; without one, the items are shown that it might be about."""

    def run(work: Work, asker: Asker, rest: str) -> Reply:
        found = read_ref(rest)
        if found is None and rest:
            raise Refused("item-which")
        if found is None:
            return list_items(work, asker, otherwise)
        return on_item(act, work, asker, items.find(work, asker, found.number).id or 0, found.rest if more else "")

    return run


def done(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
    """Confirm for the own side."""
    part = confirmations.done(work, asker, item)
    side = work.session.get_one(Side, part.side_id)
    return Reply(messages.recorded(view_of(work.session, item), side.name, asker.say))


def undo(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
    """Take the own confirmation back; a ✅ that is still on the card stays there, as only its owner can take it away."""
    side = work.session.get_one(Side, confirmations.undo(work, asker, item))
    return Reply(messages.taken_back(view_of(work.session, item), side.name, work.now, asker.say, tick_stays=True))


def reopen(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
    """Open a closed item again."""
    confirmations.reopen(work, asker, item)
    return details(work, asker, item, "")


def seen(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
    """The owner takes the item on."""
    _, person = require_member(asker)
    item_reactions.seen(work, lock(work.session, item.id or 0), person)
    return details(work, asker, item, "")


def edit(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
    """The form that changes it."""
    confirmations.require_open(item)
    return Reply(view=item_forms.edit_form(work, asker, item))


def choose_due(work: Work, asker: Asker, item: Item, word: str) -> Reply:
    """Which date was meant."""
    confirmations.require_open(item)
    item_changes.set_due(work, asker, item, word)
    return Reply(messages.changed(view_of(work.session, item), work.now, asker.say))


def details(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
    """The item in full, for the asker alone."""
    return Reply(item_history.details(work, asker, item))


def history(work: Work, asker: Asker, item: Item, page: str) -> Reply:
    """Who changed what and when."""
    return Reply(item_history.history_page(work, asker, item, int(page or 0)))


def list_items(work: Work, asker: Asker, rest: str) -> Reply:
    """`list [open|mine|overdue|waiting|closed|all] [@who|side] [#stream]`."""
    return Reply(item_lists.list_page(work, asker, rest))


def undo_last(work: Work, asker: Asker, rest: str) -> Reply:
    """`undo`, with an item's number or without one: the asker's last act is taken back."""
    if rest:
        return numbered(undo_mine)(work, asker, rest)
    return decision_undo.undo_last(work, asker)


def undo_mine(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
    """Take the asker's last act on this item back."""
    return item_undo.undo(work, asker, item)


def mine(work: Work, asker: Asker, rest: str) -> Reply:
    """What the asker still has to do."""
    return Reply(item_lists.list_page(work, asker, f"mine {rest}"))


VERBS = {
    Verb.ADD: item_pasted.add,
    Verb.LIST: list_items,
    Verb.MINE: mine,
}
NUMBERED: dict[Verb, Callable[[Work, Asker, str], Reply]] = {
    Verb.SHOW: numbered(details),
    Verb.DONE: numbered(done, Shown.MINE),
    Verb.UNDO: undo_last,
    Verb.REOPEN: numbered(reopen, Shown.CLOSED),
    Verb.HISTORY: numbered(history, Shown.ALL),
    Verb.EDIT: numbered(edit),
    **{verb: numbered(act, more=True) for verb, act in item_acts.VERBS.items()},
}
BUTTONS: dict[str, ItemAct] = {
    ids.ITEM_DONE: done,
    ids.ITEM_UNDO: undo,
    ids.ITEM_REOPEN: reopen,
    ids.ITEM_SEEN: seen,
    ids.ITEM_EDIT: edit,
    ids.ITEM_DETAILS: details,
    ids.ITEM_HISTORY: history,
    ids.ITEM_DUE: choose_due,
    ids.ITEM_ANSWER: item_questions.choose,
    **item_acts.BUTTONS,
}
