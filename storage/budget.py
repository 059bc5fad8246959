"""Queries about budget lines. Whoever loads lines says for whose eyes: what is internal to another side is not there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, or_, select

from storage.tables import (
    BudgetLine,
    BudgetLink,
    BudgetNote,
    BudgetOwner,
    BudgetShare,
    Execution,
    Milestone,
    TaskForce,
)

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked


@dataclass(frozen=True)
class Sight:
    """What somebody may see of a task force: joint lines, and the own side's internal ones (`side_id` None: a channel)."""

    task_force_id: int
    side_id: int | None = None

    def admits(self, line: BudgetLine) -> bool:
        """The same as the queries' condition, for a line that is loaded already."""
        own = line.task_force_id == self.task_force_id and line.internal_to in (None, self.side_id)
        return own and line.withdrawn_at is None


def lock_numbers(session: Session, task_force_id: int) -> int:
    """The number that the task force's next line gets; who else adds one waits until this transaction ends."""
    query = select(TaskForce).where(TaskForce.id == task_force_id).with_for_update(key_share=True)
    session.exec(query, execution_options=_FRESH).one()
    last = session.exec(select(func.max(col(BudgetLine.number))).where(BudgetLine.task_force_id == task_force_id)).one()
    return (last or 0) + 1


def by_number(session: Session, sight: Sight, number: int) -> BudgetLine | None:
    """The line with this number."""
    found: BudgetLine | None = session.exec(_seen(select(BudgetLine), sight).where(BudgetLine.number == number)).first()
    return found


def by_id(session: Session, sight: Sight, line_id: int) -> BudgetLine | None:
    """The line with this id, which a button may carry."""
    found: BudgetLine | None = session.exec(_seen(select(BudgetLine), sight).where(BudgetLine.id == line_id)).first()
    return found


def lock(session: Session, line: BudgetLine) -> BudgetLine:
    """The line as it is now, and nobody else's to change until this transaction ends."""
    query = select(BudgetLine).where(BudgetLine.id == line.id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).one()


def lines(session: Session, sight: Sight, year: int | None = None) -> list[BudgetLine]:
    """All of them, by year and number."""
    query = _seen(select(BudgetLine), sight).order_by(col(BudgetLine.year), col(BudgetLine.number))
    return list(session.exec(query.where(BudgetLine.year == year) if year else query))


def found(session: Session, sight: Sight, words: Iterable[str], offset: int, limit: int) -> list[BudgetLine]:
    """Some of those that have all these words (normalised), the newest first."""
    query = _with_words(select(BudgetLine), sight, words).order_by(col(BudgetLine.number).desc())
    return list(session.exec(query.offset(offset).limit(limit)))


def count_found(session: Session, sight: Sight, words: Iterable[str]) -> int:
    """How many there are."""
    return int(session.exec(_with_words(select(func.count(col(BudgetLine.id))), sight, words)).one())


def tied_to(session: Session, sight: Sight, letter: str, number: int) -> list[BudgetLine]:
    """The lines that have to do with an item (`A`) or a decision (`R`), by number."""
    query = _seen(select(BudgetLine).join(BudgetLink, col(BudgetLink.line_id) == col(BudgetLine.id)), sight)
    query = query.where(BudgetLink.letter == letter, BudgetLink.number == number)
    return list(session.exec(query.order_by(col(BudgetLine.number))))


def owned_by(session: Session, sight: Sight, person_id: int) -> list[BudgetLine]:
    """Those that somebody owns for the own side."""
    query = _seen(select(BudgetLine), sight).join(BudgetOwner, col(BudgetOwner.line_id) == col(BudgetLine.id))
    query = query.where(BudgetOwner.owner_id == person_id)
    return list(session.exec(query.order_by(col(BudgetLine.year), col(BudgetLine.number))))


def shares(session: Session, line_ids: Iterable[int]) -> list[BudgetShare]:
    """Where the money of these lines comes from."""
    query = select(BudgetShare).where(col(BudgetShare.line_id).in_(list(line_ids)))
    return list(session.exec(query, execution_options=_FRESH))


def owners(session: Session, line_ids: Iterable[int]) -> list[BudgetOwner]:
    """Who owns these lines for a side."""
    query = select(BudgetOwner).where(col(BudgetOwner.line_id).in_(list(line_ids)))
    return list(session.exec(query, execution_options=_FRESH))


def links(session: Session, line_id: int) -> list[BudgetLink]:
    """What a line has to do with."""
    query = select(BudgetLink).where(BudgetLink.line_id == line_id)
    return list(session.exec(query.order_by(col(BudgetLink.letter), col(BudgetLink.number))))


def notes(session: Session, line_id: int) -> list[BudgetNote]:
    """What was written about a line, oldest first."""
    query = select(BudgetNote).where(BudgetNote.line_id == line_id)
    return list(session.exec(query.order_by(col(BudgetNote.written_at), col(BudgetNote.id))))


def executions(session: Session, line_ids: Iterable[int]) -> list[Execution]:
    """What was told of the spending of these lines, oldest first."""
    query = select(Execution).where(col(Execution.line_id).in_(list(line_ids)))
    return list(session.exec(query.order_by(col(Execution.as_of), col(Execution.id))))


def milestones(session: Session, line_ids: Iterable[int]) -> list[Milestone]:
    """The milestones of these lines, by number."""
    query = select(Milestone).where(col(Milestone.line_id).in_(list(line_ids)), col(Milestone.withdrawn_at).is_(None))
    return list(session.exec(query.order_by(col(Milestone.line_id), col(Milestone.number))))


def next_step(session: Session, line_id: int) -> int:
    """The number that a line's next milestone gets; that of one which was taken back stays taken."""
    return (session.exec(select(func.max(col(Milestone.number))).where(Milestone.line_id == line_id)).one() or 0) + 1


def milestone(session: Session, sight: Sight, milestone_id: int) -> Milestone | None:
    """The milestone with this id, which a button may carry, if its line may be seen."""
    query = select(Milestone).join(BudgetLine, col(BudgetLine.id) == col(Milestone.line_id))
    stands = _seen(query, sight).where(Milestone.id == milestone_id, col(Milestone.withdrawn_at).is_(None))
    found: Milestone | None = session.exec(stands).first()
    return found


def lock_milestone(session: Session, found: Milestone) -> Milestone:
    """The milestone as it is now, and nobody else's to change until this transaction ends."""
    query = select(Milestone).where(Milestone.id == found.id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).one()


def _seen(query: Any, sight: Sight) -> Any:
    joint = col(BudgetLine.internal_to).is_(None)
    visible = joint if sight.side_id is None else or_(joint, col(BudgetLine.internal_to) == sight.side_id)
    return query.where(BudgetLine.task_force_id == sight.task_force_id, visible, col(BudgetLine.withdrawn_at).is_(None))


def _with_words(query: Any, sight: Sight, words: Iterable[str]) -> Any:
    return _seen(query, sight).where(*(col(BudgetLine.searchable).contains(one, autoescape=True) for one in words))
