"""The doctor names every problem there is, and its mend, in both languages."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session
from typer.testing import CliRunner

from bot.cli import app
from bot.rules.kept_minutes import write_minutes
from bot.rules.minutes import Minutes
from bot.services import meeting_finals, meeting_minutes
from bot.services.meeting_files import has_fonts
from bot.wiring import machine_time
from config.settings import Settings
from config.words import FOLDER, LANGUAGES, Words
from handlers.doctor import Doctor, Finding, Level, is_ill, on_settings, told, told_as_json
from handlers.manifest import SCOPES, manifest, written
from playground import Workspace
from storage import installations, meetings, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal, new_key
from storage.tables import (
    Account,
    BoundChannel,
    Installation,
    Item,
    Meeting,
    OutboxRow,
    OutboxState,
    Parked,
    Part,
    Person,
    Phase,
    SetAside,
    Side,
    Silence,
    TaskForce,
)
from tests.cast import world

NOW = machine_time()
AWAY = "http://127.0.0.1:9/api/"
# Everything that the doctor can say, but for its closing words.
SAID = set(re.findall(r"^doctor-([a-z-]+) =", (FOLDER / "en.ftl").read_text("utf-8"), re.MULTILINE)) - {
    "healthy",
    "ill",
}


@dataclass
class Patient:
    """A bot's surroundings, well unless a test makes them ill."""

    folder: Path
    settings: dict[str, Any]
    clock: Callable[[], datetime] = machine_time

    def findings(self) -> dict[str, Finding]:
        settings = Settings(_env_file=None, **self.settings)
        found = {finding.name: finding for finding in Doctor(settings, self.clock, self.folder).examine()}
        for language in LANGUAGES:
            assert told(list(found.values()), Words().say(language))
            assert json.loads(told_as_json(list(found.values()), Words().say(language)))
        return found

    @contextmanager
    def database(self) -> Iterator[Any]:
        database = Database(self.settings["DATABASE_URL"])
        with database.transaction() as session:
            yield session
        database.close()


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with Workspace(world(manifest(Words().say("ko")))) as running:
        yield running


@pytest.fixture
def fresh_workspace(patient: "Patient") -> Iterator[Workspace]:
    """One of its own: Slack lets an app open Socket Mode about once a minute."""
    with Workspace(world(manifest(Words().say("ko")))) as running:
        patient.settings |= {"SLACK_API_URL": running.api_url, "SLACK_APP_TOKEN": "xapp-1-A0TFT-1-test"}
        yield running


@pytest.fixture
def patient(tmp_path: Path, workspace: Workspace, database_url: str) -> Patient:
    database = Database(database_url)
    schema.upgrade(database)
    database.close()
    (tmp_path / "manifest.json").write_text(written(manifest(Words().say("ko"))), encoding="utf-8")
    return Patient(
        tmp_path,
        {
            "SLACK_BOT_TOKEN": "xoxb-test",
            "SLACK_APP_TOKEN": None,
            "SLACK_API_URL": workspace.api_url,
            "DATABASE_URL": database_url,
            "TFT_SECRET_KEY": new_key(),
        },
    )


def installed(session: Any, token: str = "xoxb-test", seal: Seal | None = None) -> Installation:
    found = Installed("T0GIST", "GIST", "U0BOT", "B0BOT", token, "")
    return installations.remember(session, found, seal or Seal(), NOW)


@pytest.mark.usefixtures("fresh_workspace")
def test_a_healthy_bot(patient: Patient):
    found = patient.findings()
    assert not is_ill(found.values())
    assert {finding.level for finding in found.values()} <= {Level.OK}
    assert {"secret-key", "database", "bot-token", "app-token", "scopes", "clock-right", "manifest", "waiting"} <= set(
        found
    )


def test_no_key_for_tokens(patient: Patient):
    patient.settings["TFT_SECRET_KEY"] = None
    finding = patient.findings()["no-secret-key"]
    assert finding.level is Level.WARNING
    assert Settings(_env_file=None, TFT_SECRET_KEY=finding.args["key"]).secret_keys  # what it proposes can be used


def test_tokens_sealed_with_another_key_or_not_at_all(patient: Patient):
    with patient.database() as session:
        installed(session, seal=Seal([new_key()]))
    assert patient.findings()["token-sealed-otherwise"].level is Level.BROKEN
    with patient.database() as session:
        installed(session)
    assert patient.findings()["token-plain"].level is Level.WARNING


