"""The clock, and what tests ask of the workspace: faults, calls, connections that end."""

import json

from aiohttp import web

from playground.deliveries import Undelivered
from playground.errors import BadRequest
from playground.requests import hub_of, json_body


async def _clock(request: web.Request) -> web.StreamResponse:
    return web.json_response(hub_of(request).clock.look())


async def _move(request: web.Request) -> web.StreamResponse:
    hub = hub_of(request)
    await hub.clock.move(
        await json_body(request), lambda: hub.streams.tell(None, {"type": "clock", **hub.clock.look()})
    )
    return web.json_response(hub.clock.look())


async def _stops(request: web.Request) -> web.StreamResponse:
    body = await json_body(request)
    stops = body.get("stops")
    if not isinstance(stops, list) or not body.get("app"):
        raise BadRequest("app and a list of stops are needed")
    hub_of(request).clock.set_stops(str(body["app"]), stops)
    return web.json_response({"ok": True})


async def _reached(request: web.Request) -> web.StreamResponse:
    hub_of(request).clock.reached(str((await json_body(request)).get("app")))
    return web.json_response({"ok": True})


async def _faults(request: web.Request) -> web.StreamResponse:
    hub_of(request).faults.ask(await json_body(request))
    return web.json_response({"ok": True})


async def _no_faults(request: web.Request) -> web.StreamResponse:
    hub_of(request).faults.clear()
    return web.json_response({"ok": True})


async def _calls(request: web.Request) -> web.StreamResponse:
    hub = hub_of(request)
    told = {
        "calls": list(hub.calls),
        "lost": hub.deliveries.lost,
        "violations": list(hub.violations),
        "refusals": list(hub.refusals),
    }
    return web.json_response(told, dumps=_dumps)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=lambda other: f"<{type(other).__name__}>")


async def _disconnect(request: web.Request) -> web.StreamResponse:
    body = await json_body(request)
    reason = str(body.get("reason") or "refresh_requested")
    ended = await hub_of(request).sockets.disconnect(str(body.get("app")), reason, cut=bool(body.get("cut")))
    return web.json_response({"ok": True, "ended": ended})


async def _verify(request: web.Request) -> web.StreamResponse:
    """What Slack does when a request URL is set: a challenge that must come back."""
    app = str((await json_body(request)).get("app"))
    try:
        return web.json_response({"ok": await hub_of(request).http.verify(app)})
    except Undelivered as error:
        return web.json_response({"ok": False, "error": error.reason})


ROUTES = [
    web.post("/_verify", _verify),
    web.get("/_clock", _clock),
    web.post("/_clock", _move),
    web.put("/_clock/stops", _stops),
    web.post("/_clock/reached", _reached),
    web.post("/_faults", _faults),
    web.delete("/_faults", _no_faults),
    web.get("/_calls", _calls),
    web.post("/_sockets/disconnect", _disconnect),
]
