"""Queries about action items, the sides' parts in them, and what confirms them."""

from sqlmodel import Session, col, select

from storage.tables import BoundChannel, Confirmation, Item, Part, TaskForce


def next_number(session: Session, task_force_id: int) -> int:
    """The task force's next item number. Whoever asks meanwhile waits until this transaction ends."""
    query = select(TaskForce).where(TaskForce.id == task_force_id)
    task_force = session.exec(query.with_for_update(key_share=True), execution_options=_FRESH).one()
    task_force.last_item_number += 1
    return task_force.last_item_number


def by_number(session: Session, task_force_id: int, number: int) -> Item | None:
    """The item with this number in this task force."""
    return session.exec(select(Item).where(Item.task_force_id == task_force_id, Item.number == number)).first()


def lock(session: Session, item_id: int) -> Item:
    """The item as it is now, and nobody else's to change until this transaction ends."""
    query = select(Item).where(Item.id == item_id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).one()


def parts(session: Session, item_id: int) -> list[Part]:
    """The sides' parts in an item; read after `lock`, they are as they are now."""
    query = select(Part).where(Part.item_id == item_id).order_by(col(Part.side_id))
    return list(session.exec(query, execution_options=_FRESH))


def standing(session: Session, item_id: int) -> list[Confirmation]:
    """What confirms an item and was neither taken back nor set aside, oldest first."""
    query = select(Confirmation).where(Confirmation.item_id == item_id, col(Confirmation.withdrawn_at).is_(None))
    ordered = query.order_by(col(Confirmation.confirmed_at), col(Confirmation.id))
    return list(session.exec(ordered, execution_options=_FRESH))


def channel_of(session: Session, item: Item) -> BoundChannel:
    """The channel in which the item's card stands."""
    return session.get_one(BoundChannel, item.channel_id)


_FRESH = {"populate_existing": True}  # the row may have been read before it was locked
