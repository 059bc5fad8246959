"""Fixtures: the real bot in the local workspace, on SQLite and PostgreSQL, and on both ways of sharing Slack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import bots, cast
from tests.bots import Town


@pytest.fixture
def town_url(sqlite_tables_url: str) -> str:
    """The bot's database: SQLite. What differs by engine overrides this with `tables_url`; services are tested on both anyway."""
    return sqlite_tables_url


@pytest.fixture
def empty_town(town_url: str, tmp_path: Path) -> Iterator[Town]:
    """The bot in a channel that has no task force yet (T1: the county's people are guests)."""
    with bots.town(town_url, cast.world(), tmp_path / "workspace.db") as town:
        yield town
        expect_honest(town)


@pytest.fixture
def town(empty_town: Town) -> Town:
    """The task force of the cast."""
    empty_town.found()
    return empty_town


@pytest.fixture
def shared_town(town_url: str, tmp_path: Path) -> Iterator[Town]:
    """The same task force in a Slack Connect channel, the app on GIST's side only (T2)."""
    with bots.town(town_url, cast.world(connect=True), tmp_path / "workspace.db") as town:
        town.found()
        yield town
        expect_honest(town)


def expect_honest(town: Town) -> None:
    """The workspace sent only what Slack sends, and had nothing to refuse that a test did not ask for."""
    assert town.workspace.violations == []
    assert [refusal for refusal in town.workspace.refusals if refusal["error"] not in town.expected_refusals] == []
