"""What is said when an owner asks that somebody else take a part."""

from collections.abc import Sequence

from bot.messages import ids
from bot.messages.blocks import actions, plain_section, section
from bot.messages.escape import escape
from bot.messages.items import facts, item_button, named, ref, title
from bot.messages.post import Post
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import Person


def asked(view: ItemView, told: Sequence[Person], say: Say) -> Post:
    """To the owner: who was told."""
    names = ", ".join(map(named, told)) or "-"
    text = say("item-owner-asked", ref=ref(view.item), names=names)
    return Post(text, [section(text), actions(item_button(say("item-details"), ids.ITEM_DETAILS, view.item))])


def owner_asked(view: ItemView, owner: Person, reason: str, say: Say) -> Post:
    """To who looks after the side: who asks, why, and the form in which another owner is chosen."""
    opening = say("item-owner-asks", ref=ref(view.item), owner=named(owner))
    ways = actions(
        item_button(say("item-choose-owner"), ids.ITEM_EDIT, view.item, style="primary"),
        item_button(say("item-details"), ids.ITEM_DETAILS, view.item),
    )
    blocks = [section(opening), plain_section(reason), title(view.item), section(facts(view, say)), ways]
    return Post(f"{opening}\n{escape(reason)}", blocks)
