"""Text as Slack hands it over: `<@U1|name>`, `<#C1|name>`, `<https://…|…>`, `&amp;`; and the plain text a person typed."""

import re
from html import unescape

TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def mentioned(text: str) -> list[str]:
    """The ids of the people mentioned, in order, each once."""
    return list(dict.fromkeys(match.group(2) for match in TOKEN.finditer(text) if match.group(1) == "@"))


def plain(text: str, names: dict[str, str] | None = None) -> str:
    """What the person sees in their own window: mentions as @name, channels as #name, links as their address.

    `names` gives names for user ids; without one, the name that Slack put into the token, else the id.
    """

    def shown(match: re.Match[str]) -> str:
        kind, target, label = match.groups()
        if kind == "@":
            return "@" + ((names or {}).get(target) or label or target)
        if kind == "#":
            return "#" + (label or target)
        if kind == "!":
            return label or "@" + target.split("^")[0]
        return target

    return unescape(TOKEN.sub(shown, text))
