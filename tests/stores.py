"""Databases with the newest tables and nothing in them: the migrations run once in a process, not once in a test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine, make_url
from sqlalchemy.util import LRUCache
from sqlmodel import SQLModel

import storage.database
from storage import schema
from storage.database import Database

DURABLE = storage.database.SYNCHRONOUS
_STATEMENTS = 3000  # more than there are

_LEAVE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_FROM_ONE = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"


def throw_data_away() -> None:
    """In this process nobody waits for the disk: the data are gone at the end anyway. `DURABLE` is the real setting."""
    storage.database.SYNCHRONOUS = "OFF"


def compile_once() -> None:
    """In this process what SQLAlchemy has compiled for one engine is there for all of its kind: a third of a test's time.

    It keeps that by engine and dialect object. Here all engines share the first one's that has met its database.
    """
    module, met = vars(storage.database), dict[str, Engine]()
    create = module["create_engine"]

    def create_sharing(*where: Any, **options: Any) -> Engine:
        engine: Engine = create(*where, **options)
        first = met.get(engine.name)
        if first is not None and first.dialect.server_version_info:
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        else:
            engine._compiled_cache = LRUCache(_STATEMENTS)
            met[engine.name] = engine
        return engine

    module["create_engine"] = create_sharing


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
        connection.execute(_LEAVE)
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def drop_rows(url: str) -> None:
    """The tables stay and are as new: no rows, no connections, numbers from one. Faster than to make them again."""
    tables = [table.name for table in reversed(SQLModel.metadata.sorted_tables)]
    look = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}::text WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for name in tables
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_LEAVE)
        filled = {name for (name,) in connection.execute(look)}
        with connection.transaction():
            for name in filter(filled.__contains__, tables):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            connection.execute(_FROM_ONE)
