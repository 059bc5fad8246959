"""The client API: what the page (and a test) reads and does."""

from aiohttp import web

from playground import acts, client
from playground.requests import hub_of, json_body
from playground.state import Row


def _user(request: web.Request) -> Row:
    """The person who looks."""
    return client.person(hub_of(request).db, request.query.get("user"))


def _channel(request: web.Request, user: Row) -> Row:
    return client.room(hub_of(request).db, request.query.get("channel"), user)


async def _boot(request: web.Request) -> web.StreamResponse:
    return web.json_response(client.boot(hub_of(request)))


async def _sidebar(request: web.Request) -> web.StreamResponse:
    return web.json_response(client.sidebar(hub_of(request), _user(request)))


async def _messages(request: web.Request) -> web.StreamResponse:
    user = _user(request)
    shown = client.shown(hub_of(request), user, _channel(request, user), request.query.get("thread_ts") or None)
    return web.json_response(shown)


async def _modal(request: web.Request) -> web.StreamResponse:
    return web.json_response(client.modal(hub_of(request), _user(request)))


async def _home(request: web.Request) -> web.StreamResponse:
    return web.json_response(
        client.home(hub_of(request), _user(request), request.query.get("app", ""), again="again" in request.query)
    )


async def _commands(request: web.Request) -> web.StreamResponse:
    user = _user(request)
    return web.json_response(client.commands(hub_of(request), user, _channel(request, user)))


async def _stream(request: web.Request) -> web.StreamResponse:
    return await hub_of(request).streams.serve(request, _user(request)["id"])


async def _act(request: web.Request) -> web.StreamResponse:
    return web.json_response(await acts.do(hub_of(request), await json_body(request)))


ROUTES = [
    web.get("/client/boot", _boot),
    web.get("/client/sidebar", _sidebar),
    web.get("/client/messages", _messages),
    web.get("/client/modal", _modal),
    web.get("/client/home", _home),
    web.get("/client/commands", _commands),
    web.get("/client/stream", _stream),
    web.post("/client/act", _act),
]
