"""Queries about direct messages that wait until their receivers work again."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlmodel import Session, col, delete, select, update

from storage.outbox import Lane
from storage.tables import HeldPost
from storage.types import insert_of


def hold(session: Session, lane: Lane, kind: str, subject: str, args: dict[str, Any], until: datetime) -> None:
    """Keep a direct message until then; one of the same kind and subject that waits already serves both.

    What its args call `old` stays as it was: that is what the receiver last heard of.
    """
    if "old" in args:
        waits = session.exec(select(HeldPost.args).where(*_same(lane, kind, subject))).first()
        args = args | ({"old": waits["old"]} if waits else {})
    of = {"installation_id": lane.installation_id, "user_id": lane.user_id, "kind": kind, "subject": subject}
    session.connection().execute(_held(insert_of(session)), of | {"args": args, "until": until})


@cache
def _held(insert: Any) -> Any:
    """The statement, put together once."""
    new = insert(HeldPost)
    again = {"args": new.excluded.args, "until": new.excluded.until}
    return new.on_conflict_do_update(index_elements=["installation_id", "user_id", "kind", "subject"], set_=again)


def forget(session: Session, lane: Lane, kind: str, subject: str) -> bool:
    """What waited need not be said any more; whether anything did."""
    waits = delete(HeldPost).where(*_same(lane, kind, subject))
    return session.execute(waits.returning(col(HeldPost.id))).first() is not None


def _same(lane: Lane, kind: str, subject: str) -> tuple[Any, ...]:
    of = HeldPost.installation_id == lane.installation_id, HeldPost.user_id == lane.user_id
    return *of, HeldPost.kind == kind, HeldPost.subject == subject


def due(session: Session, now: datetime, limit: int) -> list[HeldPost]:
    """What may be said by now, in the order in which it came; nobody else says it until the transaction ends."""
    query = select(HeldPost).where(col(HeldPost.until) <= now).order_by(col(HeldPost.user_id), col(HeldPost.id))
    return list(session.exec(query.limit(limit).with_for_update(skip_locked=True)))


def look_now(session: Session, user_ids: Sequence[str], now: datetime) -> None:
    """What waits for some people is looked at by the next step, which keeps it if they do not work yet."""
    later = update(HeldPost).where(col(HeldPost.user_id).in_(user_ids), col(HeldPost.until) > now)
    session.execute(later.values(until=now))


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether something may be said by now."""
    return session.exec(select(HeldPost.id).where(col(HeldPost.until) <= now).limit(1)).first() is not None


def next_moments(session: Session, now: datetime, limit: int) -> list[datetime]:
    """The next business times at which something may be said."""
    query = select(HeldPost.until).where(col(HeldPost.until) > now).order_by(col(HeldPost.until)).limit(limit)
    return list(session.exec(query))
