"""Shortcuts: global ones, and those on a message. Only people whose own team has the app have them."""

from typing import TYPE_CHECKING

from playground import apps, response_urls
from playground.apps import Caller
from playground.errors import ClientError
from playground.interactions import action_ts, ask, base, channel_part, show_answer
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub


async def use_global(hub: "Hub", user: Row, app: str, callback_id: str) -> None:
    """Send `shortcut`; it has no channel."""
    who = _owner(hub, user, app, "global", callback_id)
    await ask(
        hub, who, "interactive", "app-backend/GlobalShortcutPayload", _payload(hub, who, user, "shortcut", callback_id)
    )


async def use_on_message(hub: "Hub", user: Row, app: str, callback_id: str, channel: Row, message: Json) -> None:
    """Send `message_action` and show what the acknowledgement carries."""
    who = _owner(hub, user, app, "message", callback_id)
    ts, thread = message["ts"], message.get("thread_ts")
    with hub.db.transaction():
        url = response_urls.new(hub, who, user["id"], channel["id"], message_ts=ts, thread_ts=thread)
    payload = _payload(hub, who, user, "message_action", callback_id) | {
        "channel": channel_part(channel),
        "message": message,
        "message_ts": ts,
        "response_url": url,
    }
    del payload["user"]["username"]
    shape = "app-backend/interactive-components/MessageShortcutPayload"
    show_answer(hub, who, user["id"], channel["id"], await ask(hub, who, "interactive", shape, payload))


def _owner(hub: "Hub", user: Row, app: str, kind: str, callback_id: str) -> Caller:
    who = apps.install(hub.db, app, user["team"])
    if who:
        for entry in apps.shortcuts(hub.manifest(app)):
            if (entry["type"], entry["callback_id"]) == (kind, callback_id):
                return who
    raise ClientError("no_such_shortcut")


def _payload(hub: "Hub", who: Caller, user: Row, kind: str, callback_id: str) -> Json:
    payload = base(hub, who, user, kind) | {
        "callback_id": callback_id,
        "trigger_id": hub.triggers.give(who.app, user["id"], who.team),
        "action_ts": action_ts(),
    }
    del payload["api_app_id"]  # of the interactions, shortcuts alone come without it
    return payload
