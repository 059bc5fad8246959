"""Apps come into a team by OAuth and leave it."""

import json
from typing import TYPE_CHECKING

from playground import apps, envelopes, ids, world
from playground.errors import SlackError
from playground.state import Json, Row
from playground.streams import tell

if TYPE_CHECKING:
    from playground.hub import Hub


LIFE_S = 43_200
"""How long a token that rotates is good: twelve hours."""


def new_code(hub: "Hub", client_id: str, team: str, user: str, scopes: str, redirect_uri: str) -> str:
    """A code for `oauth.v2.access`, given when a person allows the installation; unknown apps and scopes the manifest lacks are refused."""
    app = hub.db.one("SELECT id FROM apps WHERE client_id = ?", client_id)
    if app is None:
        raise SlackError("invalid_client_id")
    granted = [scope for scope in scopes.split(",") if scope]
    if not granted or not set(granted) <= set(
        apps.manifest(hub.db, app["id"]).get("oauth_config", {}).get("scopes", {}).get("bot", [])
    ):
        raise SlackError("invalid_scope")
    code = ids.token("code")
    hub.db.run(
        "INSERT INTO oauth_codes VALUES (?,?,?,?,?,?)", code, app["id"], team, user, ",".join(granted), redirect_uri
    )
    return code


def take_code(hub: "Hub", code: str, app: str) -> Row:
    """The code, once; else `invalid_code`."""
    row = hub.db.one("SELECT * FROM oauth_codes WHERE code = ? AND app = ?", code, app)
    if row is None:
        raise SlackError("invalid_code")
    hub.db.run("DELETE FROM oauth_codes WHERE code = ?", code)
    return row


def install(hub: "Hub", app: str, team: str, scopes: list[str]) -> Json:
    """Install (again): a new token, one that expires if the app's tokens rotate; the bot keeps its ids if it was there before."""
    before = hub.db.one("SELECT * FROM installs WHERE app = ? AND team = ?", app, team)
    made: Json = {
        "team": team,
        "bot_token": ids.token("xoxb"),
        "scopes": scopes,
        "bot_user": before["bot_user"] if before else ids.new("U"),
        "bot_id": before["bot_id"] if before else ids.new("B"),
    }
    hub.db.run("DELETE FROM tokens WHERE app = ? AND team = ?", app, team)
    if apps.rotates(hub.manifest(app)):
        made |= _rotating(hub, app, team)
    world.add_install(hub.db, app, hub.manifest(app), made)
    tell(hub, None, "sidebar")
    return made


def refresh(hub: "Hub", app: str, token: str) -> Json:
    """Exchange a refresh token, once, for a new pair; the access token before is good until it expires.

    https://docs.slack.dev/authentication/using-token-rotation
    """
    before = hub.db.one("SELECT * FROM tokens WHERE refresh = ? AND app = ? AND NOT used", token, app)
    if before is None:
        raise SlackError("invalid_refresh_token")
    row = _active(hub, app, before["team"])
    hub.db.run("UPDATE tokens SET used = 1 WHERE refresh = ?", token)
    made = _rotating(hub, app, before["team"])
    hub.db.run("UPDATE installs SET bot_token = ? WHERE app = ? AND team = ?", made["bot_token"], app, before["team"])
    return {**made, "team": before["team"], "bot_user": row["bot_user"], "scopes": json.loads(row["scopes"])}


def _rotating(hub: "Hub", app: str, team: str) -> Json:
    access, new, life_s = ids.token("xoxe.xoxb"), ids.token("xoxe"), int(hub.given.get("token_life_s", LIFE_S))
    hub.db.run("INSERT INTO tokens VALUES (?,?,?,?,?,0)", access, new, app, team, ids.now() + life_s)
    return {"bot_token": access, "refresh_token": new, "expires_in": life_s}


def revoke(hub: "Hub", app: str, team: str) -> None:
    """The bot's token dies; the app hears `tokens_revoked`."""
    row = _active(hub, app, team)
    envelopes.publish(
        hub, "tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [row["bot_user"]]}}, only=row
    )
    hub.db.run("UPDATE installs SET status = 'revoked' WHERE app = ? AND team = ?", app, team)


def uninstall(hub: "Hub", app: str, team: str) -> None:
    """Take the app out of a team: it hears `tokens_revoked` and `app_uninstalled`, its bot leaves all channels."""
    row = _active(hub, app, team)
    envelopes.publish(
        hub, "tokens_revoked", {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [row["bot_user"]]}}, only=row
    )
    envelopes.publish(hub, "app_uninstalled", {"type": "app_uninstalled"}, only=row)
    hub.db.run("UPDATE installs SET status = 'uninstalled' WHERE app = ? AND team = ?", app, team)
    hub.db.run("UPDATE users SET deleted = 1, updated = ? WHERE id = ?", int(ids.now()), row["bot_user"])
    hub.db.run("DELETE FROM members WHERE user = ?", row["bot_user"])
    tell(hub, None, "sidebar")


def _active(hub: "Hub", app: str, team: str) -> Row:
    row = hub.db.one("SELECT * FROM installs WHERE app = ? AND team = ? AND status = 'active'", app, team)
    if row is None:
        raise SlackError("app_not_installed")
    return row
