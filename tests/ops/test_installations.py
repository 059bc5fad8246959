"""Installations, and their tokens at rest."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import CannotOpen, Seal, is_sealed, new_key
from storage.tables import Installation

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TOKEN = "xoxb-a-token"


@pytest.fixture
def database(database_url: str):
    database = Database(database_url)
    schema.upgrade(database)
    yield database
    database.close()


def found(team: str = "T1", token: str = TOKEN) -> Installed:
    return Installed(team, "GIST", "U0BOT", "B0BOT", token, "chat:write,commands")


def stored(session: Session) -> list[Installation]:
    return list(session.exec(select(Installation)))


def test_a_token_is_sealed_and_opened_with_the_same_key():
    seal = Seal([new_key()])
    closed = seal.close(TOKEN)
    assert is_sealed(closed)
    assert TOKEN not in closed
    assert seal.open(closed) == TOKEN


def test_without_a_key_a_token_stays_as_it_is():
    assert Seal().close(TOKEN) == TOKEN
    assert Seal().open(TOKEN) == TOKEN


def test_a_key_may_be_put_before_the_old_one():
    old, new = new_key(), new_key()
    closed = Seal([old]).close(TOKEN)
    assert Seal([new, old]).open(closed) == TOKEN
    assert Seal([new]).open(Seal([new, old]).close(TOKEN)) == TOKEN


@pytest.mark.parametrize("keys", [[], [new_key()]])
def test_a_token_sealed_with_another_key_is_not_guessed(keys: list[str]):
    closed = Seal([new_key()]).close(TOKEN)
    with pytest.raises(CannotOpen, match="TFT_SECRET_KEY"):
        Seal(keys).open(closed)


def test_an_installation_is_remembered_once_and_its_token_is_not_readable(database: Database):
    seal = Seal([new_key()])
    for token in (TOKEN, "xoxb-a-newer-token"):
        with database.transaction() as session:
            installations.remember(session, found(token=token), seal, NOW)

    with database.reading() as session:
        (only,) = stored(session)
    assert "xoxb" not in only.bot_token
    assert seal.open(only.bot_token) == "xoxb-a-newer-token"
    assert (only.team_name, only.bot_user_id, only.scopes) == ("GIST", "U0BOT", "chat:write,commands")


def test_a_removed_installation_stands_again_when_it_is_found(database: Database):
    with database.transaction() as session:
        installations.remember(session, found(), Seal(), NOW).removed_at = NOW
    with database.reading() as session:
        assert installations.by_team(session, "default", "T1") is None

    with database.transaction() as session:
        installations.remember(session, found(), Seal(), NOW)

    with database.reading() as session:
        assert installations.by_team(session, "default", "T1") is not None
        assert len(stored(session)) == 1


def test_each_workspace_has_its_own(database: Database):
    with database.transaction() as session:
        for team in ("T1", "T2"):
            installations.remember(session, found(team), Seal(), NOW)
    with database.reading() as session:
        assert [one.team_id for one in installations.standing(session)] == ["T1", "T2"]
