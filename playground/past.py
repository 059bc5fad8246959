"""The past of a channel: messages that were there before the workspace first started."""

from playground import apps, ids, messages, text
from playground.state import Json, Store, dumps

APART_S = 60
_NOT_IN_BODY = ("reactions", "metadata", "pinned")


def write(db: Store, channel: str, past: list[Json]) -> None:
    """Write past messages; everybody in the channel has read them.

    A message has `user`, `text`, and optionally `ts`, `thread_ts`, `blocks`, `reactions` [{name, users}], `metadata`,
    `pinned`, and the `bot_id` of the app that wrote it.
    """
    start = (int(ids.now()) - 86_400) * 1_000_000
    stamps = [m.get("ts") or ids.stamp(start + index * APART_S * 1_000_000) for index, m in enumerate(past)]
    authors = {ts: m["user"] for ts, m in zip(stamps, past, strict=True)}
    teams = {row["id"]: row["team"] for row in db.all("SELECT id, team FROM users")}
    for ts, message in zip(stamps, past, strict=True):
        body = _body(db, message, ts, teams.get(message["user"], ""))
        if "thread_ts" in body:
            body["parent_user_id"] = authors.get(body["thread_ts"])
        _write(db, channel, message, body)
    db.run(
        "UPDATE messages SET thread_ts = ts WHERE channel = ? AND ts IN (SELECT thread_ts FROM messages WHERE channel = ?)",
        channel,
        channel,
    )
    db.run("UPDATE members SET last_read = ? WHERE channel = ?", max(stamps, default="0"), channel)


def _body(db: Store, message: Json, ts: str, team: str) -> Json:
    body = {key: value for key, value in message.items() if key not in _NOT_IN_BODY and value is not None}
    body |= {"type": "message", "team": team, "ts": ts, "text": text.normalise(message["text"])}
    if "blocks" in body:
        body["blocks"] = messages.numbered(body["blocks"])
    if "bot_id" in body:
        return body | apps.signature(db, body["bot_id"])
    return {"blocks": text.rich_text(body["text"]), "client_msg_id": ids.client_msg_id()} | body


def _write(db: Store, channel: str, message: Json, body: Json) -> None:
    ts, thread = body["ts"], body.get("thread_ts")
    metadata = dumps(message["metadata"]) if message.get("metadata") else None
    listed = int(thread in (None, ts))
    db.run(
        "INSERT INTO messages VALUES (?,?,?,?,?,?,?)", channel, ts, thread, body["user"], listed, dumps(body), metadata
    )
    for reaction in message.get("reactions", []):
        rows = [(channel, ts, reaction["name"], user, f"{ts}{index}") for index, user in enumerate(reaction["users"])]
        db.many("INSERT INTO reactions VALUES (?,?,?,?,?)", rows)
    if message.get("pinned"):
        db.run("INSERT INTO pins VALUES (?,?,?,?)", channel, ts, body["user"], int(float(ts)))
