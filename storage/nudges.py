"""Queries about what is due for reminding, and what was reminded of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, bindparam, case, col, delete, func, null, select, update

from storage.tables import Digest, Item, ItemStatus, Nudge, Part, ReckonedBy, TaskForce
from storage.types import among, insert_of, insert_once

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
class Watched:
    """A side's part in an item, as far as reminders need it. `asked_at`: None as soon as the owner has seen it."""

    part_id: int
    item_id: int
    task_force_id: int
    channel_id: int
    side_id: int
    owner_id: int
    is_waiting: bool
    due_on: date | None
    heard_until: datetime | None
    asked_at: datetime | None
    created_at: datetime
    ladder: str | None


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


def watched(part: Part, item: Item) -> Watched:
    """The same of a part that was read."""
    return Watched(
        part.id or 0,
        item.id or 0,
        item.task_force_id,
        item.channel_id,
        part.side_id,
        part.owner_id,
        item.status is ItemStatus.OPEN and part.confirmed_at is None,
        part.due_on or item.due_on,
        part.heard_until,
        None if part.seen_at else part.asked_at,
        item.created_at,
        item.ladder,
    )


def due_parts(session: Session, now: datetime, limit: int) -> list[Watched]:
    """Parts about which there is something to say, the longest due first; nobody else gets them until the transaction ends."""
    ours = _watched().where(col(Part.next_due_at) <= now).order_by(col(Part.next_due_at)).limit(limit)
    return _rows(session, ours.with_for_update(of=col(Part.id), skip_locked=True))


def _watched() -> Any:
    """A query for `Watched`, a plain row for each: thousands are planned in a morning."""
    place = [col(Part.id), col(Part.item_id), col(Item.task_force_id), col(Item.channel_id)]
    part = [*place, col(Part.side_id), col(Part.owner_id)]
    state = [(col(Item.status) == ItemStatus.OPEN) & col(Part.confirmed_at).is_(None)]
    due = [func.coalesce(col(Part.due_on), col(Item.due_on)), col(Part.heard_until)]
    asked = [case((col(Part.seen_at).is_(None), col(Part.asked_at)), else_=null())]
    of_item = [col(Item.created_at), col(Item.ladder)]
    return columns(*part, *state, *due, *asked, *of_item).join(Item, col(Item.id) == col(Part.item_id))


def _rows(session: Session, query: Any) -> list[Watched]:
    return [Watched(*row) for row in session.execute(query)]


def watched_parts(session: Session, part_ids: Iterable[int]) -> dict[int, Watched]:
    """Some parts as they are now, by id; one that was taken out is not among them."""
    return {one.part_id: one for one in _rows(session, _watched().where(among(session, col(Part.id), set(part_ids))))}


def is_part_due(session: Session, now: datetime) -> bool:
    """Whether there is such a part, in somebody else's hands or not."""
    return session.exec(select(Part.id).where(col(Part.next_due_at) <= now).limit(1)).first() is not None


def coming_parts(session: Session, task_force_id: int, limit: int) -> list[tuple[Part, Item]]:
    """A task force's parts about which there is something to say, the next ones first."""
    query = select(Part, Item).join(Item, col(Item.id) == col(Part.item_id))
    query = query.where(Item.task_force_id == task_force_id, col(Part.next_due_at).is_not(None))
    return list(session.exec(query.order_by(col(Part.next_due_at), col(Part.id)).limit(limit)))


def planned(session: Session, parts: Iterable[tuple[int, datetime | None, datetime | None]]) -> None:
    """Write down of parts (by id) up to when they are said, and when they are due next. Many have the same times."""
    alike: dict[tuple[datetime | None, datetime | None], list[int]] = {}
    for part_id, heard, next_at in parts:
        alike.setdefault((heard, next_at), []).append(part_id)
    table = Part.__table__  # type: ignore[attr-defined]
    for (heard, next_at), ids in alike.items():
        change = update(table).where(among(session, table.c.id, ids)).values(heard_until=heard, next_due_at=next_at)
        session.connection().execute(change)


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
    return session.exec(select(Nudge.id).where(*_waits(now)).order_by(col(Nudge.at)).limit(1)).first() is not None


def waiting_users(session: Session, now: datetime, limit: int, most: int) -> list[str]:
    """Some of the people to whom something is to be said by now: of whom `most` is said in all, but one at least."""
    query = select(Nudge.user_id, func.count(col(Nudge.id))).where(*_waits(now))
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
    places = (
        select(col(Nudge.id), place.label("place")).where(col(Nudge.user_id).in_(user_ids), *_waits(now)).subquery()
    )
    query = _reminded().where(col(Nudge.id).in_(select(places.c.id).where(places.c.place <= limit)), *_waits(now))
    query = query.order_by(col(Nudge.user_id), col(Nudge.anchor), col(Nudge.id)).with_for_update(skip_locked=True)
    found: dict[str, list[Reminded]] = {}
    for row in session.execute(query) if user_ids else ():
        found.setdefault(row.user_id, []).append(Reminded(*row))
    return found


def _reminded() -> Any:
    return columns(*(getattr(Nudge, name) for name in Reminded.__slots__))


def drop(session: Session, nudge_ids: Sequence[int | None]) -> None:
    """What is not true any more is not said."""
    if nudge_ids:
        session.execute(delete(Nudge).where(col(Nudge.id).in_(nudge_ids)))


def _waits(now: datetime) -> tuple[Any, ...]:
    return col(Nudge.digest_id).is_(None), col(Nudge.at) <= now


