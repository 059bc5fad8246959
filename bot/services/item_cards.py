"""What the outbox shows of items, as things are when it is sent."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import items as messages
from bot.messages.post import Post
from bot.services.item_views import view_of
from config.words import Say
from storage import people
from storage.tables import Item, OutboxRow, Person


def item_card(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """The item's card in the channel."""
    item = session.get(Item, int(row.subject))
    return messages.card(view_of(session, item), now, say) if item else None


def item_assigned(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To the owner: this is yours. Not if it is somebody else's or done by the time it is sent."""
    item_id, owner_id = map(int, row.subject.split(":"))
    view = view_of(session, session.get_one(Item, item_id))
    share = next((share for share in view.shares if share.owner.id == owner_id), None)
    if share is None or not view.is_open:
        return None
    by = session.get(Person, row.args["by"])
    is_owner = row.user_id in people.user_ids(session, owner_id)
    return messages.assigned(view, share.owner, by, say, is_owner=is_owner)
