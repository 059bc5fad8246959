"""What nobody needs any more goes; what a person must look at stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import func, select

from bot.wiring import build_deps, machine_time
from config.settings import Settings
from handlers import housekeeping
from handlers.deps import Deps
from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal
from storage.tables import OutboxRow, OutboxState, PastedList, Receipt
from tests.bots import found

NOW = machine_time()
OLD, NEW = NOW - housekeeping.KEPT - timedelta(days=1), NOW - timedelta(days=1)


@pytest.fixture
def deps(database_url: str) -> Iterator[Deps]:
    database = Database(database_url)
    schema.upgrade(database)
    yield build_deps(Settings(_env_file=None), database)
    database.close()


def test_old_receipts_go_in_small_transactions(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(housekeeping, "AT_ONCE", 3)
    with deps.database.transaction() as session:
        session.add_all(Receipt(key=f"old-{number}", received_at=OLD) for number in range(10))
        session.add(Receipt(key="new", received_at=NEW))

    housekeeping.prune(deps)

    with deps.database.reading() as session:
        assert [receipt.key for receipt in session.exec(select(Receipt))] == ["new"]


def test_of_the_outbox_only_what_was_sent_long_ago_goes(deps: Deps):
    with deps.database.transaction() as session:
        found = Installed("T1", "GIST", "U0BOT", "B0BOT", "xoxb-1", "")
        installation = installations.remember(session, found, Seal(), NOW)
        cases: list[tuple[str, OutboxState, datetime | None]] = [
            ("sent-old", OutboxState.SENT, OLD),
            ("sent-new", OutboxState.SENT, NEW),
        ]
        cases += [("parked", OutboxState.PARKED, None), ("pending", OutboxState.PENDING, None)]
        for name, state, sent_at in cases:
            session.add(
                OutboxRow(
                    lane="1:C1",
                    installation_id=installation.id or 0,
                    channel_id="C1",
                    kind="answer",
                    subject=name,
                    key=name,
                    state=state,
                    not_before=OLD,
                    created_at=OLD,
                    sent_at=sent_at,
                )
            )

    housekeeping.prune(deps)

    with deps.database.reading() as session:
        assert {row.subject for row in session.exec(select(OutboxRow))} == {"sent-new", "parked", "pending"}


def test_a_pasted_list_that_nobody_took_up_goes_after_two_weeks(deps: Deps):
    with deps.database.transaction() as session:
        installations.remember(session, Installed("T1", "GIST", "U0BOT", "B0BOT", "xoxb-1", ""), Seal(), NOW)
    found(deps)
    now = deps.clock()
    with deps.database.transaction() as session:
        for days in (1, 13, 15, 40):
            written_at = now - timedelta(days=days)
            session.add(PastedList(task_force_id=1, person_id=1, lines=[str(days)], written_at=written_at))

    housekeeping.prune(deps)

    with deps.database.reading() as session:
        assert sorted(row.lines[0] for row in session.exec(select(PastedList))) == ["1", "13"]


def test_pruning_an_empty_database_is_nothing(deps: Deps):
    housekeeping.prune(deps)
    with deps.database.reading() as session:
        assert session.exec(select(func.count()).select_from(Receipt)).one() == 0
