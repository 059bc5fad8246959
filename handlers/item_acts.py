"""What is done with one item besides confirming it: the verbs, the buttons, and the form that asks for words."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages import item_search as search_messages
from bot.messages import item_words as form_messages
from bot.messages.post import Reply
from bot.rules.grammar import Verb
from bot.services import item_dues, item_endings, item_owners, item_search, item_snoozes, items
from bot.services.askers import Asker, Surface, Who
from bot.services.confirmations import TooLate
from bot.services.item_history import too_late
from bot.services.work import Work
from handlers.deps import Deps
from handlers.listening import answer, metadata_of, who_of, with_line
from handlers.windows import show, submit


def register(app: App, deps: Deps) -> None:
    """The form that asks for a reason or a note."""

    @app.view(ids.ITEM_WORDS)
    def words_sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, words = metadata_of(body["view"]), form_messages.read_form(body["view"]["state"]["values"])
        of, channel_id = memory["task_force"], memory["channel"]
        who = Who(body["user"]["id"], channel_id, context["installation"], Surface.FORM, task_force_id=of, typed=words)

        def act(work: Work, asker: Asker) -> Reply:
            item = items.find_by_id(work, asker, memory["item"])
            try:
                return BUTTONS[memory["act"]](work, asker, item, words)
            except TooLate:
                return Reply(too_late(work, asker, item))

        submit(deps, ack, f"form:{memory['nonce']}", who, act)

    @app.view(ids.SEARCH)
    def search_sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, words = metadata_of(body["view"]), search_messages.read_form(body["view"]["state"]["values"])
        of, channel_id = memory["task_force"], memory["channel"]
        who = Who(body["user"]["id"], channel_id, context["installation"], Surface.FORM, task_force_id=of, typed=words)
        submit(deps, ack, f"form:{memory['nonce']}", who, lambda work, asker: item_search.search(work, asker, words))

    @app.action(ids.SEARCH_PATTERN)
    def turn_page(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, number, words = ids.read_item_value(body["actions"][0]["value"])
        who = with_line(who_of(body, context, Surface.BUTTON), "", task_force_id)
        reply = answer(
            deps,
            f"trigger:{body['trigger_id']}",
            who,
            lambda work, asker: Reply(item_search.found_page(work, asker, words, number)),
        )
        show(deps, who, reply, body)
        ack()


VERBS = {
    Verb.ASSIGN: item_owners.assign,
    Verb.DUE: item_dues.due,
    Verb.POSTPONE: item_dues.postpone,
    Verb.SNOOZE: item_snoozes.snooze,
    Verb.CANCEL: item_endings.cancel,
    Verb.NOTE: item_endings.note,
}
LINES = {Verb.SEARCH: item_search.search}
BUTTONS = {
    ids.ITEM_ASK_OWNER: item_owners.ask_another,
    ids.ITEM_POSTPONE: item_dues.postpone,
    ids.ITEM_SNOOZE: item_snoozes.snooze,
    ids.ITEM_CANCEL: item_endings.cancel,
    ids.ITEM_NOTE: item_endings.note,
}
