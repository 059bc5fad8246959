"""What is due when, told anew for a whole task force: its settings, days off, people, zones or hours have changed.

The change itself only says so; the schedule's next tick does it, a few parts in each transaction.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.rules.channel_reminders import channel_after
from bot.rules.weekly import week_over, weekly_after
from bot.services import decision_reminders, meeting_dues, milestone_reminders
from bot.services.awaited import speakers
from bot.services.item_reminders import derived
from bot.services.receivers import Office, office_of, read_office
from bot.services.setting_aside import step_aside
from bot.services.work import Work
from storage import decisions, held, meetings, nudges, snoozes, weeklies
from storage.budget_dues import MILESTONE
from storage.nudges import DECISION, MEETING, Watched
from storage.tables import TaskForce

log = structlog.get_logger()
AT_ONCE = 200  # parts in one transaction
NOUN = "task-force"
LATELY = timedelta(days=1)
# Nouns of which there are few: all of a task force are reckoned in one transaction. By the name under which they step aside:
# those that may be due, and when one of them is.
RECORDS: dict[str, tuple[Callable[[Session, int], list[Any]], Callable[..., datetime | None]]] = {
    DECISION: (decisions.watched, decision_reminders.derived),
    MEETING: (meetings.watched, meeting_dues.next_due),
}


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
    try:
        task_force.reckon_after = _reckon(work, task_force)
    except DBAPIError:
        raise  # the whole transaction is lost
    except Exception as error:  # one bad task force must not keep the others waiting
        log.exception("not-reckoned", task_force=task_force.id)
        step_aside(work, NOUN, task_force.id, error)
        task_force.reckon_after = None  # whatever mends it has it reckoned anew
    return True


def _reckon(work: Work, task_force: TaskForce) -> int | None:
    """Some of its parts; gives after which the next begin, None when those were the last."""
    office, after = office_of(work, task_force), task_force.reckon_after or 0
    if after == 0:
        reckon_task_force(work, office)
        milestone_reminders.reckon_all(work, office)
        for _, record, at in _records(work.session, office):
            record.next_due_at = at
        nudges.mended(work.session, NOUN, [task_force.id])
    found = nudges.open_parts(work.session, task_force.id or 0, after, AT_ONCE, locked=True)
    rests = snoozes.of_items(work.session, {part.item_id for part, _ in found})
    dues = [(part.part_id, _next(work, office, part, rests.get(part.item_id, {}))) for part, _ in found]
    nudges.reckoned_at(work.session, dues)
    return found[-1][0].part_id if len(found) == AT_ONCE else None


def _next(work: Work, office: Office, part: Watched, rests: dict[int, date]) -> datetime | None:
    """When a part is due; for one of which that cannot be said, when it is tried again."""
    try:
        return derived(office, part, rests)
    except DBAPIError:
        raise  # the whole transaction is lost
    except Exception as error:  # one bad row must not keep the others waiting
        log.exception("part-not-reckoned", part=part.part_id)
        return step_aside(work, nudges.PART, part.part_id, error)


def misreckoned(session: Session, most: int) -> int:
    """How many of the parts of open items, and of other nouns, as far as `most` of them are looked at, are due at another time than they should be.

    What waits to be reckoned anew, and what was set aside, is not looked at.
    """
    everything = nudges.all_set_aside(session, most)
    aside = {
        noun: {one.subject for one in everything if one.noun == noun} for noun in (nudges.PART, MILESTONE, *RECORDS)
    }
    wrong = 0
    for task_force in nudges.reckoned(session):
        if most <= 0:
            break
        found = nudges.open_parts(session, task_force.id or 0, 0, most)
        rests = snoozes.of_items(session, {part.item_id for part, _ in found})
        office = read_office(session, task_force)
        wrong += sum(
            at != derived(office, part, rests.get(part.item_id, {}))
            for part, at in found
            if str(part.part_id) not in aside[nudges.PART]
        )
        wrong += milestone_reminders.misreckoned(session, office, aside[MILESTONE])
        wrong += sum(
            record.next_due_at != at
            for noun, record, at in _records(session, office)
            if str(record.id) not in aside[noun]
        )
        most -= len(found)
    return wrong


def _records(session: Session, office: Office) -> Iterator[tuple[str, Any, datetime | None]]:
    """Each decision and meeting that may be due, and when it is."""
    who = speakers(session, office)
    for noun, (watched, derived_at) in RECORDS.items():
        for record in watched(session, office.task_force.id or 0):
            yield noun, record, derived_at(session, office, record, who)


def repair(session: Session) -> None:
    """Have everything reckoned anew: by the next ticks, or by whoever calls `reckon_some` until nothing is left."""
    nudges.reckon_all(session)


def reckon_task_force(work: Work, office: Office) -> None:
    """When its weekly summary comes next, and when its channel may be reminded next.

    What waits for its people's hours is looked at now: these may be others.
    """
    users = [one.user_id for one in office.people.values()]
    nudges.look_now(work.session, users, work.now)
    held.look_now(work.session, users, work.now)
    task_force = office.task_force
    task_force.weekly_due_at = next_weekly(work.session, office, work.now)
    task_force.channel_due_at = channel_after(_start_of_today(work.now, office), task_force, office.calendar)


def next_weekly(session: Session, office: Office, now: datetime) -> datetime:
    """The first summary after the week of the last one; who never had one does not get those of the past."""
    last = weeklies.last(session, office.task_force.id or 0)
    after = week_over(last.at, office.task_force) if last else max(office.task_force.created_at, now - LATELY)
    return weekly_after(after, office.task_force, office.calendar)


def _start_of_today(now: datetime, office: Office) -> datetime:
    local = now.astimezone(office.itself.zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
