"""Column types that behave the same on SQLite and PostgreSQL, and what is asked of columns."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, bindparam
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused. SQLite drops zones, so reading puts UTC back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def among(column: Any, values: Iterable[object]) -> Any:
    """`column IN (values)` for many of them: `in_` by itself looks at each, which costs more than the query."""
    return column.in_(bindparam(None, list(values), type_=column.type, expanding=True, unique=True))


def insert_of(session: Session) -> Any:
    """The engine's own `insert`, which knows what to do where a row is there already."""
    return sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
