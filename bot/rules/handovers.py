"""What is handed over, to whom it may be, who may do so; and what stands after `handover`."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.rules import slack_text
from bot.rules.names import Roster, bearers
from bot.rules.roster import Right, may
from storage.tables import BudgetOwner, Part, Person, PersonState, Role, TaskForce

MENTION = "\x00"  # stands where a mention was
_ACTING = re.compile(r"(?:(?<!\S)(?:직무)?대행(?:으로)?|\bacting\b)", re.IGNORECASE)
_ARROW = re.compile(r"→|⇒|->|=>|>")
_BESIDE = {"to", "에서"}  # stand beside names and say no more than their order does
_FROM_TO = re.compile(r"(?:에서|으로|로)$")
_MOST_WORDS = 5  # of a name with its title
Held = TypeVar("Held", Part, BudgetOwner)
HANDED_OVER, HANDED_BACK = "handed-over", "handed-back"  # acts of the history
RANKS = (Role.OBSERVER, Role.MEMBER, Role.SECRETARY, Role.DEPUTY, Role.LEAD)


class NoHandover(StrEnum):
    """Why not: each is the key of the sentence that says so."""

    OTHER_SIDE = "handover-other-side"
    NO_RIGHT = "handover-no-right"
    TWO_SIDES = "handover-two-sides"
    SAME_PERSON = "handover-same-person"
    RECEIVER_GONE = "handover-receiver-gone"
    RECEIVER_OBSERVER = "handover-receiver-observer"


def may_hand_over(by: Person, giver: Person, *, is_gone: bool, has_keepers: bool) -> NoHandover | None:
    """A person's own things, or those of anybody of the own side by who may change its roster.

    `has_keepers`: somebody who may is left on the giver's side. Where nobody is, its members may for the one who is gone.
    """
    if by.side_id != giver.side_id:
        return NoHandover.OTHER_SIDE
    if by.id == giver.id or may(by.role, Right.CHANGE_ROSTER):
        return None
    orphaned = is_gone and not has_keepers and may(by.role, Right.CHANGE_ITEMS)
    return None if orphaned else NoHandover.NO_RIGHT


def may_receive(giver: Person, receiver: Person) -> NoHandover | None:
    """Somebody else of the same side, in the roster, who may own items."""
    if giver.id == receiver.id:
        return NoHandover.SAME_PERSON
    if giver.side_id != receiver.side_id:
        return NoHandover.TWO_SIDES
    if receiver.state is not PersonState.ACTIVE:
        return NoHandover.RECEIVER_GONE
    return None if may(receiver.role, Right.CONFIRM_OWN_ITEMS) else NoHandover.RECEIVER_OBSERVER


def moving(held: Iterable[Held], giver_id: int, receiver_id: int, *, is_return: bool) -> list[Held]:
    """Which parts of items or lines of the budget move: the giver's own, and those that others own in the giver's place.

    But to somebody who was away goes back what the giver holds in their place, and only that.
    """
    known = list(held)
    if is_return:
        return [one for one in known if one.owner_id == giver_id and one.acting_for_id == receiver_id]
    return [one for one in known if giver_id in (one.owner_id, one.acting_for_id)]


def acts_for(part: Part | BudgetOwner, giver_id: int, receiver_id: int, *, acting: bool) -> int | None:
    """In whose place the receiver owns a part from now on: the giver's, or still that of whoever is away already."""
    if part.acting_for_id in (receiver_id, giver_id):
        return giver_id if acting and part.acting_for_id == giver_id else None
    return part.acting_for_id or (giver_id if acting else None)


def role_passed(giver: Person, receiver: Person) -> Role:
    """The receiver's role after the giver's was passed on: never a lower one."""
    return max(giver.role, receiver.role, key=RANKS.index)


def has_role(person: Person) -> bool:
    """Whether there is a role to be passed on."""
    return may(person.role, Right.CHANGE_ROSTER)


def begins_at(day: date, task_force: TaskForce) -> datetime:
    """The beginning of a day where the task force works."""
    return datetime.combine(day, time(), ZoneInfo(task_force.zone))


@dataclass(frozen=True)
class Named:
    """Somebody whom a line names: by mention (`user_id`), or by name with all whom it may mean."""

    written: str
    user_id: str = ""
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class HandoverLine:
    """The people in the order in which they stand, whether one is to act for the other, and the words that are left."""

    people: tuple[Named, ...]
    acting: bool
    rest: str


def read_handover(text: str, roster: Roster) -> HandoverLine:
    """Read `@a @b`, `정하늘 교수 → 김민지 대행 12월 1일부터`, `from @a to @b acting from Dec 1`."""
    users = [match.group(2) for match in slack_text.TOKEN.finditer(text) if match.group(1) == "@"]
    words = slack_text.plain(slack_text.TOKEN.sub(_placeholder, text.replace(MENTION, " ")))
    acting = _ACTING.search(words) is not None
    words = _ARROW.sub(" ", _ACTING.sub(" ", words)).replace(",", " ")
    found, rest = _names(words.replace(MENTION, f" {MENTION} ").split(), users, roster)
    return HandoverLine(tuple(found), acting, " ".join(rest))


def _placeholder(match: re.Match[str]) -> str:
    return MENTION if match.group(1) == "@" else match.group()


def _names(words: Sequence[str], users: list[str], roster: Roster) -> tuple[list[Named], list[str]]:
    found: list[Named] = []
    rest: list[str] = []
    at = 0
    while at < len(words):
        if words[at] == MENTION:
            found.append(Named("", users.pop(0)))
            at += 1
            continue
        named, length = _name_at(words, at, roster)
        if named:
            found.append(named)
        else:
            rest.append(words[at])
        at += length
    return found, _without_beside(rest, bool(found))


def _name_at(words: Sequence[str], at: int, roster: Roster) -> tuple[Named | None, int]:
    """The longest name at this word, and how many words it takes."""
    for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        written = " ".join(words[at : at + length]).lstrip("@")
        people = bearers(written, roster) or bearers(_FROM_TO.sub("", written), roster)
        if people:
            return Named(written, people=people), length
    return None, 1


def _without_beside(rest: list[str], has_names: bool) -> list[str]:
    """`from` before a date stays: what is left is read as a date."""
    if not has_names:
        return rest
    kept = [word for word in rest if word.lower() not in _BESIDE]
    while kept[:1] == ["from"] and kept[1:2] in ([], ["from"]):
        kept = kept[1:]
    return kept


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be handed over. `starts_on` None: at once."""

    giver_id: int
    receiver_id: int
    acting: bool = False
    with_role: bool = False
    starts_on: date | None = None

    def packed(self) -> str:
        """As a button carries it."""
        marks = f"{self.acting:d}:{self.with_role:d}"
        return f"{self.giver_id}:{self.receiver_id}:{marks}:{self.starts_on.isoformat() if self.starts_on else ''}"


def unpacked(packed: str) -> Wish:
    """The other way; what is not ours is a `ValueError`."""
    giver, receiver, acting, with_role, day = packed.split(":")
    starts_on = date.fromisoformat(day) if day else None
    return Wish(int(giver), int(receiver), acting == "1", with_role == "1", starts_on)
