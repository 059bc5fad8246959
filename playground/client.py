"""What the page reads: who is here, the channels, the messages, the forms."""

import json
from typing import TYPE_CHECKING

from playground import apps, channels, emoji, envelopes, ids, interactions, messages, people, views
from playground.errors import BadRequest, ClientError
from playground.state import Json, Row, Store

if TYPE_CHECKING:
    from playground.hub import Hub


def person(db: Store, id: object) -> Row:
    """The acting person; anybody else's name is a bad request."""
    row = people.find(db, str(id or ""))
    if row is None:
        raise BadRequest(f"no user {id!r}")
    return row


def room(db: Store, id: object, user: Row) -> Row:
    """A channel this person can look into."""
    row = channels.find(db, str(id or ""))
    if row is None or not _can_see(db, row, user):
        raise ClientError("channel_not_found")
    return row


def _can_see(db: Store, row: Row, user: Row) -> bool:
    if row["kind"] != "channel" or user["guest"]:
        return channels.is_member(db, row["id"], user["id"])
    return user["team"] in channels.teams(db, row["id"])


def boot(hub: "Hub") -> Json:
    db = hub.db
    return {
        "name": db.fact("name"),
        "banner": db.fact("banner"),
        "steps": db.fact("steps") or [],
        "organisations": db.fact("organisations") or {},
        "clock": hub.clock.look(),
        "teams": [dict(row) for row in db.all("SELECT id, name, domain FROM teams ORDER BY rowid")],
        "users": [_user(row) for row in db.all("SELECT * FROM users ORDER BY rowid")],
        "apps": [_app(hub, row["id"]) for row in db.all("SELECT id FROM apps ORDER BY rowid")],
        "emoji": emoji.NAMES,
    }


def _user(row: Row) -> Json:
    return {
        "id": row["id"],
        "team": row["team"],
        "name": row["name"],
        "real_name": row["real_name"],
        "display_name": row["display_name"],
        "title": row["title"],
        "locale": row["locale"],
        "tz": row["tz"],
        "color": row["color"],
        "guest": bool(row["guest"]),
        "deleted": bool(row["deleted"]),
        "is_bot": bool(row["bot_id"]),
        "app": row["app"],
    }


def _app(hub: "Hub", id: str) -> Json:
    manifest, installs = hub.manifest(id), apps.installs(hub.db, id)
    return {
        "id": id,
        "name": apps.name(hub.db, id),
        "bot_user": installs[0]["bot_user"] if installs else None,
        "bot_users": [row["bot_user"] for row in installs],
        "color": "9f69e7",
        "teams": [row["team"] for row in installs],
        "commands": [
            {"command": c["command"], "description": c.get("description", ""), "usage_hint": c.get("usage_hint", "")}
            for c in apps.commands(manifest)
        ],
        "shortcuts": [
            {
                "name": s["name"],
                "type": s["type"],
                "callback_id": s["callback_id"],
                "description": s.get("description", ""),
            }
            for s in apps.shortcuts(manifest)
        ],
        "home": bool(apps.feature(manifest, "app_home").get("home_tab_enabled")),
    }


def sidebar(hub: "Hub", user: Row) -> Json:
    db = hub.db
    rows = [
        row
        for row in db.all("SELECT * FROM channels WHERE kind IN ('channel', 'group', 'mpim') ORDER BY name")
        if _can_see(db, row, user)
    ]
    return {
        "channels": [_in_sidebar(db, row, user["id"]) for row in rows],
        "dms": _dms(db, user),
        "app_homes": _homes(hub, user),
    }


def _in_sidebar(db: Store, row: Row, user: str) -> Json:
    return {
        "id": row["id"],
        "name": row["name"],
        "kind": row["kind"],
        "is_private": row["kind"] != "channel",
        "is_archived": bool(row["archived"]),
        "is_shared": channels.is_ext_shared(db, row["id"]),
        "team": row["team"],
        "unread": _unread(db, row["id"], user),
        "is_member": channels.is_member(db, row["id"], user),
    }


def _unread(db: Store, channel: str, user: str) -> int:
    return int(
        db.value(
            "SELECT count(*) FROM messages WHERE channel = ? AND listed AND user != ? AND ts > "
            "coalesce((SELECT last_read FROM members WHERE channel = messages.channel AND user = ?), '9')",
            channel,
            user,
            user,
        )
    )


def _dms(db: Store, user: Row) -> list[Json]:
    """One per person or bot that this person can see; those without a word yet have no id."""
    open_now = {
        channels.other(db, row["id"], user["id"]): row["id"]
        for row in db.all(
            "SELECT c.id FROM channels c JOIN members m ON m.channel = c.id WHERE c.kind = 'im' AND m.user = ?",
            user["id"],
        )
    }
    return [{"id": id, "user": other, "unread": _unread(db, id, user["id"])} for other, id in open_now.items()]


def _homes(hub: "Hub", user: Row) -> list[Json]:
    return [
        {"app_id": row["app"], "bot_user": row["bot_user"], "name": apps.bot_name(hub.db, row["app"])}
        for row in apps.installs(hub.db)
        if row["team"] == user["team"] and apps.feature(hub.manifest(row["app"]), "app_home").get("home_tab_enabled")
    ]