def of_digest(session: Session, digest_id: int, limit: int) -> list[Reminded]:
    """What a digest is about, the earliest dates first."""
    query = _reminded().where(col(Nudge.digest_id) == digest_id).order_by(col(Nudge.anchor), col(Nudge.id))
    return [Reminded(*row) for row in session.execute(query.limit(limit))]


def count_of_digest(session: Session, digest_id: int) -> int:
    """How many reminders it holds."""
    return int(session.exec(select(func.count(col(Nudge.id))).where(Nudge.digest_id == digest_id)).one())


def put_into(session: Session, digests: Mapping[str, int], now: datetime) -> None:
    """What waits for somebody (by user) is what this digest is about."""
    change = update(Nudge).where(col(Nudge.user_id).in_(digests), *_waits(now))
    if digests:
        session.execute(change.values(digest_id=case(digests, value=col(Nudge.user_id))))


def put_off(session: Session, user_id: str, now: datetime, until: datetime) -> None:
    """What waits for somebody waits until then."""
    session.execute(update(Nudge).where(col(Nudge.user_id) == user_id, *_waits(now)).values(at=until))


def look_now(session: Session, user_ids: Sequence[str], now: datetime) -> None:
    """What waits for some people is looked at by the next step, which puts it off again if they cannot hear it yet."""
    waits = (col(Nudge.digest_id).is_(None), col(Nudge.at) > now)
    session.execute(update(Nudge).where(col(Nudge.user_id).in_(user_ids), *waits).values(at=now))


def parts_of(session: Session, nudges: Iterable[Reminded]) -> dict[int, tuple[Part, Item]]:
    """The parts that reminders are about, by id, as they are now; one that was taken out is not among them."""
    of = [one.subject_id for one in nudges if one.subject_kind == PART]
    query = select(Part, Item).join(Item, col(Item.id) == col(Part.item_id)).where(col(Part.id).in_(of))
    return {part.id or 0: (part, item) for part, item in session.exec(query)}


def open_digests(session: Session, days: Mapping[str, date], now: datetime) -> dict[str, int]:
    """By recipient the id of the one digest of that day, made just now; who had one already is left out."""
    rows = [{"recipient": recipient, "day": day, "made_at": now} for recipient, day in days.items()]
    new = insert_of(session)(Digest).on_conflict_do_nothing().returning(col(Digest.recipient), col(Digest.id))
    made = session.execute(new, rows).all() if rows else []
    return {row.recipient: row.id for row in made}


def next_moments(session: Session, now: datetime, limit: int) -> list[datetime]:
    """The next business times at which parts are due, or waiting reminders may be said."""
    parts = select(Part.next_due_at).where(col(Part.next_due_at) > now).order_by(col(Part.next_due_at)).limit(limit)
    waiting = select(Nudge.at).where(col(Nudge.digest_id).is_(None), col(Nudge.at) > now).order_by(col(Nudge.at))
    return [at for query in (parts, waiting.limit(limit)) for at in session.exec(query) if at]


def open_parts(
    session: Session, task_force_id: int, after: int, limit: int, *, locked: bool = False
) -> list[tuple[Watched, datetime | None]]:
    """Some of the parts of open items, by id, after one of them, and when they are due. `locked`: nobody else's meanwhile."""
    query = _watched().add_columns(col(Part.next_due_at))
    query = query.where(Item.task_force_id == task_force_id, Item.status == ItemStatus.OPEN, col(Part.id) > after)
    query = query.order_by(col(Part.id)).limit(limit)
    found = session.execute(query.with_for_update(of=col(Part.id)) if locked else query)
    return [(Watched(*row[:-1]), row[-1]) for row in found]


def reckoned_at(session: Session, parts: Iterable[tuple[int, datetime | None]]) -> None:
    """Write down of parts (by id) when they are due next."""
    rows = [{"of": part_id, "next": next_at} for part_id, next_at in parts]
    table = Part.__table__  # type: ignore[attr-defined]
    if rows:
        change = update(table).where(table.c.id == bindparam("of")).values(next_due_at=bindparam("next"))
        session.connection().execute(change, rows)


def unreckoned(session: Session) -> TaskForce | None:
    """A task force of which everything is to be reckoned anew; it is ours until the transaction ends."""
    query = select(TaskForce).where(col(TaskForce.reckon_after).is_not(None)).order_by(col(TaskForce.reckon_after))
    return session.exec(query.limit(1).with_for_update(skip_locked=True, key_share=True)).first()


def reckoned(session: Session) -> Iterator[TaskForce]:
    """The task forces of which nothing waits to be reckoned anew."""
    query = select(TaskForce).where(col(TaskForce.reckon_after).is_(None)).order_by(col(TaskForce.id))
    yield from session.exec(query).all()


def reckon_all(session: Session) -> None:
    """Have everything of every task force reckoned anew."""
    session.execute(update(TaskForce).values(reckon_after=0))


def is_anything_unreckoned(session: Session) -> bool:
    """Whether there is such a task force, in somebody else's hands or not."""
    query = select(TaskForce.id).where(col(TaskForce.reckon_after).is_not(None))
    return session.exec(query.limit(1)).first() is not None


def reckoned_by(session: Session, task_force_id: int) -> dict[str, Any] | None:
    """By what a task force's reminders were reckoned last; None: they never were."""
    kept = session.get(ReckonedBy, task_force_id)
    return kept.facts if kept else None


def keep_reckoned_by(session: Session, task_force_id: int, facts: dict[str, Any]) -> None:
    """Write it down."""
    session.merge(ReckonedBy(task_force_id=task_force_id, facts=facts))
