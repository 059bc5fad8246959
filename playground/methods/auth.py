"""auth.*, api.test, apps.*, oauth.v2.access."""

from playground import apps, installing, people
from playground.errors import SlackError
from playground.methods.registry import Call, method
from playground.state import Json


@method("api.test", token="none")
def api_test(call: Call) -> Json:
    if error := call.args.text("error"):
        raise SlackError(error)
    return {"args": call.args.given} if call.args.given else {}


@method("auth.test")
def auth_test(call: Call) -> Json:
    who = call.who
    if who.is_app_token:
        return {"app_name": apps.name(call.db, who.app), "app_id": who.app}
    team = people.team(call.db, who.team)
    return {
        "url": f"https://{team['domain']}.slack.com/",
        "team": team["name"],
        "user": people.user(call.db, who.bot_user)["name"],
        "team_id": who.team,
        "user_id": who.bot_user,
        "bot_id": who.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def auth_revoke(call: Call) -> Json:
    if call.args.flag("test"):
        return {"revoked": False}
    installing.revoke(call.hub, call.who.app, call.who.team)
    return {"revoked": True}


@method("apps.uninstall")
def apps_uninstall(call: Call) -> Json:
    row = apps.row(call.db, call.who.app)
    if call.args.text("client_id") != row["client_id"]:
        raise SlackError("invalid_client_id")
    if call.args.text("client_secret") != row["client_secret"]:
        raise SlackError("bad_client_secret")
    installing.uninstall(call.hub, call.who.app, call.who.team)
    return {}


@method("apps.connections.open", "connections:write", token="app")
def connections_open(call: Call) -> Json:
    if not call.hub.socket_mode(call.who.app):
        raise SlackError("socket_mode_not_enabled")
    ticket = call.hub.sockets.ticket(call.who.app)
    return {"url": f"{call.hub.url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={call.who.app}"}


@method("oauth.v2.access", token="none")
def oauth_access(call: Call) -> Json:
    """Exchange a code, once, for a bot token (the installation replaces an earlier one of the same team), or a refresh token."""
    args = call.args
    app = call.db.one("SELECT * FROM apps WHERE client_id = ?", args.need("client_id"))
    if app is None:
        raise SlackError("invalid_client_id")
    if args.text("client_secret") != app["client_secret"]:
        raise SlackError("bad_client_secret")
    if args.text("grant_type") == "refresh_token":
        return _given(call, app["id"], installing.refresh(call.hub, app["id"], args.text("refresh_token")))
    code = installing.take_code(call.hub, args.text("code"), app["id"])
    if code["redirect_uri"] and args.text("redirect_uri") not in ("", code["redirect_uri"]):
        raise SlackError("bad_redirect_uri")
    made = installing.install(call.hub, app["id"], code["team"], code["scopes"].split(","))
    return {**_given(call, app["id"], made), "authed_user": {"id": code["user"]}}


def _given(call: Call, app: str, made: Json) -> Json:
    team = people.team(call.db, made["team"])
    return {
        "access_token": made["bot_token"],
        **{key: made[key] for key in ("refresh_token", "expires_in") if key in made},
        "token_type": "bot",
        "scope": ",".join(made["scopes"]),
        "bot_user_id": made["bot_user"],
        "app_id": app,
        "team": {"id": team["id"], "name": team["name"]},
        "enterprise": None,
        "is_enterprise_install": False,
    }
