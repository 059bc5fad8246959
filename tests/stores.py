"""Databases with the newest tables and nothing in them: the migrations run once in a process, not once in a test."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.pq import ConnStatus, TransactionStatus
from sqlalchemy import Engine, make_url
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache
from sqlmodel import SQLModel

import storage.database
from storage import schema
from storage.database import Database

DURABLE = storage.database.SYNCHRONOUS
KEEPER = "keeper of the tables"  # the application's name of the connection that tests must not hang up on
_STATEMENTS = 3000  # more than there are

_LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)"""
_NUMBERS = (
    """SELECT seqrelid::regclass id, seqstart AS start, pg_sequence_last_value(seqrelid) AS last FROM pg_sequence"""
)
_FROM_ONE = f"PERFORM setval(id, start, false) FROM ({_NUMBERS}) n WHERE last IS NOT NULL;"

Snapshot = Callable[[str], None]  # puts its rows into the database of a URL


def throw_data_away() -> None:
    """In this process nobody waits for the disk: the data are gone at the end anyway. `DURABLE` is the real setting."""
    storage.database.SYNCHRONOUS = "OFF"


def share_between_engines() -> None:
    """In this process what the first engine of a kind has found out is there for the later ones: half of a test's time.

    That is what SQLAlchemy compiled (it keeps that by engine and dialect object), and what it asks of a database when
    it meets it first. Connections to PostgreSQL stay as well, with what their backends have learnt.
    """
    module, met = vars(storage.database), dict[str, Engine]()
    create = module["create_engine"]

    def create_sharing(*where: Any, **options: Any) -> Engine:
        first = met.get(make_url(where[0]).get_backend_name())
        is_known = first is not None and bool(first.dialect.server_version_info)
        engine: Engine = create(*where, **options, _initialize=not is_known)
        if engine.name == "postgresql":
            _KEPT.serve(engine.dialect)
        if first is not None and is_known:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        else:
            engine._compiled_cache = LRUCache(_STATEMENTS)
            met[engine.name] = engine
        return engine

    module["create_engine"] = create_sharing


class KeptConnections:
    """Connections to databases that `keep` names: what an engine closes waits here for the next engine."""

    def __init__(self) -> None:
        self._idle: dict[str, list[psycopg.Connection[Any]]] = {}

    def keep(self, name: str) -> None:
        """Of this database from now on. Only its rows may change: who is connected knows its tables by heart."""
        self._idle[name] = []

    def forget(self, name: str) -> None:
        for connection in self._idle.pop(name):
            connection.close()

    def backends(self, name: str) -> list[int]:
        """The processes at the other end."""
        return [connection.info.backend_pid for connection in self._idle.get(name, [])]

    def serve(self, dialect: Dialect) -> None:
        """An engine's connections come from here and go here."""
        vars(dialect).update(connect=self._connecting(dialect.connect), do_close=self._put)

    def _connecting(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        def take_or_connect(*where: Any, **options: Any) -> Any:
            idle = self._idle.get(str(options.get("dbname")), [])
            while idle:
                if _is_alive(connection := idle.pop()):
                    return connection
                connection.close()
            return connect(*where, **options)

        return take_or_connect

    def _put(self, connection: psycopg.Connection[Any]) -> None:
        idle = self._idle.get(connection.info.dbname) if not connection.closed else None
        if idle is None or connection.info.transaction_status != TransactionStatus.IDLE:
            connection.close()
        else:
            idle.append(connection)


def _is_alive(connection: psycopg.Connection[Any]) -> bool:
    """Whether nobody has hung up; what was said on that comes first, so one looks twice."""
    with suppress(psycopg.OperationalError):
        connection.pgconn.consume_input()
        connection.pgconn.consume_input()
        return connection.pgconn.status == ConnStatus.OK
    return False


_KEPT = KeptConnections()


def make_tables(url: str) -> None:
    """Migrate an empty database."""
    database = Database(url)
    schema.upgrade(database)
    database.close()


class SqliteFiles:
    """A migrated file of which each test gets a copy."""

    def __init__(self, folder: Path) -> None:
        self._made = folder / "tables.db"
        make_tables(f"sqlite:///{self._made}")

    def copy(self, to: Path) -> str:
        """The URL of a fresh copy."""
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._made, to)
        return f"sqlite:///{to}"


