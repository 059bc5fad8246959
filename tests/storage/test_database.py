import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, StatementError

from storage import receipts
from storage.database import Database, DatabaseInUse, FifoLock, driver_url, in_transaction
from storage.tables import Receipt
from tests import stores

FULL = 2  # SQLite's number for it
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def database(tables_url):
    database = Database(tables_url, exclusive=True)
    yield database
    database.close()


def test_a_transaction_that_raises_leaves_nothing(database):
    def begin_and_fail():
        with database.transaction() as session:
            session.add(Receipt(key="a", received_at=NOON))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        begin_and_fail()

    with database.reading() as session:
        assert session.get(Receipt, "a") is None


def test_what_is_committed_outlasts_a_power_cut(sqlite_tables_url, monkeypatch):
    monkeypatch.setattr("storage.database.SYNCHRONOUS", stores.DURABLE)
    database = Database(sqlite_tables_url)
    with database.reading() as session:
        assert session.execute(text("PRAGMA synchronous")).scalar() == FULL
    database.close()


def test_a_moment_comes_back_aware_and_in_utc(database):
    seoul = timezone(timedelta(hours=9))
    with database.transaction() as session:
        session.add(Receipt(key="a", received_at=NOON.astimezone(seoul)))

    with database.reading() as session:
        kept = session.get_one(Receipt, "a").received_at
        assert kept == NOON
        assert kept.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(database):
    with pytest.raises(StatementError, match="without a zone"), database.transaction() as session:
        session.add(Receipt(key="a", received_at=datetime(2026, 11, 23)))  # noqa: DTZ001  # that is what is refused


def test_a_receipt_is_taken_once(database):
    with database.transaction() as session:
        assert receipts.take(session, "a", NOON)
    with database.transaction() as session:
        assert not receipts.take(session, "a", NOON)


def test_of_two_at_once_one_gets_the_receipt(database):
    taken = []

    def take():
        with database.transaction() as session:
            taken.append(receipts.take(session, "a", NOON))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [False] * 7 + [True]


def test_a_thread_knows_whether_its_transaction_is_open(database):
    assert not in_transaction()
    with database.transaction():
        assert in_transaction()
        with pytest.raises(RuntimeError, match="open in this thread"), database.transaction():
            pass
    assert not in_transaction()


def test_a_second_process_on_the_file_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path / 'tft.db'}"
    first = Database(url, exclusive=True)

    with pytest.raises(DatabaseInUse, match=r"tft\.db"):
        Database(url, exclusive=True)

    first.close()
    Database(url, exclusive=True).close()


def test_the_writers_lock_is_had_in_the_order_it_was_asked_for():
    lock, order, waiting = FifoLock(timeout_s=60), [], []

    def work(name):
        with lock:
            order.append(name)

    with lock:
        for name in range(5):
            thread = threading.Thread(target=work, args=(name,))
            thread.start()
            waiting.append(thread)
            while len(lock._waiting) <= name:
                pass
    for thread in waiting:
        thread.join()

    assert order == [0, 1, 2, 3, 4]


def test_addresses_as_hosts_hand_them_out_get_our_driver():
    assert driver_url("postgres://h/d") == driver_url("postgresql://h/d") == "postgresql+psycopg://h/d"
    assert driver_url("sqlite:///x") == "sqlite:///x"


def test_who_waits_too_long_for_the_writers_lock_gives_up_and_holds_nobody_back():
    lock, order = FifoLock(timeout_s=0.2), []

    def wait() -> None:
        with pytest.raises(OperationalError), lock:
            order.append("never")

    with lock:
        impatient = threading.Thread(target=wait)
        impatient.start()
        impatient.join()
    with lock:
        order.append("next")

    assert order == ["next"]
