"""What Slack's own client says to a person, in the person's language."""

import json
from functools import cache
from pathlib import Path


@cache
def _words() -> dict[str, dict[str, str]]:
    result: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return result


def say(locale: str | None, key: str, **values: str) -> str:
    """The sentence for a key (an unknown one says its name)."""
    table = _words()["ko" if (locale or "").startswith("ko") else "en"]
    values = {"command": values.get("name") or values.get("app", ""), "reason": "", **values, "error": key}
    return table.get(key, table["*"]).format_map(values)
