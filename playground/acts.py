"""What a person does on the page (or in a test): one act, one transaction, its events."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground import (
    channels,
    clicks,
    client,
    installing,
    interactions,
    messages,
    pinning,
    posting,
    shares,
    submissions,
    uploads,
    words,
)
from playground.errors import BadRequest, ClientError, SlackError
from playground.messages import Draft
from playground.state import Json, Row
from playground.streams import tell

if TYPE_CHECKING:
    from playground.hub import Hub

ACTS: dict[str, Any] = {}


def act(name: str) -> Callable[[Any], Any]:
    """Register an act by its name in the client API."""

    def register(run: Any) -> Any:
        ACTS[name] = run
        return run

    return register


async def do(hub: "Hub", body: Json) -> Json:
    """Run one act; Slack's refusals become the client's."""
    run = ACTS.get(str(body.get("act")))
    if run is None:
        raise BadRequest(f"no act {body.get('act')!r}")
    user = client.person(hub.db, body.get("user"))
    if user["deleted"]:
        raise ClientError("user_deactivated")
    try:
        return {"ok": True, **(await run(hub, user, body) or {})}
    except SlackError as error:
        raise ClientError({"is_archived": "channel_is_archived"}.get(error.error, error.error)) from error


def _here(hub: "Hub", user: Row, body: Json) -> Row:
    """The channel of an act, which the person must be in and which must be open."""
    row = client.room(hub.db, body.get("channel"), user)
    return channels.writable(hub.db, row["id"], user["id"], user["team"])


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
        channel = _here(hub, user, body)
        draft = Draft(text=_text(body), thread_ts=body.get("thread_ts") or None, broadcast=bool(body.get("broadcast")))
        return {"ts": posting.post(hub, channel, user, draft)["ts"]}


@act("edit")
async def edit(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = _here(hub, user, body)
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
        channel = _here(hub, user, body)
        posting.delete(hub, channel, _own(hub, user, channel, body))


@act("react")
async def react(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        posting.react(hub, _here(hub, user, body), str(body.get("ts")), str(body.get("name")), user["id"], add=True)


@act("unreact")
async def unreact(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        posting.react(hub, _here(hub, user, body), str(body.get("ts")), str(body.get("name")), user["id"], add=False)


@act("command")
async def command(hub: "Hub", user: Row, body: Json) -> None:
    channel = _here(hub, user, body)
    name = str(body.get("command"))
    if body.get("thread_ts"):
        raise ClientError("not_supported_in_threads", command=name)
    await interactions.command(hub, user, channel, name, str(body.get("text") or "").strip())


@act("click")
async def click(hub: "Hub", user: Row, body: Json) -> None:
    await clicks.click(hub, user, body)


@act("suggest")
async def suggest(hub: "Hub", user: Row, body: Json) -> Json:
    return await clicks.suggest(hub, user, body)


@act("submit")
async def submit(hub: "Hub", user: Row, body: Json) -> Json:
    found = await submissions.submit(hub, user, body)
    if not found:
        return {}
    own = {block: words.say(user["locale"], key) for block, key in found.get("own", {}).items()}
    return {"ok": False, "error": "form_errors", "errors": own or found["app"]}


@act("close")
async def close(hub: "Hub", user: Row, body: Json) -> None:
    await submissions.close(hub, user, body)


@act("message_shortcut")
async def message_shortcut(hub: "Hub", user: Row, body: Json) -> None:
    channel = _here(hub, user, body)
    look = messages.look(hub.db, _message(hub, channel, body))
    shown = {key: value for key, value in look.items() if key not in ("hidden", "name", "old_name")}
    await interactions.shortcut(hub, user, str(body.get("app")), str(body.get("callback_id")), channel, shown)


@act("global_shortcut")
async def global_shortcut(hub: "Hub", user: Row, body: Json) -> None:
    await interactions.shortcut(hub, user, str(body.get("app")), str(body.get("callback_id")))


@act("open_dm")
async def open_dm(hub: "Hub", user: Row, body: Json) -> Json:
    other = client.person(hub.db, body.get("with"))
    if other["id"] == user["id"] or (other["team"] != user["team"] and not _meet(hub, user["id"], other["id"])):
        raise ClientError("user_not_found")
    with hub.db.transaction():
        id, _ = channels.open_im(hub.db, user["id"], other["id"], user["team"])
        tell(hub, [user["id"]], "sidebar")
    if other["app"] and other["team"] == user["team"]:
        client.open_home(hub, user, other["app"], "messages")
    return {"channel": id}


def _meet(hub: "Hub", a: str, b: str) -> bool:
    """Are these two in one channel?"""
    return (
        hub.db.one("SELECT 1 FROM members x JOIN members y USING (channel) WHERE x.user = ? AND y.user = ?", a, b)
        is not None
    )


@act("open_home")
async def open_home(hub: "Hub", user: Row, body: Json) -> None:
    client.open_home(hub, user, str(body.get("app")), "home")


@act("join")
async def join(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = client.room(hub.db, body.get("channel"), user)
        if channel["kind"] != "channel" or channel["archived"]:
            raise ClientError("channel_is_archived" if channel["archived"] else "channel_not_found")
        posting.join(hub, channel, user["id"])


@act("leave")
async def leave(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        posting.leave(hub, _here(hub, user, body), user["id"])


@act("invite")
async def invite(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = _here(hub, user, body)
        target = client.person(hub.db, body.get("target"))
        if not posting.join(hub, channel, target["id"], inviter=user["id"]):
            raise ClientError("already_in_channel")


@act("kick")
async def kick(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        if not posting.leave(hub, _here(hub, user, body), str(body.get("target"))):
            raise ClientError("not_in_channel")


@act("archive")
async def archive(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        shares.set_archived(hub, _here(hub, user, body), user, True)


@act("unarchive")
async def unarchive(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = client.room(hub.db, body.get("channel"), user)
        if not channel["archived"]:
            raise ClientError("not_archived")
        shares.set_archived(hub, channel, user, False)


@act("rename")
async def rename(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        shares.rename(hub, _here(hub, user, body), user, str(body.get("name") or ""))


@act("pin")
async def pin(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = _here(hub, user, body)
        pinning.pin(hub, channel, _message(hub, channel, body), user["id"])


@act("unpin")
async def unpin(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = _here(hub, user, body)
        pinning.unpin(hub, channel, _message(hub, channel, body), user["id"])


@act("create_channel")
async def create_channel(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return {"channel": shares.create(hub, user, str(body.get("name") or ""), private=bool(body.get("private")))}


@act("share")
async def share(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return {"channel": shares.share(hub, _here(hub, user, body), str(body.get("team")))}


@act("unshare")
async def unshare(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return {"channel": shares.unshare(hub, _here(hub, user, body), str(body.get("team")))}


@act("deactivate")
async def deactivate(hub: "Hub", user: Row, body: Json) -> None:
    target = client.person(hub.db, body.get("target"))
    if target["team"] != user["team"]:
        raise ClientError("user_not_found")
    with hub.db.transaction():
        shares.deactivate(hub, target)


@act("add_person")
async def add_person(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return {"person": shares.add_person(hub, user["team"], body)}


@act("uninstall")
async def uninstall(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        installing.uninstall(hub, str(body.get("app")), user["team"])


@act("upload")
async def upload(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return uploads.by_person(hub, user, _here(hub, user, body), body)
