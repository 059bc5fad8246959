"""Channels, direct messages, who is in them, and how they look to a given team."""

import json

from playground import ids
from playground.errors import SlackError
from playground.state import Json, Row, Store, dumps

KINDS = {"channel": "public_channel", "group": "private_channel", "im": "im", "mpim": "mpim"}


_OF_CHANNEL = (
    "UPDATE channel_teams SET channel = ? WHERE channel = ?",
    "UPDATE members SET channel = ? WHERE channel = ?",
    "UPDATE messages SET channel = ? WHERE channel = ?",
    "UPDATE ephemerals SET channel = ? WHERE channel = ?",
    "UPDATE reactions SET channel = ? WHERE channel = ?",
    "UPDATE pins SET channel = ? WHERE channel = ?",
    "UPDATE response_urls SET channel = ? WHERE channel = ?",
)


def find(db: Store, id: str) -> Row | None:
    return db.one("SELECT * FROM channels WHERE id = ?", id)


def teams(db: Store, id: str) -> list[str]:
    return [row["team"] for row in db.all("SELECT team FROM channel_teams WHERE channel = ? ORDER BY team", id)]


def members(db: Store, id: str) -> list[str]:
    return [row["user"] for row in db.all("SELECT user FROM members WHERE channel = ? ORDER BY user", id)]


def is_member(db: Store, id: str, user: str) -> bool:
    return db.one("SELECT 1 FROM members WHERE channel = ? AND user = ?", id, user) is not None


def visible(db: Store, id: str, user: str, team: str) -> Row:
    """The channel, if the user can know of it; else `channel_not_found`."""
    row = find(db, id) if id else None
    if row is None or (row["kind"] != "im" and team not in teams(db, id)):
        raise SlackError("channel_not_found")
    if row["kind"] != "channel" and not is_member(db, id, user):
        raise SlackError("channel_not_found")
    return row


def writable(db: Store, id: str, user: str, team: str, *, error: str = "not_in_channel") -> Row:
    """The channel, if the user is in it and it is open; else Slack's refusal."""
    row = visible(db, id, user, team)
    if not is_member(db, id, user):
        raise SlackError(error)
    if row["archived"]:
        raise SlackError("is_archived")
    return row


def is_ext_shared(db: Store, id: str) -> bool:
    return len(teams(db, id)) > 1


def create(
    db: Store,
    *,
    id: str = "",
    kind: str,
    name: str,
    team: str,
    creator: str,
    people: list[str],
    shared_with: list[str] | None = None,
) -> str:
    """A new channel with its members; a taken name is `name_taken`."""
    id = id or ids.new("D" if kind == "im" else "C")
    if name and db.one("SELECT 1 FROM channels WHERE name = ? AND team = ?", name, team):
        raise SlackError("name_taken")
    at = int(ids.now())
    db.run("INSERT INTO channels VALUES (?,?,?,?,0,'','',?,?,?,'[]')", id, kind, name, team, creator, at, at * 1000)
    db.many("INSERT OR IGNORE INTO channel_teams VALUES (?, ?)", [(id, t) for t in [team, *(shared_with or [])]])
    db.many("INSERT OR IGNORE INTO members VALUES (?, ?, '0')", [(id, user) for user in people])
    return id


def open_im(db: Store, a: str, b: str, team: str) -> tuple[str, bool]:
    """The direct message of two people and whether it was there before."""
    id = db.value(
        "SELECT c.id FROM channels c JOIN members x ON x.channel = c.id JOIN members y ON y.channel = c.id "
        "WHERE c.kind = 'im' AND x.user = ? AND y.user = ? AND x.user != y.user",
        a,
        b,
    )
    if id:
        return str(id), True
    return create(db, kind="im", name="", team=team, creator=a, people=[a, b]), False


def other(db: Store, id: str, user: str) -> str:
    """Who a direct message is with."""
    return next((m for m in members(db, id) if m != user), user)


def look(db: Store, row: Row, user: str, team: str, *, count: bool = False) -> Json:
    """The conversation object as conversations.info gives it to `user`, an account of `team`."""
    id, kind = row["id"], row["kind"]
    if kind == "im":
        return {
            "id": id,
            "created": row["created"],
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": team,
            "updated": row["updated"],
            "user": other(db, id, user),
        }
    shared = teams(db, id)
    ext = len(shared) > 1
    result: Json = {
        "id": id,
        "name": row["name"],
        "name_normalized": row["name"],
        "is_channel": kind == "channel",
        "is_group": kind == "group",
        "is_im": False,
        "is_mpim": kind == "mpim",
        "is_private": kind != "channel",
        "created": row["created"],
        "is_archived": bool(row["archived"]),
        "is_general": False,
        "unlinked": 0,
        "is_shared": ext,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team,
        "updated": row["updated"],
        "creator": row["creator"],
        "is_ext_shared": ext,
        "shared_team_ids": shared,
        "pending_connected_team_ids": [],
        "is_member": is_member(db, id, user),
        "previous_names": json.loads(row["previous_names"]),
        "topic": _note(row["topic"], row["creator"]),
        "purpose": _note(row["purpose"], row["creator"]),
    }
    if ext:
        result |= {"conversation_host_id": row["team"], "internal_team_ids": [row["team"]]}
    if count:
        result["num_members"] = len(members(db, id))
    return result


def _note(text: str, creator: str) -> Json:
    return {"value": text, "creator": creator if text else "", "last_set": 0}


def rename(db: Store, row: Row, name: str) -> None:
    previous = [*json.loads(row["previous_names"]), row["name"]]
    db.run(
        "UPDATE channels SET name = ?, previous_names = ?, updated = ? WHERE id = ?",
        name,
        dumps(previous),
        int(ids.now() * 1000),
        row["id"],
    )


def change_id(db: Store, old: str, new: str) -> None:
    """Give the channel another id everywhere, as Slack does when a share begins or ends."""
    db.run("UPDATE channels SET id = ? WHERE id = ?", new, old)
    for change in _OF_CHANNEL:
        db.run(change, new, old)
    db.run("UPDATE files SET channels = replace(channels, ?, ?)", f'"{old}"', f'"{new}"')
