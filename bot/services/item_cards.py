"""What the outbox shows of items, as things are when it is sent."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import item_internals, items
from bot.messages.item_internals import Reader
from bot.messages.post import Post
from bot.services.item_internals import CARD, addressed, reader_of, stands_in
from bot.services.item_views import view_of
from config.words import Say
from storage import people, postings
from storage.tables import OutboxRow, Person


def item_card(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """The item's card: in the channel if it is joint, in direct messages if it is one side's alone.

    Where it does not belong (any more), nothing is posted, and what stands there says only that it has moved.
    """
    item = addressed(session, row)
    if item is None or (item.internal_to is None) == bool(row.user_id):
        is_joint = item is not None and item.internal_to is None
        return item_internals.moved_away(say, is_joint=is_joint) if _stands(session, row) else None
    view = view_of(session, item)
    reader = reader_of(session, row, item)
    if reader is None:
        return items.card(view, now, say)
    owner = stands_in(session, reader, row.user_id or "", [share.owner for share in view.shares])
    maker = session.get_one(Person, item.created_by)
    return item_internals.card(view, Reader(reader, maker, owner), now, say)


def _stands(session: Session, row: OutboxRow) -> bool:
    """Whether the card stands where the row would put it."""
    if row.channel_id:
        return postings.standing(session, row.channel_id, CARD, row.subject) is not None
    return row.user_id in postings.held_by(session, CARD, row.subject)


def item_assigned(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To the owner: this is yours. Not if it is somebody else's or done by the time it is sent."""
    item = addressed(session, row)
    if item is None:
        return None
    view, owner_id = view_of(session, item), int(row.subject.partition(":")[2])
    share = next((share for share in view.shares if share.owner.id == owner_id), None)
    if share is None or not view.is_open:
        return None
    by = session.get(Person, row.args["by"])
    is_owner = row.user_id in people.user_ids(session, owner_id)
    return items.assigned(view, share.owner, by, say, is_owner=is_owner)
