"""What a list of items is asked to show."""

import re
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
    Shown.OPEN: ("open", "진행", "진행중"),
    Shown.MINE: ("mine", "내것", "내할일", "my"),
    Shown.OVERDUE: ("overdue", "지연", "late"),
    Shown.WAITING: ("waiting", "차례", "대기"),
    Shown.CLOSED: ("closed", "완료", "done"),
    Shown.ALL: ("all", "전체", "모두"),
}
_SHOWN_OF = {word: shown for shown, words in WORDS.items() for word in words}
_STREAM = re.compile(r"<#[^<>|]*\|([^<>]+)>|(?<!\S)#(?=\S*[^\W\d])([^\s#<>]+)")


@dataclass(frozen=True)
class ListLine:
    """`user_id` was mentioned; `word` is what was not understood: the name of a side or of a person, or nothing known."""

    shown: Shown = Shown.OPEN
    user_id: str = ""
    word: str = ""
    stream: str = ""


def read_list(rest: str) -> ListLine:
    """`[open|mine|overdue|waiting|closed|all] [@who|side] [#stream]`, in any order."""
    text = normalise(rest)
    people = slack_text.mentioned(text)
    stream = _STREAM.search(text)
    left = slack_text.plain(slack_text.TOKEN.sub(" ", _STREAM.sub(" ", text))).split()
    shown = next((_SHOWN_OF[word.lower()] for word in left if word.lower() in _SHOWN_OF), Shown.OPEN)
    others = [word for word in left if word.lower() not in _SHOWN_OF]
    label = (stream.group(1) or stream.group(2)) if stream else ""
    return ListLine(shown, people[0] if people else "", " ".join(others).removeprefix("@"), label)
