"""Queries about action items, the sides' parts in them, and what confirms them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, bindparam, case, col, exists, func, or_, select

from storage.tables import (
    BoundChannel,
    Confirmation,
    Item,
    ItemStatus,
    Note,
    Part,
    Person,
    PersonAccount,
    PersonState,
    Role,
    TaskForce,
)

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked
_OVER = [one for one in ItemStatus if one is not ItemStatus.OPEN]


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


@dataclass(frozen=True)
class Wanted:
    """Which items of a task force a list shows; what is None or empty does not matter."""

    task_force_id: int
    status: ItemStatus | None = None
    owner_id: int | None = None
    side_id: int | None = None
    stream: str = ""
    due_before: date | None = None  # where an owner or a side is asked for, by the own date of its part
    half_done: bool = False
    unconfirmed: bool = False  # that owner's, or that side's, part
    inside: int | None = None  # the side whose internal items are among them
    every_side: bool = False  # those of all sides are: only where nobody is shown anything


def page(session: Session, wanted: Sequence[Wanted], offset: int, limit: int) -> list[Item]:
    """Some of the items of one or several task forces, of which the same is wanted, in the order of `_order`."""
    if len(wanted) == 1 and wanted[0].status is ItemStatus.OPEN and not (wanted[0].owner_id or wanted[0].half_done):
        return _by_date(session, wanted[0], offset, limit)
    query = _matching(select(Item), wanted).order_by(*_order(wanted))
    return list(session.exec(query.offset(offset).limit(limit)))


def _by_date(session: Session, wanted: Wanted, offset: int, limit: int) -> list[Item]:
    """The same of a task force's open items: those with a date stand in an index in this order, and are not sorted."""
    has_date = col(Item.due_on).is_not(None)
    dated = _matching(select(Item), [wanted]).where(has_date).order_by(col(Item.due_on), col(Item.number))
    found = list(session.exec(dated.offset(offset).limit(limit)))
    if len(found) == limit:
        return found
    before = 0 if found else offset - _count(session, [wanted], has_date)
    others = _matching(select(Item), [wanted]).where(~has_date).order_by(*_order([wanted]))
    return [*found, *session.exec(others.offset(before).limit(limit - len(found)))]


def listed(session: Session, wanted: Sequence[Wanted], number: int, size: int) -> tuple[int, int, list[Item]]:
    """A page of so many, one beyond the end being the last; gives which it is, how many items there are in all, and its own."""
    number = max(0, number)
    if wanted[0].owner_id:  # what is somebody's is looked for once, to be counted and shown
        total, items = _counted(session, _matching(select(Item.id), wanted), _order(wanted), number * size, size)
        last = _at_most(number, total, size)
        return (last, total, items) if last == number else listed(session, wanted, last, size)
    total = _count(session, wanted)
    number = _at_most(number, total, size)
    return number, total, page(session, wanted, number * size, size)


def _counted(session: Session, ids: Any, order: Sequence[Any], offset: int, limit: int) -> tuple[int, list[Item]]:
    """How many items a query for their ids finds, and some of them, by one look at all."""
    some = ids.add_columns(func.count().over()).order_by(*order).offset(offset).limit(limit)
    rows = session.execute(some).all()
    if rows or offset == 0:
        return (rows[0][1] if rows else 0), in_order(session, [row[0] for row in rows])
    return int(session.exec(select(func.count()).select_from(ids.subquery())).one()), []


