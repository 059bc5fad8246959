"""Reactions on items' cards: ✅ confirms for the own side, taking it away takes that back, 👀 says seen."""

from sqlmodel import Session

from bot.messages import items as messages
from bot.messages.post import Post
from bot.services.confirmations import confirm, withdraw
from bot.services.item_internals import may_see, stands_right
from bot.services.item_reminders import reckon
from bot.services.item_views import view_of
from bot.services.items import record, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from config import emoji
from config.words import Say
from storage import items
from storage.tables import Item, ItemStatus, Part, Person, Reaction, Side, Source


def on_card(work: Work, item: Item, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    """The effect of a reaction on the item's card; none where the card does not belong (any more)."""
    return effect(work, item, person, reaction, say) if stands_right(item, reaction.channel_id) else None


def effect(work: Work, item: Item, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    """What a reaction that came or went does, and what is said to who reacted. The item is locked.

    Nothing is done or said by somebody who may not see the item.
    """
    if not may_see(person, item):
        return None
    if emoji.meaning(reaction.emoji) == emoji.SEEN:
        if person:
            _look(work, item, person, present=reaction.present)
        return None
    if reaction.present:
        return _confirmed(work, item, person, reaction, say)
    return _taken_back(work, item, reaction, say)


def seen(work: Work, item: Item, person: Person) -> bool:
    """The owner has seen the item and takes it on; False if somebody else says so, or it was said before."""
    part = _part_of(work, item, person)
    if part is None or part.seen_at:
        return False
    part.seen_at = work.now
    reckon(work, item)
    record(work, item, "seen", person.id)
    show_card(work, item)
    return True


def _confirmed(work: Work, item: Item, person: Person | None, reaction: Reaction, say: Say) -> Post | None:
    if item.counts_from and float(reaction.event_ts) < item.counts_from.timestamp():
        raise Refused("item-reaction-set-aside", ref=messages.ref(item))
    if item.status is ItemStatus.CANCELLED:
        raise Refused("item-confirm-cancelled", ref=messages.ref(item))
    if person is None:
        raise Refused("item-confirm-stranger", ref=messages.ref(item))
    done = confirm(work, item, person, Source.REACTION, reaction)
    side = work.session.get_one(Side, done.part.side_id)
    return None if done.again else messages.recorded(view_of(work.session, item), side.name, say)


def _taken_back(work: Work, item: Item, reaction: Reaction, say: Say) -> Post | None:
    by_it = [one for one in items.standing(work.session, item.id or 0) if one.reaction_id == reaction.id]
    if not by_it:
        return None
    withdraw(work, item, by_it, by_it[0].person_id)
    side = work.session.get_one(Side, by_it[0].side_id)
    return messages.taken_back(view_of(work.session, item), side.name, work.now, say)


def _look(work: Work, item: Item, person: Person, *, present: bool) -> None:
    if present:
        seen(work, item, person)
        return
    part = _part_of(work, item, person)
    if part and part.seen_at:
        part.seen_at = None
        reckon(work, item)
        record(work, item, "unseen", person.id)
        show_card(work, item)


def _part_of(work: Work, item: Item, person: Person) -> Part | None:
    return next((part for part in items.parts(work.session, item.id or 0) if part.owner_id == person.id), None)


def is_open(session: Session, item_id: int) -> bool:
    """Whether the card is posted again when it is lost."""
    return session.get_one(Item, item_id).status is ItemStatus.OPEN
