"""What people write about an item that is there already: who, why, how it goes."""

from typing import Any

from bot.messages import item_words as messages
from bot.messages.post import View
from bot.rules import slack_text
from bot.rules.lines import says_nothing
from bot.services.askers import Asker, Surface, require_member
from bot.services.refused import Refused
from bot.services.work import Work
from storage import people
from storage.tables import Item

WORDS_LIMIT = 1000


def tidied(work: Work, asker: Asker, text: str) -> str:
    """What was typed, as its writer saw it, with the names of who is mentioned; '' if it says nothing."""
    names = {one: people.account(work.session, one).name for one in slack_text.mentioned(text)}
    words = slack_text.plain(text, {user_id: name for user_id, name in names.items() if name}).strip()
    if len(words) > WORDS_LIMIT:
        field = messages.WORDS if asker.who.surface is Surface.FORM else None
        raise Refused("item-words-long", field=field, limit=str(WORDS_LIMIT), length=str(len(words)))
    return "" if says_nothing(words) else words


def ask_for_words(asker: Asker, act: str, item: Item) -> View:
    """The form that asks for the words which `act` needs; it remembers the item."""
    task_force, _ = require_member(asker)
    memory: dict[str, Any] = {"act": act, "item": item.id, "task_force": task_force.id, "channel": asker.who.channel_id}
    return messages.form(act, item, memory, WORDS_LIMIT, asker.say)
