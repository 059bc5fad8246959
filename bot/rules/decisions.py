"""When a joint decision stands, who may say so, and when it is looked at again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules import roster
from storage.tables import (
    Choice,
    Decision,
    DecisionStatus,
    Delegation,
    Person,
    PersonState,
    Role,
    Side,
    TaskForce,
    Vote,
)

OPEN = frozenset({DecisionStatus.PROPOSED, DecisionStatus.OBJECTED})


class Outcome(StrEnum):
    """What the votes amount to."""

    PENDING = "pending"
    BLOCKED = "blocked"
    IN_FORCE = "in-force"


def latest(votes: Iterable[Vote]) -> dict[int, Vote]:
    """For each side the vote that counts: the latest of those that stand."""
    standing = [vote for vote in votes if vote.withdrawn_at is None]
    return {vote.side_id: vote for vote in sorted(standing, key=lambda one: (one.cast_at, one.id or 0))}


def outcome(votes: Iterable[Vote], sides: frozenset[int]) -> Outcome:
    """In force once every side confirms; one side's objection blocks. Counted per side; silence is no consent.

    `votes`: those on the wording as it is now.
    """
    counting = latest(votes)
    if any(vote.choice is Choice.OBJECT for vote in counting.values()):
        return Outcome.BLOCKED
    confirmed = {side_id for side_id, vote in counting.items() if vote.choice is Choice.CONFIRM}
    return Outcome.IN_FORCE if sides and sides <= confirmed else Outcome.PENDING


STATUS = {
    Outcome.PENDING: DecisionStatus.PROPOSED,
    Outcome.BLOCKED: DecisionStatus.OBJECTED,
    Outcome.IN_FORCE: DecisionStatus.IN_FORCE,
}


class CannotVote(StrEnum):
    """Why a person's word does not count: each is the key of the sentence that says so."""

    STRANGER = "decision-vote-stranger"
    OBSERVER = "decision-vote-observer"
    NOT_DELEGATED = "decision-vote-not-delegated"
    NO_RIGHT = "decision-vote-no-right"
    FOR_ANOTHER_SIDE = "decision-vote-for-another-side"


def why_not_vote(person: Person | None, delegation: Delegation | None, votes: Iterable[Vote]) -> CannotVote | None:
    """Why the person may not speak for the own side; None: it counts. Nobody ever speaks for two sides.

    `delegation`: one to this person that is good today.
    """
    if person is None or person.state is not PersonState.ACTIVE:
        return CannotVote.STRANGER
    if not roster.may(person.role, roster.Right.CHANGE_ITEMS):
        return CannotVote.OBSERVER
    if not roster.may(person.role, roster.Right.CONFIRM_RECORDS) and delegation is None:
        return CannotVote.NOT_DELEGATED if person.role is Role.SECRETARY else CannotVote.NO_RIGHT
    if any(
        vote.person_id == person.id and vote.side_id != person.side_id and vote.withdrawn_at is None for vote in votes
    ):
        return CannotVote.FOR_ANOTHER_SIDE
    return None


def is_good(delegation: Delegation, person: Person, today: date) -> bool:
    """Whether a delegation lets the person speak for the side today: to a secretary of that side, not over, not taken back."""
    is_secretary = person.role is Role.SECRETARY and person.state is PersonState.ACTIVE
    over = delegation.until is not None and delegation.until < today
    return (
        is_secretary
        and not over
        and delegation.ended_at is None
        and (delegation.person_id, delegation.side_id) == (person.id, person.side_id)
    )


def may_confirm(person: Person) -> bool:
    """Whether the person speaks for the own side by the role, without any delegation."""
    return person.state is PersonState.ACTIVE and roster.may(person.role, roster.Right.CONFIRM_RECORDS)


@dataclass(frozen=True)
class Word:
    """A side, and what it says by the vote that counts: who, and by whose delegation. None: nothing yet."""

    side: Side
    vote: Vote | None = None
    person: Person | None = None
    delegated_by: Person | None = None

    @property
    def confirms(self) -> bool:
        return self.vote is not None and self.vote.choice is Choice.CONFIRM


@dataclass(frozen=True)
class DecisionView:
    """A decision with everything that is told about it; `words` in the order of the sides."""

    decision: Decision
    task_force: TaskForce
    recorder: Person
    words: tuple[Word, ...]
    replaces: Decision | None = None
    successor: Decision | None = None  # one that is to replace it, or has

    @property
    def is_open(self) -> bool:
        return self.decision.status in OPEN

    @property
    def waiting(self) -> list[Word]:
        return [word for word in self.words if not word.confirms]


def ordered(words: Mapping[int, Word], sides: Sequence[Side]) -> tuple[Word, ...]:
    """A word for every side, in the order of the sides."""
    return tuple(words.get(side.id or 0) or Word(side) for side in sides)
