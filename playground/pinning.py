"""Pinned messages of a channel."""

from typing import TYPE_CHECKING

from playground import events, ids, messages
from playground.errors import SlackError
from playground.state import Json, Row, Store
from playground.streams import tell_channel

if TYPE_CHECKING:
    from playground.hub import Hub

MOST = 100
_SHOWN = ("type", "user", "text", "ts", "team", "bot_id", "app_id", "bot_profile")


def pin(hub: "Hub", channel: Row, row: Row, user: str) -> None:
    """Pin a message; refuses `already_pinned` and `too_many_pins`."""
    if hub.db.one("SELECT 1 FROM pins WHERE channel = ? AND ts = ?", channel["id"], row["ts"]):
        raise SlackError("already_pinned")
    if hub.db.value("SELECT count(*) FROM pins WHERE channel = ?", channel["id"]) >= MOST:
        raise SlackError("too_many_pins")
    hub.db.run("INSERT INTO pins VALUES (?,?,?,?)", channel["id"], row["ts"], user, int(ids.now()))
    events.pin(hub, channel, row, user, added=True, item=_item(hub.db, channel["id"], row, user))
    tell_channel(hub, channel["id"])


def unpin(hub: "Hub", channel: Row, row: Row, user: str) -> None:
    """Take a pin away; refuses `no_pin`."""
    item = _item(hub.db, channel["id"], row, user)
    if not hub.db.run("DELETE FROM pins WHERE channel = ? AND ts = ?", channel["id"], row["ts"]):
        raise SlackError("no_pin")
    events.pin(hub, channel, row, user, added=False, item=item)
    tell_channel(hub, channel["id"])


def _item(db: Store, channel: str, row: Row, user: str) -> Json:
    domain = db.value(
        "SELECT domain FROM teams JOIN channels ON channels.team = teams.id WHERE channels.id = ?", channel
    )
    body = messages.bare(row)
    message = {key: body[key] for key in _SHOWN if key in body}
    message["permalink"] = messages.permalink(db, domain, channel, row)
    return {"type": "message", "channel": channel, "created": int(ids.now()), "created_by": user, "message": message}


def listed(db: Store, channel: Row, domain: str) -> list[Json]:
    """The channel's pins as pins.list gives them, the newest first."""
    rows = db.all(
        "SELECT m.*, p.user AS pinned_by, p.at FROM pins p JOIN messages m USING (channel, ts) WHERE channel = ? ORDER BY p.at DESC, p.ts DESC",
        channel["id"],
    )
    return [_item(db, channel["id"], row, row["pinned_by"]) | {"created": row["at"]} for row in rows]
