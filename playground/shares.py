"""What happens to channels and people as a whole: created, renamed, archived, shared with another organisation, deactivated."""

from typing import TYPE_CHECKING

from playground import channels, envelopes, events, ids, people, posting, world
from playground.errors import BadRequest, ClientError
from playground.state import Json, Row
from playground.streams import tell

if TYPE_CHECKING:
    from playground.hub import Hub


def create(hub: "Hub", user: Row, name: str, *, private: bool) -> str:
    """A channel made by a person; gives its id."""
    _check_name(name)
    id = channels.create(
        hub.db,
        kind="group" if private else "channel",
        name=name,
        team=user["team"],
        creator=user["id"],
        people=[user["id"]],
    )
    if not private:
        look = {
            key: value
            for key, value in channels.look(hub.db, _row(hub, id), user["id"], user["team"]).items()
            if key != "is_member"
        }
        envelopes.publish(
            hub,
            "channel_created",
            {"type": "channel_created", "channel": look, "event_ts": ids.next_ts(hub.db)},
            teams=[user["team"]],
        )
    tell(hub, None, "sidebar")
    return id


def _check_name(name: str) -> None:
    if not name or len(name) > 80 or name != name.lower() or any(c in name for c in " .,#@"):
        raise ClientError("invalid_name")


def rename(hub: "Hub", row: Row, user: Row, name: str) -> None:
    _check_name(name)
    if hub.db.one("SELECT 1 FROM channels WHERE name = ? AND team = ?", name, row["team"]):
        raise ClientError("name_taken")
    channels.rename(hub.db, row, name)
    posting.system(
        hub,
        row,
        user,
        "channel_name",
        f'<@{user["id"]}> has renamed the channel from "{row["name"]}" to "{name}"',
        old_name=row["name"],
        name=name,
    )
    look = {
        "id": row["id"],
        "is_channel": row["kind"] == "channel",
        "is_mpim": False,
        "name": name,
        "name_normalized": name,
        "created": row["created"],
    }
    events.of_channel(hub, "channel_rename", row, channel=look, event_ts=ids.next_ts(hub.db))
    tell(hub, None, "sidebar")


def set_archived(hub: "Hub", row: Row, user: Row, archived: bool) -> None:
    """Archive or unarchive, with Slack's line in the channel and the events."""
    kind = "channel_archive" if archived else "channel_unarchive"
    posting.system(hub, row, user, kind, f"<@{user['id']}> {'archived' if archived else 'un-archived'} the channel")
    events.of_channel(hub, kind, row, channel=row["id"], user=user["id"], event_ts=ids.next_ts(hub.db))
    hub.db.run(
        "UPDATE channels SET archived = ?, updated = ? WHERE id = ?", int(archived), int(ids.now() * 1000), row["id"]
    )
    tell(hub, channels.members(hub.db, row["id"]), "sidebar")


def share(hub: "Hub", row: Row, team: str) -> str:
    """Slack Connect begins: another organisation comes in and the channel gets a new id, which is given."""
    people.team(hub.db, team)
    if team in channels.teams(hub.db, row["id"]):
        raise ClientError("already_shared")
    hub.db.run("INSERT INTO channel_teams VALUES (?, ?)", row["id"], team)
    new = _new_id(hub, row)
    events.of_channel(
        hub, "channel_shared", _row(hub, new), connected_team_id=team, channel=new, event_ts=ids.next_ts(hub.db)
    )
    tell(hub, None, "sidebar")
    return new


def unshare(hub: "Hub", row: Row, team: str) -> str:
    """Slack Connect ends: the organisation's people leave and the channel gets a new id, which is given."""
    if team == row["team"] or team not in channels.teams(hub.db, row["id"]):
        raise ClientError("not_shared")
    hub.db.run("DELETE FROM channel_teams WHERE channel = ? AND team = ?", row["id"], team)
    hub.db.run(
        "DELETE FROM members WHERE channel = ? AND user IN (SELECT id FROM users WHERE team = ?)", row["id"], team
    )
    new = _new_id(hub, row)
    still = channels.is_ext_shared(hub.db, new)
    events.of_channel(
        hub,
        "channel_unshared",
        _row(hub, new),
        previously_connected_team_id=team,
        channel=new,
        is_ext_shared=still,
        event_ts=ids.next_ts(hub.db),
    )
    tell(hub, None, "sidebar")
    return new


def _new_id(hub: "Hub", row: Row) -> str:
    new = ids.new("C")
    channels.change_id(hub.db, row["id"], new)
    events.of_channel(
        hub,
        "channel_id_changed",
        _row(hub, new),
        old_channel_id=row["id"],
        new_channel_id=new,
        event_ts=ids.next_ts(hub.db),
    )
    return new


def _row(hub: "Hub", id: str) -> Row:
    row = channels.find(hub.db, id)
    if row is None:
        raise LookupError(id)
    return row


def add_person(hub: "Hub", team: str, given: Json) -> str:
    """Somebody joins the team (`name`, `real_name`, `locale`, `tz` …); apps hear `team_join`. Gives the new id."""
    if not given.get("name"):
        raise BadRequest("a name is needed")
    id = ids.new("U")
    world.add_user(hub.db, {**given, "id": id, "team": team})
    row = people.user(hub.db, id)
    event = {"type": "team_join", "user": people.look(row, team)}
    envelopes.publish(hub, "team_join", event, teams=[team])
    tell(hub, None, "sidebar")
    return id


def deactivate(hub: "Hub", user: Row) -> None:
    """The account is closed: its person is out of all channels, apps hear `user_change`."""
    hub.db.run("UPDATE users SET deleted = 1, updated = ? WHERE id = ?", int(ids.now()), user["id"])
    row = people.user(hub.db, user["id"])
    teams = [
        user["team"],
        *(
            r["team"]
            for r in hub.db.all(
                "SELECT DISTINCT t.team FROM channel_teams t JOIN members m USING (channel) WHERE m.user = ?",
                user["id"],
            )
        ),
    ]
    for install in hub.db.all("SELECT * FROM installs WHERE status = 'active'"):
        if install["team"] in teams:
            event = {"type": "user_change", "user": people.look(row, install["team"]), "cache_ts": int(ids.now())}
            envelopes.publish(hub, "user_change", event, only=install, teams=teams)
    hub.db.run(
        "DELETE FROM members WHERE user = ? AND channel NOT IN (SELECT id FROM channels WHERE kind = 'im')", user["id"]
    )
    tell(hub, None, "sidebar")
