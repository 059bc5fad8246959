"""A world read from JSON, seeded into an empty state in one transaction."""

import json
from pathlib import Path

from playground import ids, past
from playground.state import Json, Store, dumps

_COLORS = ("4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5")


def load(path: Path) -> Json:
    result: Json = json.loads(path.read_text("utf-8"))
    return result


def seed(db: Store, world: Json) -> None:
    """Write the world into the state; a state that has one keeps its own, but takes over what apps were changed to."""
    for key in ("name", "banner", "steps", "organisations"):
        db.set_fact(key, world.get(key))
    if db.fact("seeded"):
        _apps(db, world.get("apps", []))
        return
    db.set_fact("seeded", True)
    _teams(db, world["teams"])
    for user in world["users"]:
        add_user(db, user)
    _apps(db, world.get("apps", []))
    _channels(db, world.get("channels", []))


def _teams(db: Store, teams: list[Json]) -> None:
    db.many(
        "INSERT INTO teams VALUES (?,?,?,?)",
        [(t["id"], t["name"], t["domain"], int(t.get("guest_commands", True))) for t in teams],
    )


def add_user(db: Store, user: Json) -> None:
    """A person of a team; what is not given is as Slack has it for a new account."""
    real_name = user.get("real_name", user["name"])
    color = user.get("color") or _COLORS[sum(user["id"].encode()) % len(_COLORS)]
    db.run(
        "INSERT INTO users VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,?)",
        *(
            user["id"],
            user["team"],
            user["name"],
            real_name,
            user.get("display_name", real_name),
            user.get("title", ""),
        ),
        *(user.get("email"), user.get("locale", "en-US"), user.get("tz", "UTC"), color),
        *(int(user.get("guest", False)), int(user.get("deleted", False)), int(ids.now())),
    )


def _apps(db: Store, apps: list[Json]) -> None:
    """The apps as their files now say, and the installations that are not there yet."""
    for app in apps:
        kept = db.one("SELECT verification_token FROM apps WHERE id = ?", app["id"])
        verification = app.get("verification_token") or (kept["verification_token"] if kept else ids.token("v")[2:])
        db.run(
            "INSERT OR REPLACE INTO apps VALUES (?,?,?,?,?,?,?,?)",
            *(app["id"], dumps(app["manifest"]), app.get("app_token"), app.get("signing_secret", ""), verification),
            *(app.get("client_id"), app.get("client_secret"), app.get("request_url")),
        )
        for install in app.get("installs", []):
            _install(db, app, install)


def _install(db: Store, app: Json, install: Json) -> None:
    """A new installation with its channels; one that is there gets the manifest's scopes, one that ended stays ended."""
    kept = db.one("SELECT * FROM installs WHERE app = ? AND team = ?", app["id"], install["team"])
    if kept is None:
        add_install(db, app["id"], app["manifest"], install)
        members = [(channel, install["bot_user"]) for channel in install.get("channels", [])]
        db.many("INSERT OR IGNORE INTO members VALUES (?, ?, '0')", members)
    elif kept["bot_token"] == install["bot_token"]:
        scopes = json.dumps(_scopes(app["manifest"], install))
        db.run("UPDATE installs SET scopes = ? WHERE app = ? AND team = ?", scopes, app["id"], install["team"])


def _scopes(manifest: Json, install: Json) -> list[str]:
    found: list[str] = install.get("scopes") or manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    return found


def add_install(db: Store, app: str, manifest: Json, install: Json) -> None:
    """An installation with its bot user; the scopes are the manifest's unless the installation names its own."""
    scopes = _scopes(manifest, install)
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
        past.write(db, c["id"], c.get("messages", []))