def test_a_database_file_that_is_not_there_is_not_made(patient: Patient):
    patient.settings["DATABASE_URL"] = f"sqlite:///{patient.folder}/none.db"
    assert patient.findings()["database-missing"].level is Level.BROKEN
    assert not (patient.folder / "none.db").exists()


def test_a_database_out_of_reach(patient: Patient):
    patient.settings["DATABASE_URL"] = "postgresql://tft:very-secret@127.0.0.1:9/tft?connect_timeout=1"
    finding = patient.findings()["database-away"]
    assert finding.level is Level.BROKEN
    assert "very-secret" not in str(finding)


def test_an_old_and_a_newer_database(patient: Patient):
    with patient.database() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert patient.findings()["database-newer"].level is Level.BROKEN
    with patient.database() as session:
        session.execute(text("DROP TABLE alembic_version"))
    assert patient.findings()["database-behind"].level is Level.BROKEN


def test_whether_a_bot_runs_on_a_file(patient: Patient):
    patient.settings["DATABASE_URL"] = f"sqlite:///{patient.folder}/own.db"
    database = Database(patient.settings["DATABASE_URL"], exclusive=True)
    schema.upgrade(database)
    assert "running" in patient.findings()
    database.close()
    assert "not-running" in patient.findings()


def test_what_slack_refused_and_what_could_not_be_handled(patient: Patient):
    with patient.database() as session:
        installation = installed(session, seal=Seal([patient.settings["TFT_SECRET_KEY"]]))
        session.add(parked_post(installation.id or 0))
        session.add(Parked(reference="abcd1234", body={"text": "a secret plan"}, error="KeyError('x')", parked_at=NOW))
        session.add(Account(user_id="U1", name="한도윤", dm_refused_at=NOW))
    found = patient.findings()
    assert found["parked-posts"].level is Level.BROKEN
    assert "is_archived" in str(found["parked-posts"].args["which"])
    assert found["parked-events"].level is Level.BROKEN
    assert "abcd1234" in str(found["parked-events"].args["which"])
    assert "secret plan" not in str(found)
    assert found["unreachable-people"].args["which"] == "한도윤"


def test_what_the_schedule_set_aside_and_reminders_at_a_wrong_time(patient: Patient):
    assert patient.findings()["reckoned"].level is Level.OK
    with patient.database() as session:
        due_at_a_wrong_time(session)
        session.add(SetAside(noun="weekly", subject="7", failures=2, error="ValueError: x", until=NOW))
    found = patient.findings()
    assert found["set-aside"].level is Level.BROKEN
    assert found["set-aside"].args["which"] == "weekly 7: ValueError: x"
    assert found["misreckoned"].args["count"] == 1


def test_several_installations_with_what_stands_in_their_way(patient: Patient):
    with patient.database() as session:
        one = installed(session, seal=Seal([patient.settings["TFT_SECRET_KEY"]]))
        one.refresh_error = "invalid_refresh_token"
        found = Installed("T9", "옛 기관", "U9", None, "xoxb-9", "", app_name="former")
        installations.remember(session, found, Seal([patient.settings["TFT_SECRET_KEY"]]), NOW)
        task_force = TaskForce(name="TFT", created_at=NOW)
        session.add(task_force)
        session.flush()
        session.add(
            BoundChannel(
                channel_id="C0QUIET",
                task_force_id=task_force.id or 0,
                speaker_id=one.id or 0,
                bound_at=NOW,
                silent_since=NOW,
                silent_why=Silence.SPEAKERLESS,
            )
        )
    findings = patient.findings()
    assert findings["token-not-refreshed"].args["error"] == "invalid_refresh_token"
    assert findings["app-gone"].args["app"] == "former"
    assert findings["silent-channels"].level is Level.BROKEN
    assert "C0QUIET (speakerless)" in str(findings["silent-channels"].args["which"])


def test_every_app_of_the_file_is_asked_about(patient: Patient, tmp_path: Path):
    file = tmp_path / "apps.toml"
    file.write_text('[gist]\nbot_token = "xoxb-test"\n[county]\nbot_token = "xoxb-wrong"\n')
    patient.settings |= {"TFT_APPS": file, "SLACK_BOT_TOKEN": None, "SLACK_APP_TOKEN": None}
    settings = Settings(_env_file=None, **patient.settings)
    names = [finding.name for finding in Doctor(settings, patient.clock, patient.folder).examine()]
    assert {"bot-token", "bot-token-refused"} <= set(names)
    assert "app-token" not in names


