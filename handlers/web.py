"""Slack over HTTP: signed requests, and what a platform asks of a web process."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import structlog
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from config.apps import SlackApp
from handlers.deps import Deps
from handlers.oauth import OAuth
from handlers.pages import Page, answer, plain

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = structlog.get_logger()
PROBED = ("/healthz", "/readyz", "/metrics")  # looking at the others is an act
LARGEST = 1_000_000  # bytes; Slack's payloads are far smaller


class Web:
    """The WSGI application of the web processes. Where Slack speaks, it takes only what carries its valid signature."""

    def __init__(self, deps: Deps, apps: Mapping[str, App], *, several_processes: bool = False) -> None:
        self._deps = deps
        self._several_processes = several_processes
        self._slack: dict[str, SlackRequestHandler] = {}
        self._pages: dict[str, Callable[[WSGIEnvironment], Page]] = {
            "/healthz": self._health,
            "/readyz": self._readiness,
            "/metrics": self._metrics,
        }
        for app in deps.settings.apps:
            self._serve(app, apps[app.name])

    def _serve(self, app: SlackApp, bolt: App) -> None:
        if not app.signing_secret:
            raise ValueError(f"without {app.variable('signing_secret')} anybody could speak as Slack")
        self._slack[app.path("events")] = SlackRequestHandler(bolt, app.path("events"))
        if app.installs:
            oauth = OAuth(self._deps, app)
            self._pages |= {app.path("install"): oauth.begin, app.path("oauth_redirect"): oauth.finish}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        method, path = environ.get("REQUEST_METHOD"), environ.get("PATH_INFO", "")
        if method == "POST" and path in self._slack:
            return self._from_slack(self._slack[path], environ, start_response)
        if (method == "GET" and path in self._pages) or (method == "HEAD" and path in PROBED):
            return answer(start_response, self._pages[path](environ))
        return answer(start_response, plain("404 Not Found"))

    def _from_slack(
        self, slack: SlackRequestHandler, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if refusal := _unreadable(environ):
            return answer(start_response, refusal)
        try:
            return slack(environ, start_response)
        except ValueError:  # neither UTF-8 nor JSON: read before the signature is looked at, so it comes from anybody
            return answer(start_response, plain("400 Bad Request"))

    def _health(self, _environ: "WSGIEnvironment") -> Page:
        return plain("200 OK")

    def _readiness(self, _environ: "WSGIEnvironment") -> Page:
        try:
            with self._deps.database.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            log.warning("database-away", error=type(error).__name__)
            return plain("503 Service Unavailable")
        return plain("200 OK")

    def _metrics(self, _environ: "WSGIEnvironment") -> Page:
        page = self._deps.metrics.page(self._deps.database, several_processes=self._several_processes)
        return Page("200 OK", "text/plain; version=0.0.4; charset=utf-8", page)


def _unreadable(environ: "WSGIEnvironment") -> Page | None:
    """Why a body is not even read; its length must be said and reasonable."""
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isascii() or not length.isdigit():
        return plain("411 Length Required")
    return plain("413 Content Too Large") if int(length) > LARGEST else None
