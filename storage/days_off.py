"""Queries about days off that people added."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from storage.tables import DaysOff

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked


def of_task_forces(session: Session, task_force_ids: Iterable[int]) -> list[DaysOff]:
    """Everything that was added in these task forces, past days and people's leave included, in the order of the days."""
    query = select(DaysOff).where(col(DaysOff.task_force_id).in_(set(task_force_ids)))
    return list(session.exec(query.order_by(col(DaysOff.first), col(DaysOff.last), col(DaysOff.id))))


def of_task_force(session: Session, task_force_id: int) -> list[DaysOff]:
    """The same of one task force."""
    return of_task_forces(session, [task_force_id])


def ahead(session: Session, task_force_id: int, today: date) -> list[DaysOff]:
    """What was added and is not over yet."""
    return [one for one in of_task_force(session, task_force_id) if one.last >= today]


def lock(session: Session, days_off_id: int) -> DaysOff | None:
    """The days off as they are now, and nobody else's to take away until this transaction ends."""
    query = select(DaysOff).where(DaysOff.id == days_off_id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).first()
