"""Queries about days off that people added."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, bindparam, col, select

from storage.tables import DaysOff

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked
_IN_ORDER = select(DaysOff).order_by(col(DaysOff.first), col(DaysOff.last), col(DaysOff.id))
_OF_TASK_FORCES = _IN_ORDER.where(col(DaysOff.task_force_id).in_(bindparam("of", expanding=True)))  # made once


def of_task_forces(session: Session, task_force_ids: Iterable[int]) -> list[DaysOff]:
    """Everything that was added in these task forces, past days and people's leave included, in the order of the days."""
    return list(session.exec(_OF_TASK_FORCES, params={"of": list(set(task_force_ids))}))


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
