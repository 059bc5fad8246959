"""Queries about which milestones and lines there is something to say of. The schedule looks after everybody's, joint or internal."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, or_, select

from storage.nudges import Reminded
from storage.tables import BudgetLine, Milestone

MILESTONE, EXECUTION = "milestone", "execution"  # kinds of subjects of reminders


def due_milestones(session: Session, now: datetime, limit: int) -> list[tuple[Milestone, BudgetLine]]:
    """Milestones of which there is something to say, the longest due first; nobody else gets them until the transaction ends."""
    query = select(Milestone, BudgetLine).join(BudgetLine, col(BudgetLine.id) == col(Milestone.line_id))
    ours = query.where(col(Milestone.next_due_at) <= now).order_by(col(Milestone.next_due_at), col(Milestone.id))
    return list(session.exec(ours.limit(limit).with_for_update(of=Milestone, skip_locked=True)))


def due_lines(session: Session, now: datetime, limit: int) -> list[BudgetLine]:
    """Lines of which it is time to ask how much was spent; likewise."""
    query = select(BudgetLine).where(col(BudgetLine.ask_due_at) <= now)
    ours = query.order_by(col(BudgetLine.ask_due_at), col(BudgetLine.id))
    return list(session.exec(ours.limit(limit).with_for_update(skip_locked=True, key_share=True)))


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there is such a milestone or line, in somebody else's hands or not."""
    queries = (
        select(Milestone.id).where(col(Milestone.next_due_at) <= now),
        select(BudgetLine.id).where(col(BudgetLine.ask_due_at) <= now),
    )
    return any(session.exec(query.limit(1)).first() is not None for query in queries)


def next_moments(session: Session, now: datetime, limit: int) -> list[datetime]:
    """The next business times at which there is one."""
    found: list[datetime] = []
    for due in (col(Milestone.next_due_at), col(BudgetLine.ask_due_at)):
        found += [at for at in session.exec(select(due).where(due > now).order_by(due).limit(limit)) if at]
    return found


def all_of(session: Session, task_force_id: int) -> tuple[list[Milestone], list[BudgetLine]]:
    """Every open milestone and every line of a task force, to be reckoned anew."""
    milestones = select(Milestone).where(Milestone.task_force_id == task_force_id, col(Milestone.outcome).is_(None))
    lines = select(BudgetLine).where(BudgetLine.task_force_id == task_force_id, col(BudgetLine.withdrawn_at).is_(None))
    return list(session.exec(milestones.where(col(Milestone.withdrawn_at).is_(None)))), list(session.exec(lines))


def milestones_of(session: Session, nudges: Iterable[Reminded]) -> dict[int, tuple[Milestone, BudgetLine]]:
    """The milestones that reminders are about, by id, as they are now."""
    of = [one.subject_id for one in nudges if one.subject_kind == MILESTONE]
    query = select(Milestone, BudgetLine).join(BudgetLine, col(BudgetLine.id) == col(Milestone.line_id))
    found = session.exec(query.where(col(Milestone.id).in_(of), col(Milestone.withdrawn_at).is_(None)))
    return {milestone.id or 0: (milestone, line) for milestone, line in found}


def lines_of(session: Session, nudges: Iterable[Reminded]) -> dict[int, BudgetLine]:
    """The lines of which it was asked how much was spent, likewise."""
    of = [one.subject_id for one in nudges if one.subject_kind == EXECUTION]
    return {line.id or 0: line for line in session.exec(select(BudgetLine).where(col(BudgetLine.id).in_(of)))}


def in_channel(session: Session, task_force_id: int) -> list[tuple[Milestone, BudgetLine]]:
    """The open milestones of joint lines: nothing else is a channel's business."""
    query = select(Milestone, BudgetLine).join(BudgetLine, col(BudgetLine.id) == col(Milestone.line_id))
    joint = query.where(BudgetLine.task_force_id == task_force_id, col(BudgetLine.internal_to).is_(None))
    joint = joint.where(col(BudgetLine.withdrawn_at).is_(None), col(Milestone.withdrawn_at).is_(None))
    dated = or_(col(Milestone.agreed_on).is_not(None), col(Milestone.legal_on).is_not(None))
    return list(session.exec(joint.where(col(Milestone.outcome).is_(None), dated)))
