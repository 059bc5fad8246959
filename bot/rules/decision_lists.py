"""What a list of decisions is asked to show."""

from dataclasses import dataclass
from enum import StrEnum

from bot.rules import slack_text
from bot.rules.grammar import normalise
from bot.rules.lines import take_stream
from storage.tables import DecisionStatus


class Shown(StrEnum):
    """Which decisions a list shows. `CURRENT`: in force, or on the way there."""

    CURRENT = "current"
    PENDING = "pending"
    IN_FORCE = "in-force"
    OBJECTED = "objected"
    SUPERSEDED = "superseded"
    ALL = "all"


# The first English and the first Korean word are the ones that the bot itself uses.
WORDS: dict[Shown, tuple[str, ...]] = {
    Shown.CURRENT: ("current", "현재"),
    Shown.PENDING: ("pending", "대기", "확인대기", "제안", "proposed"),
    Shown.IN_FORCE: ("in-force", "확정", "시행", "force", "agreed"),
    Shown.OBJECTED: ("objected", "이의"),
    Shown.SUPERSEDED: ("superseded", "변경됨", "변경", "대체"),
    Shown.ALL: ("all", "전체", "모두"),
}
STATUSES: dict[Shown, tuple[DecisionStatus, ...]] = {
    Shown.CURRENT: (DecisionStatus.PROPOSED, DecisionStatus.OBJECTED, DecisionStatus.IN_FORCE),
    Shown.PENDING: (DecisionStatus.PROPOSED,),
    Shown.IN_FORCE: (DecisionStatus.IN_FORCE,),
    Shown.OBJECTED: (DecisionStatus.OBJECTED,),
    Shown.SUPERSEDED: (DecisionStatus.SUPERSEDED,),
    Shown.ALL: (),
}
_SHOWN_OF = {word: shown for shown, words in WORDS.items() for word in words}


@dataclass(frozen=True)
class ListLine:
    """`word` is what was not understood."""

    shown: Shown = Shown.CURRENT
    stream: str = ""
    word: str = ""


def read_list(rest: str) -> ListLine:
    """`[current|pending|in-force|objected|superseded|all] [#stream]`, in any order; spaces inside a word do not matter."""
    stream, left = take_stream(normalise(rest))
    word = "".join(slack_text.plain(left).lower().split()).replace("inforce", "in-force")
    shown = _SHOWN_OF.get(word)
    return ListLine(shown or Shown.CURRENT, stream, "" if shown or not word else slack_text.plain(left).strip())