def _at_most(number: int, total: int, size: int) -> int:
    return max(0, min(number, (total - 1) // size))


def due_between(
    session: Session, task_force_id: int, first: date, last: date, limit: int, inside: int | None = None
) -> list[Item]:
    """The open items of a task force that are due from `first` to `last`, `seen_from` inside; the earliest first."""
    query = select(Item).where(Item.task_force_id == task_force_id, Item.status == ItemStatus.OPEN)
    query = query.where(col(Item.due_on) >= first, col(Item.due_on) <= last, seen_from(inside))
    return list(session.exec(query.order_by(col(Item.due_on), col(Item.number)).limit(limit)))


def _count(session: Session, wanted: Sequence[Wanted], *conditions: Any) -> int:
    return int(session.exec(_matching(select(func.count()).select_from(Item), wanted).where(*conditions)).one())


def _order(of_each: Sequence[Wanted]) -> tuple[Any, ...]:
    """Overdue and due first, then what waits longest; where that is asked, the last closed, or the longest waiting, first.

    With an owner, the own date of a part goes before the item's. What is over comes behind what is open, the last first.
    """
    wanted, owners = of_each[0], [one.owner_id for one in of_each if one.owner_id]
    if wanted.status is ItemStatus.CLOSED:
        return (col(Item.closed_at).desc(), col(Item.number).desc())
    if wanted.half_done:
        return (_waits_since(), col(Item.number))
    due = func.coalesce(_own_due(owners), col(Item.due_on)) if owners else col(Item.due_on)
    if wanted.status:
        return (*_urgency(due), col(Item.number))
    is_open = col(Item.status) == ItemStatus.OPEN
    over_at = func.coalesce(col(Item.closed_at), col(Item.created_at))
    of_open = [case((is_open, one)) for one in _urgency(due)]
    return (_open_first(), *of_open, case((~is_open, over_at)).desc(), col(Item.number))


def _urgency(due: Any) -> tuple[Any, ...]:
    """By the due date; without one, what waits longest first, then what waits for everybody."""
    waits = case((due.is_(None), _waits_since()))
    return (due.is_(None), due, waits.is_(None), waits)


def _own_due(owner_ids: Sequence[int]) -> Any:
    """The own date of somebody's part. By item alone: SQLite would look through all that the owner has, for every item."""
    own = func.max(case((col(Part.owner_id).in_(owner_ids), col(Part.due_on))))
    return select(own).where(col(Part.item_id) == col(Item.id)).correlate(Item).scalar_subquery()


def _waits_since() -> Any:
    """When the last side that has confirmed did so: since then it is the others' turn."""
    last = select(func.max(col(Part.confirmed_at))).where(col(Part.item_id) == col(Item.id))
    return last.correlate(Item).scalar_subquery()


def owned_by(session: Session, user_id: str, limit: int, offset: int = 0) -> list[Item]:
    """The open items that a Slack user still has to confirm as an owner, over all task forces, the most urgent first."""
    own = func.coalesce(col(Part.due_on), col(Item.due_on))
    query = _owned(select(Item), user_id).order_by(*_urgency(own), col(Item.task_force_id), col(Item.number))
    return list(session.exec(query.offset(offset).limit(limit)))


def count_owned(session: Session, user_id: str) -> int:
    """How many there are."""
    return int(session.exec(_owned(select(func.count(col(Item.id))), user_id)).one())


def _owned(query: Any, user_id: str) -> Any:
    return (
        query.join(Part, col(Part.item_id) == col(Item.id))
        .join(Person, col(Person.id) == col(Part.owner_id))
        .join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
        .where(PersonAccount.user_id == user_id, Person.state == PersonState.ACTIVE, seen_by_person())
        .where(Item.status == ItemStatus.OPEN, col(Part.confirmed_at).is_(None))
    )


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


@dataclass(frozen=True)
class Sought:
    """What is looked for in a task force: items that have all these words (normalised), `seen_from` inside."""

    task_force_id: int
    words: Sequence[str]
    inside: int | None = None


def found(session: Session, sought: Sought, offset: int, limit: int) -> tuple[int, list[Item]]:
    """How many were found, and some of them: open items first, then the newest.

    The open ones are looked through from the newest on, and no further than the page needs.
    """
    has = [col(Item.searchable).contains(word, autoescape=True) for word in sought.words]
    mine = (col(Item.task_force_id) == sought.task_force_id, seen_from(sought.inside), *has)
    still = (*mine, col(Item.status) == ItemStatus.OPEN)
    page_of = select(Item).where(*still).order_by(col(Item.number).desc()).offset(offset).limit(limit)
    some = list(session.exec(page_of))
    if len(some) == limit:
        return _count_where(session, *mine), some
    open_ones = offset + len(some) if some or not offset else _count_where(session, *still)
    ids = select(Item.id).where(*mine, col(Item.status).in_(_OVER))
    over, others = _counted(session, ids, (col(Item.number).desc(),), max(0, offset - open_ones), limit - len(some))
    return open_ones + over, [*some, *others]


def _count_where(session: Session, *conditions: Any) -> int:
    return int(session.exec(select(func.count()).select_from(Item).where(*conditions)).one())


def _open_first() -> Any:
    return case((col(Item.status) == ItemStatus.OPEN, 0), else_=1)


def _matching(query: Any, of_each: Sequence[Wanted]) -> Any:
    return query.where(or_(*(and_(*_conditions(wanted)) for wanted in of_each)))


def _conditions(wanted: Wanted) -> list[Any]:
    of = [col(Item.task_force_id) == wanted.task_force_id]
    if not wanted.every_side:
        of.append(seen_from(wanted.inside))
    if wanted.status:
        of.append(col(Item.status) == wanted.status)
    if wanted.stream:
        of.append(func.lower(col(Item.stream)) == wanted.stream.lower())
    if wanted.due_before and not wanted.owner_id and not wanted.side_id:
        of.append(col(Item.due_on) < wanted.due_before)
    if wanted.half_done:
        of.append(_part(col(Part.confirmed_at).is_not(None)))
    if wanted.owner_id:  # all of the owner's at once: item by item, SQLite would look through all of them every time
        return [*of, col(Item.id).in_(_items_of_owner(wanted))]
    return [*of, _part(*_whose(wanted), *_overdue(wanted, Item))] if _whose(wanted) else of


def _items_of_owner(wanted: Wanted) -> Any:
    of = aliased(Item)
    query = select(Part.item_id).where(*_whose(wanted), *_overdue(wanted, of))
    return query.join(of, col(of.id) == col(Part.item_id)) if wanted.due_before else query


def _overdue(wanted: Wanted, of: Any) -> list[Any]:
    """A part is overdue by its own date, if it has one."""
    own = func.coalesce(col(Part.due_on), of.due_on)
    return [own < wanted.due_before] if wanted.due_before else []


def _whose(wanted: Wanted) -> list[Any]:
    """What is asked of one and the same part of the item."""
    of: list[Any] = []
    if wanted.owner_id:
        of.append(Part.owner_id == wanted.owner_id)
    if wanted.side_id:
        of.append(Part.side_id == wanted.side_id)
    if wanted.half_done or wanted.unconfirmed:
        of.append(col(Part.confirmed_at).is_(None))
    return of


def _part(*conditions: Any) -> Any:
    return exists().where(col(Part.item_id) == col(Item.id), *conditions)


def notes(session: Session, item_id: int) -> list[Note]:
    """What was written about how an item goes on and not taken back, oldest first."""
    query = select(Note).where(Note.item_id == item_id, col(Note.withdrawn_at).is_(None))
    return list(session.exec(query.order_by(col(Note.written_at), col(Note.id))))
