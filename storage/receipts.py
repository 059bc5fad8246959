"""Receipts: an event, command or click has one effect however often it arrives."""

from datetime import datetime

from sqlmodel import Session, col

from storage.tables import Receipt
from storage.types import insert_of


def take(session: Session, key: str, at: datetime) -> bool:
    """Insert the receipt; False when it is there already, or another transaction that is ahead of us commits it."""
    statement = (
        insert_of(session)(Receipt).values(key=key, received_at=at).on_conflict_do_nothing().returning(col(Receipt.key))
    )
    return session.execute(statement).first() is not None
