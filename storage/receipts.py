"""Receipts: an event, command or click has one effect however often it arrives."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from storage.tables import Receipt


def take(session: Session, key: str, at: datetime) -> bool:
    """Insert the receipt; False when it is there already, or another transaction that is ahead of us commits it."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = insert(Receipt).values(key=key, received_at=at).on_conflict_do_nothing().returning(col(Receipt.key))
    return session.execute(statement).first() is not None
