"""What apps reach: the Web API, Socket Mode, response URLs, files, and the page that installs."""

import json

from aiohttp import web

from playground import oauth_page, response_urls, uploads, webapi
from playground.errors import SlackError
from playground.requests import hub_of


async def _link(request: web.Request) -> web.StreamResponse:
    return await hub_of(request).sockets.serve(request)


async def _response(request: web.Request) -> web.StreamResponse:
    """A POST to a response_url: `ok`, or 404 when it is over, as Slack answers."""
    hub = hub_of(request)
    try:
        response_urls.answer(hub, request.match_info["id"], json.loads(await request.text()))
    except ValueError:
        return web.Response(status=400, text="invalid_payload")
    except SlackError as error:
        hub.refused("response_url", error.error, app=request.match_info["app"], **error.extra)
        over = error.error in ("expired_url", "used_url")
        return web.json_response({"ok": False, "error": error.error}, status=404 if over else 200)
    return web.Response(text="ok")


async def _upload(request: web.Request) -> web.StreamResponse:
    """The content of a file: raw, or as a form's file."""
    hub, content = hub_of(request), await _content(request)
    try:
        with hub.db.transaction():
            uploads.store(hub.db, request.match_info["id"], content)
    except SlackError as error:
        return web.Response(status=400, text=error.error)
    return web.Response(text=f"OK - {len(content)}")


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    part = next(iter((await request.post()).values()), b"")
    return part.file.read() if isinstance(part, web.FileField) else str(part).encode()


async def _download(request: web.Request) -> web.StreamResponse:
    """The content of a file that is shared somewhere; one that is not is its app's own."""
    try:
        row = uploads.get(hub_of(request).db, request.match_info["id"])
    except SlackError:
        return web.Response(status=404)
    if not uploads.rooms(row):
        return web.Response(status=404)
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=row["content"], content_type="application/octet-stream", headers=headers)


ROUTES = [
    web.route("*", "/api/{method}", webapi.serve),
    web.get("/link/", _link),
    web.post("/response/{app}/{id}", _response),
    web.post("/upload/v1/{id}", _upload),
    web.get("/files-pri/{id}/{name}", _download),
    web.get("/oauth/v2/authorize", oauth_page.serve),
]
