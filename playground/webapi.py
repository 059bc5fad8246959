"""`/api/<method>`: who calls, may they, how often; then the method itself in one transaction."""

import asyncio
import base64
import time
from typing import TYPE_CHECKING

from aiohttp import web

from playground import apps
from playground.apps import Caller
from playground.arguments import Arguments
from playground.errors import SlackError
from playground.faults import CallFault
from playground.methods import METHODS, Call, Method
from playground.requests import hub_of
from playground.shapes import known
from playground.state import Json

if TYPE_CHECKING:
    from playground.hub import Hub


async def serve(request: web.Request) -> web.StreamResponse:
    """One Web API call, with the fault it meets if there is one."""
    hub = hub_of(request)
    name = request.match_info["method"]
    given = await _arguments(request)
    token = _token(request, given)
    fault = hub.faults.call(name, given)
    record: Json = {
        "method": name,
        "at": time.time(),
        "arguments": _told(given),
        "fault": fault.kind if fault else None,
        "app": _app(hub, token),
    }
    hub.calls.append(record)
    if fault and (response := await _before(fault, request, record)) is not None:
        return response
    status, answer, headers = _run(hub, name, token, given, faulty=fault)
    record |= {"status": status, "error": answer.get("error"), "answer_ts": answer.get("ts")}
    if fault and (response := await _after(fault, request, record)) is not None:
        return response
    return web.json_response(answer, status=status, headers=headers)


async def _arguments(request: web.Request) -> Json:
    given: Json = {**_basic(request), **request.query}
    if request.content_type == "application/json":
        try:
            body = await request.json() if await request.text() else {}
        except ValueError:
            body = None
        return given | body if isinstance(body, dict) else given | {"_invalid": "json"}
    form = await request.post()
    return given | {
        key: value.file.read() if isinstance(value, web.FileField) else value for key, value in form.items()
    }


def _basic(request: web.Request) -> Json:
    """client_id and client_secret, if they came as HTTP Basic authentication."""
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return {}
    try:
        id, _, secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": id, "client_secret": secret}


def _token(request: web.Request, given: Json) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    in_body = given.pop("token", None)
    return token.strip() if kind.lower() == "bearer" and token else in_body


def _told(given: Json) -> Json:
    """The arguments as they may be read afterwards: without secrets."""
    return {key: value for key, value in given.items() if key not in ("client_secret", "code", "refresh_token")}


def _app(hub: "Hub", token: str | None) -> str | None:
    try:
        return apps.caller(hub.db, token).app
    except SlackError:
        return None


def _run(
    hub: "Hub", name: str, token: str | None, given: Json, *, faulty: CallFault | None
) -> tuple[int, Json, dict[str, str]]:
    if faulty and faulty.kind == "error":
        return 200, {"ok": False, "error": faulty.error}, {}
    try:
        method, who = _allowed(hub, name, token, given)
        if wait := hub.limits.wait(
            who.app if who else "", who.team if who else "", name, _channel(given), time.monotonic()
        ):
            hub.refused(name, "ratelimited", app=who.app if who else None, arguments=_told(given))
            return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)}
        with hub.db.transaction():
            answer = {"ok": True, **method.run(Call(hub, who, Arguments(given)))}
    except SlackError as error:
        if not faulty:
            hub.refused(name, error.error, app=_app(hub, token), arguments=_told(given))
        answer = {"ok": False, "error": error.error, **error.extra}
        if "errors" in answer and "errors" not in known(f"api/{name}"):  # only some methods list them twice
            del answer["errors"]
        who = None
    if name in METHODS:
        hub.check(f"api/{name}", answer)
    return 200, answer, {"X-OAuth-Scopes": ",".join(who.scopes)} if who else {}


def _channel(given: Json) -> str | None:
    channel = given.get("channel")
    return channel if isinstance(channel, str) else None


def _allowed(hub: "Hub", name: str, token: str | None, given: Json) -> tuple[Method, Caller | None]:
    """The method and its caller; refuses unknown methods, bad tokens, missing scopes and tokens of the wrong kind."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if "_invalid" in given:
        raise SlackError("invalid_json")
    if method.token == "none":
        return method, None
    who = apps.caller(hub.db, token)
    if (method.token == "app") != who.is_app_token and name != "auth.test":
        raise SlackError("not_allowed_token_type")
    who.require(*method.scopes)
    return method, who


async def _before(fault: CallFault, request: web.Request, record: Json) -> web.StreamResponse | None:
    """Faults that keep the call from having its effect."""
    if fault.kind == "ratelimited":
        record |= {"status": 429, "error": "ratelimited"}
        return web.json_response(
            {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": str(fault.retry_after)}
        )
    if fault.kind == "http_500":
        record |= {"status": 500}
        return web.Response(status=500, text="Internal Server Error")
    if fault.kind == "drop_before":
        record |= {"status": 0}
        return _drop(request)
    if fault.kind == "timeout":
        record |= {"status": 0}
        await asyncio.sleep(fault.delay_s)
        return _drop(request)
    if fault.kind == "slow":
        await asyncio.sleep(fault.delay_s)
    return None


async def _after(fault: CallFault, request: web.Request, record: Json) -> web.StreamResponse | None:
    """Faults that lose or delay the answer of a call that had its effect."""
    if fault.kind == "http_500_after":
        record |= {"status": 500}
        return web.Response(status=500, text="Internal Server Error")
    if fault.kind == "drop_after":
        record |= {"status": 0}
        return _drop(request)
    if fault.kind == "timeout_after":
        record |= {"status": 0}
        await asyncio.sleep(fault.delay_s)
        return _drop(request)
    if fault.kind == "slow_after":
        await asyncio.sleep(fault.delay_s)
    return None


def _drop(request: web.Request) -> web.StreamResponse:
    """Cut the connection: the caller sees it closed without an answer."""
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=500)


def checked_methods() -> list[str]:
    """The methods whose answers have a shape to be checked against (all of them; a missing shape raises)."""
    return [name for name in METHODS if known(f"api/{name}")]
