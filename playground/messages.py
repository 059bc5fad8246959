"""Messages: writing, changing, taking away, finding, and how they look."""

import copy
import json
from dataclasses import dataclass, field

from playground import apps, blocks, ids, reactions, text
from playground.apps import Caller
from playground.errors import SlackError
from playground.state import Json, Row, Store, dumps

SUBTYPES_NOT_DELETED = (
    "channel_join",
    "channel_leave",
    "channel_archive",
    "channel_unarchive",
    "channel_name",
    "channel_topic",
)


MOST_TEXT = 40_000  # characters of a message


@dataclass
class Draft:
    """What somebody wants to post."""

    text: str = ""
    blocks: list[Json] | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    metadata: Json | None = None
    username: str | None = None
    files: list[Json] = field(default_factory=list)
    subtype: str | None = None
    ts: str | None = None
    extra: Json = field(default_factory=dict)


def by_person(db: Store, user: Row, draft: Draft) -> Json:
    """The body of a person's message, with the rich_text block Slack adds."""
    words = text.normalise(draft.text)
    body = _body(db, draft) | {"user": user["id"], "team": user["team"], "text": words}
    if draft.files:
        body |= {"subtype": "file_share", "upload": False, "files": draft.files}
    if not draft.subtype:
        body["client_msg_id"] = ids.client_msg_id()
        if words:
            body["blocks"] = text.rich_text(words)
    return body


def by_bot(db: Store, who: Caller, draft: Draft) -> Json:
    """The body of an app's message: no subtype, but bot_id, app_id and bot_profile, as modern apps' messages have."""
    words = text.normalise(draft.text) or ("This content can't be displayed." if draft.blocks else "")
    body = _body(db, draft) | {
        "user": who.bot_user,
        "team": who.team,
        "text": words,
        **apps.signature(db, who.bot_id),
    }
    if draft.username:
        body |= {"subtype": "bot_message", "username": draft.username}
    if draft.blocks:
        body["blocks"] = numbered(draft.blocks)
    if draft.files:
        body |= {"upload": False, "files": draft.files}
    return body


def _body(db: Store, draft: Draft) -> Json:
    body: Json = {"type": "message", "ts": draft.ts or ids.next_ts(db), **draft.extra}
    if draft.subtype:
        body["subtype"] = draft.subtype
    return body


def numbered(shown: list[Json]) -> list[Json]:
    """The blocks with the block_ids and action_ids that Slack gives where the app gave none.

    The same blocks get the same ids again, so that what is shown unchanged can still be clicked.
    """
    shown = copy.deepcopy(shown)
    for index, block in enumerate(blocks.walk(shown)):
        block.setdefault("block_id", ids.of(index, dumps(block)))
        for place, (element, _) in enumerate(blocks.elements(block)):
            if element.get("type") in blocks.INTERACTIVE:
                element.setdefault("action_id", ids.of(place, dumps(element)))
    return shown


def save(db: Store, channel: str, body: Json, draft: Draft) -> Json:
    """Keep a new message, in its thread if it has one; `thread_not_found` if that is no message of the channel."""
    if draft.thread_ts:
        body = _into_thread(db, channel, body, draft)
    listed = not draft.thread_ts or draft.broadcast
    db.run(
        "INSERT INTO messages VALUES (?,?,?,?,?,?,?)",
        channel,
        body["ts"],
        draft.thread_ts,
        body.get("user"),
        int(listed),
        dumps(body),
        dumps(draft.metadata) if draft.metadata else None,
    )
    return body


def _into_thread(db: Store, channel: str, body: Json, draft: Draft) -> Json:
    parent = find(db, channel, str(draft.thread_ts))
    if parent is None or parent["thread_ts"] not in (None, parent["ts"]):
        raise SlackError("thread_not_found")
    if parent["thread_ts"] is None:
        db.run("UPDATE messages SET thread_ts = ts WHERE channel = ? AND ts = ?", channel, parent["ts"])
    body = body | {"thread_ts": parent["ts"], "parent_user_id": parent["user"]}
    if draft.broadcast:
        body |= {"subtype": "thread_broadcast", "root": bare(parent) | thread(db, channel, parent["ts"])}
    return body


def find(db: Store, channel: str, ts: str) -> Row | None:
    return db.one("SELECT * FROM messages WHERE channel = ? AND ts = ?", channel, ts)


