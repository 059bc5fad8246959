"""Queries about decisions, the votes on them, and delegations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, and_, case, col, exists, func, or_, select

from storage.tables import (
    BoundChannel,
    Decision,
    DecisionNote,
    DecisionStatus,
    Delegation,
    Person,
    PersonAccount,
    PersonState,
    Role,
    Vote,
)

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked
_OPEN = (DecisionStatus.PROPOSED, DecisionStatus.OBJECTED)


def by_number(session: Session, task_force_id: int, number: int) -> Decision | None:
    """The decision with this number in this task force."""
    query = select(Decision).where(Decision.task_force_id == task_force_id, Decision.number == number)
    return session.exec(query).first()


def lock(session: Session, decision_id: int) -> Decision:
    """The decision as it is now, and nobody else's to change until this transaction ends; what it replaces likewise."""
    return lock_all(session, [decision_id])[0]


def lock_all(session: Session, decision_ids: Iterable[int]) -> list[Decision]:
    """Several decisions likewise, by number. Rows are locked in one order, so that no two wait for each other."""
    wanted = list(decision_ids)
    replaced = select(Decision.replaces_id).where(col(Decision.id).in_(wanted), col(Decision.replaces_id).is_not(None))
    ids = {*wanted, *session.exec(replaced)}
    query = select(Decision).where(col(Decision.id).in_(ids)).order_by(col(Decision.id))
    locked = session.exec(query.with_for_update(key_share=True), execution_options=_FRESH).all()
    return [one for one in locked if one.id in wanted]


def votes(session: Session, decision: Decision) -> list[Vote]:
    """What was said to the wording as it is now, taken back or not, oldest first."""
    query = select(Vote).where(Vote.decision_id == decision.id, Vote.wording == decision.wording)
    return list(session.exec(query.order_by(col(Vote.cast_at), col(Vote.id)), execution_options=_FRESH))


def standing(session: Session, decision: Decision) -> list[Vote]:
    """Those of them that were not taken back."""
    return [vote for vote in votes(session, decision) if vote.withdrawn_at is None]


def successor(session: Session, decision: Decision) -> Decision | None:
    """The decision that replaces it, or is proposed to; one that was given up is none."""
    query = select(Decision).where(Decision.replaces_id == decision.id, Decision.status != DecisionStatus.WITHDRAWN)
    return session.exec(query.order_by(col(Decision.id).desc())).first()


def channel_of(session: Session, decision: Decision) -> BoundChannel:
    """The channel in which the decision's card stands."""
    return session.get_one(BoundChannel, decision.channel_id)


def notes(session: Session, decision_id: int) -> list[DecisionNote]:
    """Remarks on a decision, oldest first."""
    query = select(DecisionNote).where(DecisionNote.decision_id == decision_id)
    return list(session.exec(query.order_by(col(DecisionNote.written_at), col(DecisionNote.id))))


@dataclass(frozen=True)
class Wanted:
    """Which decisions of a task force a list shows; what is empty does not matter."""

    task_force_id: int
    statuses: tuple[DecisionStatus, ...] = ()
    stream: str = ""


def page(session: Session, wanted: Wanted, offset: int, limit: int) -> list[Decision]:
    """Some of the decisions, the newest first."""
    query = _matching(select(Decision), wanted).order_by(col(Decision.number).desc())
    return list(session.exec(query.offset(offset).limit(limit)))


def count(session: Session, wanted: Wanted) -> int:
    """How many there are."""
    return int(session.exec(_matching(select(func.count(col(Decision.id))), wanted)).one())


def _matching(query: Any, wanted: Wanted) -> Any:
    query = query.where(Decision.task_force_id == wanted.task_force_id)
    if wanted.statuses:
        query = query.where(col(Decision.status).in_(wanted.statuses))
    if wanted.stream:
        query = query.where(func.lower(col(Decision.stream)) == wanted.stream.lower())
    return query


def found(session: Session, task_force_id: int, words: Iterable[str], offset: int, limit: int) -> list[Decision]:
    """Some of a task force's decisions that have all these words (normalised), those in force first, then the newest."""
    order = (case((col(Decision.status) == DecisionStatus.IN_FORCE, 0), else_=1), col(Decision.number).desc())
    query = _with_words(select(Decision), task_force_id, words).order_by(*order)
    return list(session.exec(query.offset(offset).limit(limit)))


