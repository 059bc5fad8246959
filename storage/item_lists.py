"""Queries for lists of action items: which, in what order, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, case, col, exists, func, or_, select

from storage.items import in_order, seen_by_person, seen_from
from storage.tables import Item, ItemStatus, Part, Person, PersonAccount, PersonState

_OVER = [one for one in ItemStatus if one is not ItemStatus.OPEN]


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
    return [*of, _part(*_whose(wanted), *_overdue(wanted))] if _whose(wanted) else of


def _items_of_owner(wanted: Wanted) -> Any:
    mine = _whose(wanted)
    if wanted.due_before is None:
        return select(Part.item_id).where(*mine)
    by_own_date = select(Part.item_id).where(col(Part.due_on) < wanted.due_before, *mine)
    return _overdue_by_the_items_date(wanted, mine).union_all(by_own_date)


def _overdue_by_the_items_date(wanted: Wanted, mine: Sequence[Any]) -> Any:
    """What is overdue is little, what somebody owns may be much: so the items are looked for first."""
    of = aliased(Item)
    late = [col(of.task_force_id) == wanted.task_force_id, col(of.due_on) < wanted.due_before]
    if wanted.status:
        late.append(col(of.status) == wanted.status)
    owned = exists().where(col(Part.item_id) == col(of.id), col(Part.due_on).is_(None), *mine)
    return select(of.id).where(*late, owned)


def _overdue(wanted: Wanted) -> list[Any]:
    """A part is overdue by its own date, if it has one."""
    own = func.coalesce(col(Part.due_on), col(Item.due_on))
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
