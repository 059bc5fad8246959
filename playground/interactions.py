"""Commands, clicks, suggestions, submissions and shortcuts: what the app is sent and what its answer does."""

from typing import TYPE_CHECKING, Any

from playground import apps, channels, ids, people, response_urls, text
from playground.apps import Caller
from playground.deliveries import Undelivered
from playground.errors import ClientError, SlackError
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub


async def command(hub: "Hub", user: Row, channel: Row, name: str, words: str) -> None:
    """Run a slash command: send it, wait for the acknowledgement, show what that carries."""
    who = command_owner(hub, user, name)
    payload = _command_payload(hub, who, user, channel, name, words)
    answer = await ask(hub, who, "slash_commands", "app-backend/slash-commands/SlashCommandPayload", payload, name=name)
    if answer:
        show_answer(hub, who, user["id"], channel["id"], answer)


def usable_commands(hub: "Hub", user: Row) -> list[Json]:
    """The commands this person may use: of apps installed in the own team; the last installed app wins a name."""
    if user["guest"] and not people.team(hub.db, user["team"])["guest_commands"]:
        return []
    found: dict[str, Json] = {}
    for install in apps.installs(hub.db):
        if install["team"] == user["team"]:
            for entry in apps.commands(hub.manifest(install["app"])):
                found[entry["command"]] = {
                    "command": entry["command"],
                    "description": entry.get("description", ""),
                    "usage_hint": entry.get("usage_hint", ""),
                    "app": install["app"],
                    "should_escape": bool(entry.get("should_escape")),
                }
    return list(found.values())


def command_owner(hub: "Hub", user: Row, name: str) -> Caller:
    """The installation a command goes to, or `no_such_command`."""
    entry = next((c for c in usable_commands(hub, user) if c["command"] == name), None)
    who = apps.install(hub.db, entry["app"], user["team"]) if entry else None
    if who is None:
        raise ClientError("no_such_command", command=name)
    return who


def _command_payload(hub: "Hub", who: Caller, user: Row, channel: Row, name: str, words: str) -> Json:
    entry = next(c for c in apps.commands(hub.manifest(who.app)) if c["command"] == name)
    names = {row["id"]: row["name"] for row in hub.db.all("SELECT id, name FROM users")}
    rooms = {row["id"]: row["name"] for row in hub.db.all("SELECT id, name FROM channels")}
    shape = text.escaped_command if entry.get("should_escape") else text.unescaped_command
    team = people.team(hub.db, user["team"])
    with hub.db.transaction():
        url = response_urls.new(hub, who, user["id"], channel["id"])
    return {
        "token": hub.verification_token(who.app),
        "team_id": team["id"],
        "team_domain": team["domain"],
        "channel_id": channel["id"],
        "channel_name": _command_channel_name(channel),
        "user_id": user["id"],
        "user_name": user["name"],
        "command": name,
        "text": shape(words, names, rooms),
        "api_app_id": who.app,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": hub.triggers.give(who.app, user["id"], who.team),
    }


def _command_channel_name(channel: Row) -> str:
    return {"im": "directmessage", "group": "privategroup"}.get(channel["kind"], str(channel["name"]))


async def ask(hub: "Hub", who: Caller, kind: str, shape: str, payload: Json, **words: str) -> Any:
    """Send and wait up to 3 s; an app that did not acknowledge is what the person gets to see."""
    hub.check(shape, payload)
    try:
        return await hub.send_interaction(who.app, kind, payload)
    except Undelivered as error:
        raise ClientError(
            "app_did_not_respond", app=apps.name(hub.db, who.app), reason=error.reason, **words
        ) from error


def show_answer(hub: "Hub", who: Caller, user: str, channel: str, answer: Any) -> None:
    """An acknowledgement's body as Slack shows it: text or a message, private unless it says `in_channel`."""
    body = {"text": answer} if isinstance(answer, str) else answer
    if not isinstance(body, dict) or not (body.get("text") or body.get("blocks")):
        return
    try:
        with hub.db.transaction():
            response_urls.respond(hub, who, user, channel, body, response_urls.draft_of(body), thread_ts=None)
    except SlackError as error:
        hub.refused("acknowledgement", error.error, app=who.app, arguments=body)
        raise ClientError("app_answer_invalid", reason=error.error) from error


# The parts that interaction payloads share


def base(hub: "Hub", who: Caller, user: Row, kind: str) -> Json:
    """type, token, app, team and person of an interaction; the team is the one whose installation hears it."""
    team = people.team(hub.db, who.team)
    return {
        "type": kind,
        "team": {"id": team["id"], "domain": team["domain"]},
        "api_app_id": who.app,
        "token": hub.verification_token(who.app),
        "user": {"id": user["id"], "username": user["name"], "name": user["name"], "team_id": user["team"]},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_part(channel: Row) -> Json:
    return {"id": channel["id"], "name": _command_channel_name(channel)}


def listener(hub: "Hub", app: str, user: Row, channel: Row | None = None) -> Caller:
    """The installation that hears an act: of the person's team, else of a team the channel is shared with."""
    teams = [user["team"], *(channels.teams(hub.db, channel["id"]) if channel else [])]
    who = apps.any_install(hub.db, app, *teams)
    if who is None and channel is not None:
        who = next(
            (
                found
                for row in apps.installs(hub.db, app)
                if channels.is_member(hub.db, channel["id"], row["bot_user"])
                and (found := apps.install(hub.db, app, row["team"]))
            ),
            None,
        )
    if who is None:
        raise ClientError("app_not_installed")
    return who


def action_ts() -> str:
    return ids.stamp(int(ids.now() * 1_000_000))
