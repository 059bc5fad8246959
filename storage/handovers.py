"""Queries about what people own, what they hand over, and who has left."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from storage.tables import (
    BudgetLine,
    BudgetOwner,
    Departure,
    Handover,
    HandoverState,
    Invitation,
    Item,
    ItemStatus,
    Meeting,
    Part,
    Person,
    Phase,
)

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked


def parts_of(session: Session, person_id: int) -> list[Part]:
    """The parts of open items that somebody owns, and those that others own in their place, by item."""
    mine = or_(Part.owner_id == person_id, Part.acting_for_id == person_id)
    query = select(Part).join(Item, col(Item.id) == col(Part.item_id)).where(mine, Item.status == ItemStatus.OPEN)
    return list(session.exec(query.order_by(col(Part.item_id), col(Part.side_id)), execution_options=_FRESH))


def lines_of(session: Session, person_id: int) -> list[BudgetOwner]:
    """The budget lines that somebody owns, and those that others own in their place, by line."""
    mine = or_(BudgetOwner.owner_id == person_id, BudgetOwner.acting_for_id == person_id)
    query = select(BudgetOwner).join(BudgetLine, col(BudgetLine.id) == col(BudgetOwner.line_id))
    query = query.where(mine, col(BudgetLine.withdrawn_at).is_(None)).order_by(col(BudgetOwner.line_id))
    return list(session.exec(query, execution_options=_FRESH))


def invitations_of(session: Session, person_id: int) -> list[Invitation]:
    """At which meetings that have not begun somebody is expected."""
    query = select(Invitation).join(Meeting, col(Meeting.id) == col(Invitation.meeting_id))
    query = query.where(Invitation.person_id == person_id, Meeting.phase == Phase.PLANNED)
    return list(session.exec(query.order_by(col(Invitation.meeting_id)), execution_options=_FRESH))


def kept_by(session: Session, person_id: int) -> list[Meeting]:
    """The meetings of which somebody takes the minutes, until they are on record."""
    query = select(Meeting).where(Meeting.keeper_id == person_id, col(Meeting.phase).in_((Phase.LIVE, Phase.ENDED)))
    return list(session.exec(query.order_by(col(Meeting.id)), execution_options=_FRESH))


def lock_items(session: Session, item_ids: Sequence[int]) -> list[Item]:
    """These items as they are now, by id, and nobody else's to change until this transaction ends."""
    query = select(Item).where(col(Item.id).in_(item_ids)).order_by(col(Item.id)).with_for_update(key_share=True)
    return list(session.exec(query, execution_options=_FRESH)) if item_ids else []


def lock(session: Session, handover_id: int) -> Handover | None:
    """The handover as it is now, and nobody else's to change until this transaction ends."""
    query = select(Handover).where(Handover.id == handover_id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).first()


def planned(session: Session, task_force_id: int, side_id: int) -> list[Handover]:
    """What people of a side will hand over on a later day, the next first."""
    query = select(Handover).join(Person, col(Person.id) == col(Handover.giver_id))
    query = query.where(Handover.task_force_id == task_force_id, Person.side_id == side_id)
    return list(session.exec(query.where(Handover.state == HandoverState.WAITING).order_by(col(Handover.due_at))))


def waiting_of(session: Session, giver_id: int) -> Handover | None:
    """What somebody will hand over on a later day."""
    query = select(Handover).where(Handover.giver_id == giver_id, Handover.state == HandoverState.WAITING)
    return session.exec(query).first()


def next_due(session: Session, now: datetime) -> Handover | None:
    """A handover whose day has come; it is ours until the transaction ends."""
    query = select(Handover).where(Handover.state == HandoverState.WAITING, col(Handover.due_at) <= now)
    query = query.order_by(col(Handover.due_at)).limit(1).with_for_update(skip_locked=True, key_share=True)
    return session.exec(query, execution_options=_FRESH).first()


def acted(session: Session, away_id: int, holder_id: int) -> list[Handover]:
    """By which handovers somebody acts for somebody who is away, or did."""
    query = select(Handover).where(Handover.giver_id == away_id, Handover.receiver_id == holder_id)
    done = query.where(Handover.state == HandoverState.DONE, col(Handover.acting).is_(True))
    return list(session.exec(done.order_by(col(Handover.id))))


def role_lent(session: Session, giver_id: int) -> list[Handover]:
    """Where somebody's role was taken on by who acts for them, newest first."""
    query = select(Handover).where(Handover.giver_id == giver_id, Handover.state == HandoverState.DONE)
    query = query.where(col(Handover.acting).is_(True), col(Handover.with_role).is_(True))
    return list(session.exec(query.order_by(col(Handover.id).desc())))


def departure_of(session: Session, person_id: int) -> Departure | None:
    """That somebody has left and not come back."""
    query = select(Departure).where(Departure.person_id == person_id, col(Departure.returned_at).is_(None))
    return session.exec(query).first()


def departed(session: Session, side_id: int) -> set[int]:
    """The ids of the people of a side who have left and not come back."""
    query = select(Departure.person_id).join(Person, col(Person.id) == col(Departure.person_id))
    return set(session.exec(query.where(Person.side_id == side_id, col(Departure.returned_at).is_(None))))


def next_to_tell(session: Session, now: datetime) -> Departure | None:
    """A departure that is to be told by now; it is ours until the transaction ends."""
    query = select(Departure).where(col(Departure.tell_at) <= now, col(Departure.returned_at).is_(None))
    query = query.order_by(col(Departure.tell_at)).limit(1).with_for_update(skip_locked=True, key_share=True)
    return session.exec(query, execution_options=_FRESH).first()


def dues(session: Session) -> list[datetime]:
    """The moments at which something of all this is due."""
    handovers = select(Handover.due_at).where(Handover.state == HandoverState.WAITING)
    departures = select(Departure.tell_at).where(col(Departure.returned_at).is_(None))
    return [at for query in (handovers, departures) for at in session.exec(query) if at]
