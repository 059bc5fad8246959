"""Who cannot be written to directly is mentioned in the thread of the item's card instead; of what is one side's alone its secretaries hear."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import item_mentions as messages
from bot.messages.post import Post
from bot.services.item_internals import addressed, instead_of, reader_of
from bot.services.work import Work
from config.words import Say
from storage import items, outbox, people
from storage.outbox import Lane
from storage.tables import Account, Item, OutboxRow, Person

MENTION = "item-mention"
ALSO = "also"  # in a row's arguments: users who own no part of the item


def mention_instead(work: Work, row: OutboxRow) -> None:
    """Slack refused a direct message about an item, whose id its subject begins with. Several waiting are one mention."""
    item = work.session.get_one(Item, int(row.subject.partition(":")[0]))
    if item.internal_to is None:
        mention_item(work, item)
        return
    channel, reader = items.channel_of(work.session, item), reader_of(work.session, row, item)
    for user_id in instead_of(work.session, reader) if reader else ():
        work.queue(Lane(channel.speaker_id, user_id=user_id), row.kind, row.subject, row.args)


def keeper_mention_instead(work: Work, row: OutboxRow) -> None:
    """The same for a message to somebody who looks after a side: the item need not be theirs."""
    item = work.session.get_one(Item, int(row.subject.partition(":")[0]))
    if item.internal_to is None:
        mention_item(work, item, row.user_id or "")
    else:
        mention_instead(work, row)


def mention_item(work: Work, item: Item, also: str = "") -> None:
    """Mention the owners whom Slack lets nobody write to, and `also` somebody who is none, in the thread of a joint item's card."""
    channel = items.channel_of(work.session, item)
    lane = Lane(channel.speaker_id, channel.channel_id)
    work.hold(lane)
    waiting = outbox.waiting(work.session, lane, MENTION, item.id)
    others = {*(waiting.args.get(ALSO, ()) if waiting else ()), *([also] if also else ())}
    work.queue(lane, MENTION, item.id, {ALSO: sorted(others)} if others else None)


def item_mention(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To those of the item's owners (or who is told in their place) whom Slack lets nobody write to."""
    item = addressed(session, row)
    if item is None:
        return None
    told = [
        user_id
        for part in items.parts(session, item.id or 0)
        for user_id in people.reached_through(session, session.get_one(Person, part.owner_id))
    ]
    told += row.args.get(ALSO, ())
    unreachable = [user_id for user_id in dict.fromkeys(told) if session.get_one(Account, user_id).dm_refused_at]
    return messages.mention(item, unreachable, say) if unreachable else None
