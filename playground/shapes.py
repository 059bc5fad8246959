"""Is every key the workspace sends one that Slack was seen to send?"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playground.shapes_by_hand import BY_HAND, EVERY_ANSWER, EXTRA

DATA = Path(__file__).parent / "slack" / "payload-shapes.json"


@cache
def known(shape: str) -> frozenset[str]:
    """The key paths of a shape: Slack's list and, beside it, what is written by hand from Slack's pages."""
    paths = listed().get(shape, []) + BY_HAND.get(shape, []) + EXTRA.get(shape, [])
    if not paths:
        raise LookupError(f"no shape {shape}")
    return frozenset(paths + EVERY_ANSWER if shape.startswith("api/") else paths)


@cache
def listed() -> dict[str, list[str]]:
    result: dict[str, list[str]] = json.loads(DATA.read_text("utf-8"))
    return result


@cache
def _open_ended(shape: str) -> frozenset[str]:
    """Paths that are listed without anything below them: what they hold is not described."""
    paths = known(shape)
    parents = {path.rsplit(".", 1)[0].removesuffix("[]") for path in paths if "." in path}
    return frozenset(path for path in paths if path not in parents)


def invented(shape: str, payload: Any) -> list[str]:
    """The key paths of `payload` that the shape does not know."""
    known(shape)
    return sorted(set(_walk(shape, payload, "")))


def _walk(shape: str, value: Any, path: str) -> list[str]:
    if isinstance(value, list):
        return [found for item in value for found in _walk(shape, item, path + "[]")]
    if not isinstance(value, dict):
        return []
    result = []
    for key, inner in value.items():
        here = f"{path}.{key}" if path else key
        if here not in known(shape):
            result.append(here)
        elif here not in _open_ended(shape):
            result += _walk(shape, inner, here)
    return result
