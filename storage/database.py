"""The engine, and the one place that commits."""

import fcntl
import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, create_engine

POOL_SIZE = 32  # at least as many as threads that use the database
# An answer to a person is due in three seconds: how long to wait for our own writers, and then for another program.
TURN_TIMEOUT_S, BUSY_TIMEOUT_S = 2.0, 0.3
BEGIN = "BEGIN IMMEDIATE"
SYNCHRONOUS = "FULL"  # what is committed outlasts a power cut
CONNECT_TIMEOUT_S = 2  # the shortest that PostgreSQL's library knows

_open = threading.local()


class DatabaseInUse(RuntimeError):
    """Another process has this SQLite file; several processes need PostgreSQL."""


class Database:
    """One engine. `exclusive` takes a SQLite file for this process alone; a second taker gets `DatabaseInUse`."""

    def __init__(self, url: str, *, exclusive: bool = False) -> None:
        self.url = driver_url(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self._writers = FifoLock() if self.is_sqlite else None
        self._file_lock = _lock_file(self.url) if exclusive and self.is_sqlite else None
        self.engine = _engine(self.url)

    def close(self) -> None:
        """Give back connections and the file; safe to call twice."""
        self.engine.dispose()
        if self._file_lock:
            self._file_lock.close()
            self._file_lock = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A unit of work: committed when the block ends, rolled back when it raises. Never nest, never call Slack inside."""
        if in_transaction():
            raise RuntimeError("a transaction is open in this thread already")
        with self._writers or nullcontext(), Session(self.engine, expire_on_commit=False) as session, _marked_open():
            session.connection(execution_options={"writes": True})
            yield session
            session.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, beside any writer."""
        with Session(self.engine, expire_on_commit=False) as session, _marked_open():
            yield session


class FifoLock:
    """A lock that is had in the order it was asked for: SQLite's own busy wait lets some writers starve.

    Who waits too long gets SQLAlchemy's `OperationalError`, as from the database itself.
    """

    def __init__(self, timeout_s: float = TURN_TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        if not turn.acquire(timeout=self._timeout_s):
            self._give_up(turn)

    def __exit__(self, *_exc: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False

    def _give_up(self, turn: threading.Lock) -> None:
        with self._guard:
            if turn in self._waiting:  # else it was handed over at this very moment
                self._waiting.remove(turn)
                raise OperationalError(BEGIN, None, sqlite3.OperationalError("other writers take too long"))


def in_transaction() -> bool:
    """Whether this thread has a transaction open (then it must not call Slack)."""
    return getattr(_open, "depth", 0) > 0


def driver_url(url: str) -> str:
    """The URL with our drivers: `postgres://…`, as hosts hand it out, becomes `postgresql+psycopg://…`."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


@contextmanager
def _marked_open() -> Iterator[None]:
    _open.depth = getattr(_open, "depth", 0) + 1
    try:
        yield
    finally:
        _open.depth -= 1


def is_missing(url: str) -> bool:
    """Whether this names a SQLite file that is not there yet."""
    parsed = make_url(url)
    return parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists()


def _lock_file(url: str) -> Any:
    path = _lock_path(url)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = path.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        raise DatabaseInUse(path.stem) from None
    return handle


def is_locked(url: str) -> bool:
    """Whether a process has this SQLite file for itself at the moment."""
    path = _lock_path(url)
    if not path.exists():
        return False
    with path.open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _lock_path(url: str) -> Path:
    path = Path(make_url(url).database or "")
    return path.with_name(path.name + ".lock")


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        given = {} if "connect_timeout" in make_url(url).query else {"connect_timeout": CONNECT_TIMEOUT_S}
        return create_engine(
            url, pool_size=POOL_SIZE, max_overflow=0, pool_pre_ping=True, hide_parameters=True, connect_args=given
        )
    Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=0,
        hide_parameters=True,  # they are people's words, and errors are logged
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in ("journal_mode=WAL", f"synchronous={SYNCHRONOUS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql(BEGIN if writes else "BEGIN")
