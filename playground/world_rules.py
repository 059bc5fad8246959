"""What a world must be before it is served: the manifests Slack would take, and names that lead somewhere."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from playground.envelopes import SCOPES
from playground.state import Json


class BadWorld(ValueError):
    """The world cannot be served; the message names every problem."""


def check(world: Json) -> None:
    """Raise `BadWorld` with all that is wrong."""
    teams = {team["id"] for team in world["teams"]}
    users = {user["id"]: user for user in world["users"]}
    bots = {install["bot_user"] for app in world.get("apps", []) for install in app.get("installs", [])}
    found = [f"{id} is there twice" for id, count in Counter(_ids(world)).items() if count > 1]
    found += [f"user {id}: no team {user['team']}" for id, user in users.items() if user["team"] not in teams]
    for channel in world.get("channels", []):
        found += [f"channel {channel['id']}: {problem}" for problem in _channel(channel, teams, {*users, *bots})]
    for app in world.get("apps", []):
        found += [f"app {app['id']}: {problem}" for problem in _app(app, teams)]
    if found:
        raise BadWorld("\n".join(found))


def _ids(world: Json) -> list[str]:
    return [one["id"] for key in ("teams", "users", "channels", "apps") for one in world.get(key, [])]


def _channel(channel: Json, teams: set[str], people: set[str]) -> list[str]:
    named = [channel["team"], *channel.get("shared_with", [])]
    authors = [message["user"] for message in channel.get("messages", [])]
    missing = {person for person in [*channel.get("members", []), *authors] if person not in people}
    return [f"no team {team}" for team in named if team not in teams] + [
        f"no user {person}" for person in sorted(missing)
    ]


def _app(app: Json, teams: set[str]) -> list[str]:
    manifest = app["manifest"]
    found = [f"manifest: {error.message} at /{_path(error)}" for error in _schema().iter_errors(manifest)]
    found += [f"no team {i['team']}" for i in app.get("installs", []) if i["team"] not in teams]
    return found or [f"manifest: {problem}" for problem in [*_unheard(manifest), *_unreachable(app)]]


def _path(error: Any) -> str:
    return "/".join(str(part) for part in error.instance_path)


@cache
def _schema() -> Any:
    file = Path(__file__).parent / "slack" / "manifest.schema.json"
    return jsonschema_rs.validator_for(json.loads(file.read_text("utf-8")))


def _unheard(manifest: Json) -> list[str]:
    """Subscriptions that the scopes do not allow."""
    granted = set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
    return [
        f"the event {event} needs a scope of {', '.join(SCOPES[event])}"
        for event in events
        if SCOPES.get(event) and not granted & set(SCOPES[event])
    ]


def _unreachable(app: Json) -> list[str]:
    """Features for which Slack would know no address."""
    manifest, settings = app["manifest"], app["manifest"].get("settings", {})
    if settings.get("socket_mode_enabled") or app.get("request_url"):
        return []
    commands = manifest.get("features", {}).get("slash_commands", [])
    found = [f"the command {command['command']} has no url" for command in commands if not command.get("url")]
    parts = ("event_subscriptions", "interactivity")
    return found + [
        f"{part} has no request_url" for part in parts if settings.get(part) and not settings[part].get("request_url")
    ]
