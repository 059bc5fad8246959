"""Queries about the messages that stand in Slack."""

from datetime import datetime

from sqlalchemy import String, cast
from sqlmodel import Session, col, or_, select

from storage.tables import Account, Decision, DecisionStatus, Item, ItemStatus, Posting


def standing(session: Session, channel_id: str, kind: str, subject: str) -> Posting | None:
    """The message that shows something in a channel, the newest if there are several; None if it was lost."""
    query = select(Posting).where(Posting.channel_id == channel_id, Posting.kind == kind, Posting.subject == subject)
    here = query.where(col(Posting.lost_at).is_(None)).order_by(col(Posting.id).desc())
    return session.exec(here.limit(1)).first()


def held_by(session: Session, kind: str, subject: str) -> list[str]:
    """The Slack users in whose direct messages this stands."""
    query = select(Account.user_id).join(Posting, col(Posting.channel_id) == col(Account.dm_channel_id))
    here = query.where(Posting.kind == kind, Posting.subject == subject, col(Posting.lost_at).is_(None))
    return sorted(set(session.exec(here)))


def at(session: Session, channel_id: str, ts: str) -> Posting | None:
    """What a message shows."""
    return session.exec(select(Posting).where(Posting.channel_id == channel_id, Posting.ts == ts)).first()


def lately(session: Session, kind: str, since: datetime) -> list[Posting]:
    """The standing messages of a kind that were posted since then; newest first."""
    query = select(Posting).where(Posting.kind == kind, col(Posting.lost_at).is_(None), col(Posting.posted_at) >= since)
    return list(session.exec(query.order_by(col(Posting.id).desc())))


def of_items(session: Session, kind: str, closed_since: datetime) -> list[Posting]:
    """The standing messages of a kind whose subject is an item that is open or was closed since then; newest first."""
    is_of = col(Posting.subject) == cast(col(Item.id), String)
    counts = or_(col(Item.status) == ItemStatus.OPEN, col(Item.closed_at) >= closed_since)
    query = select(Posting).join(Item, is_of).where(Posting.kind == kind, col(Posting.lost_at).is_(None), counts)
    return list(session.exec(query.order_by(col(Posting.id).desc())))


def of_decisions(session: Session, kind: str) -> list[Posting]:
    """The standing messages of a kind whose subject is a decision that is not in force yet; newest first."""
    is_of = col(Posting.subject) == cast(col(Decision.id), String)
    counts = col(Decision.status).in_((DecisionStatus.PROPOSED, DecisionStatus.OBJECTED))
    query = select(Posting).join(Decision, is_of).where(Posting.kind == kind, col(Posting.lost_at).is_(None), counts)
    return list(session.exec(query.order_by(col(Posting.id).desc())))


def retire(session: Session, channel_id: str, installation_id: int, at: datetime) -> list[Posting]:
    """What an installation has posted in a channel is not ours to change any more; gives it, oldest first."""
    mine = select(Posting).where(Posting.channel_id == channel_id, Posting.installation_id == installation_id)
    found = list(session.exec(mine.where(col(Posting.lost_at).is_(None)).order_by(col(Posting.id))))
    for posting in found:
        posting.lost_at = at
    return found
