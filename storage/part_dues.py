"""Queries about the sides' parts in items: of which something is due to be said, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, bindparam, case, col, func, null, select, update

from storage.nudges import PART, Reminded
from storage.tables import Item, ItemStatus, Part
from storage.types import among


@dataclass(frozen=True, slots=True)
class Watched:
    """A side's part in an item, as far as reminders need it. `asked_at`: None as soon as the owner has seen it."""

    part_id: int
    item_id: int
    task_force_id: int
    channel_id: int
    side_id: int
    owner_id: int
    is_waiting: bool
    due_on: date | None
    heard_until: datetime | None
    asked_at: datetime | None
    created_at: datetime
    ladder: str | None


def watched(part: Part, item: Item) -> Watched:
    """The same of a part that was read."""
    return Watched(
        part.id or 0,
        item.id or 0,
        item.task_force_id,
        item.channel_id,
        part.side_id,
        part.owner_id,
        item.status is ItemStatus.OPEN and part.confirmed_at is None,
        part.due_on or item.due_on,
        part.heard_until,
        None if part.seen_at else part.asked_at,
        item.created_at,
        item.ladder,
    )


def due(session: Session, now: datetime, limit: int) -> list[Watched]:
    """Parts about which there is something to say, the longest due first; nobody else gets them until the transaction ends."""
    ours = _watched().where(col(Part.next_due_at) <= now).order_by(col(Part.next_due_at)).limit(limit)
    return _rows(session, ours.with_for_update(of=col(Part.id), skip_locked=True))


def _watched() -> Any:
    """A query for `Watched`, a plain row for each: thousands are planned in a morning."""
    place = [col(Part.id), col(Part.item_id), col(Item.task_force_id), col(Item.channel_id)]
    part = [*place, col(Part.side_id), col(Part.owner_id)]
    state = [(col(Item.status) == ItemStatus.OPEN) & col(Part.confirmed_at).is_(None)]
    due_on = [func.coalesce(col(Part.due_on), col(Item.due_on)), col(Part.heard_until)]
    asked = [case((col(Part.seen_at).is_(None), col(Part.asked_at)), else_=null())]
    of_item = [col(Item.created_at), col(Item.ladder)]
    return columns(*part, *state, *due_on, *asked, *of_item).join(Item, col(Item.id) == col(Part.item_id))


def _rows(session: Session, query: Any) -> list[Watched]:
    return [Watched(*row) for row in session.execute(query)]


def by_ids(session: Session, part_ids: Iterable[int]) -> dict[int, Watched]:
    """Some parts as they are now, by id; one that was taken out is not among them."""
    return {one.part_id: one for one in _rows(session, _watched().where(among(session, col(Part.id), set(part_ids))))}


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there is a part about which there is something to say, in somebody else's hands or not.

    The first in order: PostgreSQL, expecting many, would look for any through the whole table.
    """
    query = select(Part.id).where(col(Part.next_due_at) <= now).order_by(col(Part.next_due_at))
    return session.exec(query.limit(1)).first() is not None


def coming(session: Session, task_force_id: int, limit: int) -> list[tuple[Part, Item]]:
    """A task force's parts about which there is something to say, the next ones first."""
    query = select(Part, Item).join(Item, col(Item.id) == col(Part.item_id))
    query = query.where(Item.task_force_id == task_force_id, col(Part.next_due_at).is_not(None))
    return list(session.exec(query.order_by(col(Part.next_due_at), col(Part.id)).limit(limit)))


def planned(session: Session, parts: Iterable[tuple[int, datetime | None, datetime | None]]) -> None:
    """Write down of parts (by id) up to when they are said, and when they are due next. Many have the same times."""
    alike: dict[tuple[datetime | None, datetime | None], list[int]] = {}
    for part_id, heard, next_at in parts:
        alike.setdefault((heard, next_at), []).append(part_id)
    table = Part.__table__  # type: ignore[attr-defined]
    for (heard, next_at), ids in alike.items():
        change = update(table).where(among(session, table.c.id, ids)).values(heard_until=heard, next_due_at=next_at)
        session.connection().execute(change)


def reminded_of(session: Session, nudges: Iterable[Reminded]) -> dict[int, tuple[Part, Item]]:
    """The parts that reminders are about, by id, as they are now; one that was taken out is not among them."""
    of = [one.subject_id for one in nudges if one.subject_kind == PART]
    query = select(Part, Item).join(Item, col(Item.id) == col(Part.item_id)).where(col(Part.id).in_(of))
    return {part.id or 0: (part, item) for part, item in session.exec(query)}


def of_open_items(
    session: Session, task_force_id: int, after: int, limit: int, *, locked: bool = False
) -> list[tuple[Watched, datetime | None]]:
    """Some of the parts of open items, by id, after one of them, and when they are due. `locked`: nobody else's meanwhile."""
    query = _watched().add_columns(col(Part.next_due_at))
    query = query.where(Item.task_force_id == task_force_id, Item.status == ItemStatus.OPEN, col(Part.id) > after)
    query = query.order_by(col(Part.id)).limit(limit)
    found = session.execute(query.with_for_update(of=col(Part.id)) if locked else query)
    return [(Watched(*row[:-1]), row[-1]) for row in found]


def reckoned_at(session: Session, parts: Iterable[tuple[int, datetime | None]]) -> None:
    """Write down of parts (by id) when they are due next."""
    rows = [{"of": part_id, "next": next_at} for part_id, next_at in parts]
    table = Part.__table__  # type: ignore[attr-defined]
    if rows:
        change = update(table).where(table.c.id == bindparam("of")).values(next_due_at=bindparam("next"))
        session.connection().execute(change, rows)
