"""A world read from JSON, seeded into an empty state in one transaction."""

import json
from pathlib import Path

from playground import ids, text
from playground.state import Json, Store, dumps

_COLORS = ("4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5")


def load(path: Path) -> Json:
    result: Json = json.loads(path.read_text("utf-8"))
    return result


def seed(db: Store, world: Json) -> None:
    """Write the world into the state, once: a state that has a world keeps its own."""
    if db.fact("world"):
        return
    db.set_fact("world", world.get("name", ""))
    for key in ("name", "banner", "steps"):
        db.set_fact(key, world.get(key))
    _teams(db, world["teams"])
    _users(db, world["users"])
    _apps(db, world.get("apps", []))
    _channels(db, world.get("channels", []))
    _installs(db, world.get("apps", []))


def _teams(db: Store, teams: list[Json]) -> None:
    db.many(
        "INSERT INTO teams VALUES (?,?,?,?)",
        [(t["id"], t["name"], t["domain"], int(t.get("guest_commands", True))) for t in teams],
    )


def _users(db: Store, users: list[Json]) -> None:
    at = int(ids.now())
    db.many(
        "INSERT INTO users VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,?)",
        [
            (
                u["id"],
                u["team"],
                u["name"],
                u.get("real_name", u["name"]),
                u.get("display_name", u.get("real_name", u["name"])),
                u.get("title", ""),
                u.get("email"),
                u.get("locale", "en-US"),
                u.get("tz", "UTC"),
                u.get("color", _COLORS[i % len(_COLORS)]),
                int(u.get("guest", False)),
                int(u.get("deleted", False)),
                at,
            )
            for i, u in enumerate(users)
        ],
    )


def _apps(db: Store, apps: list[Json]) -> None:
    for app in apps:
        db.run(
            "INSERT INTO apps VALUES (?,?,?,?,?,?,?,?)",
            app["id"],
            dumps(app["manifest"]),
            app.get("app_token"),
            app.get("signing_secret", ""),
            app.get("verification_token") or ids.client_msg_id().replace("-", "")[:24],
            app.get("client_id"),
            app.get("client_secret"),
            app.get("request_url"),
        )


def _installs(db: Store, apps: list[Json]) -> None:
    for app in apps:
        for install in app.get("installs", []):
            add_install(db, app["id"], app["manifest"], install)
            db.many(
                "INSERT OR IGNORE INTO members VALUES (?, ?, '0')",
                [(channel, install["bot_user"]) for channel in install.get("channels", [])],
            )


def add_install(db: Store, app: str, manifest: Json, install: Json) -> None:
    """An installation with its bot user; the scopes are the manifest's unless the installation names its own."""
    scopes = install.get("scopes") or manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    db.run(
        "INSERT OR REPLACE INTO installs VALUES (?,?,?,?,?,?,'active',?)",
        app,
        install["team"],
        install["bot_token"],
        install["bot_user"],
        install["bot_id"],
        json.dumps(scopes),
        int(ids.now()),
    )
    name = (
        manifest.get("features", {}).get("bot_user", {}).get("display_name") or manifest["display_information"]["name"]
    )
    db.run(
        "INSERT OR REPLACE INTO users VALUES (?,?,?,?,?,'',NULL,'en-US','UTC','9f69e7',0,0,?,?,?)",
        install["bot_user"],
        install["team"],
        name.lower().replace(" ", "_"),
        name,
        name,
        install["bot_id"],
        app,
        int(ids.now()),
    )


def _channels(db: Store, channels: list[Json]) -> None:
    at = int(ids.now())
    for c in channels:
        kind = c.get("kind") or ("group" if c.get("private") else "channel")
        creator = c.get("creator") or next(iter(c.get("members", [])), "")
        db.run(
            "INSERT INTO channels VALUES (?,?,?,?,?,?,?,?,?,?,'[]')",
            c["id"],
            kind,
            c["name"],
            c["team"],
            int(c.get("archived", False)),
            c.get("topic", ""),
            c.get("purpose", ""),
            creator,
            c.get("created", at),
            at * 1000,
        )
        db.many(
            "INSERT INTO channel_teams VALUES (?,?)",
            [(c["id"], team) for team in dict.fromkeys([c["team"], *c.get("shared_with", [])])],
        )
        db.many("INSERT OR IGNORE INTO members VALUES (?, ?, '0')", [(c["id"], user) for user in c.get("members", [])])
        _messages(db, c["id"], c.get("messages", []))


def _messages(db: Store, channel: str, messages: list[Json]) -> None:
    """Past messages: `user`, `text`, and optionally `ts`, `thread_ts`, `blocks`, `reactions` [{name, users}], `metadata`, `pinned`, and an app's `bot_id`, `app_id`."""
    start = (int(ids.now()) - 86_400) * 1_000_000
    teams = {row["id"]: row["team"] for row in db.all("SELECT id, team FROM users")}
    rows, reactions = [], []
    for index, m in enumerate(messages):
        ts = m.get("ts") or ids.stamp(start + index * 60_000_000)
        body = {
            "type": "message",
            "team": teams.get(m["user"], ""),
            **{k: v for k, v in m.items() if k not in ("reactions", "metadata", "pinned")},
            "ts": ts,
        }
        body["text"] = text.normalise(m["text"])
        if "blocks" not in body and "bot_id" not in body:
            body |= {"blocks": text.rich_text(body["text"]), "client_msg_id": ids.client_msg_id()}
        thread = m.get("thread_ts")
        rows.append(
            (
                channel,
                ts,
                thread,
                m["user"],
                int(thread in (None, ts)),
                dumps(body),
                dumps(m["metadata"]) if m.get("metadata") else None,
            )
        )
        reactions += [
            (channel, ts, r["name"], user, f"{ts}{i}")
            for r in m.get("reactions", [])
            for i, user in enumerate(r["users"])
        ]
    db.many("INSERT INTO messages VALUES (?,?,?,?,?,?,?)", rows)
    db.many("INSERT INTO reactions VALUES (?,?,?,?,?)", reactions)
    pins = [
        (channel, row[1], row[3], int(float(row[1]))) for row, m in zip(rows, messages, strict=True) if m.get("pinned")
    ]
    db.many("INSERT INTO pins VALUES (?,?,?,?)", pins)
    db.run(
        "UPDATE messages SET thread_ts = ts WHERE channel = ? AND ts IN (SELECT thread_ts FROM messages WHERE channel = ?)",
        channel,
        channel,
    )
