"""Who hears of an event, and the envelope Slack puts around it."""

import base64
from typing import TYPE_CHECKING

from playground import apps, channels, ids
from playground.state import Json, Row, dumps

if TYPE_CHECKING:
    from playground.hub import Hub

SCOPES: dict[str, tuple[str, ...]] = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "app_mention": ("app_mentions:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_left": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_left": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_rename": ("groups:read",),
    "channel_id_changed": ("channels:read", "groups:read"),
    "channel_shared": ("channels:read", "groups:read"),
    "channel_unshared": ("channels:read", "groups:read"),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "file_shared": ("files:read",),
    "app_home_opened": (),
    "app_uninstalled": (),
    "tokens_revoked": (),
}
"""Subscription to the scopes of which the app needs one (https://docs.slack.dev/reference/events)."""


def shape_of(event: Json) -> str:
    """The name of the event's shape in Slack's log."""
    if event["type"] == "message":
        subtype = str(event.get("subtype") or "")
        return (
            "events/"
            + {"": "Message", "bot_message": "MessageBot"}.get(
                subtype, "Message" + _camel(subtype.removeprefix("message_"))
            )
            + "Payload"
        )
    return "events/" + _camel(event["type"]) + "Payload"


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def publish(
    hub: "Hub",
    subscription: str,
    event: Json,
    *,
    channel: Row | None = None,
    actor: str | None = None,
    only: Row | None = None,
    public: bool = False,
    teams: list[str] | None = None,
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


def _may_hear(
    hub: "Hub", install: Row, subscription: str, channel: Row | None, public: bool, teams: list[str] | None
) -> bool:
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
    hub.db.run(
        "INSERT INTO deliveries (app, event_type, body, attempt, reason, due) VALUES (?,?,?,0,'',?)",
        install["app"],
        event["type"],
        dumps(body),
        due,
    )
    id = int(hub.db.value("SELECT last_insert_rowid()"))
    hub.db.after_commit(lambda: hub.deliveries.start(id))


def envelope(hub: "Hub", install: Row, event: Json, channel: Row | None) -> Json:
    """The `event_callback` around an event for one app; authorizations[0] names one installation that may see it."""
    app, team = install["app"], install["team"]
    body: Json = {
        "token": hub.verification_token(app),
        "team_id": team,
        "api_app_id": app,
        "event": event,
        "type": "event_callback",
        "event_id": ids.new("Ev"),
        "event_time": int(ids.now()),
        "is_ext_shared_channel": bool(channel) and channels.is_ext_shared(hub.db, channel["id"]) if channel else False,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": install["bot_user"],
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "event_context": _context(event["type"], team, app, channel["id"] if channel else None),
    }
    if event["type"] in (
        "reaction_added",
        "reaction_removed",
        "member_joined_channel",
        "member_left_channel",
        "file_shared",
    ):
        body |= {"context_team_id": team, "context_enterprise_id": None}
    return body


def _context(kind: str, team: str, app: str, channel: str | None) -> str:
    inner = dumps({"et": kind, "tid": team, "aid": app, **({"cid": channel} if channel else {})})
    return "4-" + base64.urlsafe_b64encode(inner.encode()).decode().rstrip("=")
