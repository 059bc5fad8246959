"""The history: who changed what and when."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.tables import Change


def record(
    session: Session,
    subject: tuple[str, int],
    act: str,
    *,
    task_force_id: int,
    at: datetime,
    person_id: int | None,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> Change:
    """Add one line to the history of `subject` (kind, id). `person_id` None: the bot or the clock did it."""
    kind, subject_id = subject
    change = Change(
        task_force_id=task_force_id,
        subject_kind=kind,
        subject_id=subject_id,
        at=at,
        person_id=person_id,
        act=act,
        old=old,
        new=new,
    )
    session.add(change)
    return change


def of(session: Session, subject: tuple[str, int]) -> list[Change]:
    """The history of one record, oldest first."""
    kind, subject_id = subject
    query = (
        select(Change)
        .where(Change.subject_kind == kind, Change.subject_id == subject_id)
        .order_by(col(Change.at), col(Change.id))
    )
    return list(session.exec(query))


def by_person(session: Session, task_force_id: int, kind: str, person_id: int, since: datetime) -> list[Change]:
    """What somebody did to records of a kind since then, newest first."""
    query = select(Change).where(Change.task_force_id == task_force_id, Change.subject_kind == kind)
    query = query.where(Change.person_id == person_id, col(Change.at) >= since)
    return list(session.exec(query.order_by(col(Change.at).desc(), col(Change.id).desc())))
