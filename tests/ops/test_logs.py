"""Logs and files say nothing that they must not: no token, no secret, no word of anybody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.wiring import Bot
from config.settings import Settings
from config.words import Words
from handlers.manifest import manifest
from playground import Workspace
from storage.database import Database
from storage.seal import new_key
from tests.bots import Town
from tests.cast import CHANNEL, world
from tests.ops.processes import TOKENS, process

TITLE, NOTE = "비밀스러운 센터 개소 계획서", "아무도 모르는 제목"
SIGNING = "signing-secret-of-the-tests"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(world(manifest(Words().say("ko")))) as running:
        yield running


def settled(folder: Path, settings: dict[str, str], workspace: Workspace) -> Town:
    """A task force is there already, with everybody in it."""
    database = Database(f"sqlite:///{folder}/var/tft.db", exclusive=True)
    bot = Bot(Settings(_env_file=None, **settings), database)  # type: ignore[arg-type]  # by their variables' names
    bot.enrol()
    town = Town(workspace, bot)
    town.found()
    bot.stop()
    return town


def test_a_run_with_all_sorts_of_trouble_tells_no_secrets(tmp_path: Path, workspace: Workspace):
    key = new_key()
    settings = {
        **TOKENS,
        "SLACK_SIGNING_SECRET": SIGNING,
        "SLACK_API_URL": workspace.api_url,
        "TFT_SECRET_KEY": key,
        "TFT_LOG_LEVEL": "DEBUG",
        "TFT_RECONCILE_S": "1",
    }
    town = settled(tmp_path, settings, workspace)

    with process(tmp_path, "run", **settings) as bot:
        bot.wait_for('"swept"')
        secretary = town.as_user("gist secretary")
        workspace.fault(method="chat.postMessage", kind="http_500", times=1)
        workspace.fault(method="chat.postMessage", kind="drop_after", times=1, after=1)
        secretary.command(f"/tft 추가 {TITLE} @정하늘 @한도윤 2026-12-05 #센터")
        secretary.told("A-1")
        workspace.fault(method="chat.update", kind="error", error="is_archived", times=1)
        card = town.card("A-1").opened()
        town.as_user("gist owner").react(card, "✅")
        secretary.command(f"/tft 추가 {NOTE} @정하늘 9999-99-99")
        secretary.write(f"<@U0BOT> 추가 {NOTE}", CHANNEL)
        bot.wait_for("is_archived")
        assert bot.stop() == 0
        log = bot.log

    for secret in (*TOKENS.values(), SIGNING, key, TITLE, NOTE, "비밀", "hooks", "response_url"):
        assert secret not in log, secret
    for line in log.splitlines():
        assert json.loads(line)["event"]
    assert TOKENS["SLACK_BOT_TOKEN"].encode() not in (tmp_path / "var" / "tft.db").read_bytes()


def test_a_bug_is_logged_without_anybodys_words(tmp_path: Path, workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    """The database fails with the words in hand: its error carries no parameters, the traceback no variables."""
    settings = {**TOKENS, "SLACK_API_URL": workspace.api_url}
    town = settled(tmp_path, settings, workspace)
    database = Database(f"sqlite:///{tmp_path}/var/tft.db")
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON item BEGIN SELECT RAISE(ABORT, 'broken on purpose'); END"
        )
    database.close()

    with process(tmp_path, "run", **settings) as bot:
        bot.wait_for('"swept"')
        secretary = town.as_user("gist secretary")
        secretary.command(f"/tft 추가 {TITLE} @정하늘")
        reference = next(event["reference"] for event in failures(bot.events()))
        assert reference in secretary.told(TITLE).text
        log = bot.log

    assert "broken on purpose" in log
    assert TITLE not in log
    assert "xoxb" not in log


def failures(events: list[dict[str, str]]) -> list[dict[str, str]]:
    return [event for event in events if event["event"] == "listener-failed"]
