"""Queries about a roster: who is in it in any state, who can be reached, what somebody owns."""

from sqlmodel import Session, col, select

from storage import people
from storage.tables import (
    Account,
    BudgetLine,
    BudgetOwner,
    Item,
    ItemStatus,
    Part,
    Person,
    PersonAccount,
    PersonState,
    Side,
    Stage,
)

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked


def entry(session: Session, task_force_id: int, user_id: str) -> Person | None:
    """The person that a Slack user is, asks to be or was in a task force."""
    query = (
        select(Person)
        .join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
        .where(PersonAccount.task_force_id == task_force_id, PersonAccount.user_id == user_id)
    )
    return session.exec(query).first()


def standing(session: Session, task_force_id: int) -> list[Person]:
    """Everybody who is in or asks to be in, by sides, then as they joined."""
    query = (
        select(Person)
        .join(Side, col(Side.id) == col(Person.side_id))
        .where(Person.task_force_id == task_force_id, Person.state != PersonState.LEFT)
        .order_by(col(Side.position), col(Person.id))
    )
    return list(session.exec(query))


def with_slack(session: Session, task_force_id: int) -> set[int]:
    """The ids of the people whom Slack can reach."""
    query = (
        select(PersonAccount.person_id)
        .join(Account, col(Account.user_id) == col(PersonAccount.user_id))
        .where(PersonAccount.task_force_id == task_force_id, col(Account.is_deleted).is_(False))
    )
    return set(session.exec(query))


def refusing(session: Session, side_id: int) -> set[int]:
    """The ids of a side's people to whom Slack lets the bot send no direct messages."""
    query = (
        select(PersonAccount.person_id)
        .join(Account, col(Account.user_id) == col(PersonAccount.user_id))
        .join(Person, col(Person.id) == col(PersonAccount.person_id))
        .where(Person.side_id == side_id, col(Account.dm_refused_at).is_not(None), col(Account.is_deleted).is_(False))
    )
    return set(session.exec(query))


def reachable(session: Session, side_id: int) -> list[Person]:
    """The active people of a side whom Slack can reach, as they are now."""
    query = select(Person).where(Person.side_id == side_id, Person.state == PersonState.ACTIVE).order_by(col(Person.id))
    active = list(session.exec(query, execution_options=_FRESH))
    found = with_slack(session, active[0].task_force_id) if active else set()
    return [person for person in active if person.id in found]


def lock_side(session: Session, side_id: int) -> None:
    """Until this transaction ends nobody else takes people off this side or changes their roles."""
    session.exec(select(Side).where(Side.id == side_id).with_for_update(key_share=True)).one()


def lock(session: Session, person_id: int) -> Person | None:
    """The person as they are now, and nobody else's to change until this transaction ends."""
    query = select(Person).where(Person.id == person_id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).first()


def lock_account(session: Session, user_id: str) -> Account:
    """Until this transaction ends nobody else makes this Slack user a person of anything."""
    people.account(session, user_id)
    return session.exec(select(Account).where(Account.user_id == user_id).with_for_update(key_share=True)).one()


def link(session: Session, person: Person, user_id: str) -> None:
    """From now on this Slack user is this person of the task force, whoever they were before."""
    session.merge(PersonAccount(task_force_id=person.task_force_id, user_id=user_id, person_id=person.id or 0))
    session.flush()


def open_lines(session: Session, person_id: int) -> list[BudgetLine]:
    """The budget lines that somebody owns and that are not settled, by number."""
    query = select(BudgetLine).join(BudgetOwner, col(BudgetOwner.line_id) == col(BudgetLine.id))
    query = query.where(BudgetOwner.owner_id == person_id, col(BudgetLine.withdrawn_at).is_(None))
    return list(session.exec(query.where(BudgetLine.stage != Stage.SETTLED).order_by(col(BudgetLine.number))))


def open_items(session: Session, person_id: int, *, unconfirmed: bool = False) -> list[Item]:
    """The open items that somebody owns a part of, by number; or only those whose part is still to be done."""
    query = (
        select(Item)
        .join(Part, col(Part.item_id) == col(Item.id))
        .where(Part.owner_id == person_id, Item.status == ItemStatus.OPEN)
    )
    if unconfirmed:
        query = query.where(col(Part.confirmed_at).is_(None))
    return list(session.exec(query.order_by(col(Item.number))))
