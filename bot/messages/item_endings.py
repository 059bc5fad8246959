"""What is said when an item is given up, and when a note is written."""

from datetime import datetime

from bot.messages import ids
from bot.messages.blocks import actions, plain_section, section
from bot.messages.escape import escape
from bot.messages.items import item_button, named, ref, summary
from bot.messages.post import Block, Post
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import Person


def cancelled(view: ItemView, now: datetime, say: Say) -> Post:
    """To who cancelled it: how it stands, and the way back."""
    text = summary(view, now, say)
    return Post(text, [section(text), _ways(view, say)])


def told_cancelled(view: ItemView, by: Person, now: datetime, say: Say) -> Post:
    """To an owner: there is nothing more to do."""
    text = "\n".join([say("item-cancelled-by", by=named(by)), summary(view, now, say)])
    return Post(text, [section(text), _ways(view, say)])


def undone(view: ItemView, what: str, now: datetime, say: Say) -> Post:
    """To who took an act back: which, and how the item stands."""
    text = "\n".join([say("item-undone", ref=ref(view.item), what=what), summary(view, now, say)])
    return Post(text, [section(text), actions(item_button(say("item-details"), ids.ITEM_DETAILS, view.item))])


def noted(view: ItemView, text: str, say: Say) -> Post:
    """To who wrote a note: what was kept."""
    said = say("item-noted", ref=ref(view.item))
    details = item_button(say("item-details"), ids.ITEM_DETAILS, view.item)
    return Post(f"{said}\n{escape(text)}", [section(said), plain_section(text), actions(details)])


def _ways(view: ItemView, say: Say) -> Block:
    reopen = item_button(say("item-reopen"), ids.ITEM_REOPEN, view.item)
    return actions(reopen, item_button(say("item-details"), ids.ITEM_DETAILS, view.item))
