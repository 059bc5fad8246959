"""Queries about digests: the one message of a day to somebody, and what it is about."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ARRAY, String, literal
from sqlmodel import Session, case, col, func, select, update

from storage.nudges import Reminded, reminded, waits
from storage.tables import Digest, Nudge
from storage.types import insert_of, is_sqlite

_GATHERING = 7_483_652  # any number of our own: PostgreSQL's advisory locks of this kind, one for each person


def reminders(session: Session, digest_id: int, limit: int) -> list[Reminded]:
    """What a digest is about, the earliest dates first."""
    query = reminded().where(col(Nudge.digest_id) == digest_id).order_by(col(Nudge.anchor), col(Nudge.id))
    return [Reminded(*row) for row in session.execute(query.limit(limit))]


def take_up(session: Session, user_ids: Sequence[str]) -> list[str]:
    """Those of some people for whom nobody else makes a message meanwhile: each is ours until the transaction ends.

    Two who each had a part of somebody's reminders would wait for the other's.
    """
    if is_sqlite(session):  # there is one writer
        return list(user_ids)
    user = func.unnest(literal(list(user_ids), ARRAY(String))).column_valued("taken")
    mine = func.pg_try_advisory_xact_lock(_GATHERING, func.hashtext(user))
    return list(session.exec(select(user).where(mine))) if user_ids else []


def put_into(session: Session, digests: Mapping[str, int], now: datetime) -> None:
    """What waits for somebody (by user) is what this digest is about."""
    change = update(Nudge).where(col(Nudge.user_id).in_(digests), *waits(now))
    if digests:
        session.execute(change.values(digest_id=case(digests, value=col(Nudge.user_id))))


def open_once(session: Session, days: Mapping[str, date], now: datetime) -> dict[str, int]:
    """By recipient the id of the one digest of that day, made just now; who had one already is left out."""
    rows = [{"recipient": recipient, "day": day, "made_at": now} for recipient, day in days.items()]
    new = insert_of(session)(Digest).on_conflict_do_nothing().returning(col(Digest.recipient), col(Digest.id))
    made = session.execute(new, rows).all() if rows else []
    return {row.recipient: row.id for row in made}
