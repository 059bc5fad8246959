"""What a person does on the page (or in a test): one act, one transaction, its events."""

from typing import TYPE_CHECKING

from playground import client
from playground.acts import rooms, talking, using
from playground.acts.registry import ACTS
from playground.errors import BadRequest, ClientError, SlackError
from playground.state import Json

if TYPE_CHECKING:
    from playground.hub import Hub


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


__all__ = ["ACTS", "do", "rooms", "talking", "using"]
