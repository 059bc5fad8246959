"""Queries about task forces, sides, channels, accounts and people."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import Account, BoundChannel, Person, PersonAccount, PersonState, Side, TaskForce


@dataclass(frozen=True)
class Profile:
    """What Slack told about a user; people of another organisation come without a locale."""

    user_id: str
    team_id: str | None
    name: str
    locale: str | None
    zone: str | None
    is_bot: bool
    is_deleted: bool
    title: str = ""


def account(session: Session, user_id: str) -> Account:
    """The account of a Slack user; one never seen before is added with nothing but its id."""
    known = session.get(Account, user_id)
    if known is None:
        known = Account(user_id=user_id)
        session.add(known)
        session.flush()
    return known


def remember_profile(session: Session, profile: Profile, at: datetime) -> Account:
    """Keep what Slack says of a user; a person's own choice of language is not touched."""
    known = account(session, profile.user_id)
    known.team_id, known.name, known.title = profile.team_id, profile.name, profile.title
    known.locale, known.zone = profile.locale or known.locale, profile.zone or known.zone
    known.is_bot, known.is_deleted = profile.is_bot, profile.is_deleted
    known.refreshed_at = at
    return known


def bound_channel(session: Session, channel_id: str) -> BoundChannel | None:
    """The task-force channel with this Slack id."""
    return session.exec(select(BoundChannel).where(BoundChannel.channel_id == channel_id)).first()


def task_forces_of(session: Session, user_id: str) -> list[TaskForce]:
    """The task forces a Slack user is an active person of, oldest first."""
    query = (
        select(TaskForce)
        .join(Person, col(Person.task_force_id) == col(TaskForce.id))
        .join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
        .where(PersonAccount.user_id == user_id, Person.state == PersonState.ACTIVE)
        .order_by(col(TaskForce.id))
    )
    return list(session.exec(query).unique())


def person_of(session: Session, task_force: TaskForce, user_id: str) -> Person | None:
    """The active person that a Slack user is in a task force."""
    query = (
        select(Person)
        .join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
        .where(PersonAccount.task_force_id == task_force.id, PersonAccount.user_id == user_id)
        .where(Person.state == PersonState.ACTIVE)
    )
    return session.exec(query).first()


def sides(session: Session, task_force_id: int) -> list[Side]:
    """A task force's sides in their order."""
    query = select(Side).where(Side.task_force_id == task_force_id).order_by(col(Side.position))
    return list(session.exec(query))
