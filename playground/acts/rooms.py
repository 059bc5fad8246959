"""Acts on channels and people: who is where, what is shared with whom."""

from typing import TYPE_CHECKING

from playground import channels, client, installing, posting, shares
from playground.acts.registry import act, here
from playground.errors import ClientError
from playground.state import Json, Row
from playground.streams import tell

if TYPE_CHECKING:
    from playground.hub import Hub


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
        posting.leave(hub, here(hub, user, body), user["id"])


@act("invite")
async def invite(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        channel = here(hub, user, body)
        target = client.person(hub.db, body.get("target"))
        if not posting.join(hub, channel, target["id"], inviter=user["id"]):
            raise ClientError("already_in_channel")


@act("kick")
async def kick(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        if not posting.leave(hub, here(hub, user, body), str(body.get("target")), by=user["id"]):
            raise ClientError("not_in_channel")


@act("archive")
async def archive(hub: "Hub", user: Row, body: Json) -> None:
    with hub.db.transaction():
        shares.set_archived(hub, here(hub, user, body), user, True)


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
        shares.rename(hub, here(hub, user, body), user, str(body.get("name") or ""))


@act("create_channel")
async def create_channel(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return {"channel": shares.create(hub, user, str(body.get("name") or ""), private=bool(body.get("private")))}


@act("share")
async def share(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return {"channel": shares.share(hub, here(hub, user, body), str(body.get("team")))}


@act("unshare")
async def unshare(hub: "Hub", user: Row, body: Json) -> Json:
    with hub.db.transaction():
        return {"channel": shares.unshare(hub, here(hub, user, body), str(body.get("team")))}


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
