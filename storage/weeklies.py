"""Queries for what a task force is told as a whole: the weekly summary, and the channel's reminder."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, exists, func, or_, select

from storage.items import seen_from
from storage.tables import Change, Item, ItemStatus, Part, Person, PersonState, TaskForce, Weekly

MOST = 200  # of a kind in one summary


def last(session: Session, task_force_id: int) -> Weekly | None:
    """The newest summary that was sent out."""
    query = select(Weekly).where(Weekly.task_force_id == task_force_id).order_by(col(Weekly.at).desc())
    return session.exec(query.limit(1)).first()


def weekly_due(session: Session, now: datetime) -> TaskForce | None:
    """A task force whose summary is due; it is ours until the transaction ends."""
    due = col(TaskForce.weekly_due_at)
    query = select(TaskForce).where(due <= now).order_by(due)
    return session.exec(query.limit(1).with_for_update(skip_locked=True, key_share=True)).first()


def channel_due(session: Session, now: datetime) -> TaskForce | None:
    """A task force whose channel may be reminded; likewise."""
    due = col(TaskForce.channel_due_at)
    query = select(TaskForce).where(due <= now).order_by(due)
    return session.exec(query.limit(1).with_for_update(skip_locked=True, key_share=True)).first()


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there is such a task force."""
    due = or_(col(TaskForce.weekly_due_at) <= now, col(TaskForce.channel_due_at) <= now)
    return session.exec(select(TaskForce.id).where(due).limit(1)).first() is not None


def next_moments(session: Session, now: datetime, limit: int) -> list[datetime]:
    """The next business times at which there is one."""
    found = []
    for due in (col(TaskForce.weekly_due_at), col(TaskForce.channel_due_at)):
        found += [at for at in session.exec(select(due).where(due > now).order_by(due).limit(limit)) if at]
    return found


def due_between(session: Session, task_force_id: int, first: date, last: date, inside: int | None = None) -> list[Item]:
    """The open items that are due from `first` to `last`, the earliest first."""
    query = _items(task_force_id, inside).where(Item.status == ItemStatus.OPEN)
    query = query.where(col(Item.due_on) >= first, col(Item.due_on) <= last)
    return list(session.exec(query.order_by(col(Item.due_on), col(Item.number)).limit(MOST)))


def half_done(session: Session, task_force_id: int, inside: int | None = None) -> list[Item]:
    """The open items that one side has confirmed and another has not, what has waited longest first."""
    done = select(func.max(Part.confirmed_at)).where(col(Part.item_id) == col(Item.id))
    since = done.correlate(Item).scalar_subquery()
    query = _items(task_force_id, inside).where(Item.status == ItemStatus.OPEN, since.is_not(None))
    return list(session.exec(query.order_by(since, col(Item.number)).limit(MOST)))


def late_of_side(session: Session, task_force_id: int, side_id: int, before: date) -> list[Item]:
    """The open items whose part of a side is not done and was due before a day, the earliest first."""
    due = func.coalesce(col(Part.due_on), col(Item.due_on))
    query = _items(task_force_id, side_id).join(Part, col(Part.item_id) == col(Item.id))
    query = query.where(Item.status == ItemStatus.OPEN, Part.side_id == side_id, col(Part.confirmed_at).is_(None))
    return list(session.exec(query.where(due < before).order_by(due, col(Item.number)).limit(MOST)))


def closed_since(session: Session, task_force_id: int, since: datetime, inside: int | None = None) -> list[Item]:
    """What was closed since then, in that order."""
    query = _items(task_force_id, inside).where(Item.status == ItemStatus.CLOSED, col(Item.closed_at) >= since)
    return list(session.exec(query.order_by(col(Item.closed_at), col(Item.number)).limit(MOST)))


def made_since(session: Session, task_force_id: int, since: datetime, inside: int | None = None) -> list[Item]:
    """What was made since then and not cancelled, in that order."""
    query = _items(task_force_id, inside).where(Item.status != ItemStatus.CANCELLED, col(Item.created_at) >= since)
    return list(session.exec(query.order_by(col(Item.number)).limit(MOST)))


def slipped_since(
    session: Session, task_force_id: int, since: datetime, inside: int | None = None
) -> list[tuple[Item, str]]:
    """Open items whose due date is another than it was then, with the date that they had (as a word), by number."""
    changed = exists().where(col(Change.subject_id) == col(Item.id), *_dated(since)).correlate(Item)
    moved = _items(task_force_id, inside).where(Item.status == ItemStatus.OPEN, col(Item.due_moves) > 0, changed)
    found = []
    for item in session.exec(moved.order_by(col(Item.number)).limit(MOST)):
        query = (
            select(Change).where(Change.subject_id == item.id, *_dated(since)).order_by(col(Change.at), col(Change.id))
        )
        before = [str(one.old["due"]) for one in session.exec(query) if one.old and "due" in one.old]
        if before and before[0]:
            found.append((item, before[0]))
    return found


def asking_to_join(session: Session, side_id: int) -> int:
    """How many people wait to be let in to a side."""
    query = select(func.count(col(Person.id))).where(Person.side_id == side_id, Person.state == PersonState.PENDING)
    return int(session.exec(query).one())


def _dated(since: datetime) -> tuple[Any, ...]:
    return Change.subject_kind == "item", Change.act == "changed", col(Change.at) >= since


def _items(task_force_id: int, inside: int | None = None) -> Any:
    """The one place that says which items a task force is told about as a whole: joint ones, and those `seen_from` inside."""
    return select(Item).where(Item.task_force_id == task_force_id, seen_from(inside))
