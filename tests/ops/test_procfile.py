"""The Procfile's processes together, as a platform starts them: PostgreSQL, signed HTTP, a web process and a worker."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.wiring import Bot
from config.settings import Settings
from config.words import Words
from handlers.manifest import manifest
from playground import Workspace
from storage import schema
from storage.database import Database
from tests.bots import Town
from tests.cast import world
from tests.ops.processes import PATIENCE_S, ROOT, environment, process, tft
from tests.ports import quiet_port

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.timeout(240)]


@pytest.fixture
def port() -> int:
    return quiet_port()


@pytest.fixture
def workspace(port: int) -> Iterator[Workspace]:
    """It sends by signed HTTP."""
    url = f"http://127.0.0.1:{port}"
    there = world(manifest(Words().say("ko"), url))
    there["apps"][0]["request_url"] = url + "/slack/events"
    with Workspace(there) as running:
        yield running


@pytest.fixture
def settings(workspace: Workspace, postgresql_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_SIGNING_SECRET": "signing-secret-of-the-tests",
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": postgresql_url,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}/usr/bin:/bin",
    }


@contextmanager
def honcho(folder: Path, port: int, settings: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """`web` and `worker`, as honcho starts them from the Procfile."""
    log = folder / "honcho.log"
    command = [sys.executable, "-m", "honcho", "--procfile", str(ROOT / "Procfile"), "--app-root", str(folder)]
    with log.open("w") as output:
        running = subprocess.Popen(
            [*command, "start", "--port", str(port), "web", "worker"],
            cwd=folder,
            env=environment(settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    try:
        yield running, log
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def ready(port: int, running: subprocess.Popen[str], log: Path) -> None:
    """Until the web process answers."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert running.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)


def release(folder: Path, settings: dict[str, str]) -> None:
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    subprocess.run(lines["release"].split(), cwd=folder, env=environment(settings), check=True, timeout=PATIENCE_S)


def test_web_answers_and_worker_posts(tmp_path: Path, port: int, workspace: Workspace, settings: dict[str, str]):
    release(tmp_path, settings)
    database = Database(settings["DATABASE_URL"])
    assert schema.current(database) == schema.newest()
    bot = Bot(Settings(_env_file=None, **without_path(settings)), database)
    bot.enrol()
    town = Town(workspace, bot)
    town.found()

    with honcho(tmp_path, port, settings) as (running, log):
        ready(port, running, log)
        secretary = town.as_user("gist secretary")

        secretary.command("/tft 추가 센터 개소 계획서 초안 @정하늘 @한도윤 2026-12-05 #센터")
        assert "A-1 센터 개소 계획서 초안" in secretary.told("A-1").text
        card = town.card("A-1").opened()
        town.as_user("gist owner").react(card, "✅")
        town.card("A-1").half_done("GIST")

        figures = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
        assert 'tft_requests_total{kind="command",status="200"} 1.0' in figures
        assert "tft_outbox_waiting" in figures
        assert workspace.lost == []
        assert workspace.violations == []

        running.send_signal(signal.SIGTERM)
        running.wait(PATIENCE_S)
        assert "센터 개소" not in log.read_text()
        assert "Traceback" not in log.read_text()
    bot.stop()


def test_several_web_processes_add_up_their_figures(
    tmp_path: Path, port: int, workspace: Workspace, settings: dict[str, str]
):
    release(tmp_path, settings)
    with honcho(tmp_path, port, {**settings, "WEB_CONCURRENCY": "2", "TMPDIR": str(tmp_path)}) as (running, log):
        ready(port, running, log)
        town = Town(workspace, bot=None)  # type: ignore[arg-type]  # nobody acts for the bot here
        for _ in range(6):
            town.as_user("gist secretary").command("/tft 도움말")

        figures = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()

        assert 'tft_requests_total{kind="command",status="200"} 6.0' in figures
        assert len(list(tmp_path.glob("tft-metrics-*"))) == 1
        running.send_signal(signal.SIGTERM)
        running.wait(PATIENCE_S)
    assert list(tmp_path.glob("tft-metrics-*")) == []


def test_a_web_process_that_cannot_start_says_why_and_ends(tmp_path: Path, port: int, settings: dict[str, str]):
    release(tmp_path, settings)
    told = tft(tmp_path, "web", **{**settings, "SLACK_BOT_TOKEN": "xoxb-secret-but-wrong", "PORT": str(port)})
    assert told.returncode != 0
    assert "invalid_auth" in told.stderr
    assert "Traceback" not in told.stderr
    assert "secret-but-wrong" not in told.stderr


def test_on_sqlite_one_process_does_everything(
    tmp_path: Path, port: int, workspace: Workspace, settings: dict[str, str]
):
    own = {**settings, "DATABASE_URL": f"sqlite:///{tmp_path}/tft.db", "PORT": str(port)}
    with process(tmp_path, "web", "--with-worker", **own) as web:
        web.wait_for('"swept"')
        second = tft(tmp_path, "run", **own, SLACK_APP_TOKEN="xapp-1")
        assert "tft.db" in second.stderr
        secretary = Town(workspace, bot=None).as_user("gist secretary")  # type: ignore[arg-type]
        secretary.write_to_bot("도움말")
        secretary.written("`추가`")  # posted by the worker's part
        assert web.stop() == 0
        logged = [event["event"] for event in web.events()]  # a JSON object a line, gunicorn's included
        assert logged.index("listening") < logged.index("stopped")


def without_path(settings: dict[str, str]) -> dict[str, Any]:
    return {key: value for key, value in settings.items() if key != "PATH"}