def get(db: Store, channel: str, ts: str) -> Row:
    row = find(db, channel, ts)
    if row is None:
        raise SlackError("message_not_found")
    return row


def bare(row: Row) -> Json:
    """The message as it was stored, without what is derived."""
    body: Json = json.loads(row["body"])
    return body


def thread(db: Store, channel: str, ts: str) -> Json:
    """What Slack shows on a parent: how many replies, by whom, the latest."""
    replies = db.all(
        "SELECT ts, user FROM messages WHERE channel = ? AND thread_ts = ? AND ts != thread_ts ORDER BY ts", channel, ts
    )
    if not replies:
        return {}
    users = list(dict.fromkeys(reply["user"] for reply in replies))
    return {
        "thread_ts": ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1]["ts"],
        "reply_users": users[:5],
        "is_locked": False,
        "subscribed": False,
    }


def look(db: Store, row: Row, *, metadata: bool = False) -> Json:
    """The message as conversations.history gives it."""
    body = bare(row)
    if row["thread_ts"] == row["ts"]:
        body |= thread(db, row["channel"], row["ts"])
    if found := reactions.on(db, row["channel"], row["ts"]):
        body["reactions"] = found
    if metadata and row["metadata"]:
        body["metadata"] = json.loads(row["metadata"])
    return body


def change(db: Store, row: Row, body: Json, *, metadata: Json | None = None) -> None:
    """Store a changed message; metadata is kept unless new is given."""
    kept = dumps(metadata) if metadata is not None else row["metadata"]
    db.run(
        "UPDATE messages SET body = ?, metadata = ? WHERE channel = ? AND ts = ?",
        dumps(body),
        kept,
        row["channel"],
        row["ts"],
    )


def remove(db: Store, row: Row) -> None:
    """Take the message away with its reactions and pin; a parent with replies leaves Slack's tombstone."""
    channel, ts = row["channel"], row["ts"]
    db.run("DELETE FROM reactions WHERE channel = ? AND ts = ?", channel, ts)
    db.run("DELETE FROM pins WHERE channel = ? AND ts = ?", channel, ts)
    if row["thread_ts"] == ts and thread(db, channel, ts):
        tombstone = {
            "type": "message",
            "subtype": "tombstone",
            "user": "USLACKBOT",
            "text": "This message was deleted.",
            "ts": ts,
            "hidden": True,
        }
        db.run(
            "UPDATE messages SET body = ?, metadata = NULL, user = 'USLACKBOT' WHERE channel = ? AND ts = ?",
            dumps(tombstone),
            channel,
            ts,
        )
        return
    db.run("DELETE FROM messages WHERE channel = ? AND ts = ?", channel, ts)
    parent = row["thread_ts"]
    if parent and not thread(db, channel, parent):
        db.run("UPDATE messages SET thread_ts = NULL WHERE channel = ? AND ts = ?", channel, parent)


def page(db: Store, channel: str, *, oldest: str, latest: str, inclusive: bool, limit: int) -> list[Row]:
    """The channel's own messages between two stamps, newest first, at most `limit` + 1."""
    return db.all(
        "SELECT * FROM messages WHERE channel = ? AND listed AND ts BETWEEN ? AND ? AND (? OR ts NOT IN (?, ?)) "
        "ORDER BY ts DESC LIMIT ?",
        *(channel, oldest, latest, inclusive, oldest, latest, limit + 1),
    )


def replies(db: Store, channel: str, ts: str) -> list[Row]:
    """A thread, the parent first; a message without replies alone; `thread_not_found` if there is none."""
    parent = find(db, channel, ts)
    if parent is None:
        raise SlackError("thread_not_found")
    if parent["thread_ts"] is None:
        return [parent]
    return db.all(
        "SELECT * FROM messages WHERE channel = ? AND thread_ts = ? ORDER BY ts", channel, parent["thread_ts"]
    )


def permalink(db: Store, domain: str, channel: str, row: Row) -> str:
    link = f"https://{domain}.slack.com/archives/{channel}/p{row['ts'].replace('.', '')}"
    if row["thread_ts"] and row["thread_ts"] != row["ts"]:
        link += f"?thread_ts={row['thread_ts']}&cid={channel}"
    return link
