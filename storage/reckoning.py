"""Queries about task forces of which everything is to be reckoned anew."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select, update

from storage.tables import ReckonedBy, TaskForce


def next_waiting(session: Session) -> TaskForce | None:
    """One of them; it is ours until the transaction ends."""
    query = select(TaskForce).where(col(TaskForce.reckon_after).is_not(None)).order_by(col(TaskForce.reckon_after))
    return session.exec(query.limit(1).with_for_update(skip_locked=True, key_share=True)).first()


def settled(session: Session) -> Iterator[TaskForce]:
    """The task forces of which nothing waits to be reckoned anew."""
    query = select(TaskForce).where(col(TaskForce.reckon_after).is_(None)).order_by(col(TaskForce.id))
    yield from session.exec(query).all()


def all_anew(session: Session) -> None:
    """Have everything of every task force reckoned anew."""
    session.execute(update(TaskForce).values(reckon_after=0))


def is_anything_waiting(session: Session) -> bool:
    """Whether there is any, in somebody else's hands or not."""
    query = select(TaskForce.id).where(col(TaskForce.reckon_after).is_not(None))
    return session.exec(query.limit(1)).first() is not None


def facts_of(session: Session, task_force_id: int) -> dict[str, Any] | None:
    """By what a task force's reminders were reckoned last; None: they never were."""
    kept = session.get(ReckonedBy, task_force_id)
    return kept.facts if kept else None


def keep_facts(session: Session, task_force_id: int, facts: dict[str, Any]) -> None:
    """Write it down."""
    session.merge(ReckonedBy(task_force_id=task_force_id, facts=facts))
