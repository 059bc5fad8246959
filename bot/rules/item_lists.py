"""What a list of items is asked to show."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.rules import slack_text
from bot.rules.grammar import normalise


class Shown(StrEnum):
    """Which items a list shows."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"
    WAITING = "waiting"
    CLOSED = "closed"
    ALL = "all"


# The first English and the first Korean word are the ones that the bot itself uses.
WORDS: dict[Shown, tuple[str, ...]] = {
    Shown.OPEN: ("open", "진행", "진행중", "inprogress"),
    Shown.MINE: ("mine", "내것", "내할일", "나", "my", "me"),
    Shown.OVERDUE: ("overdue", "지연", "late"),
    Shown.WAITING: ("waiting", "차례", "대기"),
    Shown.CLOSED: ("closed", "완료", "done"),
    Shown.ALL: ("all", "전체", "모두"),
}
OURS = {"우리", "우리측", "ours", "ourside"}  # the asker's side
_KIND_OF = {word: shown for shown, words in WORDS.items() for word in words}
_STREAM = re.compile(r"<#[^<>|]*\|([^<>]+)>|(?<!\S)#(?=\S*[^\W\d])([^\s#<>]+)")
_MOST_WORDS = 3  # of one kind, such as `내 할 일`


@dataclass(frozen=True)
class ListLine:
    """What a list is to show. `word` is what is left: the names of a side, of a person, or nothing known."""

    kinds: tuple[Shown, ...] = ()
    user_ids: tuple[str, ...] = ()  # mentioned
    word: str = ""
    streams: tuple[str, ...] = ()
    ours: bool = False

    @property
    def shown(self) -> Shown:
        """The kind that gives the list its name."""
        states = [one for one in self.kinds if one not in (Shown.MINE, Shown.OPEN)]
        return states[0] if states else Shown.MINE if self.is_mine else Shown.OPEN

    @property
    def is_mine(self) -> bool:
        """Whether it is about the asker's own parts."""
        return Shown.MINE in self.kinds

    @property
    def names_nobody(self) -> bool:
        """Whether it means the same in every task force: no name of a person or a side."""
        return not (self.user_ids or self.word)

    @property
    def is_clear(self) -> bool:
        """Whether the kinds go together, and there is at most one of everything else."""
        states = {one for one in self.kinds if one is not Shown.MINE}
        together = len(states) < 2 or states <= {Shown.OPEN, Shown.OVERDUE, Shown.WAITING}
        return together and len(self.streams) < 2 and len(self.user_ids) + self.is_mine < 2

    def __str__(self) -> str:
        """The line in one short spelling, which reads as the same again: what buttons to other pages carry."""
        users, streams = (f"<@{one}>" for one in self.user_ids), (f"#{one}" for one in self.streams)
        return " ".join([*self.kinds, *(["ours"] if self.ours else []), *users, self.word, *streams]).strip()


def read_list(rest: str) -> ListLine:
    """`[open|mine|overdue|waiting|closed|all] [@who|side] [#stream]`, in any order and together."""
    text = normalise(rest)
    streams = dict.fromkeys(one.group(1) or one.group(2) for one in _STREAM.finditer(text))
    left = slack_text.plain(slack_text.TOKEN.sub(" ", _STREAM.sub(" ", text))).split()
    kinds, others = _take(left, set(_KIND_OF))
    ours, others = _take(others, OURS)
    return ListLine(
        tuple(dict.fromkeys(_KIND_OF[one] for one in kinds)),
        tuple(slack_text.mentioned(text)),
        " ".join(others).removeprefix("@"),
        tuple(streams),
        bool(ours),
    )


def take_side(word: str, sides: Iterable[str]) -> tuple[str, str]:
    """The side that some words name, with or without 측, and the other words; "" for none."""
    for side in sorted(sides, key=len, reverse=True):
        match = re.search(rf"(?<!\S){re.escape(side)}(?:\s?측)?(?!\S)", word, re.IGNORECASE)
        if match:
            return side, " ".join(f"{word[: match.start()]} {word[match.end() :]}".split())
    return "", word


def _take(words: list[str], known: set[str]) -> tuple[list[str], list[str]]:
    """The known words, spaces within them aside, and the others."""
    found: list[str] = []
    others: list[str] = []
    at = 0
    while at < len(words):
        joined = (("".join(words[at : at + n]).lower(), n) for n in range(_MOST_WORDS, 0, -1))
        match, n = next(((one, n) for one, n in joined if one in known), ("", 1))
        (found if match else others).append(match or words[at])
        at += n
    return found, others
