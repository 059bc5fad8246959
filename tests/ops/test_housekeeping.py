"""What nobody needs any more goes; what a person must look at stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, func, select

from bot.wiring import build_deps, machine_time
from config.settings import Settings
from handlers import housekeeping
from handlers.deps import Deps
from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal
from storage.tables import Account, Digest, Nudge, OutboxRow, OutboxState, PastedList, Person, Receipt, Weekly
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


def test_of_reminders_and_summaries_a_season_stays_and_what_the_next_begins_from(deps: Deps):
    with deps.database.transaction() as session:
        installations.remember(session, Installed("T1", "GIST", "U0BOT", "B0BOT", "xoxb-1", ""), Seal(), NOW)
    found(deps)
    now = deps.clock()
    old, new = now - timedelta(days=91), now - timedelta(days=89)
    with deps.database.transaction() as session:
        for made_at in (old, new):
            digest = Digest(recipient="U1", day=made_at.date(), made_at=made_at)
            session.add_all([digest, Weekly(task_force_id=1, at=made_at, made_at=made_at)])
            session.flush()
            session.add(_nudge(session, made_at, digest.id))
        session.add(_nudge(session, old - timedelta(days=1), None))

    housekeeping.prune(deps)

    with deps.database.reading() as session:
        assert [one.made_at for one in session.exec(select(Digest))] == [new]
        assert sorted(one.at for one in session.exec(select(Nudge))) == [old - timedelta(days=1), new]
        assert [one.at for one in session.exec(select(Weekly))] == [new]
    with deps.database.transaction() as session:  # a task force that sleeps: its last one is as old as it may be
        session.exec(select(Weekly)).one().made_at = old - timedelta(days=400)
    housekeeping.prune(deps)
    with deps.database.reading() as session:
        assert [one.at for one in session.exec(select(Weekly))] == [new]


def _nudge(session: Session, at: datetime, digest_id: int | None) -> Nudge:
    """What somebody was reminded of then; without a digest it waits."""
    person = session.exec(select(Person)).first()
    account = session.exec(select(Account)).first()
    assert person
    assert account
    return Nudge(
        subject_kind="part",
        subject_id=1,
        rung="0",
        anchor=at.date(),
        person_id=person.id or 0,
        user_id=account.user_id,
        at=at,
        digest_id=digest_id,
    )