@pytest.mark.parametrize(
    ("variable", "value", "name"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-wrong", "bot-token-refused"),
        ("SLACK_APP_TOKEN", "xapp-wrong", "app-token-refused"),
        ("SLACK_API_URL", AWAY, "slack-away"),
    ],
)
def test_slack_refuses_or_is_away(variable: str, value: str, name: str, patient: Patient):
    patient.settings[variable] = value
    assert patient.findings()[name].level is Level.BROKEN


def test_a_slack_that_asks_for_patience_is_no_fault(fresh_workspace: Workspace, patient: Patient):
    fresh_workspace.fault(method="apps.connections.open", kind="ratelimited", times=1, retry_after=30)
    finding = patient.findings()["slack-busy"]
    assert finding.level is Level.WARNING
    assert finding.args["method"] == "apps.connections.open"


def test_missing_scopes_are_named(patient: Patient):
    fewer = manifest(Words().say("ko"))
    fewer["oauth_config"]["scopes"]["bot"] = [scope for scope in SCOPES if scope not in ("pins:write", "im:write")]
    with Workspace(world(fewer)) as other:
        patient.settings["SLACK_API_URL"] = other.api_url
        finding = patient.findings()["scopes-missing"]
    assert finding.args["scopes"] == "im:write, pins:write"


