"""The methods files.*: the external upload flow, info, list, delete."""

from typing import Any

from playground import channels, posting, uploads
from playground.arguments import missing
from playground.errors import SlackError
from playground.messages import Draft
from playground.methods.registry import Call, method
from playground.state import Json, Row


@method("files.getUploadURLExternal", "files:write")
def get_upload_url(call: Call) -> Json:
    name, length = call.args.need("filename"), call.args.number("length", 0, most=uploads.MOST_BYTES)
    if not length:
        raise missing("length")
    who = call.who
    id = uploads.reserve(call.db, team=who.team, user=who.bot_user, app=who.app, name=name, size=length)
    return {"upload_url": f"{call.hub.url}/upload/v1/{id}", "file_id": id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    """Finish uploads; with channels they are shared there in one message, without they stay the app's own."""
    given: Any = call.args.json("files")
    if not isinstance(given, list) or not given:
        raise missing("files")
    rooms = [
        channels.writable(call.db, id, call.who.bot_user, call.who.team)
        for id in [*call.args.list("channels"), *call.args.list("channel_id")]
    ]
    for item in given if not rooms else ():
        _finish(call, item, None)
    for room in rooms:
        posting.post(call.hub, room, call.who, _draft(call, [_finish(call, item, room) for item in given]))
    return {"files": [uploads.look(call.hub, _own(call, item["id"])) for item in given]}


def _draft(call: Call, shared: list[Json]) -> Draft:
    blocks = call.args.json("blocks")
    return Draft(
        text=call.args.text("initial_comment"),
        blocks=blocks,
        files=shared,
        thread_ts=call.args.text("thread_ts") or None,
    )


def _own(call: Call, id: object) -> Row:
    row = uploads.get(call.db, str(id or ""))
    if row["app"] != call.who.app or row["team"] != call.who.team:
        raise SlackError("file_not_found")
    return row


def _title(call: Call, item: Json) -> str:
    return str(item.get("title") or _own(call, item.get("id"))["name"])


def _finish(call: Call, item: Json, room: Row | None) -> Json:
    _own(call, item.get("id"))
    return uploads.share(call.hub, item["id"], room["id"] if room is not None else None, title=_title(call, item))


def _visible(call: Call) -> Row:
    """A file of the app's own, or shared where its bot is."""
    row = uploads.get(call.db, call.args.text("file"))
    rooms = uploads.rooms(row)
    if row["app"] != call.who.app and not any(channels.is_member(call.db, room, call.who.bot_user) for room in rooms):
        raise SlackError("file_not_found")
    return row


@method("files.info", "files:read")
def info(call: Call) -> Json:
    return {
        "file": uploads.look(call.hub, _visible(call)) | {"channels": uploads.rooms(_visible(call))},
        "comments": [],
    }


@method("files.delete", "files:write")
def delete(call: Call) -> Json:
    row = _own(call, call.args.text("file"))
    call.db.run("DELETE FROM files WHERE id = ?", row["id"])
    return {}
