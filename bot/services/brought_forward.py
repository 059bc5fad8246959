"""Reminders that a change of days off, people, hours or settings moves to a time that counts as heard: said all the same.

The change itself says nothing of them: by what a task force's reminders were reckoned last is kept until all are reckoned anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import Session

from bot.rules.nudges import Due, brought_forward
from bot.services.item_reminders import dues, heard_until
from bot.services.receivers import Office, made_of
from bot.services.work import Work
from storage import days_off, nudges, receivers, reckoning
from storage.nudges import PART
from storage.part_dues import Watched
from storage.receivers import Reached
from storage.tables import DaysOff, TaskForce

_REACHED = TypeAdapter(list[Reached])
# What of a task force's row says when somebody is reminded.
_SETTINGS = {"id", "name", "created_at", "country", "zone", "nudge_at", "ladder", "overdue_every", "overdue_times"}


@dataclass(frozen=True)
class Moved:
    """A thing of which reminders may have moved: they as they were and as they are, and up to when they count as heard."""

    subject_id: int
    before: Iterable[Due]
    after: Iterable[Due]
    heard_until: datetime


def former_office(session: Session, task_force: TaskForce) -> Office | None:
    """Those by whom a task force's reminders were reckoned last; None if nothing of them has changed, or never yet."""
    facts = reckoning.facts_of(session, task_force.id or 0)
    if facts is None or facts == _facts(session, task_force):
        return None
    added = [DaysOff.model_validate(one) for one in facts["days_off"]]
    reached = _REACHED.validate_python(facts["people"])
    return made_of(session, TaskForce.model_validate(facts["task_force"]), added, reached)


def keep_office(session: Session, task_force: TaskForce) -> None:
    """All is reckoned by what stands now."""
    reckoning.keep_facts(session, task_force.id or 0, _facts(session, task_force))


def say_brought_forward(work: Work, office: Office, noun: str, things: Iterable[Moved]) -> list[tuple[int, Due]]:
    """Write down what people and sides would have heard later; gives it by subject, with what is said to nobody alone.

    Not to whom was told of the thing at that time or later.
    """
    found = [
        (one.subject_id, due)
        for one in things
        for due in brought_forward(one.before, one.after, one.heard_until, work.now)
    ]
    told = nudges.told_of(work.session, noun, {subject_id for subject_id, _ in found}) if found else {}
    unheard = [(of, due) for of, due in found if not _was_told(told.get((of, due.receiver.person_id)), due)]
    nudges.say_once(work.session, [said for of, due in unheard for said in office.said(noun, of, [due], work.now)])
    return unheard


def say_parts_brought_forward(
    work: Work, offices: tuple[Office, Office], parts: Iterable[Watched], rests: Mapping[int, Mapping[int, date]]
) -> None:
    """The same of items' parts. `offices`: as they were and are; `rests`: by item."""
    things = (_moved(offices, part, rests.get(part.item_id, {})) for part in parts if part.is_waiting)
    say_brought_forward(work, offices[1], PART, things)


def _moved(offices: tuple[Office, Office], part: Watched, rests: Mapping[int, date]) -> Moved:
    was, now = (dues(office, part, rests) for office in offices)
    return Moved(part.part_id, was, now, heard_until(offices[1], part))


def _was_told(last: datetime | None, due: Due) -> bool:
    return last is not None and last >= due.at


def _facts(session: Session, task_force: TaskForce) -> dict[str, Any]:
    of = task_force.id or 0
    return {
        "task_force": task_force.model_dump(mode="json", include=_SETTINGS),
        "days_off": [one.model_dump(mode="json", exclude={"name"}) for one in days_off.of_task_force(session, of)],
        "people": _REACHED.dump_python(receivers.of_task_force(session, of), mode="json"),
    }
