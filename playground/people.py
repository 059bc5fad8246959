"""Teams and people, and how each looks to a given team."""

from datetime import datetime
from zoneinfo import ZoneInfo

from playground import ids
from playground.errors import SlackError
from playground.state import Json, Row, Store

_TZ_LABELS = {"Asia/Seoul": "Korea Standard Time", "UTC": "Coordinated Universal Time"}


def team(db: Store, id: str) -> Row:
    row = db.one("SELECT * FROM teams WHERE id = ?", id)
    if row is None:
        raise SlackError("team_not_found")
    return row


def find(db: Store, id: str) -> Row | None:
    return db.one("SELECT * FROM users WHERE id = ?", id)


def user(db: Store, id: str) -> Row:
    row = find(db, id)
    if row is None:
        raise SlackError("user_not_found")
    return row


def visible(db: Store, id: str, to_team: str) -> Row:
    """The person, if `to_team` can see them: of the same team, or in a channel that both teams are in."""
    row = user(db, id)
    if row["team"] != to_team and not _shares_channel(db, id, to_team):
        raise SlackError("user_not_found")
    return row


def _shares_channel(db: Store, id: str, team_id: str) -> bool:
    return (
        db.one(
            "SELECT 1 FROM members m JOIN channel_teams t USING (channel) WHERE m.user = ? AND t.team = ?", id, team_id
        )
        is not None
    )


def profile(row: Row) -> Json:
    """A user's profile object, as in users.info."""
    names = row["real_name"].split(" ", 1)
    result: Json = {
        "title": row["title"] or "",
        "phone": "",
        "skype": "",
        "real_name": row["real_name"],
        "real_name_normalized": row["real_name"],
        "display_name": row["display_name"],
        "display_name_normalized": row["display_name"],
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": f"g{row['color']}",
        "first_name": names[0],
        "last_name": names[1] if len(names) > 1 else "",
        "team": row["team"],
        "status_text_canonical": "",
    }
    if row["bot_id"]:
        result |= {"bot_id": row["bot_id"], "api_app_id": row["app"], "always_active": True}
    return result


def look(row: Row, to_team: str, *, locale: bool = False, email: bool = False) -> Json:
    """The user object for an app of `to_team`: strangers hide their locale, their e-mail address and their roles."""
    stranger = row["team"] != to_team
    result: Json = {
        "id": row["id"],
        "team_id": row["team"],
        "name": row["name"],
        "deleted": bool(row["deleted"]),
        "profile": profile(row),
        "is_bot": bool(row["bot_id"]),
        "updated": row["updated"],
        "is_app_user": False,
    }
    if stranger:
        result["is_stranger"] = True
    if row["deleted"]:
        return result
    result |= {"color": row["color"], "real_name": row["real_name"], **zone(row["tz"])}
    if not stranger:
        result |= {
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": bool(row["guest"]),
            "is_ultra_restricted": False,
            "is_email_confirmed": not row["bot_id"],
            "who_can_share_contact_card": "EVERYONE",
        }
        if email and row["email"]:
            result["profile"]["email"] = row["email"]
        if locale and row["locale"]:
            result["locale"] = row["locale"]
    return result


def zone(name: str) -> Json:
    """Slack's three time zone keys; the offset is in seconds, today's."""
    offset = datetime.fromtimestamp(ids.now(), ZoneInfo(name)).utcoffset()
    return {
        "tz": name,
        "tz_label": _TZ_LABELS.get(name, name),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }
