"""An item is given up with a reason; and what is written while it goes on."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import item_endings as messages
from bot.messages.post import Post, Reply
from bot.rules.lines import without_label
from bot.services.askers import Asker
from bot.services.confirmations import require_open
from bot.services.hours import tell
from bot.services.item_internals import addressed
from bot.services.item_reminders import reckon
from bot.services.item_views import view_of
from bot.services.item_words import ask_for_words, tidied
from bot.services.items import lock, make_searchable, record, require_changer, show_card
from bot.services.work import Work
from config.words import Say
from storage import items, people
from storage.outbox import Lane
from storage.tables import Item, ItemStatus, Note, OutboxRow, Person, TaskForce

CANCELLED = "item-cancelled"  # a kind of post


def cancel(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """Give an item up, with the reason that its owners and the card are told. Without a reason it is asked for."""
    _, person = require_changer(asker)
    item = lock(work, asker, item)
    require_open(item)
    reason = tidied(work, asker, without_label(words))
    if not reason:
        return Reply(view=ask_for_words(asker, "item-cancel", item))
    call_off(work, item, person, reason)
    return Reply(messages.cancelled(view_of(work.session, item), work.now, asker.say))


def call_off(work: Work, item: Item, person: Person, reason: str) -> None:
    """Give an item up, and tell its owners and the card. It is locked and open."""
    item.status, item.cancel_reason = ItemStatus.CANCELLED, reason
    record(work, item, "cancelled", person.id, new={"text": reason})
    reckon(work, item)
    show_card(work, item)
    _tell_owners(work, item, person)


def note(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """Write down how an item goes on. Without words they are asked for."""
    _, person = require_changer(asker)
    item = lock(work, asker, item)
    require_open(item)
    text = tidied(work, asker, words)
    if not text:
        return Reply(view=ask_for_words(asker, "item-note", item))
    kept = Note(item_id=item.id or 0, person_id=person.id or 0, text=text, written_at=work.now)
    work.session.add(kept)
    work.session.flush()
    make_searchable(work, item)
    record(work, item, "noted", person.id, new={"text": text, "note": kept.id})
    return Reply(messages.noted(view_of(work.session, item), text, asker.say))


def item_cancelled(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To an owner. Not if the item is open again by the time it is sent."""
    item = addressed(session, row)
    if item is None or item.status is not ItemStatus.CANCELLED:
        return None
    return messages.told_cancelled(view_of(session, item), session.get_one(Person, row.args["by"]), now, say)


def _tell_owners(work: Work, item: Item, by: Person) -> None:
    speaker, of = items.channel_of(work.session, item).speaker_id, work.session.get_one(TaskForce, item.task_force_id)
    for part in items.parts(work.session, item.id or 0):
        if part.owner_id == by.id:
            continue
        for user_id in people.reached_through(work.session, work.session.get_one(Person, part.owner_id)):
            tell(work, of, Lane(speaker, user_id=user_id), CANCELLED, f"{item.id}:{part.owner_id}", {"by": by.id})
