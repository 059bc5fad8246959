"""Message text as Slack stores it, and the rich_text block it makes of what a person wrote."""

import re
import zlib
from itertools import groupby

from playground.state import Json

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
_CONTROL = re.compile(
    r"<(?:[@#][A-Z0-9]+(?:\|[^<>]*)?|!(?:channel|here|everyone|subteam\^[A-Z0-9]+|date\^[^<>]+)(?:\|[^<>]*)?|(?:https?://|mailto:|tel:)[^<>]+)>"
)
_URL = re.compile(r"https?://[^\s<>|]+")
_TOKEN = re.compile(r"<([^<>]+)>|:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")
_LINE_START = re.compile(r"• |&gt; ?|\d{1,3}\. ")
"""How Slack writes a list or a quote into the text of a message."""
_STYLES = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}
_STYLED = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]+?)(?<=\S)\1(?![\w*_~`])")


def normalise(text: str) -> str:
    """Escape & < > outside Slack's own notation and link bare URLs; text that is already so stays as it is."""
    result, at = [], 0
    for match in _CONTROL.finditer(text):
        result += [_plain(text[at : match.start()]), match[0]]
        at = match.end()
    return "".join([*result, _plain(text[at:])])


def _plain(text: str) -> str:
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return _URL.sub(_linked, text)


def _linked(match: re.Match[str]) -> str:
    """A bare URL as a link, without the punctuation of the sentence around it."""
    url = match[0]
    while url[-1] in ".,:;!?'\"]}" or (url[-1] == ")" and url.count("(") < url.count(")")):
        url = url[:-1]
    return f"<{url}>{match[0][len(url) :]}" if not url.endswith("//") else match[0]


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentioned(text: str) -> set[str]:
    """The user ids a text mentions."""
    return set(re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", text))


def escaped_command(text: str, names: dict[str, str], channels: dict[str, str]) -> str:
    """A command's text with mentions as `should_escape` sends them: <@U…|name>, <#C…|name>."""
    text = re.sub(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", lambda m: f"<@{m[1]}|{names.get(m[1], '')}>", text)
    return re.sub(r"<#([C][A-Z0-9]+)(?:\|[^<>]*)?>", lambda m: f"<#{m[1]}|{channels.get(m[1], '')}>", text)


def unescaped_command(text: str, names: dict[str, str], channels: dict[str, str]) -> str:
    """A command's text as it comes without `should_escape`: @name and #channel as typed."""
    text = re.sub(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", lambda m: f"@{names.get(m[1], m[1])}", text)
    return re.sub(r"<#([C][A-Z0-9]+)(?:\|[^<>]*)?>", lambda m: f"#{channels.get(m[1], m[1])}", text)


def rich_text(text: str) -> list[Json]:
    """The blocks Slack's composer attaches to a person's message: one rich_text block."""
    elements: list[Json] = []
    for index, part in enumerate(re.split(r"```", text)):
        if index % 2:
            inner = [{"type": "text", "text": unescape(part.strip("\n"))}]
            elements.append({"type": "rich_text_preformatted", "elements": inner, "border": 0})
        elif part.strip() or index == 0:
            elements += _paragraphs(part)
    block_id = f"{zlib.crc32(text.encode()):08x}"[:5]
    return [{"type": "rich_text", "block_id": block_id, "elements": elements}]


def _paragraphs(text: str) -> list[Json]:
    """Sections, quotes and lists, as the lines begin."""
    return [_paragraph(kind, list(lines)) for kind, lines in groupby(text.split("\n"), key=_kind_of_line)]


def _paragraph(kind: str, lines: list[str]) -> Json:
    if not kind or (kind == "ordered" and not lines[0].startswith("1. ")):  # a date such as `11. 30.` begins no list
        return {"type": "rich_text_section", "elements": _inline("\n".join(lines))}
    found = [_LINE_START.sub("", line) for line in lines]
    if kind == "quote":
        return {"type": "rich_text_quote", "elements": _inline("\n".join(found))}
    items = [{"type": "rich_text_section", "elements": _inline(line)} for line in found]
    return {"type": "rich_text_list", "style": kind, "indent": 0, "border": 0, "elements": items}


def _kind_of_line(line: str) -> str:
    match = _LINE_START.match(line)
    if not match:
        return ""
    return {"•": "bullet", "&": "quote"}.get(match[0][0], "ordered")


def _inline(text: str) -> list[Json]:
    result: list[Json] = []
    at = 0
    for match in _TOKEN.finditer(text):
        element = _control(match[1]) if match[1] else {"type": "emoji", "name": match[2]}
        if element:
            result += [*_styled(text[at : match.start()]), element]
            at = match.end()
    return result + _styled(text[at:])


def _styled(text: str) -> list[Json]:
    result: list[Json] = []
    at = 0
    for match in _STYLED.finditer(text):
        result += _text(text[at : match.start()])
        result.append({"type": "text", "text": unescape(match[2]), "style": {_STYLES[match[1]]: True}})
        at = match.end()
    return result + _text(text[at:])


def _text(text: str) -> list[Json]:
    return [{"type": "text", "text": unescape(text)}] if text else []


def _control(inner: str) -> Json | None:
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": target[9:]}
    if target in ("!here", "!channel", "!everyone"):
        return {"type": "broadcast", "range": target[1:]}
    if re.match(r"https?://|mailto:|tel:", target):
        return {"type": "link", "url": unescape(target), **({"text": unescape(label)} if label else {})}
    return None
