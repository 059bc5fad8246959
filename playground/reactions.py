"""Reactions on messages: one row per (message, name, person)."""

from playground import emoji, ids
from playground.errors import SlackError
from playground.state import Json, Store

MOST_BY_ONE, MOST = 23, 50
"""By one person, and of different ones, on a message: Slack's reference names both refusals, its help the numbers."""


def on(db: Store, channel: str, ts: str) -> list[Json]:
    """A message's reactions in the order they were first given."""
    found: dict[str, list[str]] = {}
    for row in db.all("SELECT name, user FROM reactions WHERE channel = ? AND ts = ? ORDER BY at", channel, ts):
        found.setdefault(row["name"], []).append(row["user"])
    return [{"name": name, "users": users, "count": len(users)} for name, users in found.items()]


def add(db: Store, channel: str, ts: str, name: str, user: str) -> str:
    """Add a reaction; gives its event_ts. Refuses `invalid_name`, `already_reacted`, `too_many_reactions`, `too_many_emoji`."""
    if not emoji.known(name):
        raise SlackError("invalid_name")
    if db.one(
        "SELECT 1 FROM reactions WHERE channel = ? AND ts = ? AND name = ? AND user = ?", channel, ts, name, user
    ):
        raise SlackError("already_reacted")
    on_it = "FROM reactions WHERE channel = ? AND ts = ?"
    if db.value(f"SELECT count(*) {on_it} AND user = ?", channel, ts, user) >= MOST_BY_ONE:
        raise SlackError("too_many_reactions")
    if db.value(f"SELECT count(DISTINCT name) {on_it} AND name != ?", channel, ts, name) >= MOST:
        raise SlackError("too_many_emoji")
    at = ids.next_ts(db)
    db.run("INSERT INTO reactions VALUES (?,?,?,?,?)", channel, ts, name, user, at)
    return at


def remove(db: Store, channel: str, ts: str, name: str, user: str) -> str:
    """Take a reaction away; gives the event_ts. Refuses `no_reaction`."""
    if not db.run(
        "DELETE FROM reactions WHERE channel = ? AND ts = ? AND name = ? AND user = ?", channel, ts, name, user
    ):
        raise SlackError("no_reaction")
    return ids.next_ts(db)
