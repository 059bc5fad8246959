"""What is due when, told anew for a whole task force: its settings, days off, people, zones or hours have changed.

The change itself only says so; the schedule's next tick does it, a few parts in each transaction.
"""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rules.channel_reminders import channel_after
from bot.rules.weekly import weekly_after
from bot.services.item_reminders import derived
from bot.services.receivers import Office, office_of
from bot.services.work import Work
from storage import nudges, receivers, weeklies
from storage.tables import TaskForce

AT_ONCE = 200  # parts in one transaction
LATELY = timedelta(days=1)


def reckon_later(task_force: TaskForce) -> None:
    """To be called by every change that moves anybody's reminders but those of one item alone.

    A Slack user's own hours and zone: `storage.people.reckon_later_for`.
    """
    task_force.reckon_after = 0


def reckon_some(work: Work) -> bool:
    """Reckon some parts of one task force anew; False when nothing is left to be reckoned."""
    task_force = nudges.unreckoned(work.session)
    if task_force is None:
        return False
    office = office_of(work, task_force)
    after = task_force.reckon_after or 0
    if after == 0:
        reckon_task_force(work, office)
    found = nudges.open_parts(work.session, task_force.id or 0, after, AT_ONCE)
    rests = receivers.rests(work.session, {item.id or 0 for _, item in found})
    for part, item in found:
        part.next_due_at = derived(office, item, part, rests.get(item.id or 0, {}))
    task_force.reckon_after = found[-1][0].id if len(found) == AT_ONCE else None
    return True


def reckon_task_force(work: Work, office: Office) -> None:
    """When its weekly summary comes next, and when its channel may be reminded next."""
    task_force = office.task_force
    task_force.weekly_due_at = next_weekly(work.session, office, work.now)
    task_force.channel_due_at = channel_after(_start_of_today(work.now, office), task_force, office.calendar)


def next_weekly(session: Session, office: Office, now: datetime) -> datetime:
    """The first summary after the last one; who never had one does not get those of the past."""
    last = weeklies.last(session, office.task_force.id or 0)
    after = last.at if last else max(office.task_force.created_at, now - LATELY)
    return weekly_after(after, office.task_force, office.calendar)


def _start_of_today(now: datetime, office: Office) -> datetime:
    local = now.astimezone(office.itself.zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
