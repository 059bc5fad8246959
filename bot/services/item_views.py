"""Items with their sides and owners, read together."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.rules.items import ItemView, Share
from storage import days_off
from storage.tables import DaysOff, Item, Part, Person, Side, TaskForce


def view_of(session: Session, item: Item) -> ItemView:
    """One item with everything that is told about it."""
    return views_of(session, [item])[0]


def views_of(session: Session, items: Iterable[Item]) -> list[ItemView]:
    """Items in the given order, of any task forces, in one query for all their shares and one for the days off."""
    wanted = list(items)
    away = aliased(Person)
    query = (
        select(Part, Side, Person, away)
        .join(Side, col(Side.id) == col(Part.side_id))
        .join(Person, col(Person.id) == col(Part.owner_id))
        .outerjoin(away, col(away.id) == col(Part.acting_for_id))
        .where(col(Part.item_id).in_([item.id for item in wanted]))
        .order_by(col(Side.position))
    )
    shares: dict[int, list[Share]] = defaultdict(list)
    for part, side, owner, acting_for in session.exec(query) if wanted else ():
        shares[part.item_id].append(Share(side, part, owner, acting_for))
    added: dict[int, list[DaysOff]] = defaultdict(list)
    for one in days_off.of_task_forces(session, {item.task_force_id for item in wanted}) if wanted else ():
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
