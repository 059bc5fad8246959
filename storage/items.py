"""Queries about action items, the sides' parts in them, and what confirms them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlmodel import Session, and_, bindparam, col, or_, select

from storage.tables import (
    BoundChannel,
    Confirmation,
    Item,
    ItemStatus,
    Note,
    Part,
    Person,
    Role,
    TaskForce,
)

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked


def seen_from(inside: Any) -> Any:
    """What somebody sees: joint items, and those internal to the side whose internal things they see (None: of no side)."""
    return or_(col(Item.internal_to).is_(None), col(Item.internal_to) == inside)


def seen_by_person() -> Any:
    """The same in a query that has the `Person`: an observer sees joint items only."""
    own = and_(col(Item.internal_to) == col(Person.side_id), col(Person.role) != Role.OBSERVER)
    return or_(col(Item.internal_to).is_(None), own)


def lock_numbers(session: Session, task_force_id: int) -> TaskForce:
    """The task force, with its last item number; who else adds an item there waits until this transaction ends."""
    query = select(TaskForce).where(TaskForce.id == task_force_id)
    return session.exec(query.with_for_update(key_share=True), execution_options=_FRESH).one()


def by_number(session: Session, task_force_id: int, number: int, inside: int | None = None) -> Item | None:
    """The item with this number in this task force, as far as it is `seen_from` inside."""
    query = select(Item).where(Item.task_force_id == task_force_id, Item.number == number)
    return session.exec(query.where(seen_from(inside))).first()


def by_ids(session: Session, item_ids: Iterable[int]) -> list[Item]:
    """Some items, whosever they are."""
    return list(session.exec(select(Item).where(col(Item.id).in_(set(item_ids)))))


def in_order(session: Session, item_ids: Sequence[int | None]) -> list[Item]:
    """The same in the order of the ids."""
    found = {item.id: item for item in by_ids(session, [one or 0 for one in item_ids])}
    return [found[one] for one in item_ids]


def lock(session: Session, item_id: int) -> Item:
    """The item as it is now, and nobody else's to change until this transaction ends."""
    query = select(Item).where(Item.id == item_id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).one()


def parts(session: Session, item_id: int) -> list[Part]:
    """The sides' parts in an item; read after `lock`, they are as they are now."""
    query = select(Part).where(Part.item_id == item_id).order_by(col(Part.side_id))
    return list(session.exec(query, execution_options=_FRESH))


def owners(session: Session, item_id: int) -> list[Person]:
    """Who owns the sides' parts in an item."""
    query = select(Person).join(Part, col(Part.owner_id) == col(Person.id)).where(Part.item_id == item_id)
    return list(session.exec(query.order_by(col(Person.id))))


def standing(session: Session, item_id: int) -> list[Confirmation]:
    """What confirms an item and was neither taken back nor set aside, oldest first."""
    query = select(Confirmation).where(Confirmation.item_id == item_id, col(Confirmation.withdrawn_at).is_(None))
    ordered = query.order_by(col(Confirmation.confirmed_at), col(Confirmation.id))
    return list(session.exec(ordered, execution_options=_FRESH))


def last_confirmed_by(session: Session, person_id: int, inside: int | None = None) -> Item | None:
    """The item of the person's newest confirmation that stands, as far as they see it."""
    query = select(Item).join(Confirmation, col(Confirmation.item_id) == col(Item.id))
    query = query.where(Confirmation.person_id == person_id, col(Confirmation.withdrawn_at).is_(None))
    return session.exec(query.where(seen_from(inside)).order_by(col(Confirmation.id).desc())).first()


def channel_of(session: Session, item: Item) -> BoundChannel:
    """The channel in which the item's card stands, if it is joint."""
    return session.get_one(BoundChannel, item.channel_id)


def due_between(
    session: Session, task_force_id: int, first: date, last: date, limit: int, inside: int | None = None
) -> list[Item]:
    """The open items of a task force that are due from `first` to `last`, `seen_from` inside; the earliest first."""
    query = select(Item).where(Item.task_force_id == task_force_id, Item.status == ItemStatus.OPEN)
    query = query.where(col(Item.due_on) >= first, col(Item.due_on) <= last, seen_from(inside))
    return list(session.exec(query.order_by(col(Item.due_on), col(Item.number)).limit(limit)))


def twin(session: Session, task_force_id: int, title: str, since: datetime, inside: int | None = None) -> Item | None:
    """An open item with the same title that was made since, `seen_from` inside."""
    of = {"of": task_force_id, "title": title, "since": since, "inside": inside}
    found: Item | None = session.exec(_twin(), params=of).first()
    return found


@cache
def _twin() -> Any:
    """The query, put together once: it is asked for every new item."""
    query = select(Item).where(col(Item.task_force_id) == bindparam("of"), col(Item.title) == bindparam("title"))
    query = query.where(col(Item.created_at) >= bindparam("since"), col(Item.status) == ItemStatus.OPEN)
    return query.where(seen_from(bindparam("inside")))


def notes(session: Session, item_id: int) -> list[Note]:
    """What was written about how an item goes on and not taken back, oldest first."""
    query = select(Note).where(Note.item_id == item_id, col(Note.withdrawn_at).is_(None))
    return list(session.exec(query.order_by(col(Note.written_at), col(Note.id))))
