"""Queries about whose turn it is, as it changes with the days."""

from datetime import datetime

from sqlmodel import Session, col, or_, select, update

from storage.tables import TaskForce


def uncounted(session: Session, now: datetime, limit: int) -> list[TaskForce]:
    """Task forces for which a working day began since their days were counted; they are ours until the transaction ends."""
    until = col(TaskForce.days_counted_until)
    query = select(TaskForce).where(or_(until.is_(None), until <= now)).order_by(col(TaskForce.id)).limit(limit)
    return list(session.exec(query.with_for_update(skip_locked=True, key_share=True)))


def recount(session: Session, task_force_id: int) -> None:
    """Whatever counts days is shown anew with the next tick, even if one is counting at this moment."""
    session.execute(update(TaskForce).where(col(TaskForce.id) == task_force_id).values(days_counted_until=None))
