"""Several Slack apps in one process: the file that describes them, their addresses, and what each of them hears."""

import json
from pathlib import Path

import pytest
from slack_bolt.request import BoltRequest

from bot.wiring import build_apps, build_deps, machine_time
from config.settings import BadSettings, Settings, load
from config.words import Words
from handlers.manifest import manifest
from handlers.web import Web
from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal
from storage.tables import Installation
from tests.ops.test_web import command, signed
from tests.ops.wsgi import ask

TWO = """
[gist]
bot_token = "xoxb-1"
app_token = "xapp-1"
signing_secret = "secret-of-gist"

[county]
signing_secret = "secret-of-the-county"
client_id = "1.2"
client_secret = "client-secret-of-the-county"
app_token = "xapp-2"
"""


@pytest.fixture(autouse=True)
def nothing_else_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields.values():
        monkeypatch.delenv(str(name.alias), raising=False)


def problems(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> set[tuple[str, str]]:
    file = tmp_path / "apps.toml"
    file.write_text(text)
    monkeypatch.setenv("TFT_APPS", str(file))
    with pytest.raises(BadSettings) as caught:
        load()
    assert "xoxb" not in str(caught.value) + repr(caught.value.problems)
    return {(problem.variable, problem.key) for problem in caught.value.problems}


def test_each_table_is_an_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "apps.toml").write_text(TWO)
    monkeypatch.setenv("TFT_APPS", "apps.toml")
    settings = load()

    assert [app.name for app in settings.apps] == ["gist", "county"]
    assert [app.installs for app in settings.apps] == [False, True]
    assert settings.lacking() == []
    assert settings.lacking_for_web() == []
    assert "secret-of" not in repr(settings.apps) + repr(settings)


def test_all_problems_are_named_at_once_and_no_secret_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-beside")
    monkeypatch.setenv("PORT", "0")
    text = '[gist]\nbot_token = "xapp-1"\napp_token = 5\ncolour = "red"\n[Default]\n'

    assert problems(text, monkeypatch, tmp_path) == {
        ("PORT", "setting-not-a-port"),
        ("TFT_APPS [gist] bot_token", "setting-not-a-bot-token"),
        ("TFT_APPS [gist] app_token", "setting-not-a-text"),
        ("TFT_APPS [gist] colour", "setting-unknown"),
        ("TFT_APPS [Default]", "setting-not-an-app"),
    }
    monkeypatch.delenv("PORT")
    assert problems(TWO, monkeypatch, tmp_path) == {("SLACK_BOT_TOKEN", "setting-beside-apps")}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ("TFT_APPS", "setting-no-apps")),
        ("[gist", ("TFT_APPS", "setting-not-toml")),
        ("gist = 1", ("TFT_APPS [gist]", "setting-not-an-app")),
        ("[default]\n", ("TFT_APPS [default]", "setting-not-an-app")),
        ('[a]\nbot_token = "xoxb-1"\n[b]\nbot_token = "xoxb-1"', ("TFT_APPS [b] bot_token", "setting-twice")),
    ],
)
def test_a_file_that_cannot_be_used(
    text: str, problem: tuple[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    assert problem in problems(text, monkeypatch, tmp_path)


def test_a_file_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TFT_APPS", "nowhere.toml")
    with pytest.raises(BadSettings, match="TFT_APPS: setting-no-such-file"):
        load()


def test_what_an_app_lacks_is_named_by_its_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "apps.toml").write_text('[gist]\nclient_id = "1"\n[county]\nsigning_secret = "s"\n')
    monkeypatch.setenv("TFT_APPS", "apps.toml")
    assert {(one.variable, one.key) for one in load().lacking()} == {
        ("TFT_APPS [gist] client_id", "setting-half-a-client"),
        ("TFT_APPS [gist] app_token", "setting-app-token-missing"),
        ("TFT_APPS [county] bot_token", "setting-bot-token-missing"),
        ("TFT_APPS [county] app_token", "setting-app-token-missing"),
    }
    assert ("TFT_APPS [gist] signing_secret", "setting-signing-secret-missing") in {
        (one.variable, one.key) for one in load().lacking_for_web()
    }


def test_each_app_has_its_own_address_and_signature(tmp_path: Path):
    (tmp_path / "apps.toml").write_text(TWO)
    database = Database(f"sqlite:///{tmp_path / 'tft.db'}")
    schema.upgrade(database)
    api = "http://127.0.0.1:9/api/"
    deps = build_deps(Settings(_env_file=None, TFT_APPS=tmp_path / "apps.toml", SLACK_API_URL=api), database)
    with deps.work() as work:
        found = Installed("T1", "GIST", "U0BOT", "B0BOT", "xoxb-1", "", app_name="county")
        installations.remember(work.session, found, Seal(), work.machine_now)
    web, body = Web(deps, build_apps(deps)), command()

    assert ask(web, "POST", "/slack/county/events", body, **signed(body, "secret-of-the-county"))[0] == "200 OK"
    assert ask(web, "POST", "/slack/gist/events", body, **signed(body, "secret-of-the-county"))[0] == "401 Unauthorized"
    assert ask(web, "POST", "/slack/events", body, **signed(body, "secret-of-gist"))[0] == "404 Not Found"
    assert ask(web, "GET", "/slack/county/install")[0] == "200 OK"
    assert ask(web, "GET", "/slack/gist/install")[0] == "404 Not Found"
    database.close()


def test_a_manifest_names_the_apps_own_addresses(tmp_path: Path):
    (tmp_path / "apps.toml").write_text(TWO)
    county = Settings(_env_file=None, TFT_APPS=tmp_path / "apps.toml").apps[1]

    made = json.dumps(manifest(Words().say("ko"), "https://tft.example", county, rotation=True))

    assert "https://tft.example/slack/county/events" in made
    assert "https://tft.example/slack/county/oauth_redirect" in made
    assert '"token_rotation_enabled": true' in made


def test_an_uninstalled_workspace_never_takes_the_other_with_it(tmp_path: Path):
    """Slack tells it by two events, each maybe several times; the second comes when only the other side is installed."""
    database = Database(f"sqlite:///{tmp_path / 'tft.db'}")
    schema.upgrade(database)
    deps = build_deps(Settings(_env_file=None), database)
    at = machine_time()
    for team in ("T1", "T2"):
        with deps.work() as work:
            found = Installed(team, team, f"U{team}", None, "xoxb", "")
            installations.remember(work.session, found, Seal(), work.machine_now)
    app = build_apps(deps)["default"]

    for number, (kind, team, since) in enumerate(
        [
            ("tokens_revoked", "T1", -60),
            ("tokens_revoked", "T2", 60),
            ("app_uninstalled", "T2", 61),
            ("app_uninstalled", "T2", 61),
        ]
    ):
        event = {"type": kind, "tokens": {"bot": [f"U{team}"]}}
        body = {
            "type": "event_callback",
            "team_id": team,
            "event_id": f"Ev{number}",
            "event_time": int(at.timestamp()) + since,
            "event": event,
            "authorizations": [{"team_id": team, "user_id": f"U{team}", "is_bot": True}],
        }
        assert app.dispatch(BoltRequest(body=body, mode="socket_mode")).status == 200

    with database.reading() as session:
        both = [session.get_one(Installation, key) for key in (1, 2)]
    removed = {one.team_id: one.removed_at is not None for one in both}
    assert removed == {"T1": False, "T2": True}  # what was told of T1 is from before it was installed
    database.close()
