"""Removing rows that nobody needs any more."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from storage.tables import OAuthState, OutboxRow, OutboxState, PastedList, Receipt


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


def prune_oauth_states(session: Session, before: datetime, limit: int) -> int:
    """Remove up to `limit` states that nobody came back with; gives how many."""
    old = select(OAuthState.key).where(OAuthState.expires_at < before).limit(limit)
    return _count(
        session.execute(delete(OAuthState).where(col(OAuthState.key).in_(old)).returning(col(OAuthState.key)))
    )


def _count(result: Any) -> int:
    return len(result.all())
