"""response_url: five uses within thirty minutes."""

import secrets
from typing import TYPE_CHECKING, Any

from playground import apps, blocks, channels, ids, messages, posting
from playground.apps import Caller
from playground.errors import SlackError
from playground.messages import MOST_TEXT, Draft
from playground.state import Json, Row, dumps
from playground.streams import tell

if TYPE_CHECKING:
    from playground.hub import Hub

USES, LIFE_S = 5, 1800


def new(
    hub: "Hub",
    who: Caller,
    user: str,
    channel: str,
    *,
    message_ts: str | None = None,
    ephemeral: bool = False,
    thread_ts: str | None = None,
) -> str:
    """The URL an app may answer to: about this message if there is one."""
    id = secrets.token_urlsafe(18)
    hub.db.run(
        "INSERT INTO response_urls VALUES (?,?,?,?,?,?,?,?,?,?)",
        id,
        who.app,
        who.team,
        user,
        channel,
        message_ts,
        int(ephemeral),
        thread_ts,
        USES,
        ids.now() + LIFE_S,
    )
    return f"{hub.url}/response/{who.app}/{id}"


def answer(hub: "Hub", id: str, body: Any) -> None:
    """Do what a POST to a response_url asks; refuses `expired_url`, `used_url`, `no_text`, `invalid_blocks`."""
    row = hub.db.one("SELECT * FROM response_urls WHERE id = ?", id)
    if row is None or row["expires"] < ids.now():
        raise SlackError("expired_url")
    if row["uses"] < 1:
        raise SlackError("used_url")
    who = apps.install(hub.db, row["app"], row["team"])
    if who is None:
        raise SlackError("account_inactive")
    with hub.db.transaction():
        hub.db.run("UPDATE response_urls SET uses = uses - 1 WHERE id = ?", id)
        _do(hub, row, who, body if isinstance(body, dict) else {})


def _do(hub: "Hub", row: Row, who: Caller, body: Json) -> None:
    if row["message_ts"] and body.get("delete_original"):
        _delete(hub, row)
    elif row["message_ts"] and body.get("replace_original"):
        _replace(hub, row, who, draft_of(body))
    else:
        respond(hub, who, row["user"], row["channel"], body, draft_of(body), thread_ts=row["thread_ts"])


def draft_of(body: Json) -> Draft:
    """The message in an answer, checked as chat.postMessage checks it."""
    given, text = body.get("blocks"), str(body.get("text") or "")
    if not text.strip() and not given and not body.get("attachments"):
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    if given is not None and not isinstance(given, list):
        raise SlackError("invalid_blocks_format")
    if given:
        blocks.check_message(given)
    return Draft(text=text, blocks=given or None, metadata=body.get("metadata"))


def respond(
    hub: "Hub", who: Caller, user: str, channel: str, body: Json, draft: Draft, *, thread_ts: str | None
) -> None:
    """Post an answer: to the channel if `response_type` says so, else to this person only."""
    draft.thread_ts = body.get("thread_ts") or (thread_ts or None)
    if body.get("response_type") != "in_channel":
        posting.ephemeral(hub, channel, user, who, draft)
        return
    found = channels.find(hub.db, channel)
    if found is None:
        raise SlackError("channel_not_found")
    posting.post(hub, found, who, draft)


def _delete(hub: "Hub", row: Row) -> None:
    if row["ephemeral"]:
        hub.db.run("DELETE FROM ephemerals WHERE channel = ? AND ts = ?", row["channel"], row["message_ts"])
        tell(hub, [row["user"]], "ephemeral", channel=row["channel"])
        return
    channel, message = _original(hub, row)
    posting.delete(hub, channel, message)


def _replace(hub: "Hub", row: Row, who: Caller, draft: Draft) -> None:
    body = messages.by_bot(hub.db, who, draft)
    if row["ephemeral"]:
        body |= {"ts": row["message_ts"], **({"thread_ts": row["thread_ts"]} if row["thread_ts"] else {})}
        hub.db.run(
            "INSERT OR REPLACE INTO ephemerals VALUES (?,?,?,?,?)",
            row["channel"],
            row["message_ts"],
            row["user"],
            row["thread_ts"],
            dumps(body),
        )
        tell(hub, [row["user"]], "ephemeral", channel=row["channel"])
        return
    channel, message = _original(hub, row)
    posting.edit(
        hub,
        channel,
        message,
        {"text": body["text"], "blocks": body.get("blocks")},
        editor=who.bot_user,
        metadata=draft.metadata,
    )


def _original(hub: "Hub", row: Row) -> tuple[Row, Row]:
    channel = channels.find(hub.db, row["channel"])
    if channel is None:
        raise SlackError("channel_not_found")
    return channel, messages.get(hub.db, channel["id"], row["message_ts"])
