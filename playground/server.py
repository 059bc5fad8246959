"""The HTTP face of the workspace: every route, on 127.0.0.1 only."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from playground import client_routes, control_routes, people, slack_routes, words
from playground.errors import BadRequest, ClientError, SlackError
from playground.requests import HUB, hub_of, json_body

if TYPE_CHECKING:
    from playground.hub import Hub

PAGE = Path(__file__).parent / "page"
MOST_BODY = 64 * 2**20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(hub: "Hub") -> web.Application:
    """The application with all its routes."""
    app = web.Application(middlewares=[_only_local, _told_to_person], client_max_size=MOST_BODY)
    app[HUB] = hub
    app.add_routes([*slack_routes.ROUTES, *client_routes.ROUTES, *control_routes.ROUTES, web.get("/", _index)])
    if PAGE.is_dir():
        app.router.add_static("/page/", PAGE)
    app.on_response_prepare.append(_asked_again)
    return app


async def _asked_again(request: web.Request, response: web.StreamResponse) -> None:
    """A browser asks for the page's files at every visit: an updated workspace shows its own page."""
    response.headers.setdefault("Cache-Control", "no-cache")


@web.middleware
async def _only_local(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page elsewhere must not reach this workspace by a name of its own (DNS rebinding) or from its own origin."""
    host, origin = request.headers.get("Host", ""), request.headers.get("Origin", "")
    if not _is_local(host) or (origin and not _is_local(origin.split("//")[-1])):
        return web.Response(status=403, text="only 127.0.0.1")
    return await handler(request)


def _is_local(host: str) -> bool:
    return host.rsplit(":", 1)[0] in ("127.0.0.1", "localhost")


@web.middleware
async def _told_to_person(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What a person is refused is told in the person's language; what a request does wrong is 400."""
    try:
        return await handler(request)
    except ClientError as error:
        return web.json_response(await _refusal(request, error.error, error.words))
    except SlackError as error:
        return web.json_response(await _refusal(request, error.error, {}))
    except BadRequest as error:
        return web.json_response({"ok": False, "error": "bad_request", "message": str(error)}, status=400)
    except (web.HTTPException, ConnectionError):
        raise
    except Exception as failure:
        hub_of(request).failures.append(failure)
        raise


async def _refusal(request: web.Request, error: str, values: dict[str, str]) -> dict[str, object]:
    acting = request.query.get("user") or (await json_body(request)).get("user")
    user = people.find(hub_of(request).db, str(acting))
    message = words.say(user["locale"] if user else None, error, **values)
    return {
        "ok": False,
        "error": error,
        "message": message,
        **({"reason": values["reason"]} if "reason" in values else {}),
    }


async def _index(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})
