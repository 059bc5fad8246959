"""User text on its way out: it can never ping, link or spoof. Every user text passes here exactly once."""

from collections.abc import Iterable
from unicodedata import category

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
TEXT_LIMIT = 4000  # what Slack recommends for a message's text; the blocks have the rest
JOINERS = {"\u200c", "\u200d", "\ufe0e", "\ufe0f"}  # format characters that emoji and scripts need


def clean(text: str) -> str:
    """Without control characters, lone surrogates and direction overrides: safe in `plain_text` and in files."""
    if text.isprintable():  # nearly all texts are, and it says so at once
        return text
    return "".join(char for char in text if char in "\n\t" or char in JOINERS or category(char) not in _UNSAFE)


def escape(text: str) -> str:
    """For mrkdwn and the fallback text: Slack's three characters become entities."""
    return clean(text).translate(_TRANSLATED)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, the cut shown by `…`. For plain text; for escaped text see `escape_within`."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escape_within(text: str, limit: int) -> str:
    """Escaped and at most `limit` characters, never cut inside an entity."""
    if len(whole := escape(text)) <= limit:
        return whole
    kept, room = [], limit - 1
    for piece in (ENTITIES.get(char, char) for char in clean(text)):
        room -= len(piece)
        if room < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


def whole_lines(lines: Iterable[str], limit: int = TEXT_LIMIT) -> str:
    """As many of the (escaped) lines as fit, none of them cut."""
    kept: list[str] = []
    for line in lines:
        limit -= len(line) + 1
        if limit < 0:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)


_TRANSLATED = str.maketrans(ENTITIES)
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn"}
