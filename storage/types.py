"""Column types that behave the same on SQLite and PostgreSQL, and what is asked of columns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ARRAY, DateTime, any_, bindparam, func, select
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


def among(session: Session, column: Any, values: Iterable[object]) -> Any:
    """`column IN (values)` for many of them: `in_` by itself looks at each, which costs more than the query.

    PostgreSQL gets one array, so that the statement is the same for any number of them, and read by it but once.
    """
    if is_sqlite(session):
        return column.in_(bindparam(None, list(values), type_=column.type, expanding=True, unique=True))
    return column == any_(_array(column, list(values)))


def insert_once(session: Session, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows with the same columns; those that are there already, by any key, are left out."""
    names = list(rows[0]) if rows else []
    if not names:
        return
    if is_sqlite(session):
        session.connection().execute(sqlite_insert(table).on_conflict_do_nothing(), rows)
        return
    # one array a column: to send thousands of rows one by one takes twice as long
    arrays = [func.unnest(_array(getattr(table, name), [row[name] for row in rows])) for name in names]
    new = postgresql_insert(table).from_select(names, select(*arrays))
    session.connection().execute(new.on_conflict_do_nothing())


def _array(column: Any, values: list[Any]) -> Any:
    return bindparam(None, values, type_=ARRAY(column.type), unique=True)


def is_sqlite(session: Session) -> bool:
    """Which of the two engines this is."""
    return session.get_bind().dialect.name == "sqlite"


def insert_of(session: Session) -> Any:
    """The engine's own `insert`, which knows what to do where a row is there already."""
    return sqlite_insert if is_sqlite(session) else postgresql_insert
