"""When an item's parts are to be looked at next: derived, and told anew by every change of an item."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from bot.rules.items import local_date
from bot.rules.ladders import ladder_of
from bot.rules.nudges import Due, Pending, Watch, end_of_day, first_after, timeline
from bot.services.receivers import Office, office_of
from bot.services.work import Work
from storage import items, snoozes
from storage.part_dues import Watched, watched
from storage.tables import Item, ItemStatus, Part, TaskForce


def reckon(work: Work, item: Item, parts: Iterable[Part] | None = None, *, is_new: bool = False) -> None:
    """Say of every part of an item when there is something to remind of next. Called by each change, in its transaction."""
    parts = items.parts(work.session, item.id or 0) if parts is None else parts
    task_force = work.session.get_one(TaskForce, item.task_force_id)
    if item.status is not ItemStatus.OPEN:
        for part in parts:
            part.next_due_at = None
        return
    office, of = office_of(work, task_force), item.id or 0
    rests = {} if is_new else snoozes.of_items(work.session, [of]).get(of, {})
    for part in parts:
        part.next_due_at = derived(office, watched(part, item), rests)


def derived(office: Office, part: Watched, rests: Mapping[int, date]) -> datetime | None:
    """The same of one part, as a value."""
    return first_after(dues(office, part, rests), heard_until(office, part)) if part.is_waiting else None


def dues(office: Office, part: Watched, rests: Mapping[int, date]) -> Sequence[Due]:
    """Every reminder of a part. Many of a task force's parts have the same: they are made once."""
    key = (part.side_id, part.owner_id, part.due_on, part.asked_at, part.ladder)
    if rests:
        return tuple(timeline(pending(office, part), watch(office, part, rests)))
    if key not in office.dues:
        office.dues[key] = tuple(timeline(pending(office, part), watch(office, part, rests)))
    return office.dues[key]


def heard_until(office: Office, part: Watched) -> datetime:
    """Up to when they are spent."""
    return part.heard_until or end_of_day(part.created_at, office.task_force.zone)


def pending(office: Office, part: Watched) -> Pending:
    """A part that is still to be done, as far as reminders are concerned."""
    asked_on = local_date(part.asked_at, office.task_force) if part.asked_at else None
    ladder = office.ladder if part.ladder is None else ladder_of(office.task_force, part.ladder)
    return Pending(part.owner_id, part.due_on, heard_until(office, part), asked_on, ladder)


def watch(office: Office, part: Watched, rests: Mapping[int, date]) -> Watch:
    """Who hears of a part."""
    return office.watch(part.side_id, part.owner_id, rests)


def heard(work: Work, item: Item, part: Part) -> None:
    """The owner hears of the part, its date or its opening today: reminders of today and before are spent."""
    until = end_of_day(work.now, work.session.get_one(TaskForce, item.task_force_id).zone)
    part.heard_until = max(part.heard_until or until, until)
