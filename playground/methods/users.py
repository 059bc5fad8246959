"""The methods users.*."""

from playground import people
from playground.arguments import page
from playground.errors import SlackError
from playground.methods.registry import Call, method
from playground.state import Json


@method("users.info", "users:read")
def info(call: Call) -> Json:
    row = people.visible(call.db, call.args.text("user"), call.who.team)
    email = "users:read.email" in call.who.scopes
    return {"user": people.look(row, call.who.team, locale=call.args.flag("include_locale"), email=email)}


@method("users.list", "users:read")
def list_(call: Call) -> Json:
    """The team's own people and bots; strangers are not listed."""
    rows = call.db.all("SELECT * FROM users WHERE team = ? ORDER BY id", call.who.team)
    part, metadata = page(rows, call.args)
    email, locale = "users:read.email" in call.who.scopes, call.args.flag("include_locale")
    looks = [people.look(row, call.who.team, locale=locale, email=email) for row in part]
    return {
        "members": looks,
        "cache_ts": max((row["updated"] for row in rows), default=0),
        "response_metadata": metadata,
    }


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(call: Call) -> Json:
    row = call.db.one(
        "SELECT * FROM users WHERE email = ? AND team = ? AND NOT deleted", call.args.text("email"), call.who.team
    )
    if row is None:
        raise SlackError("users_not_found")
    return {"user": people.look(row, call.who.team, email=True)}


@method("users.profile.get", "users.profile:read")
def profile_get(call: Call) -> Json:
    row = people.visible(call.db, call.args.text("user") or call.who.bot_user, call.who.team)
    profile = {k: v for k, v in people.profile(row).items() if k not in ("team", "bot_id", "api_app_id")}
    return {"profile": profile}
