"""By which index SQLite finds what waits for a person: another one made a morning quadratic."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage import digests, nudges
from storage.database import Database

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BY_PERSON: dict[str, Callable[[Session], object]] = {
    "whom": lambda session: nudges.waiting_users(session, NOW, 30, 500),
    "what": lambda session: nudges.waiting_for(session, ["U1", "U2"], NOW, 200),
    "into a digest": lambda session: digests.put_into(session, {"U1": 1, "U2": 2}, NOW),
    "put off": lambda session: nudges.put_off(session, "U1", NOW, NOW),
    "look now": lambda session: nudges.look_now(session, ["U1", "U2"], NOW),
}


@pytest.fixture
def database(sqlite_tables_url: str) -> Iterator[Database]:
    database = Database(sqlite_tables_url)
    yield database
    database.close()


@pytest.mark.parametrize("ask", BY_PERSON.values(), ids=BY_PERSON)
def test_what_waits_for_a_person_is_found_by_person(database: Database, ask: Callable[[Session], object]):
    ways = [way for statement, values in sent(database, ask) for way in plan(database, statement, values)]

    of_nudges = [way for way in ways if " nudge" in way]
    assert [way for way in of_nudges if "ix_nudge_waiting_user" in way], ways
    assert [way for way in of_nudges if "ix_nudge_waiting_user" not in way and "PRIMARY KEY" not in way] == []


def sent(database: Database, ask: Callable[[Session], object]) -> list[tuple[str, Any]]:
    """The statements that a query really sends, with their values."""
    found: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        found.append((statement, values))

    with database.transaction() as session:
        event.listen(database.engine, "before_cursor_execute", note)
        ask(session)
        event.remove(database.engine, "before_cursor_execute", note)
    return found


def plan(database: Database, statement: str, values: Any) -> list[str]:
    """How SQLite would go about it: a line for each step."""
    with database.engine.connect() as connection:
        return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
