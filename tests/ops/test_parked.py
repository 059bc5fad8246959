"""What was parked is tried again when an operator says so, on both engines."""

from collections.abc import Iterator

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot.cli import app as command_line
from bot.services.items import CARD
from bot.wiring import build_apps, build_deps, machine_time
from config.settings import Settings
from handlers.deps import Deps
from handlers.parked import Retried, retry
from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.outbox import Lane
from storage.seal import Seal
from storage.tables import Account, OutboxRow, OutboxState, Parked, Reaction

NOW = machine_time()


@pytest.fixture
def deps(database_url: str) -> Iterator[Deps]:
    database = Database(database_url)
    schema.upgrade(database)
    with database.transaction() as session:
        installations.remember(session, Installed("T1", "GIST", "U0BOT", "B0BOT", "xoxb-1", ""), Seal(), NOW)
        session.add(Account(user_id="U1", name="김민지", locale="ko-KR", refreshed_at=NOW))
    yield build_deps(Settings(_env_file=None, SLACK_API_URL="http://127.0.0.1:9/api/"), database)
    database.close()


def park_event(deps: Deps, **event: object) -> None:
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": "Ev1",
        "event": {
            "type": "reaction_added",
            "user": "U1",
            "reaction": "white_check_mark",
            "item": {"type": "message", "channel": "C1", "ts": "1.000001"},
            "item_user": "U0BOT",
            "event_ts": "2.000001",
            **event,
        },
    }
    with deps.work() as work:
        work.session.add(Parked(reference="abcd1234", body=body, error="KeyError('x')", parked_at=NOW))


def count(deps: Deps, table: type[Parked] | type[Reaction]) -> int:
    with deps.database.reading() as session:
        return len(session.exec(select(table)).all())


def test_a_parked_event_has_its_effect(deps: Deps):
    park_event(deps)
    assert retry(deps, build_apps(deps)) == Retried(posts=0, events=1, failed=0)
    assert count(deps, Parked) == 0
    assert count(deps, Reaction) == 1


def test_an_event_that_fails_again_stays_parked_once(deps: Deps):
    park_event(deps, reaction=7)
    assert retry(deps, build_apps(deps)) == Retried(posts=0, events=0, failed=1)
    assert count(deps, Parked) == 1


def test_a_parked_post_is_queued_anew_and_once(deps: Deps):
    with deps.work() as work:
        work.queue(Lane(1, "C1"), CARD, 1)
        work.session.flush()
        work.session.exec(select(OutboxRow)).one().state = OutboxState.PARKED
    with deps.work() as work:
        work.queue(Lane(1, "C1"), CARD, 1)  # it was changed meanwhile

    assert retry(deps, build_apps(deps)).posts == 1

    with deps.database.reading() as session:
        assert [row.state for row in session.exec(select(OutboxRow))] == [OutboxState.PENDING]


def test_the_command_says_how_much_it_did(deps: Deps, monkeypatch: pytest.MonkeyPatch, tmp_path_factory):
    park_event(deps)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    settings = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DATABASE_URL": deps.database.url}
    for variable, value in settings.items():
        monkeypatch.setenv(variable, value)
    told = CliRunner().invoke(command_line, ["doctor", "--retry", "--language", "en"])
    assert told.exit_code == 0, told.output
    assert "events handled: 1" in told.output
    assert count(deps, Parked) == 0
