"""What is due when, told anew for a whole task force: its settings, days off, people, zones or hours have changed.

The change itself only says so; the schedule's next tick does it, a few parts in each transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.rules.channel_reminders import channel_after
from bot.rules.nudges import Due
from bot.rules.weekly import week_over, weekly_after
from bot.services import decision_reminders, meeting_dues, meeting_reminders, milestone_reminders
from bot.services.awaited import Speakers, speakers
from bot.services.brought_forward import (
    Moved,
    former_office,
    keep_office,
    say_brought_forward,
    say_parts_brought_forward,
)
from bot.services.item_reminders import derived
from bot.services.receivers import Office, office_of, read_office
from bot.services.setting_aside import step_aside
from bot.services.work import Work
from storage import decisions, held, meetings, nudges, part_dues, reckoning, setting_aside, snoozes, weeklies
from storage.budget_dues import MILESTONE
from storage.nudges import DECISION, MEETING
from storage.part_dues import Watched
from storage.tables import TaskForce

log = structlog.get_logger()
AT_ONCE = 200  # parts in one transaction
NOUN = "task-force"
LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Records:
    """A noun of which there are few: all of a task force are reckoned in one transaction.

    `for_all`: has what nobody hears alone said.
    """

    watched: Callable[[Session, int], list[Any]]
    timeline: Callable[[Session, Office, Any, Speakers], Iterable[Due]]
    heard_until: Callable[[Office, Any], datetime]
    next_due: Callable[[Session, Office, Any, Speakers], datetime | None]
    for_all: Callable[[Work, Any], None] | None = None


# By the name under which they step aside.
RECORDS = {
    DECISION: Records(
        decisions.watched,
        decision_reminders.timeline,
        decision_reminders.heard_until,
        decision_reminders.derived,
        decision_reminders.say_in_thread,
    ),
    MEETING: Records(
        meetings.watched, meeting_reminders.timeline, meeting_reminders.heard_until, meeting_dues.next_due
    ),
}


def reckon_later(task_force: TaskForce) -> None:
    """To be called by every change that moves anybody's reminders but those of one item alone.

    A Slack user's own hours and zone: `storage.people.reckon_later_for`.
    """
    task_force.reckon_after = 0


def reckon_some(work: Work) -> bool:
    """Reckon some parts of one task force anew; False when nothing is left to be reckoned."""
    task_force = reckoning.next_waiting(work.session)
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
    """Some of its parts; gives after which the next begin, None when those were the last, and all else is reckoned too."""
    former, office = former_office(work.session, task_force), office_of(work, task_force)
    after = task_force.reckon_after or 0
    found = [one for one, _ in part_dues.of_open_items(work.session, office.key, after, AT_ONCE, locked=True)]
    _reckon_parts(work, former, office, found)
    if len(found) == AT_ONCE:
        return found[-1].part_id
    reckon_task_force(work, office)
    milestone_reminders.reckon_all(work, former, office)
    for _, record, at in _records(work.session, office):
        record.next_due_at = at
    if former:
        _bring_records_forward(work, former, office)
    keep_office(work.session, task_force)
    setting_aside.mended(work.session, NOUN, [task_force.id])
    return None


def _reckon_parts(work: Work, former: Office | None, office: Office, parts: Sequence[Watched]) -> None:
    """When each is due; one of which that cannot be said steps aside."""
    rests = snoozes.of_items(work.session, {part.item_id for part in parts})
    dues: dict[int, datetime | None] = {}
    failed: set[int] = set()
    for part in parts:
        try:
            dues[part.part_id] = derived(office, part, rests.get(part.item_id, {}))
        except DBAPIError:
            raise  # the whole transaction is lost
        except Exception as error:  # one bad row must not keep the others waiting
            log.exception("part-not-reckoned", part=part.part_id)
            failed.add(part.part_id)
            dues[part.part_id] = step_aside(work, nudges.PART, part.part_id, error)
    part_dues.reckoned_at(work.session, dues.items())
    if former:
        say_parts_brought_forward(work, (former, office), [one for one in parts if one.part_id not in failed], rests)


def _bring_records_forward(work: Work, former: Office, office: Office) -> None:
    session, were, are = work.session, speakers(work.session, former), speakers(work.session, office)
    for noun, of in RECORDS.items():
        records = {one.id: one for one in of.watched(session, office.key)}
        things = [
            Moved(
                key,
                of.timeline(session, former, one, were),
                of.timeline(session, office, one, are),
                of.heard_until(office, one),
            )
            for key, one in records.items()
        ]
        for key, due in say_brought_forward(work, office, noun, things):
            if of.for_all and not due.receiver.person_id:
                of.for_all(work, records[key])


def misreckoned(session: Session, most: int) -> int:
    """How many of the parts of open items, and of other nouns, as far as `most` of them are looked at, are due at another time than they should be.

    What waits to be reckoned anew, and what was set aside, is not looked at.
    """
    everything = setting_aside.everything(session, most)
    aside = {
        noun: {one.subject for one in everything if one.noun == noun} for noun in (nudges.PART, MILESTONE, *RECORDS)
    }
    wrong = 0
    for task_force in reckoning.settled(session):
        if most <= 0:
            break
        found = part_dues.of_open_items(session, task_force.id or 0, 0, most)
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
    for noun, of in RECORDS.items():
        for record in of.watched(session, office.key):
            yield noun, record, of.next_due(session, office, record, who)


def repair(session: Session) -> None:
    """Have everything reckoned anew: by the next ticks, or by whoever calls `reckon_some` until nothing is left."""
    reckoning.all_anew(session)


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
