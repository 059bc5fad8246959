"""Asking the local workspace for what only tests want."""

import json
import urllib.request
from typing import Any


def ask(url: str, body: dict[str, Any] | None = None, method: str | None = None) -> dict[str, Any]:
    """A JSON request to the workspace on this machine."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        told: dict[str, Any] = json.loads(answer.read())
    return told
