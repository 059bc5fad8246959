"""When a joint item is done, whose turn it is, and who may say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.rules import roster
from bot.rules.calendars import Calendar, calendar_for, next_working_day, working_day_from, working_days_between
from storage.tables import ClosingRule, Confirmation, DaysOff, Item, ItemStatus, Part, Person, Side, TaskForce


@dataclass(frozen=True)
class Share:
    """One side's part in an item, with the side and the owner that it names."""

    side: Side
    part: Part
    owner: Person
    acting_for: Person | None = None  # who is away, and has the owner stand in for them


@dataclass(frozen=True)
class ItemView:
    """An item with everything that is told about it; `shares` in the order of the sides, `days_off` of anybody."""

    item: Item
    task_force: TaskForce
    shares: tuple[Share, ...]
    days_off: Sequence[DaysOff] = ()

    @property
    def done(self) -> list[Share]:
        return [share for share in self.shares if share.part.confirmed_at]

    @property
    def waiting(self) -> list[Share]:
        return [share for share in self.shares if not share.part.confirmed_at]

    @property
    def is_open(self) -> bool:
        return self.item.status is ItemStatus.OPEN

    @property
    def is_half_done(self) -> bool:
        return self.is_open and bool(self.done)

    def calendar(self, of: Side | Person | None = None) -> Calendar:
        """The working days of the task force, or of one of its sides or people."""
        return calendar_for(self.task_force, self.days_off, of)


class CannotConfirm(StrEnum):
    """Why a person's ✅ does not count: each is the key of the sentence that says so."""

    STRANGER = "item-confirm-stranger"
    OBSERVER = "item-confirm-observer"
    NO_PART = "item-confirm-no-part"
    NOT_OWNER = "item-confirm-not-owner"
    FOR_ANOTHER_SIDE = "item-confirm-for-another-side"


def why_not_confirm(
    person: Person | None, parts: Iterable[Part], standing: Iterable[Confirmation], *, is_delegate: bool = False
) -> CannotConfirm | None:
    """Why the person may not confirm for the own side; None: it counts. Nobody ever counts for two sides of one item.

    `is_delegate`: a lead of that side lets the person confirm for it today.
    """
    if person is None:
        return CannotConfirm.STRANGER
    if not roster.may(person.role, roster.Right.CONFIRM_OWN_ITEMS):
        return CannotConfirm.OBSERVER
    own = next((part for part in parts if part.side_id == person.side_id), None)
    if own is None:
        return CannotConfirm.NO_PART
    if not is_delegate and not roster.counts_for(person, own.side_id, own.owner_id):
        return CannotConfirm.NOT_OWNER
    if any(one.person_id == person.id and one.side_id != person.side_id for one in standing):
        return CannotConfirm.FOR_ANOTHER_SIDE
    return None


def first_confirmations(standing: Iterable[Confirmation]) -> dict[int, Confirmation]:
    """For each side the confirmation that stands longest."""
    latest_first = sorted(standing, key=lambda one: (one.confirmed_at, one.id or 0), reverse=True)
    return {one.side_id: one for one in latest_first}


def is_done(rule: ClosingRule, sides: Iterable[int], confirmed: Iterable[int]) -> bool:
    """Whether the sides that have an owner have confirmed enough: all of them, or any."""
    needed, had = set(sides), set(confirmed)
    return needed <= had if rule is ClosingRule.BOTH else bool(needed & had)


def local_date(moment: datetime, task_force: TaskForce) -> date:
    """The date that it is then where the task force works."""
    return moment.astimezone(ZoneInfo(task_force.zone)).date()


def overdue_days(view: ItemView, today: date) -> int:
    """Working days since the due date; 0 for what is not overdue, and on days off right after the date."""
    due = view.item.due_on
    if not view.is_open or due is None or due >= today:
        return 0
    return working_days_between(due, today, view.calendar())


def is_overdue(item: Item, today: date) -> bool:
    """Whether an open item's due date has passed; the due date itself still counts in full."""
    return item.status is ItemStatus.OPEN and item.due_on is not None and item.due_on < today


def turn_day(view: ItemView, today: date) -> int:
    """Of a half-done item: which working day of the waiting sides' turn it is; the first is the day of the other's ✅.

    A side that waits alone is not charged with its own days off.
    """
    confirmed = max(share.part.confirmed_at for share in view.done if share.part.confirmed_at)
    calendar = view.calendar(view.waiting[0].side if len(view.waiting) == 1 else None)
    first = working_day_from(local_date(confirmed, view.task_force), calendar)
    return max(1, working_days_between(first, today, calendar) + 1)


def days_change_at(now: datetime, task_force: TaskForce, calendar: Calendar) -> datetime:
    """When the days that cards count change next: the beginning of the next working day, where the task force works."""
    day = next_working_day(local_date(now, task_force), calendar)
    return datetime.combine(day, time(), ZoneInfo(task_force.zone))
