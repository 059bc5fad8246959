"""Acts on messages: write, change, react, pin, share a file."""

from typing import TYPE_CHECKING

from playground import messages, pinning, posting, uploads
from playground.acts.registry import act, here
from playground.errors import ClientError
from playground.messages import Draft
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub


def _message(hub: "Hub", channel: Row, body: Json) -> Row:
    return messages.get(hub.db, channel["id"], str(body.get("ts")))


def _text(body: Json) -> str:
    text = str(body.get("text") or "")
    if not text.strip():
        raise ClientError("no_text")
    if len(text) > 40_000:
        raise ClientError("msg_too_long")
    return text


@act("post")
async def post(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        channel = here(hub, user, body)
        draft = Draft(text=_text(body), thread_ts=body.get("thread_ts") or None, broadcast=bool(body.get("broadcast")))
        return {"ts": posting.post(hub, channel, user, draft)["ts"]}


@act("edit")
async def edit(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = here(hub, user, body)
        row = _own(hub, user, channel, body)
        drawn = messages.by_person(hub.db, user, Draft(text=_text(body)))
        posting.edit(hub, channel, row, {"text": drawn["text"], "blocks": drawn["blocks"]}, editor=user["id"])


def _own(hub: "Hub", user: Row, channel: Row, body: Json) -> Row:
    row = _message(hub, channel, body)
    if row["user"] != user["id"]:
        raise ClientError("not_your_message")
    return row


@act("delete")
async def delete(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = here(hub, user, body)
        posting.delete(hub, channel, _own(hub, user, channel, body))


@act("react")
async def react(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        posting.react(hub, here(hub, user, body), str(body.get("ts")), str(body.get("name")), user["id"], add=True)


@act("unreact")
async def unreact(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        posting.react(hub, here(hub, user, body), str(body.get("ts")), str(body.get("name")), user["id"], add=False)


@act("pin")
async def pin(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = here(hub, user, body)
        pinning.pin(hub, channel, _message(hub, channel, body), user["id"])


@act("unpin")
async def unpin(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = here(hub, user, body)
        pinning.unpin(hub, channel, _message(hub, channel, body), user["id"])


@act("upload")
async def upload(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return uploads.by_person(hub, user, here(hub, user, body), body)
