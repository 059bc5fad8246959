"""Reminders that new days off move to a time that has passed: said now, even if others were told of the thing since then."""

from collections.abc import Iterator
from datetime import date

from bot.rules.nudges import Due, brought_forward
from bot.services.item_reminders import pending, watch
from bot.services.receivers import Office, read_office
from bot.services.work import Work
from storage import nudges, snoozes
from storage.nudges import PART, Said, Watched

ALL = 100_000  # open parts of one task force


def say_brought_forward(work: Work, before: Office) -> None:
    """Write down what items' owners and sides would have heard later, had the days off not changed. Called after the change."""
    found = [part for part, due in nudges.open_parts(work.session, before.task_force.id or 0, 0, ALL) if due]
    rests = snoozes.of_items(work.session, {part.item_id for part in found})
    after = read_office(work.session, before.task_force)
    moved = [(part, due) for part in found for due in _moved(work, part, (before, after), rests.get(part.item_id, {}))]
    told = nudges.told_of(work.session, [part.part_id for part, _ in moved])
    nudges.say_once(work.session, _unheard(work, moved, after, told))


def _moved(work: Work, part: Watched, offices: tuple[Office, Office], rests: dict[int, date]) -> list[Due]:
    """Of one part; what its owner has heard of today, is not said today."""
    if not part.is_waiting:
        return []
    facts = pending(offices[1].task_force, part)
    if facts.heard_until > work.now:
        return []
    before, after = (watch(office, part, rests) for office in offices)
    return brought_forward(facts, before, after, work.now)


def _unheard(work: Work, moved: list[tuple[Watched, Due]], office: Office, told: nudges.ToldOf) -> Iterator[Said]:
    """But for those who were told of the thing at that time or later."""
    for part, due in moved:
        last = told.get((part.part_id, due.receiver.person_id))
        if last is None or last < due.at:
            yield from office.said(PART, part.part_id, [due], work.now)
