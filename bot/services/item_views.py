"""Items with their sides and owners, read together."""

from collections import defaultdict
from collections.abc import Iterable

from sqlmodel import Session, col, select

from bot.rules.items import ItemView, Share
from storage.tables import Item, Part, Person, Side, TaskForce


def view_of(session: Session, item: Item) -> ItemView:
    """One item with everything that is told about it."""
    return views_of(session, [item])[0]


def views_of(session: Session, items: Iterable[Item]) -> list[ItemView]:
    """Items in the given order, of any task forces, in one query for all their shares."""
    wanted = list(items)
    query = (
        select(Part, Side, Person)
        .join(Side, col(Side.id) == col(Part.side_id))
        .join(Person, col(Person.id) == col(Part.owner_id))
        .where(col(Part.item_id).in_([item.id for item in wanted]))
        .order_by(col(Side.position))
    )
    shares: dict[int, list[Share]] = defaultdict(list)
    for part, side, owner in session.exec(query) if wanted else ():
        shares[part.item_id].append(Share(side, part, owner))
    return [
        ItemView(item, session.get_one(TaskForce, item.task_force_id), tuple(shares[item.id or 0])) for item in wanted
    ]
