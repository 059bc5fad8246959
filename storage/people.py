"""Queries about task forces, sides, channels, accounts and people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, bindparam, col, select

from storage.tables import Account, BoundChannel, Person, PersonAccount, PersonState, Role, Side, TaskForce
from storage.types import insert_of

# What every act asks is put together once: to build a query takes longer than to run it.
_BOUND_CHANNEL = select(BoundChannel).where(col(BoundChannel.channel_id) == bindparam("channel_id"))
_PERSON = (
    select(Person)
    .join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
    .where(col(PersonAccount.task_force_id) == bindparam("of"), col(PersonAccount.user_id) == bindparam("user_id"))
    .where(col(Person.state) == PersonState.ACTIVE)
)
_SIDES = select(Side).where(col(Side.task_force_id) == bindparam("of")).order_by(col(Side.position))
_ACTIVE = (
    select(Person)
    .join(Side, col(Side.id) == col(Person.side_id))
    .where(col(Person.task_force_id) == bindparam("of"), col(Person.state) == PersonState.ACTIVE)
    .order_by(col(Side.position), col(Person.id))
)
_USER_IDS = (
    select(PersonAccount.user_id)
    .join(Account, col(Account.user_id) == col(PersonAccount.user_id))
    .where(col(PersonAccount.person_id) == bindparam("person_id"), col(Account.is_deleted).is_(False))
    .order_by(col(PersonAccount.user_id))
)


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
    if known is None:  # another transaction may be adding it as well
        values = Account(user_id=user_id).model_dump()
        session.execute(insert_of(session)(Account).values(values).on_conflict_do_nothing())
        known = session.get_one(Account, user_id)
    return known


def remember_profile(session: Session, profile: Profile, at: datetime) -> Account:
    """Keep what Slack says of a user; a person's own choice of language is not touched."""
    known = account(session, profile.user_id)
    if (known.zone, known.is_deleted) != (profile.zone or known.zone, profile.is_deleted):
        reckon_later_for(session, profile.user_id)
    known.team_id, known.name, known.title = profile.team_id, profile.name, profile.title
    known.locale, known.zone = profile.locale or known.locale, profile.zone or known.zone
    known.is_bot, known.is_deleted = profile.is_bot, profile.is_deleted
    known.refreshed_at = at
    return known


def reckon_later_for(session: Session, user_id: str) -> None:
    """A Slack user's hours, zone or account changed: what is due in their task forces is reckoned anew by the next tick."""
    for task_force in task_forces_of(session, user_id):
        task_force.reckon_after = 0


def bound_channel(session: Session, channel_id: str) -> BoundChannel | None:
    """The task-force channel with this Slack id."""
    return session.exec(_BOUND_CHANNEL, params={"channel_id": channel_id}).first()


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


def reader_of(session: Session, dm_channel_id: str) -> str:
    """Whose direct messages a conversation holds; "" if nobody's that is known."""
    return session.exec(select(Account.user_id).where(Account.dm_channel_id == dm_channel_id)).first() or ""


def person_of(session: Session, task_force: TaskForce, user_id: str) -> Person | None:
    """The active person that a Slack user is in a task force."""
    return session.exec(_PERSON, params={"of": task_force.id, "user_id": user_id}).first()


def sides(session: Session, task_force_id: int) -> list[Side]:
    """A task force's sides in their order."""
    return list(session.exec(_SIDES, params={"of": task_force_id}))


def active(session: Session, task_force_id: int) -> list[Person]:
    """Everybody in the roster, by sides, then as they joined."""
    return list(session.exec(_ACTIVE, params={"of": task_force_id}))


def main_channel(session: Session, task_force_id: int) -> BoundChannel | None:
    """The channel that a task force was set up in."""
    query = select(BoundChannel).where(BoundChannel.task_force_id == task_force_id).order_by(col(BoundChannel.id))
    return session.exec(query).first()


def speakers(session: Session, channel_keys: Iterable[int]) -> dict[int, int]:
    """By channel (our key) the installation that speaks there."""
    query = select(BoundChannel.id, BoundChannel.speaker_id).where(col(BoundChannel.id).in_(set(channel_keys)))
    return {key or 0: speaker for key, speaker in session.exec(query)}


def user_ids(session: Session, person_id: int) -> list[str]:
    """The Slack accounts of a person that are not switched off; none for somebody without Slack."""
    return list(session.exec(_USER_IDS, params={"person_id": person_id}))


def reached_through(session: Session, person: Person) -> list[str]:
    """The Slack users to tell what a person must know: the own account, else those of the side's secretaries."""
    return user_ids(session, person.id or 0)[:1] or secretaries(session, person)


def secretaries(session: Session, person: Person) -> list[str]:
    """The Slack users who are secretaries on somebody's side."""
    query = (
        select(Person.id)
        .where(Person.task_force_id == person.task_force_id, Person.side_id == person.side_id)
        .where(Person.role == Role.SECRETARY, Person.state == PersonState.ACTIVE)
    )
    return [user_id for one in session.exec(query) for user_id in user_ids(session, one or 0)[:1]]


def named(session: Session, task_force: TaskForce, name: str) -> list[Person]:
    """The active people of a task force with this very name, spaces aside."""
    query = select(Person).where(Person.task_force_id == task_force.id, Person.state == PersonState.ACTIVE)
    wanted = name.replace(" ", "").casefold()
    return [one for one in session.exec(query) if one.name.replace(" ", "").casefold() == wanted]


def ever(session: Session, task_force_id: int) -> list[Person]:
    """Everybody who was ever in the roster: the history names them."""
    return list(session.exec(select(Person).where(Person.task_force_id == task_force_id)))
