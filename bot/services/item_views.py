"""Items with their sides and owners, read together."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import aliased
from sqlmodel import Session, bindparam, col, select

from bot.rules.items import ItemView, Share
from storage import days_off
from storage.tables import DaysOff, Item, Part, Person, Side, TaskForce

_AWAY = aliased(Person)
_SHARES = (  # put together once: to do it takes longer than to run it
    select(Part, Side, Person, _AWAY)
    .join(Side, col(Side.id) == col(Part.side_id))
    .join(Person, col(Person.id) == col(Part.owner_id))
    .outerjoin(_AWAY, col(_AWAY.id) == col(Part.acting_for_id))
    .where(col(Part.item_id).in_(bindparam("items", expanding=True)))
    .order_by(col(Side.position))
)


def view_of(session: Session, item: Item) -> ItemView:
    """One item with everything that is told about it."""
    return views_of(session, [item])[0]


def views_of(session: Session, items: Iterable[Item]) -> list[ItemView]:
    """Items in the given order, of any task forces, in one query for all their shares and one for the days off."""
    wanted = list(items)
    if not wanted:
        return []
    shares: dict[int, list[Share]] = defaultdict(list)
    for part, side, owner, acting_for in session.exec(_SHARES, params={"items": [item.id for item in wanted]}):
        shares[part.item_id].append(Share(side, part, owner, acting_for))
    added: dict[int, list[DaysOff]] = defaultdict(list)
    for one in days_off.of_task_forces(session, {item.task_force_id for item in wanted}):
        added[one.task_force_id].append(one)
    return [
        ItemView(
            item,
            session.get_one(TaskForce, item.task_force_id),
            tuple(shares[item.id or 0]),
            added[item.task_force_id],
        )
        for item in wanted
    ]
