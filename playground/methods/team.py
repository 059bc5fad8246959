"""team.info, bots.info, emoji.list."""

from playground import apps, people
from playground.errors import SlackError
from playground.methods.registry import Call, method
from playground.state import Json


@method("team.info", "team:read")
def info(call: Call) -> Json:
    id = call.args.text("team") or call.who.team
    row = people.team(call.db, id)
    if id != call.who.team and not call.db.one(
        "SELECT 1 FROM channel_teams a JOIN channel_teams b USING (channel) WHERE a.team = ? AND b.team = ?",
        call.who.team,
        id,
    ):
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": row["id"],
            "name": row["name"],
            "domain": row["domain"],
            "email_domain": "",
            "icon": {"image_default": True},
            "url": f"https://{row['domain']}.slack.com/",
            "is_verified": False,
        }
    }


@method("bots.info", "users:read")
def bot_info(call: Call) -> Json:
    row = apps.of_bot(call.db, call.args.text("bot"))
    if row is None:
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": row["bot_id"],
            "deleted": row["status"] != "active",
            "name": apps.bot_name(call.db, row["app"]),
            "updated": row["installed"],
            "app_id": row["app"],
            "user_id": row["bot_user"],
            "icons": {},
        }
    }


@method("emoji.list", "emoji:read")
def emoji_list(call: Call) -> Json:
    """The custom emoji, of which a local workspace has none."""
    return {"emoji": {}, "cache_ts": "1.000000"}
