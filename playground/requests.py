"""What every route needs of its request: the workspace, and a body that is a JSON object."""

from typing import TYPE_CHECKING

from aiohttp import web

from playground.errors import BadRequest
from playground.state import Json

if TYPE_CHECKING:
    from playground.hub import Hub

HUB: "web.AppKey[Hub]" = web.AppKey("hub")


def hub_of(request: web.Request) -> "Hub":
    return request.app[HUB]


async def json_body(request: web.Request) -> Json:
    """The body as an object; anything else is a bad request."""
    try:
        body = await request.json()
    except ValueError as error:
        raise BadRequest("a JSON object is needed") from error
    if not isinstance(body, dict):
        raise BadRequest("a JSON object is needed")
    return body
