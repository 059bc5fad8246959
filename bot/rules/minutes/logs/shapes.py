"""Chats as people hand them on: quoted in mail, copied from a page, fenced in Markdown; brought to a line for each message."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.rules.minutes.heads import read_head
from bot.rules.minutes.logs.chat import ChatLine
from bot.rules.minutes.substitutions import act_of
from bot.rules.minutes.words import Act

_QUOTE = re.compile(r"> ?")
_FENCE = re.compile(r"\s*(?:```\w*|~~~\w*)\s*")
_NICK_ABOVE = re.compile(r"^(\d\d:\d\d(?::\d\d)?) \[([^\]\s]+)\][ \t]*\n(?!\d\d:\d\d)", re.MULTILINE)
_WITHOUT_BRACKETS = re.compile(r"(?P<nick>[^\s:<>#]{1,30}): (?P<text>.*)")
_ONLY_TYPED = frozenset({Act.START, Act.END, Act.SCRIBE})  # what nobody says: a line with it was typed into a chat
_MOST = 0.6


def unwrapped(text: str) -> list[str]:
    """The lines without marks of quotation and fences; RRSAgent's page has the nickname above each message."""
    lines = [line for line in text.split("\n") if line.strip() and not _FENCE.fullmatch(line)]
    if sum(line.startswith(">") for line in lines) >= _MOST * len(lines):
        lines = [_QUOTE.sub("", line, count=1) for line in lines]
    return [line for line in _NICK_ABOVE.sub(r"\1 <\2> ", "\n".join(lines)).split("\n") if line.strip()]


def without_brackets(lines: Sequence[str]) -> list[ChatLine] | None:
    """`nick: text` in every line, and somebody types a command behind it; None if this is another text."""
    matches = [_WITHOUT_BRACKETS.fullmatch(line) for line in lines]
    found = [ChatLine(match["nick"], match["text"].rstrip()) for match in matches if match]
    typed = any(act_of(read_head(line.text).word) in _ONLY_TYPED for line in found)
    return found if typed and len(found) == len(matches) else None


def with_actions(lines: Sequence[ChatLine]) -> list[ChatLine]:
    """`* ann waves` without a stamp is what ann does, if somebody called so writes in this log."""
    nicks = {line.nick for line in lines if line.nick}
    return [_action(line, nicks) for line in lines]


def _action(line: ChatLine, nicks: set[str]) -> ChatLine:
    star, _, rest = line.text.partition(" ")
    nick, _, done = rest.partition(" ")
    if line.nick or line.system or line.stamp or star != "*" or nick not in nicks:
        return line
    return replace(line, nick=nick, text=done, action=True)
