"""Queries about what people are asked of an item, where items came from, and confirmed aliases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, bindparam, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.items import seen_by_person
from storage.tables import (
    About,
    Alias,
    Item,
    ItemQuestion,
    ItemSource,
    ItemStatus,
    PastedList,
    Person,
    PersonAccount,
    PersonState,
)

_ALIASES = (  # put together once
    select(Alias, Person)
    .join(Person, col(Person.id) == col(Alias.person_id))
    .where(col(Alias.task_force_id) == bindparam("of"), col(Person.state) == PersonState.ACTIVE)
)


def open_of(session: Session, item_ids: Sequence[int]) -> list[ItemQuestion]:
    """What is still to be answered about these items, oldest first."""
    query = _open().where(col(ItemQuestion.item_id).in_(item_ids))
    return list(session.exec(query)) if item_ids else []


def open_to(session: Session, user_id: str, limit: int, task_force_id: int | None = None) -> list[ItemQuestion]:
    """What a Slack user was asked and has not answered, in one task force or over all, oldest first."""
    query = _of_user(_open(), col(ItemQuestion.person_id), user_id, task_force_id).where(seen_by_person())
    return list(session.exec(query.limit(limit)))


def lists_of(session: Session, user_id: str, limit: int, task_force_id: int | None = None) -> list[PastedList]:
    """The lines that a Slack user has neither made into items nor dropped, in one task force or over all, oldest first."""
    query = select(PastedList).order_by(col(PastedList.id))
    return list(session.exec(_of_user(query, col(PastedList.person_id), user_id, task_force_id).limit(limit)))


def same_list(session: Session, wanted: PastedList) -> PastedList | None:
    """The same lines of the same person, should they be waiting already."""
    query = select(PastedList).where(PastedList.person_id == wanted.person_id)
    return next((one for one in session.exec(query) if one.lines == wanted.lines), None)


def open_to_person(session: Session, person_id: int) -> list[ItemQuestion]:
    """What somebody of a roster was asked and has not answered, oldest first."""
    return list(session.exec(_open().where(ItemQuestion.person_id == person_id)))


def lock(session: Session, question_id: int) -> ItemQuestion | None:
    """One question, to be answered in this transaction."""
    return session.exec(select(ItemQuestion).where(ItemQuestion.id == question_id).with_for_update()).first()


def lock_list(session: Session, list_id: int) -> PastedList | None:
    """A pasted list, to be worked on in this transaction."""
    return session.exec(select(PastedList).where(PastedList.id == list_id).with_for_update()).first()


def source_of(session: Session, item_id: int) -> ItemSource | None:
    """Where an item came from, if that is known."""
    return session.get(ItemSource, item_id)


def aliases(session: Session, task_force_id: int) -> dict[str, Person]:
    """Whom confirmed aliases mean; those of people who have left mean nobody."""
    return {alias.name: person for alias, person in session.exec(_ALIASES, params={"of": task_force_id})}


def confirm_alias(session: Session, task_force_id: int, name: str, person_id: int, by_id: int, at: datetime) -> None:
    """From now on this name means this person."""
    wanted = name.casefold().strip()
    query = select(Alias).where(Alias.task_force_id == task_force_id, Alias.name == wanted)
    known = session.exec(query.with_for_update()).first()
    known = known or Alias(
        task_force_id=task_force_id, name=wanted, person_id=person_id, confirmed_by=by_id, confirmed_at=at
    )
    known.person_id, known.confirmed_by, known.confirmed_at = person_id, by_id, at
    session.add(known)


def _of_user(query: Any, person_id: Any, user_id: str, task_force_id: int | None) -> Any:
    """Only what is an active person's whom this Slack user is."""
    query = query.join(Person, col(Person.id) == person_id)
    query = query.join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
    query = query.where(PersonAccount.user_id == user_id, Person.state == PersonState.ACTIVE)
    return query.where(Person.task_force_id == task_force_id) if task_force_id else query


def _open() -> SelectOfScalar[ItemQuestion]:
    return (
        select(ItemQuestion)
        .join(Item, col(Item.id) == col(ItemQuestion.item_id))
        .where(col(ItemQuestion.answered_at).is_(None), Item.status == ItemStatus.OPEN)
        .where(or_(ItemQuestion.about != About.DUE, col(Item.due_on).is_(None)))
        .order_by(col(ItemQuestion.id))
    )
