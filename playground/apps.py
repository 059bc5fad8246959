"""Apps, their installations, and what a token may do."""

import json
from dataclasses import dataclass

from playground import ids
from playground.errors import SlackError
from playground.state import Json, Row, Store


@dataclass(frozen=True)
class Caller:
    """Whose token a Web API request carries."""

    app: str
    team: str
    bot_user: str
    bot_id: str
    scopes: tuple[str, ...]
    is_app_token: bool = False

    def require(self, *scopes: str) -> None:
        """One of these scopes, or `missing_scope` with what was needed and what there is."""
        if scopes and not set(scopes) & set(self.scopes):
            raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(self.scopes))


def caller(db: Store, token: str | None) -> Caller:
    """Who calls; refuses `not_authed`, `invalid_auth`, `token_revoked`, `token_expired`, `account_inactive`."""
    if not token:
        raise SlackError("not_authed")
    rotating = db.one("SELECT * FROM tokens WHERE access = ?", token)
    row = db.one("SELECT * FROM installs WHERE bot_token = ?", token)
    if rotating is not None:
        row = db.one("SELECT * FROM installs WHERE app = ? AND team = ?", rotating["app"], rotating["team"])
    if row is not None:
        if row["status"] == "revoked":
            raise SlackError("token_revoked")
        if row["status"] == "uninstalled":
            raise SlackError("account_inactive")
        if rotating is not None and rotating["expires"] <= ids.now():
            raise SlackError("token_expired")
        return _of_install(row)
    app = db.one("SELECT id FROM apps WHERE app_token = ?", token)
    if app is None:
        raise SlackError("invalid_auth")
    return Caller(app["id"], "", "", "", ("connections:write",), is_app_token=True)


def _of_install(row: Row) -> Caller:
    return Caller(row["app"], row["team"], row["bot_user"], row["bot_id"], tuple(json.loads(row["scopes"])))


def installs(db: Store, app: str | None = None) -> list[Row]:
    """The live installations (of one app), in the order they were made."""
    return db.all(
        "SELECT * FROM installs WHERE status = 'active' AND (? IS NULL OR app = ?) ORDER BY installed, rowid", app, app
    )


def install(db: Store, app: str, team: str) -> Caller | None:
    """The live installation of an app in a team."""
    row = db.one("SELECT * FROM installs WHERE app = ? AND team = ? AND status = 'active'", app, team)
    return _of_install(row) if row else None


def any_install(db: Store, app: str, *teams: str) -> Caller | None:
    """The app's installation in the first of these teams that has one."""
    return next((found for team in teams if (found := install(db, app, team))), None)


def of_bot(db: Store, bot_id: str) -> Row | None:
    return db.one("SELECT * FROM installs WHERE bot_id = ?", bot_id)


def row(db: Store, app: str) -> Row:
    found = db.one("SELECT * FROM apps WHERE id = ?", app)
    if found is None:
        raise SlackError("app_not_found")
    return found


def manifest(db: Store, app: str) -> Json:
    result: Json = json.loads(row(db, app)["manifest"])
    return result


def name(db: Store, app: str) -> str:
    return str(manifest(db, app)["display_information"]["name"])


def bot_name(db: Store, app: str) -> str:
    found = manifest(db, app)
    return str(
        found.get("features", {}).get("bot_user", {}).get("display_name") or found["display_information"]["name"]
    )


def feature(manifest: Json, name: str) -> Json:
    """A part of the manifest's features, {} if it has none."""
    result: Json = manifest.get("features", {}).get(name) or {}
    return result


def commands(manifest: Json) -> list[Json]:
    result: list[Json] = manifest.get("features", {}).get("slash_commands") or []
    return result


def shortcuts(manifest: Json) -> list[Json]:
    result: list[Json] = manifest.get("features", {}).get("shortcuts") or []
    return result


def socket_mode(manifest: Json) -> bool:
    return bool(manifest.get("settings", {}).get("socket_mode_enabled"))


def rotates(manifest: Json) -> bool:
    """Whether tokens of new installations expire."""
    return bool(manifest.get("settings", {}).get("token_rotation_enabled"))


def subscriptions(manifest: Json) -> set[str]:
    return set(manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events") or [])


def signature(db: Store, bot_id: str) -> Json:
    """What marks a message as this bot's."""
    row = of_bot(db, bot_id)
    who = _of_install(row) if row else None
    return {"bot_id": bot_id, **({"app_id": who.app, "bot_profile": bot_profile(db, who)} if who else {})}


def bot_profile(db: Store, who: Caller) -> Json:
    """The bot_profile that Slack puts on a bot's message."""
    return {
        "id": who.bot_id,
        "app_id": who.app,
        "name": bot_name(db, who.app),
        "deleted": False,
        "updated": 0,
        "team_id": who.team,
    }
