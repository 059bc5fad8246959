"""`/oauth/v2/authorize`: the page where a person allows an app into a team."""

import html
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from playground import installing
from playground.errors import SlackError
from playground.requests import hub_of

if TYPE_CHECKING:
    from playground.hub import Hub


async def serve(request: web.Request) -> web.StreamResponse:
    """Ask which person of which team allows it; with `allow=U…` go on to the app's redirect address with a code."""
    hub, query = hub_of(request), request.query
    user = hub.db.one("SELECT * FROM users WHERE id = ? AND bot_id IS NULL", query.get("allow", ""))
    try:
        if user is None:
            return _ask(hub, request)
        with hub.db.transaction():
            code = installing.new_code(
                hub,
                query.get("client_id", ""),
                user["team"],
                user["id"],
                query.get("scope", ""),
                query.get("redirect_uri", ""),
            )
    except SlackError as error:
        return web.Response(status=400, text=error.error)
    target = query.get("redirect_uri") or _manifest_redirect(hub, query.get("client_id", ""))
    if not target.startswith(("http://", "https://")):
        return web.Response(status=400, text="bad_redirect_uri")
    return web.Response(
        status=302,
        headers={
            "Location": f"{target}{'&' if '?' in target else '?'}{urlencode({'code': code, 'state': query.get('state', '')})}"
        },
    )


def _manifest_redirect(hub: "Hub", client_id: str) -> str:
    app = hub.db.value("SELECT id FROM apps WHERE client_id = ?", client_id)
    urls = hub.manifest(app).get("oauth_config", {}).get("redirect_urls", []) if app else []
    return str(urls[0]) if urls else ""


def _ask(hub: "Hub", request: web.Request) -> web.StreamResponse:
    app = hub.db.one("SELECT * FROM apps WHERE client_id = ?", request.query.get("client_id", ""))
    if app is None:
        raise SlackError("invalid_client_id")
    people = hub.db.all(
        "SELECT u.id, u.real_name, t.name AS team FROM users u JOIN teams t ON t.id = u.team WHERE u.bot_id IS NULL AND NOT u.guest AND NOT u.deleted"
    )
    links = "".join(
        f'<li><a href="?{html.escape(urlencode({**request.query, "allow": row["id"]}))}">{html.escape(row["team"])}: {html.escape(row["real_name"])}</a></li>'
        for row in people
    )
    scopes = html.escape(request.query.get("scope", "").replace(",", ", "))
    name = html.escape(str(hub.manifest(app["id"])["display_information"]["name"]))
    return web.Response(
        content_type="text/html",
        text=f"<!doctype html><meta charset=utf-8><title>{name}</title><h1>{name}</h1><p>{scopes}</p><ul>{links}</ul>",
    )
