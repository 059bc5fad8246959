"""Events: which apps hear of an act, and the envelope Slack puts around it."""

import base64
from typing import TYPE_CHECKING

from playground import apps, channels, ids, text
from playground.state import Json, Row, dumps

if TYPE_CHECKING:
    from playground.hub import Hub

MESSAGE_KEYS: dict[str, tuple[str, ...]] = {
    "": ("type", "user", "text", "ts", "team", "bot_id", "bot_profile", "blocks", "client_msg_id", "thread_ts", "parent_user_id", "edited"),
    "bot_message": ("type", "subtype", "text", "ts", "username", "bot_id", "blocks", "thread_ts"),
    "file_share": ("type", "subtype", "text", "ts", "user", "upload", "files", "blocks", "thread_ts", "parent_user_id"),
    "thread_broadcast": ("type", "subtype", "text", "ts", "user", "blocks", "client_msg_id", "thread_ts", "root"),
    "channel_join": ("type", "subtype", "text", "ts", "user", "team", "inviter"),
    "channel_leave": ("type", "subtype", "text", "ts", "user", "team"),
    "channel_archive": ("type", "subtype", "text", "ts", "user", "team"),
    "channel_unarchive": ("type", "subtype", "text", "ts", "user", "team"),
    "channel_name": ("type", "subtype", "text", "ts", "user", "team", "name", "old_name"),
    "channel_topic": ("type", "subtype", "text", "ts", "user", "topic"),
    "tombstone": ("type", "subtype", "text", "ts", "user"),
}
_INNER_KEYS = (
    "type", "subtype", "user", "text", "ts", "team", "bot_id", "bot_profile", "blocks", "client_msg_id", "thread_ts", "parent_user_id", "edited",
    "upload", "hidden", "reply_count", "reply_users_count", "latest_reply", "is_locked", "subscribed")
_MENTION_KEYS = ("user", "text", "ts", "team", "bot_id", "bot_profile", "app_id", "blocks", "client_msg_id", "thread_ts", "edited", "upload", "username")
SCOPES: dict[str, tuple[str, ...]] = {
    "message.channels": ("channels:history",), "message.groups": ("groups:history",), "message.im": ("im:history",),
    "message.mpim": ("mpim:history",), "app_mention": ("app_mentions:read",), "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",), "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"), "channel_archive": ("channels:read",), "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",), "channel_created": ("channels:read",), "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",), "group_rename": ("groups:read",), "channel_id_changed": ("channels:read", "groups:read"),
    "channel_shared": ("channels:read", "groups:read"), "channel_unshared": ("channels:read", "groups:read"), "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",), "user_change": ("users:read",), "team_join": ("users:read",), "file_shared": ("files:read",),
    "app_home_opened": (), "app_uninstalled": (), "tokens_revoked": (),
}
"""Subscription to the scopes of which the app needs one (https://docs.slack.dev/reference/events)."""
CHANNEL_TYPES = {"channel": "channel", "group": "group", "im": "im", "mpim": "mpim"}
_MESSAGE_SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}
_LETTER = {"channel": "C", "group": "G", "im": "D", "mpim": "G"}


def shape_of(event: Json) -> str:
    """The name of the event's shape in Slack's log."""
    if event["type"] == "message":
        subtype = str(event.get("subtype") or "")
        return "events/" + {"": "Message", "bot_message": "MessageBot"}.get(subtype, "Message" + _camel(subtype)) + "Payload"
    return "events/" + _camel(event["type"]) + "Payload"


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


# What is told


def message(hub: "Hub", channel: Row, body: Json) -> None:
    """A message was posted: `message`, and `app_mention` to the apps it mentions."""
    subtype = str(body.get("subtype") or "")
    event = {key: body[key] for key in MESSAGE_KEYS[subtype] if key in body}
    if subtype == "thread_broadcast":
        event["root"] = {key: value for key, value in body["root"].items() if key in _INNER_KEYS}
    _message_event(hub, channel, event, body["ts"], body.get("user"))
    if subtype in ("", "file_share", "thread_broadcast", "bot_message"):
        mention(hub, channel, body, text.mentioned(body["text"]))


def mention(hub: "Hub", channel: Row, body: Json, users: set[str]) -> None:
    """`app_mention` to each app whose bot is among `users` and in the channel; never in a DM, never about its own message."""
    if channel["kind"] == "im":
        return
    event = {"type": "app_mention", **{key: body[key] for key in _MENTION_KEYS if key in body}, "channel": channel["id"], "event_ts": body["ts"]}
    for install in apps.installs(hub.db):
        if install["bot_user"] in users and install["bot_user"] != body.get("user"):
            publish(hub, "app_mention", event, channel=channel, only=install)


def changed(hub: "Hub", channel: Row, before: Json, after: Json) -> None:
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "message": _inner(after), "previous_message": _inner(before)}
    _message_event(hub, channel, event | {"ts": ids.next_ts(hub.db)}, None, after.get("user"))
    if new := text.mentioned(after["text"]) - text.mentioned(before["text"]):
        mention(hub, channel, after, new)


def deleted(hub: "Hub", channel: Row, before: Json) -> None:
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": before["ts"], "previous_message": _inner(before)}
    _message_event(hub, channel, event | {"ts": ids.next_ts(hub.db)}, None, before.get("user"))


def _inner(body: Json) -> Json:
    return {key: body[key] for key in _INNER_KEYS if key in body}


