"""Removing rows that nobody needs any more."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, exists, select

from storage.tables import Digest, Nudge, OAuthState, OutboxRow, OutboxState, PastedList, Receipt, Weekly


def prune_receipts(session: Session, before: datetime, limit: int) -> int:
    """Remove up to `limit` receipts from before that moment; gives how many."""
    old = select(Receipt.key).where(Receipt.received_at < before).limit(limit)
    return _count(session.execute(delete(Receipt).where(col(Receipt.key).in_(old)).returning(col(Receipt.key))))


def prune_outbox(session: Session, before: datetime, limit: int) -> int:
    """Remove up to `limit` rows that were sent before that moment; gives how many. What is parked waits for a person."""
    old = select(OutboxRow.id).where(OutboxRow.state == OutboxState.SENT, col(OutboxRow.sent_at) < before).limit(limit)
    return _count(session.execute(delete(OutboxRow).where(col(OutboxRow.id).in_(old)).returning(col(OutboxRow.id))))


def prune_pasted(session: Session, before: datetime, limit: int) -> int:
    """Remove up to `limit` pasted lists of before that moment that were neither made nor dropped; gives how many."""
    old = select(PastedList.id).where(PastedList.written_at < before).limit(limit)
    return _count(session.execute(delete(PastedList).where(col(PastedList.id).in_(old)).returning(col(PastedList.id))))


def prune_nudges(session: Session, before: datetime, limit: int) -> int:
    """Remove up to `limit` messages of a day that were made before that moment, with what they reminded of; gives how many.

    What waits to be said stays. Rows are as old as their ids are low: so no index is needed to find them.
    """
    first = session.exec(select(Digest.id, Digest.made_at).order_by(col(Digest.id)).limit(limit)).all()
    old = [of for of, made_at in first if made_at < before]
    session.execute(delete(Nudge).where(col(Nudge.digest_id).in_(old)))
    session.execute(delete(Digest).where(col(Digest.id).in_(old)))
    return len(old)


def prune_weeklies(session: Session, before: datetime, limit: int) -> int:
    """Remove up to `limit` weekly summaries' notes of before that moment; the last of each task force stays: the next begins there."""
    later = aliased(Weekly)
    has_later = exists().where(col(later.task_force_id) == col(Weekly.task_force_id), col(later.at) > col(Weekly.at))
    old = select(Weekly.id).where(Weekly.made_at < before, has_later).limit(limit)
    return _count(session.execute(delete(Weekly).where(col(Weekly.id).in_(old)).returning(col(Weekly.id))))


def prune_oauth_states(session: Session, before: datetime, limit: int) -> int:
    """Remove up to `limit` states that nobody came back with; gives how many."""
    old = select(OAuthState.key).where(OAuthState.expires_at < before).limit(limit)
    return _count(
        session.execute(delete(OAuthState).where(col(OAuthState.key).in_(old)).returning(col(OAuthState.key)))
    )


def _count(result: Any) -> int:
    return len(result.all())
