"""Receipts: an event, command or click has one effect however often it arrives."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import Session, col

from storage.tables import Receipt
from storage.types import insert_of


def take(session: Session, key: str, at: datetime) -> bool:
    """Insert the receipt; False when it is there already, or another transaction that is ahead of us commits it."""
    new = session.connection().execute(_taken(insert_of(session)), {"key": key, "received_at": at})
    return new.first() is not None


@cache
def _taken(insert: Any) -> Any:
    """The statement, put together once."""
    return insert(Receipt).on_conflict_do_nothing().returning(col(Receipt.key))
