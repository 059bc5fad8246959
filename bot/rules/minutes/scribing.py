"""The W3C's way to take minutes: who does, whom a word before a colon names, and lines as only people there write them."""

import re
from collections.abc import Iterable, Sequence

from bot.rules.minutes.people import People
from bot.rules.minutes.tree import Who

_NO_SPEAKER = re.compile(r"propos(?:ed|al)|(?:issue|action)-\d+|github|https?|[\d.]+", re.IGNORECASE)
_OWN_WORDS = re.compile(r"^&lt;\S+&gt;\s+(?=\S)")
_NICK = r"(?!items?\b|points?\b)[^\W\d][\w.$%-]*"
_ACTION_OF = re.compile(
    rf"action\s+(?P<text>{_NICK}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_NICK})*\s*(?:[:：]|\s+to\b).*)", re.IGNORECASE
)


class Scribes:
    """Who takes the minutes at the moment. Nobody was named: whoever writes may."""

    def __init__(self, names: Sequence[str], writers: Iterable[str]) -> None:
        self._nicks = {_key(name) for name in names} or None
        self._spelled = {nick.casefold(): nick for nick in writers}

    def change(self, names: Sequence[str], *, adds: bool, leave: bool) -> None:
        """`scribe: ann` is the whole list, `scribe+ ann` adds to it, `scribe- ann` takes away."""
        changed, before = {_key(name) for name in names}, self._nicks or set()
        self._nicks = before - changed if leave else before | changed if adds else changed

    def may_name(self, writer: str) -> bool:
        """Whether somebody writes down what others say."""
        return self._nicks is None or _key(writer) in self._nicks

    def named(self, before: str, people: People) -> Who | None:
        """Any single word names somebody, who can be given actions from then on."""
        if (who := people.named(before)) is not None:
            return who
        if " " in before or _NO_SPEAKER.fullmatch(before):
            return None
        who = Who(self._spelled.get(before.casefold(), before))
        people.add(who)
        return who


def scribes_of(text: str, writer: str) -> list[str]:
    """`ann, bob = Bob Lee`: their nicknames; nobody named: whoever wrote it."""
    return [re.split(r"[=/]", name)[0].strip() for name in text.split(",") if name.strip()] or [writer]


def assigned(line: str) -> str:
    """What follows `ACTION` in `ACTION ann: …`, `ACTION ann to …`; empty for other lines."""
    match = _ACTION_OF.fullmatch(line)
    return match["text"] if match else ""


def own_words(text: str) -> str:
    """A scribe's own opinion: `<ann> …`."""
    return _OWN_WORDS.sub("", text)


def _key(nick: str) -> str:
    """How nicknames are compared: who comes back after a broken line is `ann_`."""
    return nick.strip().rstrip("_").casefold()