def _message_event(hub: "Hub", channel: Row, event: Json, event_ts: str | None, actor: str | None) -> None:
    event = event | {"channel": channel["id"], "event_ts": event_ts or event["ts"], "channel_type": CHANNEL_TYPES[channel["kind"]]}
    publish(hub, _MESSAGE_SUBSCRIPTIONS[channel["kind"]], event, channel=channel, actor=actor)


def reaction(hub: "Hub", channel: Row, on: Row, name: str, user: str, at: str, *, added: bool) -> None:
    kind = "reaction_added" if added else "reaction_removed"
    event: Json = {"type": kind, "user": user, "reaction": name, "item": {"type": "message", "channel": channel["id"], "ts": on["ts"]}, "event_ts": at}
    if on["user"]:
        event["item_user"] = on["user"]
    publish(hub, kind, event, channel=channel, actor=user)


def membership(hub: "Hub", channel: Row, user: str, team: str, *, joined: bool, inviter: str | None = None) -> None:
    kind = "member_joined_channel" if joined else "member_left_channel"
    event: Json = {
        "type": kind, "user": user, "channel": channel["id"], "channel_type": _LETTER[channel["kind"]], "team": team, "event_ts": ids.next_ts(hub.db)}
    if inviter:
        event["inviter"] = inviter
    publish(hub, kind, event, channel=channel, actor=user)


def of_channel(hub: "Hub", kind: str, channel: Row, **keys: object) -> None:
    """An event about a channel (archived, renamed, shared …): `kind` is the name for public channels."""
    if channel["kind"] != "channel":
        kind = kind.replace("channel_archive", "group_archive").replace("channel_unarchive", "group_unarchive").replace("channel_rename", "group_rename")
    publish(hub, kind, {"type": kind, **keys}, channel=channel, public=True)


def pin(hub: "Hub", channel: Row, row: Row, user: str, *, added: bool, item: Json) -> None:
    kind = "pin_added" if added else "pin_removed"
    event: Json = {"type": kind, "user": user, "channel_id": channel["id"], "item": item, "event_ts": ids.next_ts(hub.db)}
    if row["user"]:
        event["item_user"] = row["user"]
    pins = hub.db.value("SELECT count(*) FROM pins WHERE channel = ?", channel["id"])
    publish(hub, kind, event | {"pin_count": pins} if added else event | {"has_pins": bool(pins)}, channel=channel, actor=user)


# Who hears it


def publish(
    hub: "Hub", subscription: str, event: Json, *, channel: Row | None = None, actor: str | None = None, only: Row | None = None,
    public: bool = False, teams: list[str] | None = None,
) -> None:
    """Queue the event, in the open transaction, once for every app that may hear it."""
    told: set[str] = set()
    for install in [only] if only is not None else _nearest_first(hub, actor):
        if install["app"] not in told and _may_hear(hub, install, subscription, channel, public, teams):
            told.add(install["app"])
            queue(hub, install, event, channel)


def _nearest_first(hub: "Hub", actor: str | None) -> list[Row]:
    team = hub.db.value("SELECT team FROM users WHERE id = ?", actor) if actor else None
    return sorted(apps.installs(hub.db), key=lambda install: install["team"] != team)


def _may_hear(hub: "Hub", install: Row, subscription: str, channel: Row | None, public: bool, teams: list[str] | None) -> bool:
    if subscription not in hub.subscriptions(install["app"]):
        return False
    scopes = SCOPES[subscription]
    if scopes and not any(f'"{scope}"' in install["scopes"] for scope in scopes):
        return False
    if teams is not None:
        return install["team"] in teams
    if channel is None or channels.is_member(hub.db, channel["id"], install["bot_user"]):
        return True
    return public and channel["kind"] == "channel" and install["team"] in channels.teams(hub.db, channel["id"])


def queue(hub: "Hub", install: Row, event: Json, channel: Row | None) -> None:
    """Put the event's envelope into the state; it goes out after the commit."""
    body = envelope(hub, install, event, channel)
    hub.check(shape_of(event), body)
    due = ids.now()
    hub.db.run("INSERT INTO deliveries (app, event_type, body, attempt, reason, due) VALUES (?,?,?,0,'',?)", install["app"], event["type"], dumps(body), due)
    id = int(hub.db.value("SELECT last_insert_rowid()"))
    hub.db.after_commit(lambda: hub.deliveries.start(id))


def envelope(hub: "Hub", install: Row, event: Json, channel: Row | None) -> Json:
    """The `event_callback` around an event for one app; authorizations[0] names one installation that may see it."""
    app, team = install["app"], install["team"]
    body: Json = {
        "token": hub.verification_token(app), "team_id": team, "api_app_id": app, "event": event, "type": "event_callback", "event_id": ids.new("Ev"),
        "event_time": int(ids.now()), "is_ext_shared_channel": bool(channel) and channels.is_ext_shared(hub.db, channel["id"]) if channel else False,
        "authorizations": [{"enterprise_id": None, "team_id": team, "user_id": install["bot_user"], "is_bot": True, "is_enterprise_install": False}],
        "event_context": _context(event["type"], team, app, channel["id"] if channel else None),
    }
    if event["type"] in ("reaction_added", "reaction_removed", "member_joined_channel", "member_left_channel", "file_shared"):
        body |= {"context_team_id": team, "context_enterprise_id": None}
    return body


def _context(kind: str, team: str, app: str, channel: str | None) -> str:
    inner = dumps({"et": kind, "tid": team, "aid": app, **({"cid": channel} if channel else {})})
    return "4-" + base64.urlsafe_b64encode(inner.encode()).decode().rstrip("=")


