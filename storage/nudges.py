"""Queries about what is due for reminding, and what was reminded of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, delete, func, select, update

from storage.tables import Nudge, Part
from storage.types import insert_once

PART, DECISION, MEETING = "part", "decision", "meeting"  # kinds of subjects
ToldOf = Mapping[tuple[int, int], datetime]  # by subject and person


@dataclass(frozen=True, slots=True)
class Said:
    """A rung for one person, as it is written down."""

    subject_kind: str
    subject_id: int
    rung: str
    anchor: date
    person_id: int
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reminded:
    """What is, or was, to be said to somebody of a thing: a plain row, for a morning has thousands."""

    id: int
    subject_kind: str
    subject_id: int
    rung: str
    anchor: date
    person_id: int
    user_id: str


def say_once(session: Session, rows: Iterable[Said]) -> None:
    """Write down what is to be said; what was said before is left out."""
    insert_once(session, Nudge, [{name: getattr(row, name) for name in Said.__slots__} for row in rows])


def told_of(session: Session, kind: str, subject_ids: Iterable[int]) -> ToldOf:
    """When who was told of things of a kind last, or will be."""
    query = columns(col(Nudge.subject_id), col(Nudge.person_id), func.max(col(Nudge.at)))
    mine = query.where(col(Nudge.subject_kind) == kind, col(Nudge.subject_id).in_(set(subject_ids)))
    found = session.execute(mine.group_by(col(Nudge.subject_id), col(Nudge.person_id)))
    return {(subject_id, person_id): at for subject_id, person_id, at in found}


def is_anybody_waiting(session: Session, now: datetime) -> bool:
    """Whether something is to be said to somebody by now."""
    return session.exec(select(Nudge.id).where(*waits(now)).order_by(col(Nudge.at)).limit(1)).first() is not None


def waiting_users(session: Session, now: datetime, limit: int, most: int) -> list[str]:
    """Some of the people to whom something is to be said by now: of whom `most` is said in all, but one at least."""
    query = select(Nudge.user_id, func.count(col(Nudge.id))).where(*waits(now))
    found = session.exec(query.group_by(col(Nudge.user_id)).order_by(col(Nudge.user_id)).limit(limit))
    users: list[str] = []
    for user_id, count in found:
        most -= count
        if users and most < 0:
            break
        users.append(user_id)
    return users


def waiting_for(session: Session, user_ids: Sequence[str], now: datetime, limit: int) -> dict[str, list[Reminded]]:
    """What is to be said to them by now, to each the earliest dates first; nobody else says it until the transaction ends."""
    place = func.row_number().over(partition_by=col(Nudge.user_id), order_by=(col(Nudge.anchor), col(Nudge.id)))
    places = select(col(Nudge.id), place.label("place")).where(col(Nudge.user_id).in_(user_ids), *waits(now)).subquery()
    query = reminded().where(col(Nudge.id).in_(select(places.c.id).where(places.c.place <= limit)), *waits(now))
    query = query.order_by(col(Nudge.user_id), col(Nudge.anchor), col(Nudge.id)).with_for_update(skip_locked=True)
    found: dict[str, list[Reminded]] = {}
    for row in session.execute(query) if user_ids else ():
        found.setdefault(row.user_id, []).append(Reminded(*row))
    return found


def reminded() -> Any:
    return columns(*(getattr(Nudge, name) for name in Reminded.__slots__))


def drop(session: Session, nudge_ids: Sequence[int | None]) -> None:
    """What is not true any more is not said."""
    if nudge_ids:
        session.execute(delete(Nudge).where(col(Nudge.id).in_(nudge_ids)))


def waits(now: datetime) -> tuple[Any, ...]:
    return col(Nudge.digest_id).is_(None), col(Nudge.at) <= now


def put_off(session: Session, user_id: str, now: datetime, until: datetime) -> None:
    """What waits for somebody waits until then."""
    session.execute(update(Nudge).where(col(Nudge.user_id) == user_id, *waits(now)).values(at=until))


def look_now(session: Session, user_ids: Sequence[str], now: datetime) -> None:
    """What waits for some people is looked at by the next step, which puts it off again if they cannot hear it yet."""
    later = (col(Nudge.digest_id).is_(None), col(Nudge.at) > now)
    session.execute(update(Nudge).where(col(Nudge.user_id).in_(user_ids), *later).values(at=now))


def next_moments(session: Session, now: datetime, limit: int) -> list[datetime]:
    """The next business times at which parts are due, or waiting reminders may be said."""
    parts = select(Part.next_due_at).where(col(Part.next_due_at) > now).order_by(col(Part.next_due_at)).limit(limit)
    waiting = select(Nudge.at).where(col(Nudge.digest_id).is_(None), col(Nudge.at) > now).order_by(col(Nudge.at))
    return [at for query in (parts, waiting.limit(limit)) for at in session.exec(query) if at]
