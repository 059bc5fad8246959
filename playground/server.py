"""The HTTP face of the workspace: every route, on 127.0.0.1 only."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from playground import acts, client, oauth_page, people, response_urls, uploads, webapi, words
from playground.errors import BadRequest, ClientError, SlackError
from playground.state import Json

if TYPE_CHECKING:
    from playground.hub import Hub

PAGE = Path(__file__).parent / "page"
MOST_BODY = 64 * 2**20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build(hub: "Hub") -> web.Application:
    """The application with all its routes."""
    app = web.Application(middlewares=[_only_local, _client_errors(hub)], client_max_size=MOST_BODY)
    _slack_routes(app.router, hub)
    _client_routes(app.router, hub)
    _test_routes(app.router, hub)
    app.router.add_get("/", _index)
    if PAGE.is_dir():
        app.router.add_static("/static/", PAGE)
    return app


@web.middleware
async def _only_local(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page elsewhere must not reach this workspace through a name of its own (DNS rebinding) or from its own origin."""
    host = request.headers.get("Host", "").rsplit(":", 1)[0]
    origin = request.headers.get("Origin", "")
    if host not in ("127.0.0.1", "localhost") or (origin and origin.split("//")[-1].rsplit(":", 1)[0] not in ("127.0.0.1", "localhost")):
        return web.Response(status=403, text="only 127.0.0.1")
    return await handler(request)


def _client_errors(hub: "Hub") -> Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]:
    """What a person is refused is told in the person's language; what a request does wrong is 400."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ClientError as error:
            user = people.find(hub.db, request.get("user", ""))
            message = words.say(user["locale"] if user else None, error.error, **error.words)
            return web.json_response({"ok": False, "error": error.error, "message": message, **({"reason": error.words["reason"]} if "reason" in error.words else {})})
        except BadRequest as error:
            return web.json_response({"ok": False, "error": "bad_request", "message": str(error)}, status=400)

    return middleware


async def _index(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError as error:
        raise BadRequest("a JSON object is needed") from error
    if not isinstance(body, dict):
        raise BadRequest("a JSON object is needed")
    return body


def _slack_routes(router: web.UrlDispatcher, hub: "Hub") -> None:
    async def api(request: web.Request) -> web.StreamResponse:
        return await webapi.serve(hub, request)

    async def link(request: web.Request) -> web.StreamResponse:
        return await hub.sockets.serve(request)

    async def response(request: web.Request) -> web.StreamResponse:
        return await _response(hub, request)

    async def upload(request: web.Request) -> web.StreamResponse:
        return await _upload(hub, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return _download(hub, request)

    async def authorize(request: web.Request) -> web.StreamResponse:
        return oauth_page.serve(hub, request)

    router.add_route("*", "/api/{method}", api)
    router.add_get("/link/", link)
    router.add_post("/response/{app}/{id}", response)
    router.add_post("/upload/v1/{id}", upload)
    router.add_get("/files-pri/{id}/{name}", download)
    router.add_get("/oauth/v2/authorize", authorize)


async def _response(hub: "Hub", request: web.Request) -> web.StreamResponse:
    """A POST to a response_url: `ok`, or 404 when it is over, as Slack answers."""
    try:
        body = json.loads(await request.text())
        response_urls.answer(hub, request.match_info["id"], body)
    except ValueError:
        return web.Response(status=400, text="invalid_payload")
    except SlackError as error:
        hub.refused("response_url", error.error, app=request.match_info["app"], **error.extra)
        over = error.error in ("expired_url", "used_url")
        return web.json_response({"ok": False, "error": error.error}, status=404 if over else 200)
    return web.Response(text="ok")


async def _upload(hub: "Hub", request: web.Request) -> web.StreamResponse:
    """The body of a file: raw, or as a form's file."""
    if request.content_type == "multipart/form-data":
        part = next(iter((await request.post()).values()), b"")
        content = part.file.read() if isinstance(part, web.FileField) else bytes(str(part), "utf-8")
    else:
        content = await request.read()
    try:
        with hub.db.transaction():
            uploads.store(hub.db, request.match_info["id"], content)
    except SlackError as error:
        return web.Response(status=400, text=error.error)
    return web.Response(text=f"OK - {len(content)}")


