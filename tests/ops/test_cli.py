"""The command line as operators use it: real processes, real signals."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.words import Words
from handlers.manifest import manifest, written
from playground import Workspace
from storage import schema
from storage.database import Database
from storage.seal import is_sealed, new_key
from storage.tables import Installation
from tests.cast import world
from tests.ops.processes import ROOT, TOKENS, environment, process, tft
from tests.ports import quiet_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(world(manifest(Words().say("ko")))) as running:
        yield running


@pytest.fixture
def settings(workspace: Workspace) -> dict[str, str]:
    return {**TOKENS, "SLACK_API_URL": workspace.api_url}


def installation(folder: Path) -> Installation:
    database = Database(f"sqlite:///{folder}/var/tft.db")
    with database.reading() as session:
        found = session.get_one(Installation, 1)
    database.close()
    return found


def test_help_imports_nothing_that_is_slow(tmp_path: Path):
    ask = "import sys, contextlib\nfrom bot.cli import app\nwith contextlib.suppress(SystemExit): app(['--help'])\n"
    ask += (
        "print(sorted({'slack_bolt', 'sqlmodel', 'sqlalchemy', 'alembic', 'aiohttp', 'holidays'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, env=environment({}), capture_output=True, text=True, check=True
    )
    assert "doctor" in told.stdout
    assert told.stdout.splitlines()[-1] == "[]"


def test_importing_builds_nothing(tmp_path: Path):
    """No database file, no thread, no connection: only what is started does something."""
    ask = "import threading, bot.wiring, bot.cli, handlers.web, handlers.server, handlers.demo\nprint(threading.active_count())"
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, env=environment({}), capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "1"
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_named_all_at_once(tmp_path: Path):
    told = tft(tmp_path, "run", LC_ALL="C.UTF-8")
    assert told.returncode == 1
    assert "SLACK_BOT_TOKEN" in told.stderr
    assert "SLACK_APP_TOKEN" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_web_names_what_it_lacks_and_needs_postgresql_or_the_workers_part(tmp_path: Path):
    assert "SLACK_SIGNING_SECRET" in tft(tmp_path, "web").stderr
    told = tft(tmp_path, "web", SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s")
    assert told.returncode == 1
    assert "--with-worker" in told.stderr


def test_it_runs_drains_on_sigterm_and_ends_well(tmp_path: Path, settings: dict[str, str]):
    with process(tmp_path, "run", **settings, TFT_SECRET_KEY=new_key()) as bot:
        bot.wait_for('"swept"')
        assert bot.stop() == 0
        told = [event["event"] for event in bot.events()]
        assert sorted(told) == ["connected", "ready", "stopped", "swept"]
        assert told[-1] == "stopped"
    found = installation(tmp_path)
    assert (found.team_id, found.bot_user_id, found.bot_id) == ("T0GIST", "U0BOT", "B0BOT")
    assert is_sealed(found.bot_token)
    assert "chat:write" in found.scopes


def test_ctrl_c_ends_it_too(tmp_path: Path, settings: dict[str, str]):
    with process(tmp_path, "run", **settings) as bot:
        bot.wait_for('"connected"')
        assert bot.stop(signal.SIGINT) == 0


def test_a_second_process_on_the_same_file_is_refused_in_a_sentence(tmp_path: Path, settings: dict[str, str]):
    with process(tmp_path, "run", **settings) as bot:
        bot.wait_for('"ready"')
        second = tft(tmp_path, "run", **settings)
        assert second.returncode == 1
        assert "tft.db" in second.stderr
        assert "PostgreSQL" in second.stderr
        assert "Traceback" not in second.stderr
        assert tft(tmp_path, "db", "upgrade").returncode == 1
        assert bot.stop() == 0
    assert tft(tmp_path, "db", "upgrade").returncode == 0


def test_a_refused_token_ends_the_start_in_a_sentence(tmp_path: Path, settings: dict[str, str]):
    told = tft(tmp_path, "run", **{**settings, "SLACK_BOT_TOKEN": "xoxb-secret-but-wrong"})
    assert told.returncode == 1
    assert "invalid_auth" in told.stderr
    assert "secret-but-wrong" not in told.stderr + told.stdout


def test_a_refused_app_token_ends_the_start_too(tmp_path: Path, settings: dict[str, str]):
    """Delivery and schedule run by then: none of their threads may keep the process."""
    told = tft(tmp_path, "run", **{**settings, "SLACK_APP_TOKEN": "xapp-secret-but-wrong"})
    assert told.returncode == 1
    assert "SLACK_APP_TOKEN" in told.stderr
    assert "secret-but-wrong" not in told.stderr + told.stdout


def test_slack_away_at_the_first_start_is_said(tmp_path: Path):
    told = tft(tmp_path, "run", **TOKENS, SLACK_API_URL="http://127.0.0.1:9/api/")
    assert told.returncode == 1
    assert "Slack" in told.stderr
    assert "Traceback" not in told.stderr


def test_slack_away_later_does_not_keep_it_from_starting(tmp_path: Path):
    state, port = tmp_path / "workspace.db", quiet_port()
    with Workspace(world(manifest(Words().say("ko"))), state=state, port=port) as workspace:
        settings = {**TOKENS, "SLACK_API_URL": workspace.api_url}
        with process(tmp_path, "run", **settings) as bot:
            bot.wait_for('"connected"')
            assert bot.stop() == 0

    with process(tmp_path, "run", **settings) as bot:
        bot.wait_for("slack-unreachable-at-start")
        bot.wait_for('"ready"')
        with Workspace(world(manifest(Words().say("ko"))), state=state, port=port):
            bot.wait_for('"connected"')
            assert bot.stop() == 0


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path, settings: dict[str, str]):
    assert tft(tmp_path, "db", "upgrade").returncode == 0
    database = Database(f"sqlite:///{tmp_path}/var/tft.db")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    told = tft(tmp_path, "run", **settings)
    assert told.returncode == 1
    assert "Traceback" not in told.stderr


def test_postgresql_must_be_upgraded_first(tmp_path: Path, settings: dict[str, str], postgresql_url: str):
    told = tft(tmp_path, "run", **settings, DATABASE_URL=postgresql_url)
    assert told.returncode == 1
    assert "tft db upgrade" in told.stderr
    assert tft(tmp_path, "db", "upgrade", DATABASE_URL=postgresql_url).returncode == 0
    database = Database(postgresql_url)
    assert schema.current(database) == schema.newest()
    database.close()


def test_a_database_out_of_reach_is_said_in_a_sentence(tmp_path: Path, settings: dict[str, str]):
    away = "postgresql://tft:very-secret@127.0.0.1:9/tft?connect_timeout=1"
    for command in (["run"], ["db", "upgrade"]):
        told = tft(tmp_path, *command, **settings, DATABASE_URL=away)
        assert told.returncode == 1
        assert "Traceback" not in told.stderr
        assert "very-secret" not in told.stderr


@pytest.mark.parametrize(
    ("locale", "words"), [("ko_KR.UTF-8", "설정"), ("en_US.UTF-8", "settings"), ("C.UTF-8", "설정")]
)
def test_it_speaks_the_operators_language(locale: str, words: str, tmp_path: Path):
    told = tft(tmp_path, "run", LC_ALL=locale)
    assert words in told.stderr


def test_the_manifest_is_printed_and_checked(tmp_path: Path):
    printed = tft(tmp_path, "manifest", "--json").stdout
    assert printed == written(manifest(Words().say("ko"))) == (ROOT / "manifest.json").read_text(encoding="utf-8")
    differs = tft(tmp_path, "manifest", "--check")
    assert differs.returncode == 1
    assert "tft manifest --json > manifest.json" in differs.stderr
    (tmp_path / "manifest.json").write_text(printed, encoding="utf-8")
    assert tft(tmp_path, "manifest", "--check").returncode == 0
    assert "reactions:read" in tft(tmp_path, "manifest").stdout
    by_http = tft(tmp_path, "manifest", "--json", "--url", "https://tft.example", "--language", "en").stdout
    assert '"https://tft.example/slack/events"' in by_http
    assert '"TFT Bot"' in by_http


def test_libraries_of_files_are_loaded_by_who_makes_a_file(tmp_path: Path):
    """A start takes under two seconds, and memory that only a few processes need is theirs."""
    ask = "import sys, bot.wiring, bot.cli, handlers.web\n"
    ask += "print(sorted({'hwpx', 'lxml', 'reportlab', 'PIL', 'icalendar', 'xlsxwriter'} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, env=environment({}), capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_nobody_waits_for_what_reading_a_date_needs(tmp_path: Path):
    """On a crowded machine the first command after a start took longer than Slack's three seconds."""
    ask = """
import re, sys
from datetime import date
from bot import wiring
from bot.rules import calendars, lines
wiring.read_beforehand()
there, compiled, real = set(sys.modules), [], re._compiler.compile
re._compiler.compile = lambda pattern, flags: compiled.append(pattern) or real(pattern, flags)
for line in ("초안 @정하늘 12월 5일까지 #센터", "Draft by next Friday", "협의 12/5(토)"):
    lines.read_add(line, wiring.machine_time(), calendars.Calendar("JP"))
print(sorted(set(sys.modules) - there), compiled)
"""
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, env=environment({}), capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[] []"
