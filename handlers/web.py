"""Slack over HTTP: signed requests, and what a platform asks of a web process."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import structlog
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from handlers.deps import Deps
from handlers.manifest import HTTP_PATH

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = structlog.get_logger()
LARGEST = 1_000_000  # bytes; Slack's payloads are far smaller
PLAIN = "text/plain; charset=utf-8"
Page = tuple[str, str, bytes]  # status, type, body


class Web:
    """The WSGI application of the web processes. `/slack/events` takes only what carries Slack's valid signature."""

    def __init__(self, deps: Deps, app: App, *, several_processes: bool = False) -> None:
        if not deps.settings.slack_signing_secret:
            raise ValueError("without SLACK_SIGNING_SECRET anybody could speak as Slack")
        self._deps = deps
        self._several_processes = several_processes
        self._slack = SlackRequestHandler(app, HTTP_PATH)
        self._pages: dict[str, Callable[[], Page]] = {
            "/healthz": self._health,
            "/readyz": self._readiness,
            "/metrics": self._metrics,
        }

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        method, path = environ.get("REQUEST_METHOD"), environ.get("PATH_INFO", "")
        if method == "POST" and path == HTTP_PATH:
            return self._from_slack(environ, start_response)
        if method in ("GET", "HEAD") and path in self._pages:
            return _answer(start_response, self._pages[path]())
        return _answer(start_response, _plain("404 Not Found"))

    def _from_slack(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if refusal := _unreadable(environ):
            return _answer(start_response, refusal)
        try:
            return self._slack(environ, start_response)
        except ValueError:  # neither UTF-8 nor JSON: read before the signature is looked at, so it comes from anybody
            return _answer(start_response, _plain("400 Bad Request"))

    def _health(self) -> Page:
        return _plain("200 OK")

    def _readiness(self) -> Page:
        try:
            with self._deps.database.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as error:
            log.warning("database-away", error=type(error).__name__)
            return _plain("503 Service Unavailable")
        return _plain("200 OK")

    def _metrics(self) -> Page:
        page = self._deps.metrics.page(self._deps.database, several_processes=self._several_processes)
        return "200 OK", "text/plain; version=0.0.4; charset=utf-8", page


def _unreadable(environ: "WSGIEnvironment") -> Page | None:
    """Why a body is not even read; its length must be said and reasonable."""
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isascii() or not length.isdigit():
        return _plain("411 Length Required")
    return _plain("413 Content Too Large") if int(length) > LARGEST else None


def _plain(status: str) -> Page:
    return status, PLAIN, f"{status.partition(' ')[2]}\n".encode()


def _answer(start_response: "StartResponse", page: Page) -> list[bytes]:
    status, kind, body = page
    start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]