@contextmanager
def postgresql_database(server: str, name: str) -> Iterator[str]:
    """The URL of a database of this name, empty at first and removed at the end."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(drop)


def drop_everything(url: str) -> None:
    """Nothing is left in a PostgreSQL database, connections included."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_LEAVE, [[]])
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


class PostgresTables:
    """A PostgreSQL database with the newest tables. Its own connection stays: it has planned how to empty and fill them."""

    def __init__(self, url: str) -> None:
        make_tables(url)
        self.url, self._name = url, make_url(url).database or ""
        self._connection = psycopg.connect(url, autocommit=True, application_name=KEEPER)
        self._tables = [table.name for table in SQLModel.metadata.sorted_tables]
        self._restores = 0
        self._define("empty", [], _FROM_ONE)
        _KEPT.keep(self._name)
        _POSTGRES[self._name] = self

    def empty(self) -> None:
        """They are as new: no rows, nobody connected but who waits for the next test, numbers from one."""
        self._connection.execute(_LEAVE, [_KEPT.backends(self._name)])
        self._connection.execute("SELECT pg_temp.empty()")

    def snapshot(self) -> Snapshot:
        """The rows as they are now, and the next numbers."""
        self._restores += 1
        name = f"restore_{self._restores}"
        inserts = []
        for table in self._tables:
            kept = sql.Identifier("pg_temp", f"{name}_{table}")
            self._connection.execute(sql.SQL("CREATE TEMP TABLE {} AS TABLE {}").format(kept, sql.Identifier(table)))
            inserts.append(sql.SQL("INSERT INTO {} TABLE {};").format(sql.Identifier(table), kept))
        self._connection.execute(f"CREATE TEMP TABLE {name}_numbers AS {_NUMBERS}")
        self._define(name, inserts, f"PERFORM setval(id, coalesce(last, start), last IS NOT NULL) FROM {name}_numbers;")
        return lambda _url: self._call(name)

    def close(self) -> None:
        _KEPT.forget(self._name)
        self._connection.close()

    def _call(self, function: str) -> None:
        self._connection.execute(f"SELECT pg_temp.{function}()")

    def _define(self, function: str, inserts: list[sql.Composed], numbers: str) -> None:
        deletes = [sql.SQL("DELETE FROM {};").format(sql.Identifier(table)) for table in reversed(self._tables)]
        head = f"CREATE FUNCTION pg_temp.{function}() RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
        body = [sql.SQL(head), *deletes, *inserts, sql.SQL(numbers), sql.SQL("END $$")]
        self._connection.execute(sql.SQL(" ").join(body))


_POSTGRES: dict[str, PostgresTables] = {}


def snapshot(url: str) -> Snapshot:
    """All rows as they are now. What it gives puts them into the same PostgreSQL database, or into any SQLite file."""
    if make_url(url).get_backend_name() == "postgresql":
        return _POSTGRES[make_url(url).database or ""].snapshot()
    kept = sqlite3.connect(":memory:")
    _copy(url, lambda now: now.backup(kept))
    return lambda url: _copy(url, kept.backup)


def _copy(url: str, copy: Callable[[sqlite3.Connection], None]) -> None:
    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        connection.execute("PRAGMA synchronous=OFF")  # as `throw_data_away` has it
        copy(connection)


_MADE: dict[tuple[object, str], Snapshot] = {}


def made_once(url: str, make: Callable[[Database], object]) -> Database:
    """The open database as `make` leaves it, which does so once in a process."""
    database = Database(url)
    key = make, database.engine.name
    if key in _MADE:
        _MADE[key](url)
    else:
        make(database)
        _MADE[key] = snapshot(url)
    return database
