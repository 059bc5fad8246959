"""Queries about the messages that stand in Slack."""

from datetime import datetime

from sqlalchemy import String, cast
from sqlmodel import Session, col, or_, select

from storage.tables import Item, ItemStatus, Posting


def standing(session: Session, channel_id: str, kind: str, subject: str) -> Posting | None:
    """The message that shows something in a channel, the newest if there are several; None if it was lost."""
    query = select(Posting).where(Posting.channel_id == channel_id, Posting.kind == kind, Posting.subject == subject)
    here = query.where(col(Posting.lost_at).is_(None)).order_by(col(Posting.id).desc())
    return session.exec(here.limit(1)).first()


def at(session: Session, channel_id: str, ts: str) -> Posting | None:
    """What a message shows."""
    return session.exec(select(Posting).where(Posting.channel_id == channel_id, Posting.ts == ts)).first()


def of_items(session: Session, kind: str, closed_since: datetime) -> list[Posting]:
    """The standing messages of a kind whose subject is an item that is open or was closed since then; newest first."""
    is_of = col(Posting.subject) == cast(col(Item.id), String)
    counts = or_(col(Item.status) == ItemStatus.OPEN, col(Item.closed_at) >= closed_since)
    query = select(Posting).join(Item, is_of).where(Posting.kind == kind, col(Posting.lost_at).is_(None), counts)
    return list(session.exec(query.order_by(col(Posting.id).desc())))


def retire(session: Session, channel_id: str, installation_id: int, at: datetime) -> list[Posting]:
    """What an installation has posted in a channel is not ours to change any more; gives it, oldest first."""
    mine = select(Posting).where(Posting.channel_id == channel_id, Posting.installation_id == installation_id)
    found = list(session.exec(mine.where(col(Posting.lost_at).is_(None)).order_by(col(Posting.id))))
    for posting in found:
        posting.lost_at = at
    return found
