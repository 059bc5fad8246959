"""The arguments of a Web API call, from a form or from JSON."""

import base64
import json
from typing import Any

from playground.errors import SlackError
from playground.state import Json


class Arguments:
    """Reads what a method needs; what is missing or of the wrong kind is `invalid_arguments` with Slack's line about it."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name)
        return default if value is None else str(value)

    def need(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.given.get(name)
        return default if value is None else str(value).lower() in ("1", "true", "t", "yes")

    def number(self, name: str, default: int, *, most: int) -> int:
        """A positive number, at most `most`; else `invalid_limit`."""
        value = self.text(name)
        if not value:
            return default
        if not value.lstrip("-").isdigit() or int(value) < 1:
            raise SlackError("invalid_limit" if name == "limit" else "invalid_arguments")
        return min(int(value), most)

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """A value that may have come as JSON in a string; None if absent."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as problem:
            raise SlackError(error) from problem

    def list(self, name: str) -> list[str]:
        """Comma-separated (or a JSON list)."""
        value = self.given.get(name)
        if isinstance(value, list):
            return [str(item) for item in value]
        return [part.strip() for part in self.text(name).split(",") if part.strip()]


def missing(name: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})


def page(items: list[Any], args: Arguments, *, default: int = 100, most: int = 1000) -> tuple[list[Any], Json]:
    """One page of `items` and the response_metadata with the cursor of the next; a foreign cursor is `invalid_cursor`."""
    limit, cursor = args.number("limit", default, most=most), args.text("cursor")
    start = _offset(cursor)
    following = start + limit
    return items[start:following], {"next_cursor": _cursor(following) if following < len(items) else ""}


def _cursor(offset: int) -> str:
    return base64.b64encode(f"next:{offset}".encode()).decode()


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        kind, _, offset = base64.b64decode(cursor, validate=True).decode().partition(":")
        if kind == "next":
            return int(offset)
    except ValueError as error:
        raise SlackError("invalid_cursor") from error
    raise SlackError("invalid_cursor")
