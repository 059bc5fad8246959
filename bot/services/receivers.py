"""Who of a task force may be reminded, with their hours and working days."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.rules.calendars import Calendar, calendar_for
from bot.rules.hours import CLOSES, OPENS, Receiver, hours_of, say_at, zone_of
from bot.rules.ladders import Ladder, ladder_of
from bot.rules.nudges import Due, Watch
from bot.services.work import Work
from storage import days_off, receivers
from storage.nudges import Said
from storage.receivers import Reached
from storage.tables import DaysOff, Person, Role, Side, TaskForce


@dataclass(frozen=True)
class Office:
    """Everybody of a task force whom Slack can reach, and each side's working days."""

    task_force: TaskForce
    calendar: Calendar
    people: Mapping[int, Receiver]  # by the person's id
    by_side: Mapping[int, tuple[Receiver, ...]]
    said_at: dict[tuple[int, datetime], datetime] = field(default_factory=dict)
    watches: dict[tuple[int, int], Watch] = field(default_factory=dict)
    dues: dict[Hashable, Sequence[Due]] = field(default_factory=dict)  # of parts: `item_reminders.dues`

    def watch(self, side_id: int, owner_id: int, rests: Mapping[int, date]) -> Watch:
        """Who hears of a side's part; in place of an owner without Slack, the side's secretaries."""
        key = (side_id, owner_id)
        if key not in self.watches:
            mine = self.by_side.get(side_id, ())
            secretaries = tuple(one for one in mine if one.role is Role.SECRETARY)
            deputies = tuple(one for one in mine if one.role is Role.DEPUTY)
            owner = self.people.get(owner_id)
            self.watches[key] = Watch((owner,) if owner else secretaries, secretaries, deputies)
        return replace(self.watches[key], rests=rests) if rests else self.watches[key]

    def user(self, user_id: str) -> Receiver:
        """Somebody by their Slack account; who is not (or no longer) in the roster has the task force's days and usual hours."""
        return self._by_user.get(user_id) or self._nobody(user_id)

    @cached_property
    def _by_user(self) -> dict[str, Receiver]:
        return {one.user_id: one for one in reversed(list(self.people.values()))}

    @cached_property
    def ladder(self) -> Ladder:
        """The usual one, of items without their own."""
        return ladder_of(self.task_force, None)

    def _nobody(self, user_id: str) -> Receiver:
        zone, at = ZoneInfo(self.task_force.zone), self.task_force.nudge_at
        return Receiver(0, 0, user_id, Role.OBSERVER, zone, OPENS, CLOSES, at, self.calendar, self.calendar)

    def said(self, kind: str, subject_id: int, found: Iterable[Due], now: datetime) -> list[Said]:
        """What is due of something as it is written down; what nobody in particular hears is not."""
        return [
            Said(kind, subject_id, due.rung.name, due.rung.anchor, one.person_id, one.user_id, self.say_at(now, one))
            for due in found
            for one in [due.receiver]
            if one.person_id
        ]

    def say_at(self, now: datetime, receiver: Receiver) -> datetime:
        """When something that is due is said to somebody; reckoned once for each."""
        key = (receiver.person_id, now)
        if key not in self.said_at:
            self.said_at[key] = say_at(now, receiver)
        return self.said_at[key]

    @property
    def key(self) -> int:
        """The task force's id."""
        return self.task_force.id or 0

    @property
    def itself(self) -> Receiver:
        """The task force as one who is written to: its channel."""
        return self._nobody("")


def office_of(work: Work, task_force: TaskForce) -> Office:
    """The task force's people, read once in a transaction."""
    of = task_force.id or 0
    if of not in work.offices:
        work.offices[of] = read_office(work.session, task_force)
    return work.offices[of]


def office_of_id(work: Work, task_force_id: int) -> Office:
    """The same by the task force's id."""
    known = work.offices.get(task_force_id)
    return known or office_of(work, work.session.get_one(TaskForce, task_force_id))


def read_offices(work: Work, task_forces: Iterable[TaskForce]) -> None:
    """The same for several at once: those that this transaction has not read yet."""
    wanted = {one.id or 0: one for one in task_forces if (one.id or 0) not in work.offices}
    added: dict[int, list[DaysOff]] = {of: [] for of in wanted}
    for off in days_off.of_task_forces(work.session, wanted):
        added[off.task_force_id].append(off)
    for of, reached in receivers.of_task_forces(work.session, wanted).items():
        work.offices[of] = made_of(work.session, wanted[of], added[of], reached)


def read_office(session: Session, task_force: TaskForce) -> Office:
    """The same, read now."""
    of = task_force.id or 0
    return made_of(session, task_force, days_off.of_task_force(session, of), receivers.of_task_force(session, of))


def made_of(session: Session, task_force: TaskForce, added: list[DaysOff], reached: list[Reached]) -> Office:
    """The same of rows that were read."""
    calendar = calendar_for(task_force, added)
    theirs = {off.side_id for off in added} - {None}
    bases = {
        side_id: calendar_for(task_force, added, session.get_one(Side, side_id)) if side_id in theirs else calendar
        for side_id in {one.side_id for one in reached}
    }
    found = [
        _receiver(one, task_force, bases[one.side_id], _own(session, task_force, added, one, bases)) for one in reached
    ]
    by_side = {side_id: tuple(one for one in found if one.side_id == side_id) for side_id in bases}
    return Office(task_force, calendar, {one.person_id: one for one in found}, by_side)


def _own(
    session: Session, task_force: TaskForce, added: list[DaysOff], one: Reached, bases: Mapping[int, Calendar]
) -> Calendar:
    """The side's calendar itself for who has no leave: the two being one, nothing need be moved."""
    if not any(off.person_id == one.person_id for off in added):
        return bases[one.side_id]
    return calendar_for(task_force, added, session.get_one(Person, one.person_id))


def _receiver(one: Reached, task_force: TaskForce, base: Calendar, own: Calendar) -> Receiver:
    opens, closes = hours_of(one.hours_from, one.hours_until)
    zone = zone_of(one.own_zone, one.zone, task_force.zone)
    return Receiver(one.person_id, one.side_id, one.user_id, one.role, zone, opens, closes, one.nudge_at, base, own)
