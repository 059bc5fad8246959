"""Requests to the web application as a server hands them over."""

import io
from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

from handlers.web import Web


def ask(web: Web, method: str, path: str, body: bytes = b"", **environ: Any) -> tuple[str, dict[str, str], bytes]:
    """One request: status, headers, body."""
    request: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **environ,
    }
    setup_testing_defaults(request)
    answered: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _problem: object = None, /) -> Callable[[bytes], object]:
        answered.extend([status, dict(headers)])
        return answered.append

    pages = web(request, start)
    return answered[0], {key.lower(): value for key, value in answered[1].items()}, b"".join(pages)
