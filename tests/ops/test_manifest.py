"""The manifest: what Slack accepts, what the app listens to, and the file that people paste are one."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from slack_bolt import App

from bot.wiring import build_app, build_deps
from config.settings import Settings
from config.words import LANGUAGES, Words
from handlers.commands import COMMAND
from handlers.manifest import EVENTS, SCOPES, manifest, reasons, written
from storage.database import Database

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "playground" / "slack" / "manifest.schema.json").read_text(encoding="utf-8"))
# What Slack asks for each event, from its pages on events; others need no scope.
NEEDED = {
    "app_mention": {"app_mentions:read"},
    "channel_archive": {"channels:read"},
    "channel_left": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_left": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "user_change": {"users:read"},
}
# The same for methods; of the scopes of which one is enough, those that reach every kind of conversation.
_HISTORY = {"channels:history", "groups:history", "im:history"}
CALLED = {
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": _HISTORY,
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "pins.add": {"pins:write"},
    "reactions.add": {"reactions:write"},
    "reactions.get": {"reactions:read"},
    "reactions.remove": {"reactions:write"},
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("url", [None, "https://tft.example"])
def test_slack_would_accept_it(language: str, url: str | None):
    jsonschema_rs.validate(SCHEMA, manifest(Words().say(language), url))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_within_the_limits_that_slacks_page_enforces(language: str):
    made = manifest(Words().say(language))
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert len(made["features"]["slash_commands"][0]["description"]) <= 100


def test_the_file_is_the_codes():
    assert (ROOT / "manifest.json").read_text(encoding="utf-8") == written(manifest(Words().say("ko")))


def test_socket_mode_without_an_address_and_http_with_one():
    assert manifest(Words().say("ko"))["settings"]["socket_mode_enabled"]
    by_http = manifest(Words().say("ko"), "https://tft.example/")
    address = "https://tft.example/slack/events"
    assert not by_http["settings"]["socket_mode_enabled"]
    assert by_http["features"]["slash_commands"][0]["url"] == address
    assert by_http["settings"]["event_subscriptions"]["request_url"] == address
    assert by_http["settings"]["interactivity"] == {
        "is_enabled": True,
        "request_url": address,
        "message_menu_options_url": address,
    }


def test_mentions_in_commands_come_as_ids_and_people_may_write_to_the_bot():
    made = manifest(Words().say("ko"))
    assert made["features"]["slash_commands"][0]["should_escape"]
    assert made["features"]["app_home"]["messages_tab_enabled"]
    assert not made["features"]["app_home"]["messages_tab_read_only_enabled"]


def test_every_method_that_is_called_is_known_here():
    families = "chat|conversations|files|pins|reactions|users|views"
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "handlers").glob("*.py")]
    called = {
        f"{family}.{name}" for text in sources for family, name in re.findall(rf"\.({families})_([a-zA-Z]+)\b", text)
    }
    assert called == set(CALLED)


def test_the_scopes_are_those_that_events_and_methods_need_and_no_others():
    """One that nothing needs would be asked for in vain; one that is missing would be found out in Slack."""
    needed = set().union(*NEEDED.values(), *CALLED.values(), {"commands"})
    assert set(NEEDED) <= set(EVENTS)
    assert needed == set(SCOPES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scope_has_its_reason(language: str):
    assert all(reasons(Words().say(language)).values())
    assert list(reasons(Words().say(language))) == list(SCOPES)


def test_it_names_what_the_app_listens_to_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    heard: dict[str, list[Any]] = {"command": [], "event": [], "shortcut": []}
    for kind, names in heard.items():
        monkeypatch.setattr(App, kind, noting(names, getattr(App, kind)))
    database = Database(f"sqlite:///{tmp_path}/tft.db")
    build_app(build_deps(Settings(_env_file=None), database))
    database.close()

    assert heard["command"] == [COMMAND]
    assert [command["command"] for command in manifest(Words().say("ko"))["features"]["slash_commands"]] == [COMMAND]
    assert heard["shortcut"] == [one["callback_id"] for one in manifest(Words().say("ko"))["features"]["shortcuts"]]
    named = [event for event in heard["event"] if not hasattr(event, "pattern")]
    assert {name for event in named for name in subscribed(event)} == set(EVENTS)


def noting(names: list[Any], register: Any) -> Any:
    def noted(app: App, what: Any, *more: Any, **options: Any) -> Any:
        names.append(what)
        return register(app, what, *more, **options)

    return noted


def subscribed(event: Any) -> set[str]:
    """The subscriptions that bring what a listener asks for: messages come from direct messages and from channels."""
    kind = event["type"] if isinstance(event, dict) else event
    return {"message.im", "message.channels", "message.groups"} if kind == "message" else {str(kind)}