def _download(hub: "Hub", request: web.Request) -> web.StreamResponse:
    try:
        row = uploads.get(hub.db, request.match_info["id"])
    except SlackError:
        return web.Response(status=404)
    return web.Response(body=row["content"], headers={
        "Content-Type": "application/octet-stream", "Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"})


def _client_routes(router: web.UrlDispatcher, hub: "Hub") -> None:
    async def boot(request: web.Request) -> web.StreamResponse:
        return web.json_response(client.boot(hub))

    async def sidebar(request: web.Request) -> web.StreamResponse:
        return web.json_response(client.sidebar(hub, client.person(hub.db, _user(request))))

    async def messages(request: web.Request) -> web.StreamResponse:
        user = client.person(hub.db, _user(request))
        channel = client.room(hub.db, request.query.get("channel"), user)
        try:
            return web.json_response(client.shown(hub, user, channel, request.query.get("thread_ts") or None))
        except SlackError as error:
            raise ClientError(error.error) from error

    async def modal(request: web.Request) -> web.StreamResponse:
        return web.json_response(client.modal(hub, client.person(hub.db, _user(request))))

    async def home(request: web.Request) -> web.StreamResponse:
        return web.json_response(client.home(hub, client.person(hub.db, _user(request)), request.query.get("app", "")))

    async def commands(request: web.Request) -> web.StreamResponse:
        user = client.person(hub.db, _user(request))
        return web.json_response(client.commands(hub, user, client.room(hub.db, request.query.get("channel"), user)))

    async def stream(request: web.Request) -> web.StreamResponse:
        return await hub.streams.serve(request, client.person(hub.db, _user(request))["id"])

    async def act(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        request["user"] = str(body.get("user") or "")
        return web.json_response(await acts.do(hub, body))

    for name, handler in {"boot": boot, "sidebar": sidebar, "messages": messages, "modal": modal, "home": home, "commands": commands, "stream": stream}.items():
        router.add_get(f"/client/{name}", handler)
    router.add_post("/client/act", act)


def _user(request: web.Request) -> str:
    request["user"] = request.query.get("user", "")
    return str(request["user"])


def _test_routes(router: web.UrlDispatcher, hub: "Hub") -> None:
    async def clock(request: web.Request) -> web.StreamResponse:
        return web.json_response(hub.clock.look())

    async def move(request: web.Request) -> web.StreamResponse:
        await hub.clock.move(await _body(request), lambda: hub.streams.tell(None, {"type": "clock", **hub.clock.look()}))
        return web.json_response(hub.clock.look())

    async def stops(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        hub.clock.set_stops(str(body.get("app")), list(body.get("stops") or []))
        return web.json_response({"ok": True})

    async def reached(request: web.Request) -> web.StreamResponse:
        hub.clock.reached(str((await _body(request)).get("app")))
        return web.json_response({"ok": True})

    async def faults(request: web.Request) -> web.StreamResponse:
        hub.faults.ask(await _body(request))
        return web.json_response({"ok": True})

    async def clear(request: web.Request) -> web.StreamResponse:
        hub.faults.clear()
        return web.json_response({"ok": True})

    async def calls(request: web.Request) -> web.StreamResponse:
        return web.json_response({"calls": hub.calls, "lost": hub.deliveries.lost, "violations": hub.violations, "refusals": hub.refusals}, dumps=_dumps)

    async def disconnect(request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        ended = await hub.sockets.disconnect(str(body.get("app")), str(body.get("reason") or "refresh_requested"), cut=bool(body.get("cut")))
        return web.json_response({"ok": True, "ended": ended})

    router.add_get("/_clock", clock)
    router.add_post("/_clock", move)
    router.add_put("/_clock/stops", stops)
    router.add_post("/_clock/reached", reached)
    router.add_post("/_faults", faults)
    router.add_delete("/_faults", clear)
    router.add_get("/_calls", calls)
    router.add_post("/_sockets/disconnect", disconnect)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=lambda other: f"<{type(other).__name__}>")
