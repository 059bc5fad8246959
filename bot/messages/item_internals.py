"""How an item looks that is one side's alone: its card in direct messages, and what is left where it has moved away."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages import ids
from bot.messages.blocks import section
from bot.messages.items import card as joint_card
from bot.messages.items import item_button, named
from bot.messages.post import Post
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import Person


@dataclass(frozen=True)
class Reader:
    """One of those whom an item concerns, and who made it. `instead_of`: the owner who cannot be written to."""

    person: Person
    maker: Person
    instead_of: Person | None = None


def card(view: ItemView, reader: Reader, now: datetime, say: Say) -> Post:
    """The item as it is; its owner can take it on or ask for another."""
    post = joint_card(view, now, say)
    *shown, buttons = post.blocks
    given = any(share.owner.id == reader.person.id for share in view.shares) and reader.maker.id != reader.person.id
    if given and view.is_open:
        seen = item_button(say("item-seen"), ids.ITEM_SEEN, view.item)
        another = item_button(say("item-ask-owner"), ids.ITEM_ASK_OWNER, view.item)
        buttons = {**buttons, "elements": [*buttons["elements"], seen, another]}
    opening = _opening(reader, say, given=given)
    return Post(f"{opening}\n{post.text}", [section(opening), *shown, buttons])


def _opening(reader: Reader, say: Say, *, given: bool) -> str:
    """Why somebody has the card; escaped."""
    if reader.instead_of:
        return say("item-assigned-for", owner=named(reader.instead_of), by=named(reader.maker))
    return say("internal-yours", by=named(reader.maker)) if given else say("internal-card")


def moved_away(say: Say, *, is_joint: bool) -> Post:
    """What is left of a card where it does not belong any more: nothing of what it said."""
    text = say("internal-now-joint") if is_joint else say("internal-now-elsewhere")
    return Post(text, [section(text)])
