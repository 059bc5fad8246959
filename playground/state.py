"""The workspace's state: one SQLite file, one transaction per act."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = sqlite3.Row
Json = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS teams (id TEXT PRIMARY KEY, name TEXT, domain TEXT, guest_commands INTEGER);
CREATE TABLE IF NOT EXISTS users (
  id TEXT PRIMARY KEY, team TEXT, name TEXT, real_name TEXT, display_name TEXT, title TEXT, email TEXT, locale TEXT, tz TEXT,
  color TEXT, guest INTEGER, deleted INTEGER, bot_id TEXT, app TEXT, updated INTEGER);
CREATE TABLE IF NOT EXISTS apps (
  id TEXT PRIMARY KEY, manifest TEXT, app_token TEXT, signing_secret TEXT, verification_token TEXT, client_id TEXT,
  client_secret TEXT, request_url TEXT);
CREATE TABLE IF NOT EXISTS installs (
  app TEXT, team TEXT, bot_token TEXT UNIQUE, bot_user TEXT, bot_id TEXT, scopes TEXT, status TEXT, installed INTEGER,
  PRIMARY KEY (app, team));
CREATE TABLE IF NOT EXISTS tokens (
  access TEXT PRIMARY KEY, refresh TEXT UNIQUE, app TEXT, team TEXT, expires REAL, used INTEGER);
CREATE TABLE IF NOT EXISTS channels (
  id TEXT PRIMARY KEY, kind TEXT, name TEXT, team TEXT, archived INTEGER, topic TEXT, purpose TEXT, creator TEXT,
  created INTEGER, updated INTEGER, previous_names TEXT);
CREATE TABLE IF NOT EXISTS channel_teams (channel TEXT, team TEXT, PRIMARY KEY (channel, team)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members (channel TEXT, user TEXT, last_read TEXT, PRIMARY KEY (channel, user)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_by_user ON members (user, channel);
CREATE TABLE IF NOT EXISTS messages (
  channel TEXT, ts TEXT, thread_ts TEXT, user TEXT, listed INTEGER, body TEXT, metadata TEXT, PRIMARY KEY (channel, ts)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS replies ON messages (channel, thread_ts, ts) WHERE thread_ts IS NOT NULL;
CREATE TABLE IF NOT EXISTS ephemerals (channel TEXT, ts TEXT, user TEXT, thread_ts TEXT, body TEXT, PRIMARY KEY (channel, ts)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reactions (
  channel TEXT, ts TEXT, name TEXT, user TEXT, at TEXT, PRIMARY KEY (channel, ts, name, user)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pins (channel TEXT, ts TEXT, user TEXT, at INTEGER, PRIMARY KEY (channel, ts)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  id TEXT PRIMARY KEY, team TEXT, user TEXT, app TEXT, name TEXT, title TEXT, size INTEGER, created INTEGER, status TEXT,
  channels TEXT, content BLOB);
CREATE TABLE IF NOT EXISTS views (
  id TEXT PRIMARY KEY, app TEXT, team TEXT, user TEXT, type TEXT, root TEXT, previous TEXT, position INTEGER, external_id TEXT,
  hash TEXT, body TEXT, state TEXT, errors TEXT);
CREATE INDEX IF NOT EXISTS views_by_user ON views (user, type, position);
CREATE TABLE IF NOT EXISTS response_urls (
  id TEXT PRIMARY KEY, app TEXT, team TEXT, user TEXT, channel TEXT, message_ts TEXT, ephemeral INTEGER, thread_ts TEXT,
  uses INTEGER, expires REAL);
CREATE TABLE IF NOT EXISTS oauth_codes (code TEXT PRIMARY KEY, app TEXT, team TEXT, user TEXT, scopes TEXT, redirect_uri TEXT);
CREATE TABLE IF NOT EXISTS deliveries (
  id INTEGER PRIMARY KEY, app TEXT, event_type TEXT, body TEXT, attempt INTEGER, reason TEXT, due REAL);
"""


class Store:
    """The open file (or memory, if `path` is None). Used by one thread only."""

    def __init__(self, path: Path | str | None) -> None:
        self._db = sqlite3.connect(
            str(path) if path else ":memory:", isolation_level=None, check_same_thread=False, cached_statements=512
        )
        self._db.row_factory = sqlite3.Row
        if path:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(SCHEMA)
        self._open = False
        self._after: list[Callable[[], None]] = []

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner transaction joins the outer one. What was asked for with `after_commit` runs after it."""
        if self._open:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        self._open = True
        try:
            yield
        except BaseException:
            self._open = False
            self._after.clear()
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        self._open = False
        after, self._after = self._after, []
        for call in after:
            call()

    @contextmanager
    def closed_on_failure(self) -> Iterator[None]:
        """Close the file if what is done goes wrong."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def after_commit(self, call: Callable[[], None]) -> None:
        """Run `call` when the open transaction is on disk; at once if there is none."""
        if self._open:
            self._after.append(call)
        else:
            call()

    def all(self, sql: str, *values: Any) -> list[Row]:
        return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Row | None:
        row: Row | None = self._db.execute(sql, values).fetchone()
        return row

    def value(self, sql: str, *values: Any) -> Any:
        row = self.one(sql, *values)
        return row[0] if row else None

    def run(self, sql: str, *values: Any) -> int:
        """Execute a statement and say how many rows it changed."""
        return self._db.execute(sql, values).rowcount

    def many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        self._db.executemany(sql, rows)

    def fact(self, key: str) -> Any:
        value = self.value("SELECT value FROM facts WHERE key = ?", key)
        return None if value is None else json.loads(value)

    def set_fact(self, key: str, value: Any) -> None:
        self.run("INSERT OR REPLACE INTO facts VALUES (?, ?)", key, json.dumps(value, ensure_ascii=False))

    def close(self) -> None:
        self._db.close()


def dumps(value: Any) -> str:
    """Compact JSON as the state keeps it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
