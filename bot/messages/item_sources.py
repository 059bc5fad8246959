"""What is said where an item may be made of a message."""

import json
from collections.abc import Mapping, Sequence

from bot.messages import ids
from bot.messages.blocks import actions, button, modal, section
from bot.messages.escape import escape_within
from bot.messages.post import Post, View
from config.words import Say
from storage.tables import TaskForce

QUOTE_SHOWN = 1000  # characters, escaped


def offer(task_force_id: int, channel_id: str, ts: str, say: Say) -> Post:
    """To who put a note on a message: a button that opens the form with it. Nothing is kept until then."""
    text = say("item-source-offer")
    value = ids.item_value(task_force_id, 0, f"{channel_id}:{ts}")
    return Post(text, [section(text), actions(button(say("item-make"), ids.ITEM_OF_MESSAGE, value, style="primary"))])


def offer_decision(task_force_id: int, channel_id: str, ts: str, say: Say) -> Post:
    """The same to who put a pin on a message: to record a decision from it."""
    text, value = say("decision-source-offer"), ids.item_value(task_force_id, 0, f"{channel_id}:{ts}")
    make = button(say("decisions-record"), ids.DECISION_OF_MESSAGE, value, style="primary")
    return Post(text, [section(text), actions(make)])


def quoted(quote: str, say: Say) -> str:
    """The words of the message, above the form; escaped."""
    words = escape_within(quote, QUOTE_SHOWN).replace("\n", "\n> ")
    label = say("item-source")
    return f"{label}\n> {words}"


def which_task_force(choices: Sequence[TaskForce], kept: Mapping[str, str], say: Say) -> View:
    """For which task force the item is: a button for each; the message is remembered meanwhile."""
    ask = say("which-task-force")
    buttons = [button(one.name, f"{ids.ITEM_FORM_IN}-{one.id}", str(one.id)) for one in choices[:25]]
    memory = json.dumps(dict(kept), ensure_ascii=False)
    return modal(ids.WINDOW, say("form-add"), None, say("close"), [section(ask), actions(*buttons)], memory)