def test_a_slack_that_does_not_tell_scopes(patient: Patient):
    class Silent(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.dumps({"ok": True, "team": "GIST", "user": "tft", "url": "x"}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Silent)
    threading.Thread(target=server.serve_forever).start()
    patient.settings["SLACK_API_URL"] = f"http://127.0.0.1:{server.server_port}/api/"
    assert patient.findings()["scopes-unknown"].level is Level.WARNING
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("apart", [timedelta(minutes=2), timedelta(minutes=-2)])
def test_a_wrong_clock(apart: timedelta, patient: Patient):
    patient.clock = lambda: machine_time() + apart
    finding = patient.findings()["clock"]
    assert finding.level is Level.BROKEN
    assert 110 <= int(finding.args["seconds"]) <= 130


def test_without_a_korean_font_it_says_which_package_to_install(patient: Patient, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("config.fonts.find.__defaults__", (("/nowhere",),))
    assert patient.findings()["no-korean-font"].level is Level.WARNING
    monkeypatch.undo()
    assert patient.findings().keys() & {"fonts", "no-korean-font"} == ({"fonts"} if has_fonts() else {"no-korean-font"})


def test_a_manifest_of_another_version(patient: Patient):
    (patient.folder / "manifest.json").write_text("{}", encoding="utf-8")
    assert patient.findings()["manifest-differs"].level is Level.WARNING
    (patient.folder / "manifest.json").unlink()
    assert not {"manifest", "manifest-differs"} & set(patient.findings())


def test_final_minutes_that_are_not_as_they_were_confirmed(patient: Patient):
    with patient.database() as session:
        task_force = TaskForce(name="TFT", created_at=NOW)
        installation = Installation(team_id="T1", bot_user_id="U1", bot_token="x", installed_at=NOW)
        session.add_all([task_force, installation])
        session.flush()
        of = task_force.id or 0
        side = Side(task_force_id=of, name="GIST", position=0)
        bound = BoundChannel(channel_id="C1", task_force_id=of, speaker_id=installation.id or 0, bound_at=NOW)
        session.add_all([side, bound])
        session.flush()
        keeper = Person(task_force_id=of, side_id=side.id or 0, name="김민지", joined_at=NOW)
        session.add(keeper)
        session.flush()
        made: dict[str, Any] = {
            "created_by": keeper.id,
            "keeper_id": keeper.id,
            "channel_id": bound.id,
            "created_at": NOW,
        }
        meeting = Meeting(task_force_id=of, number=1, title="실무회의", phase=Phase.FINAL, **made)
        session.add(meeting)
        session.flush()
        meetings.keep(session, meeting.id or 0, write_minutes(meeting_minutes.read(session, meeting)))
        meetings.keep_documents(session, meeting.id or 0, "{}")
        meeting.fingerprint = meeting_finals.fingerprint(session, meeting)
    assert patient.findings()["minutes-unaltered"].args == {"count": 1}
    assert "minutes-read-otherwise" not in patient.findings()

    with patient.database() as session:
        meeting = session.get_one(Meeting, 1)
        meetings.keep(session, 1, write_minutes(Minutes(title="지난 판이 읽은 회의")))
        meetings.keep_documents(session, 1, "{}")
        meeting.fingerprint = meeting_finals.fingerprint(session, meeting)
    assert patient.findings()["minutes-unaltered"].args == {"count": 1}
    otherwise = patient.findings()["minutes-read-otherwise"]
    assert (otherwise.level, otherwise.args) == (Level.OK, {"count": 1, "which": "M-1 실무회의"})

    with patient.database() as session:
        session.get_one(Meeting, 1).title = "실무회이"
    found = patient.findings()
    assert found["minutes-altered"].args == {"count": 1, "which": "M-1 실무회이"}
    assert not {"minutes-unaltered", "minutes-read-otherwise"} & set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_are_named_with_their_mend(language: str):
    say = Words().say(language)
    findings = on_settings(Settings(_env_file=None, SLACK_BOT_TOKEN=None, SLACK_APP_TOKEN=None).lacking(), say)
    assert {finding.name for finding in findings} == {"setting"}
    assert "SLACK_BOT_TOKEN" in told(findings, say)
    assert "xoxb-" in told(findings, say)


@pytest.mark.parametrize("name", sorted(SAID))
def test_every_sentence_of_the_doctor_has_its_test(name: str):
    assert f'"{name}"' in Path(__file__).read_text(encoding="utf-8")


def test_the_command_ends_with_one_when_something_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for variable in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL", "TFT_SECRET_KEY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    korean = CliRunner().invoke(app, ["doctor", "--language", "ko"])
    english = CliRunner().invoke(app, ["doctor", "--language", "en", "--json"])

    assert korean.exit_code == english.exit_code == 1
    assert "tft db upgrade 를 실행하세요" in korean.output
    levels = {row["name"]: row["level"] for row in json.loads(english.output) if "font" not in row["name"]}
    assert levels == {"setting": "broken", "no-secret-key": "warning", "database-missing": "broken"}


@pytest.mark.usefixtures("fresh_workspace")
def test_the_command_ends_with_none_when_all_is_well(patient: Patient, monkeypatch: pytest.MonkeyPatch):
    for variable, value in patient.settings.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.chdir(patient.folder)
    result = CliRunner().invoke(app, ["doctor", "--language", "en"])
    assert result.exit_code == 0, result.output
    assert "Nothing is wrong." in result.output
    assert "xoxb" not in result.output
    assert patient.settings["TFT_SECRET_KEY"] not in result.output


def test_bad_settings_are_all_that_it_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xapp-secret")
    monkeypatch.setenv("PORT", "none")
    result = CliRunner().invoke(app, ["doctor", "--language", "en"])
    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN" in result.output
    assert "PORT" in result.output
    assert "secret" not in result.output


def parked_post(installation_id: int) -> OutboxRow:
    return OutboxRow(
        lane="1:C1",
        installation_id=installation_id,
        channel_id="C1",
        kind="item-card",
        subject="1",
        key="k",
        state=OutboxState.PARKED,
        error="is_archived",
        not_before=NOW,
        created_at=NOW,
    )


def due_at_a_wrong_time(session: Session) -> None:
    """A part of an open item that is due now, though nothing is."""
    installation = installed(session, seal=Seal())
    task_force = TaskForce(name="모빌리티", created_at=NOW)
    session.add(task_force)
    session.flush()
    task_force.reckon_after = None  # it was reckoned
    of = task_force.id or 0
    side = Side(task_force_id=of, name="GIST", position=0)
    channel = BoundChannel(channel_id="C1", task_force_id=of, speaker_id=installation.id or 0, bound_at=NOW)
    session.add_all([side, channel])
    session.flush()
    person = Person(task_force_id=of, side_id=side.id or 0, name="정하늘", joined_at=NOW)
    session.add(person)
    session.flush()
    owner = person.id or 0
    item = Item(task_force_id=of, number=1, title="x", channel_id=channel.id or 0, created_by=owner, created_at=NOW)
    session.add(item)
    session.flush()
    session.add(Part(item_id=item.id or 0, side_id=side.id or 0, owner_id=owner, next_due_at=NOW))