def count_found(session: Session, task_force_id: int, words: Iterable[str]) -> int:
    """How many of them there are."""
    return int(session.exec(_with_words(select(func.count(col(Decision.id))), task_force_id, words)).one())


def _with_words(query: Any, task_force_id: int, words: Iterable[str]) -> Any:
    has = [col(Decision.searchable).contains(word, autoescape=True) for word in words]
    return query.where(Decision.task_force_id == task_force_id, *has)


def awaiting(session: Session, person: Person, limit: int) -> list[Decision]:
    """Decisions to which the person's side has said nothing yet, oldest first. Whether the person may is another question."""
    said = exists().where(
        col(Vote.decision_id) == col(Decision.id),
        col(Vote.wording) == col(Decision.wording),
        col(Vote.side_id) == person.side_id,
        col(Vote.withdrawn_at).is_(None),
    )
    query = select(Decision).where(Decision.task_force_id == person.task_force_id, col(Decision.status).in_(_OPEN))
    return list(session.exec(query.where(~said).order_by(col(Decision.number)).limit(limit)))


def may_speak(session: Session, user_id: str) -> list[Person]:
    """The people that a Slack user is who may speak for a side, perhaps by delegation, over all task forces."""
    delegated = exists().where(col(Delegation.person_id) == col(Person.id), col(Delegation.ended_at).is_(None))
    query = (
        select(Person)
        .join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
        .where(PersonAccount.user_id == user_id, Person.state == PersonState.ACTIVE)
        .where(or_(col(Person.role).in_((Role.LEAD, Role.DEPUTY)), delegated))
        .order_by(col(Person.id))
    )
    return list(session.exec(query))


def delegations(session: Session, side_id: int) -> list[Delegation]:
    """A side's delegations that were not taken back, over or not, oldest first."""
    query = select(Delegation).where(Delegation.side_id == side_id, col(Delegation.ended_at).is_(None))
    return list(session.exec(query.order_by(col(Delegation.id)), execution_options=_FRESH))


def watched(session: Session, task_force_id: int) -> list[Decision]:
    """The decisions of a task force that may ever be reminded of, and those that are due though they should not be."""
    reviewed = and_(col(Decision.status) == DecisionStatus.IN_FORCE, col(Decision.review_on).is_not(None))
    wanted = or_(col(Decision.status).in_(_OPEN), reviewed, col(Decision.next_due_at).is_not(None))
    query = select(Decision).where(Decision.task_force_id == task_force_id, wanted)
    return list(session.exec(query.order_by(col(Decision.id))))


def due(session: Session, now: datetime, limit: int) -> list[Decision]:
    """Decisions of which there is something to say; they are ours until the transaction ends, and nobody else takes them."""
    query = select(Decision).where(col(Decision.next_due_at) <= now).order_by(col(Decision.next_due_at)).limit(limit)
    return list(session.exec(query.with_for_update(skip_locked=True, key_share=True), execution_options=_FRESH))


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there is such a decision, in somebody else's hands or not."""
    return session.exec(select(Decision.id).where(col(Decision.next_due_at) <= now).limit(1)).first() is not None


def next_moments(session: Session, now: datetime, limit: int) -> list[datetime]:
    """The next business times at which there is one."""
    due = col(Decision.next_due_at)
    return [at for at in session.exec(select(due).where(due > now).order_by(due).limit(limit)) if at]


def reviews_between(session: Session, task_force_id: int, first: date, last: date) -> list[Decision]:
    """The decisions in force that are to be looked at again from `first` to `last`, the earliest first."""
    query = select(Decision).where(Decision.task_force_id == task_force_id, Decision.status == DecisionStatus.IN_FORCE)
    query = query.where(col(Decision.review_on) >= first, col(Decision.review_on) <= last)
    return list(session.exec(query.order_by(col(Decision.review_on), col(Decision.number))))


def in_force_since(session: Session, task_force_id: int, since: datetime) -> list[Decision]:
    """The decisions that have come into force since then and still are, by number."""
    query = select(Decision).where(Decision.task_force_id == task_force_id, Decision.status == DecisionStatus.IN_FORCE)
    return list(session.exec(query.where(col(Decision.in_force_at) >= since).order_by(col(Decision.number))))
