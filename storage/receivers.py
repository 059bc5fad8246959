"""Queries about who can be reached, and when they may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Any

from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, bindparam, col, func, select

from storage.tables import Account, Person, PersonAccount, PersonState, Role, TaskForce
from storage.types import among


@dataclass(frozen=True, slots=True)
class Reached:
    """An active person with the Slack account that messages go to. `nudge_at`: the earliest of all their task forces."""

    person_id: int
    side_id: int
    role: Role
    user_id: str
    own_zone: str | None
    zone: str | None
    hours_from: time | None
    hours_until: time | None
    nudge_at: time


def of_task_force(session: Session, task_force_id: int) -> list[Reached]:
    """Everybody of a task force whom Slack can reach, once each, by sides' people as they joined."""
    found = session.execute(_everybody(), {"of": task_force_id})
    return list({row[0]: Reached(*row) for row in found}.values())


def of_task_forces(session: Session, task_force_ids: Iterable[int]) -> dict[int, list[Reached]]:
    """The same of several task forces."""
    found: dict[int, dict[int, Reached]] = {of: {} for of in task_force_ids}
    for *one, of in session.execute(_everybody_of(), {"of": list(found)}):
        found[of][one[0]] = Reached(*one)
    return {of: list(reached.values()) for of, reached in found.items()}


def task_forces(session: Session, ids: Iterable[int]) -> list[TaskForce]:
    """Several at once."""
    return list(session.exec(select(TaskForce).where(among(session, col(TaskForce.id), set(ids)))))


def task_forces_of(session: Session, user_ids: Iterable[str]) -> list[TaskForce]:
    """The task forces in which somebody of these is."""
    mine = select(PersonAccount.task_force_id).where(col(PersonAccount.user_id).in_(set(user_ids)))
    return list(session.exec(select(TaskForce).where(col(TaskForce.id).in_(mine))))


@lru_cache(maxsize=1)
def _everybody() -> Any:
    """The query, put together once: it is asked with every change of an item."""
    return _all().where(col(Person.task_force_id) == bindparam("of"))


@lru_cache(maxsize=1)
def _everybody_of() -> Any:
    """The same of several task forces."""
    of = col(Person.task_force_id)
    return _all().add_columns(of).where(of.in_(bindparam("of", expanding=True)))


def _all() -> Any:
    return (
        columns(*_columns())
        .join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
        .join(Account, col(Account.user_id) == col(PersonAccount.user_id))
        .where(col(Person.state) == PersonState.ACTIVE)
        .where(col(Account.is_deleted).is_(False))
        .order_by(col(Person.id), col(Account.user_id).desc())
    )


def _columns() -> list[Any]:
    person = [Person.id, Person.side_id, Person.role]
    account = [Account.user_id, Account.own_zone, Account.zone, Account.hours_from, Account.hours_until]
    return [*person, *account, _earliest_nudge()]


def _earliest_nudge() -> Any:
    """Somebody of several task forces gets one message a day for all of them."""
    mine, person, task_force = aliased(PersonAccount), aliased(Person), aliased(TaskForce)
    earliest = (
        select(func.min(task_force.nudge_at))
        .select_from(mine)
        .join(person, col(person.id) == col(mine.person_id))
        .join(task_force, col(task_force.id) == col(person.task_force_id))
        .where(col(mine.user_id) == col(Account.user_id), col(person.state) == PersonState.ACTIVE)
    )
    return earliest.correlate(Account).scalar_subquery()
