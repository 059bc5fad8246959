"""The methods chat.*: post, update, delete, what one person sees, links."""

from typing import Any

from playground import apps, blocks, channels, messages, people, posting, uploads
from playground.errors import SlackError
from playground.messages import MOST_TEXT, Draft
from playground.methods.registry import Call, method
from playground.state import Json, Row, dumps

MOST_UPDATE_TEXT = 4_000


@method("chat.postMessage", "chat:write")
def post_message(call: Call) -> Json:
    args = call.args
    draft = _draft(call, MOST_TEXT)
    draft.thread_ts, draft.broadcast = args.text("thread_ts") or None, args.flag("reply_broadcast")
    draft.metadata = _metadata(call)
    draft.username = args.text("username") or None
    if draft.username or args.text("icon_emoji"):
        call.who.require("chat:write.customize")
    channel = _target(call)
    draft.files = uploads.linked(call.hub, call.who, channel["id"], f"{draft.text} {dumps(draft.blocks)}")
    body = posting.post(call.hub, channel, call.who, draft)
    told = {k: v for k, v in body.items() if k not in ("root", "files", "upload")} | (
        {"metadata": draft.metadata} if draft.metadata else {}
    )
    return {"channel": channel["id"], "ts": body["ts"], "message": told}


def _draft(call: Call, most: int) -> Draft:
    """Text and blocks, checked: `no_text`, `msg_too_long`, `invalid_blocks_format`, `invalid_blocks`."""
    text, given = call.args.text("text"), call.args.json("blocks", "invalid_blocks_format")
    attachments = call.args.json("attachments", "invalid_attachments")
    if given is not None and not isinstance(given, list):
        raise SlackError("invalid_blocks_format")
    if not text.strip() and not given and not attachments:
        raise SlackError("no_text")
    if len(text) > most:
        raise SlackError("msg_too_long")
    if given:
        blocks.check_message(given)
    return Draft(text=text, blocks=given or None, extra={"attachments": attachments} if attachments else {})


def _metadata(call: Call) -> Json | None:
    given: Any = call.args.json("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if (
        not isinstance(given, dict)
        or not isinstance(given.get("event_type"), str)
        or not isinstance(given.get("event_payload"), dict)
    ):
        raise SlackError("invalid_metadata_format")
    if len(str(given)) > 16_384:
        raise SlackError("metadata_too_large")
    return given


def _target(call: Call) -> Row:
    """The channel to post to: an id, a #name, or a person (whose direct message is opened)."""
    name = call.args.text("channel")
    if name.startswith(("U", "W")) and people.find(call.db, name):
        return dm_with(call, name)
    if not channels.find(call.db, name):
        name = call.db.value("SELECT id FROM channels WHERE name = ?", name.lstrip("#")) or ""
    row = channels.visible(call.db, name, call.who.bot_user, call.who.team)
    if row["archived"]:
        raise SlackError("is_archived")
    if row["kind"] == "im":
        _may_dm(call, channels.other(call.db, row["id"], call.who.bot_user))
    elif not channels.is_member(call.db, row["id"], call.who.bot_user) and "chat:write.public" not in call.who.scopes:
        raise SlackError("not_in_channel")
    return row


def dm_with(call: Call, user: str) -> Row:
    """The bot's direct message with a person, opened if need be."""
    people.visible(call.db, user, call.who.team)
    _may_dm(call, user)
    id, _ = channels.open_im(call.db, call.who.bot_user, user, call.who.team)
    return channels.visible(call.db, id, call.who.bot_user, call.who.team)


def _may_dm(call: Call, user: str) -> None:
    row = people.user(call.db, user)
    if row["bot_id"]:
        raise SlackError("cannot_dm_bot")
    if row["deleted"]:
        raise SlackError("user_disabled")
    if apps.feature(call.hub.manifest(call.who.app), "app_home").get("messages_tab_enabled") is False:
        raise SlackError("messages_tab_disabled")


@method("chat.update", "chat:write")
def update(call: Call) -> Json:
    args = call.args
    channel = channels.writable(call.db, args.text("channel"), call.who.bot_user, call.who.team)
    row = messages.get(call.db, channel["id"], args.text("ts"))
    if messages.bare(row).get("bot_id") != call.who.bot_id:
        raise SlackError("cant_update_message")
    draft = _draft(call, MOST_UPDATE_TEXT)
    drawn = messages.by_bot(call.db, call.who, draft)
    changes: Json = {"text": drawn["text"]}
    if args.json("blocks") is not None:  # else the message keeps those it has
        changes["blocks"] = drawn.get("blocks")
    metadata = _metadata(call)
    body = posting.edit(call.hub, channel, row, changes, editor=call.who.bot_user, metadata=metadata)
    told = {k: v for k, v in body.items() if k in _UPDATED} | ({"metadata": metadata} if metadata else {})
    return {"channel": channel["id"], "ts": row["ts"], "text": body["text"], "message": told}


_UPDATED = ("type", "user", "text", "team", "bot_id", "app_id", "blocks", "bot_profile", "edited", "files", "upload")


@method("chat.delete", "chat:write")
def delete(call: Call) -> Json:
    channel = channels.writable(
        call.db, call.args.text("channel"), call.who.bot_user, call.who.team, error="channel_not_found"
    )
    row = messages.get(call.db, channel["id"], call.args.text("ts"))
    if messages.bare(row).get("bot_id") != call.who.bot_id:
        raise SlackError("cant_delete_message")
    posting.delete(call.hub, channel, row)
    return {"channel": channel["id"], "ts": row["ts"]}


@method("chat.postEphemeral", "chat:write")
def post_ephemeral(call: Call) -> Json:
    args = call.args
    draft = _draft(call, MOST_TEXT)
    draft.thread_ts = args.text("thread_ts") or None
    channel = channels.writable(call.db, args.text("channel"), call.who.bot_user, call.who.team)
    user = args.need("user")
    if not channels.is_member(call.db, channel["id"], user):
        raise SlackError("user_not_in_channel")
    return {"message_ts": posting.ephemeral(call.hub, channel["id"], user, call.who, draft)}


@method("chat.getPermalink")
def get_permalink(call: Call) -> Json:
    channel = call.channel()
    row = messages.get(call.db, channel["id"], call.args.text("message_ts"))
    team = people.team(call.db, call.who.team)
    return {"channel": channel["id"], "permalink": messages.permalink(call.db, team["domain"], channel["id"], row)}
