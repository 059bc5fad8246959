"""The working days of a task force, of one of its sides, or of one of its people."""

from sqlmodel import Session

from bot.rules.calendars import Calendar, calendar_for
from storage import days_off
from storage.tables import Person, Side, TaskForce


def calendar_of(session: Session, task_force: TaskForce, of: Side | Person | None = None) -> Calendar:
    """As things are now; whoever needs many of one task force reads `days_off` once and asks `calendar_for`."""
    return calendar_for(task_force, days_off.of_task_force(session, task_force.id or 0), of)
