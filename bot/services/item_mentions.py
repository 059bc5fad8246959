"""Who cannot be written to directly is mentioned in the thread of the item's card instead."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import item_mentions as messages
from bot.messages.post import Post
from bot.services.work import Work
from config.words import Say
from storage import items, people
from storage.outbox import Lane
from storage.tables import Account, Item, OutboxRow, Person

MENTION = "item-mention"


def mention_instead(work: Work, row: OutboxRow) -> None:
    """Slack refused a direct message about an item, whose id its subject begins with. Several waiting are one mention."""
    mention_item(work, int(row.subject.partition(":")[0]))


def mention_item(work: Work, item_id: int) -> None:
    """The same about an item."""
    item = work.session.get_one(Item, item_id)
    channel = items.channel_of(work.session, item)
    work.queue(Lane(channel.speaker_id, channel.channel_id), MENTION, item.id)


def item_mention(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To those of the item's owners (or who is told in their place) whom Slack lets nobody write to."""
    item = session.get_one(Item, int(row.subject))
    told = [
        user_id
        for part in items.parts(session, item.id or 0)
        for user_id in people.reached_through(session, session.get_one(Person, part.owner_id))
    ]
    unreachable = [user_id for user_id in dict.fromkeys(told) if session.get_one(Account, user_id).dm_refused_at]
    return messages.mention(item, unreachable, say) if unreachable else None
