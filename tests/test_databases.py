"""The databases that tests get."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlmodel import select

from storage import schema
from storage.database import Database
from storage.tables import TaskForce
from tests import postgres, stores

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_has_an_empty_database(database_url: str, turn: int):
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (turn INTEGER)"))
        connection.execute(text("INSERT INTO left_behind VALUES (:turn)"), {"turn": turn})
        assert connection.execute(text("SELECT turn FROM left_behind")).scalars().all() == [turn]
    engine.dispose()


@pytest.mark.parametrize("turn", [1, 2])
def test_tables_that_are_used_again_are_as_new(tables_url: str, turn: int):
    database = Database(tables_url)
    with database.transaction() as session:
        session.add(TaskForce(name=f"{turn}", created_at=NOON))
    with database.reading() as session:
        assert [(one.id, one.name) for one in session.exec(select(TaskForce))] == [(1, f"{turn}")]
    assert schema.current(database) == schema.newest()
    database.close()


_found: list[str] = []


def found_one(database: Database) -> None:
    _found.append(database.engine.name)
    with database.transaction() as session:
        session.add(TaskForce(name="한 번", created_at=NOON))


@pytest.mark.parametrize("turn", [1, 2])
def test_what_is_made_once_is_there_for_everyone_and_the_next_number_follows(tables_url: str, turn: int):
    database = stores.made_once(tables_url, found_one)
    with database.transaction() as session:
        session.add(TaskForce(name=f"{turn}", created_at=NOON))

    assert _found.count(database.engine.name) == 1
    with database.reading() as session:
        assert {(one.id, one.name) for one in session.exec(select(TaskForce))} == {(1, "한 번"), (2, f"{turn}")}
    database.close()


@pytest.mark.postgresql
def test_a_connection_is_kept_for_the_next_engine_but_not_with_a_transaction(postgresql_tables_url: str):
    def backend(database: Database) -> int:
        with database.reading() as session:
            return int(session.execute(text("SELECT pg_backend_pid()")).scalar_one())

    first, second, third = (Database(postgresql_tables_url) for _ in range(3))
    kept = backend(first)
    first.close()
    assert backend(second) == kept

    begun = second.engine.raw_connection()
    begun.cursor().execute("SELECT 1")
    connection = begun.driver_connection
    assert connection is not None
    stores._KEPT._put(connection)
    assert connection.closed
    begun.invalidate()
    second.close()
    assert backend(third) != kept
    third.close()


_forgotten: list[psycopg.Connection[tuple[object, ...]]] = []


@pytest.mark.postgresql
@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.parametrize("kind", ["postgresql_url", "postgresql_tables_url"])
def test_a_forgotten_transaction_does_not_block_the_next_test(kind: str, turn: int, request: pytest.FixtureRequest):
    connection = psycopg.connect(request.getfixturevalue(kind))
    connection.execute("CREATE TABLE held (id INTEGER)")
    connection.execute("LOCK TABLE held")
    if kind == "postgresql_tables_url":
        connection.execute("LOCK TABLE task_force")
    _forgotten.append(connection)

    if turn == 2:
        for each in _forgotten:
            each.close()


@pytest.mark.postgresql
def test_the_server_speaks_utf_8_and_sorts_by_code_point(postgresql_url: str):
    with psycopg.connect(postgresql_url) as connection:
        rows = connection.execute("SELECT t FROM (VALUES ('나'), ('b'), ('가'), ('B')) v (t) ORDER BY t").fetchall()

    assert [row[0] for row in rows] == ["B", "b", "가", "나"]


@pytest.mark.postgresql
def test_the_server_ends_with_the_run_even_if_that_is_killed():
    owner = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    url = postgres.start_for(owner.pid)
    data = Path(url.partition("host=")[2])
    assert (data / "PG_VERSION").exists()

    owner.kill()
    owner.communicate()

    deadline = time.monotonic() + 10
    while data.parent.exists():
        assert time.monotonic() < deadline, "the server outlives the run"
        time.sleep(0.05)
