"""A workspace in which the bot comes and goes."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.wiring import Bot
from playground import Workspace
from tests import bots, cast
from tests.bots import Town
from tests.delivery.asking import ask


@dataclass
class Village:
    """The workspace, and a bot that comes and goes."""

    workspace: Workspace
    url: str

    def bot(self) -> AbstractContextManager[Bot]:
        """The bot, as long as the block lasts."""
        return bots.running(self.url, self.workspace)

    def town(self, bot: Bot) -> Town:
        return Town(self.workspace, bot)

    def unheard(self, *events: str) -> None:
        """From now on no such event reaches the bot, as after more than Slack's retries."""
        for event in events:
            self.workspace.fault(event=event, kind="drop", times=50)

    def heard(self) -> None:
        ask(self.workspace.url + "/_faults", method="DELETE")


@pytest.fixture
def village(database_url: str, tmp_path: Path) -> Iterator[Village]:
    with Workspace(cast.world(), tmp_path / "workspace.db") as workspace:
        yield Village(workspace, database_url)
    assert workspace.violations == []
