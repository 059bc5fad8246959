"""What is asked for where somebody is to confirm for a side by delegation."""

import re
from dataclasses import dataclass

from bot.rules.grammar import normalise

_END = re.compile(r"(?<!\S)(회수|해제|취소|end|revoke|take\s+back)(?!\S)", re.IGNORECASE)
_MENTION = re.compile(r"<@[^<>]*>")


@dataclass(frozen=True)
class DelegateLine:
    """`who`: words that name somebody, by mention or roster name; `until`: what is left, which should be a date."""

    who: str = ""
    until: str = ""
    ends: bool = False  # it is to be taken back


def read_delegate(rest: str, names: list[str]) -> DelegateLine:
    """`[@who|NAME [title]] [until DATE]`, `end @who`. `names`: those of the own side, alone and with their titles."""
    text = normalise(rest)
    ends = bool(_END.search(text))
    text = _END.sub(" ", text).strip()
    mention = _MENTION.search(text)
    if mention:
        return DelegateLine(mention.group(), _date(f"{text[: mention.start()]} {text[mention.end() :]}"), ends)
    for name in sorted(names, key=len, reverse=True):
        if text.removeprefix("@").startswith(name):
            return DelegateLine(name, _date(text.removeprefix("@")[len(name) :]), ends)
    return DelegateLine(text, "", ends)


def _date(text: str) -> str:
    return re.sub(r"^\s*(님(에게|께)?|에게|until|till)\s*", "", text.strip(), flags=re.IGNORECASE).strip()