def shown(hub: "Hub", user: Row, channel: Row, thread_ts: str | None) -> Json:
    """A channel or a thread for one person, oldest first, with what only this person sees; reading it makes it read."""
    db, id = hub.db, channel["id"]
    rows = (
        messages.replies(db, id, thread_ts)
        if thread_ts
        else list(reversed(messages.page(db, id, oldest="0", latest="9999999999.999999", inclusive=True, limit=500)))
    )
    pinned = {row["ts"] for row in db.all("SELECT ts FROM pins WHERE channel = ?", id)}
    domain = people.team(db, user["team"])["domain"]
    found = [
        _message(messages.look(db, row, metadata=True), row, pinned, messages.permalink(db, domain, id, row))
        for row in rows
    ]
    private = db.all("SELECT * FROM ephemerals WHERE channel = ? AND user = ?", id, user["id"])
    found += [_ephemeral(row) for row in private if not thread_ts or row["thread_ts"] == thread_ts]
    _read(db, id, user["id"])
    return {
        "channel": _in_sidebar(db, channel, user["id"])
        | {
            "members": channels.members(db, id),
            "pins": sorted(pinned),
            "topic": channel["topic"],
            "user": channels.other(db, id, user["id"]) if channel["kind"] == "im" else None,
        },
        "messages": sorted(found, key=lambda m: str(m["ts"])),
    }


def _message(look: Json, row: Row, pinned: set[str], permalink: str) -> Json:
    keys = (
        "ts",
        "user",
        "bot_id",
        "username",
        "text",
        "blocks",
        "files",
        "thread_ts",
        "reply_count",
        "reply_users",
        "reactions",
        "edited",
        "subtype",
        "app_id",
    )
    return {key: look.get(key) for key in keys} | {
        "blocks": look.get("blocks") or [],
        "files": look.get("files") or [],
        "reactions": look.get("reactions") or [],
        "ephemeral": False,
        "reply_count": look.get("reply_count") or 0,
        "deleted": look.get("subtype") == "tombstone",
        "pinned": row["ts"] in pinned,
        "permalink": permalink,
        "metadata_event_type": (look.get("metadata") or {}).get("event_type"),
    }


def _ephemeral(row: Row) -> Json:
    body = json.loads(row["body"])
    return _message(body, row, set(), "") | {"ephemeral": True, "thread_ts": row["thread_ts"]}


def _read(db: Store, channel: str, user: str) -> None:
    last = db.value("SELECT max(ts) FROM messages WHERE channel = ? AND listed", channel)
    if last:
        with db.transaction():
            db.run("UPDATE members SET last_read = ? WHERE channel = ? AND user = ?", last, channel, user)


def modal(hub: "Hub", user: Row) -> Json:
    """The top of the person's stack of modals."""
    open_now = views.stack(hub.db, user["id"])
    return {"view": _view(open_now[-1], len(open_now)) if open_now else None}


def _view(row: Row, depth: int = 1) -> Json:
    look = views.look(row)
    return {
        key: look[key] for key in ("id", "type", "app_id", "title", "blocks", "submit", "close", "state", "callback_id")
    } | {"errors": json.loads(row["errors"]) if row["errors"] else None, "depth": depth, "loading": False}


def home(hub: "Hub", user: Row, app: str, *, again: bool = False) -> Json:
    """The app's Home for this person; opening it sends `app_home_opened`, reading it again (after a change) does not."""
    if not again:
        open_home(hub, user, app, "home")
    row = hub.db.one("SELECT * FROM views WHERE user = ? AND app = ? AND type = 'home'", user["id"], app)
    return {"view": _view(row) if row else None}


def open_home(hub: "Hub", user: Row, app: str, tab: str) -> str:
    """Tell the app that its Home (or its messages) was opened; gives the direct message's id. Strangers have neither."""
    who = apps.install(hub.db, app, user["team"])
    if who is None:
        raise ClientError("app_not_installed")
    with hub.db.transaction():
        channel, _ = channels.open_im(hub.db, user["id"], who.bot_user, user["team"])
        event: Json = {
            "type": "app_home_opened",
            "user": user["id"],
            "channel": channel,
            "tab": tab,
            "event_ts": ids.next_ts(hub.db),
        }
        row = hub.db.one("SELECT * FROM views WHERE user = ? AND app = ? AND type = 'home'", user["id"], app)
        if row and tab == "home":
            event["view"] = views.look(row)
        install = hub.db.one("SELECT * FROM installs WHERE app = ? AND team = ?", app, who.team)
        envelopes.publish(hub, "app_home_opened", event, only=install, teams=[who.team])
    return channel


def commands(hub: "Hub", user: Row, channel: Row) -> Json:
    """The commands this person may use in this channel."""
    return {
        "commands": interactions.usable_commands(hub, user)
        if channels.is_member(hub.db, channel["id"], user["id"])
        else []
    }
