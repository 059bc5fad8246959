"""Events: which apps hear of an act, and the envelope Slack puts around it."""

from typing import TYPE_CHECKING

from playground import apps, ids, text
from playground.envelopes import publish
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub

MESSAGE_KEYS: dict[str, tuple[str, ...]] = {
    "": (
        "type",
        "user",
        "text",
        "ts",
        "team",
        "bot_id",
        "bot_profile",
        "blocks",
        "attachments",
        "client_msg_id",
        "thread_ts",
        "parent_user_id",
        "edited",
    ),
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
    "type",
    "subtype",
    "user",
    "text",
    "ts",
    "team",
    "bot_id",
    "bot_profile",
    "blocks",
    "client_msg_id",
    "thread_ts",
    "parent_user_id",
    "edited",
    "upload",
    "hidden",
    "reply_count",
    "reply_users_count",
    "latest_reply",
    "is_locked",
    "subscribed",
)
_MENTION_KEYS = (
    "user",
    "text",
    "ts",
    "team",
    "bot_id",
    "bot_profile",
    "app_id",
    "blocks",
    "client_msg_id",
    "thread_ts",
    "edited",
    "upload",
    "username",
)
CHANNEL_TYPES = {"channel": "channel", "group": "group", "im": "im", "mpim": "mpim"}
_MESSAGE_SUBSCRIPTIONS = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}
_LETTER = {"channel": "C", "group": "G", "im": "D", "mpim": "G"}


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
    event = {
        "type": "app_mention",
        **{key: body[key] for key in _MENTION_KEYS if key in body},
        "channel": channel["id"],
        "event_ts": body["ts"],
    }
    for install in apps.installs(hub.db):
        if install["bot_user"] in users and install["bot_user"] != body.get("user"):
            publish(hub, "app_mention", event, channel=channel, only=install)


def changed(hub: "Hub", channel: Row, before: Json, after: Json) -> None:
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": _inner(after),
        "previous_message": _inner(before),
    }
    _message_event(hub, channel, event | {"ts": ids.next_ts(hub.db)}, None, after.get("user"))
    if new := text.mentioned(after["text"]) - text.mentioned(before["text"]):
        mention(hub, channel, after, new)


def deleted(hub: "Hub", channel: Row, before: Json) -> None:
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": before["ts"],
        "previous_message": _inner(before),
    }
    _message_event(hub, channel, event | {"ts": ids.next_ts(hub.db)}, None, before.get("user"))


def _inner(body: Json) -> Json:
    return {key: body[key] for key in _INNER_KEYS if key in body}


def _message_event(hub: "Hub", channel: Row, event: Json, event_ts: str | None, actor: str | None) -> None:
    event = event | {
        "channel": channel["id"],
        "event_ts": event_ts or event["ts"],
        "channel_type": CHANNEL_TYPES[channel["kind"]],
    }
    publish(hub, _MESSAGE_SUBSCRIPTIONS[channel["kind"]], event, channel=channel, actor=actor)


def reaction(hub: "Hub", channel: Row, on: Row, name: str, user: str, at: str, *, added: bool) -> None:
    kind = "reaction_added" if added else "reaction_removed"
    event: Json = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": channel["id"], "ts": on["ts"]},
        "event_ts": at,
    }
    if on["user"]:
        event["item_user"] = on["user"]
    publish(hub, kind, event, channel=channel, actor=user)


def file_shared(hub: "Hub", channel: Row, file: str, user: str) -> None:
    event = {
        "type": "file_shared",
        "file_id": file,
        "user_id": user,
        "file": {"id": file},
        "channel_id": channel["id"],
        "event_ts": ids.next_ts(hub.db),
    }
    publish(hub, "file_shared", event, channel=channel, actor=user)


def membership(hub: "Hub", channel: Row, user: str, team: str, *, joined: bool, inviter: str | None = None) -> None:
    kind = "member_joined_channel" if joined else "member_left_channel"
    event: Json = {
        "type": kind,
        "user": user,
        "channel": channel["id"],
        "channel_type": _LETTER[channel["kind"]],
        "team": team,
        "event_ts": ids.next_ts(hub.db),
    }
    if inviter:
        event["inviter"] = inviter
    publish(hub, kind, event, channel=channel, actor=user)


def taken_out(hub: "Hub", channel: Row, bot_user: str, actor: str) -> None:
    """To an app whose bot is out of a channel now."""
    kind = "channel_left" if channel["kind"] == "channel" else "group_left"
    event = {"type": kind, "channel": channel["id"], "actor_id": actor, "event_ts": ids.next_ts(hub.db)}
    for install in apps.installs(hub.db):
        if install["bot_user"] == bot_user:
            publish(hub, kind, event, only=install)


def of_channel(hub: "Hub", kind: str, room: Row, **keys: object) -> None:
    """An event about a channel (archived, renamed, shared …): `kind` is the name for public channels."""
    if room["kind"] != "channel":
        kind = (
            kind.replace("channel_archive", "group_archive")
            .replace("channel_unarchive", "group_unarchive")
            .replace("channel_rename", "group_rename")
        )
    publish(hub, kind, {"type": kind, **keys}, channel=room, public=True)


def pin(hub: "Hub", channel: Row, row: Row, user: str, *, added: bool, item: Json) -> None:
    kind = "pin_added" if added else "pin_removed"
    event: Json = {
        "type": kind,
        "user": user,
        "channel_id": channel["id"],
        "item": item,
        "event_ts": ids.next_ts(hub.db),
    }
    if row["user"]:
        event["item_user"] = row["user"]
    pins = hub.db.value("SELECT count(*) FROM pins WHERE channel = ?", channel["id"])
    publish(
        hub,
        kind,
        event | {"pin_count": pins} if added else event | {"has_pins": bool(pins)},
        channel=channel,
        actor=user,
    )
