"""Queries about settings."""

from sqlmodel import Session, select

from storage.tables import Side, TaskForce

_FRESH = {"populate_existing": True}  # the rows may have been read before they were locked


def lock(session: Session, task_force_id: int, side_id: int) -> tuple[TaskForce, Side]:
    """A task force and one of its sides as they are now, and nobody else's to change until this transaction ends."""
    task_force = select(TaskForce).where(TaskForce.id == task_force_id).with_for_update(key_share=True)
    side = select(Side).where(Side.id == side_id).with_for_update(key_share=True)
    return (
        session.exec(task_force, execution_options=_FRESH).one(),
        session.exec(side, execution_options=_FRESH).one(),
    )
