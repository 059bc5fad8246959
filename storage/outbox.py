"""The outbox: what must reach Slack, queued in the transaction of the change that caused it, sent lane by lane.

All moments are machine time.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, not_, or_
from sqlmodel import Session, col, delete, select, text, update

from storage.tables import Account, OutboxLane, OutboxRow, OutboxState, Posting
from storage.types import insert_of

WAITING = (OutboxState.PENDING, OutboxState.SENDING)


@dataclass(frozen=True)
class Lane:
    """Where to: a channel or, as a direct message, a person; and which installation speaks. Sent in order."""

    installation_id: int
    channel_id: str | None = None
    user_id: str | None = None
    aside: bool = False  # what is put on messages that stand there already: need not wait for other messages

    def __str__(self) -> str:
        return f"{self.installation_id}:{self.channel_id or self.user_id}{'/aside' if self.aside else ''}"


@dataclass(frozen=True)
class Lease:
    """The right to send what is first in a lane; `token` tells it from a later holder's."""

    lane: str
    token: str
    free_at: datetime | None = None  # what the lane's pace was when it was taken


@dataclass(frozen=True)
class Queued:
    """What is to be shown: a kind of a subject, in a lane."""

    lane: Lane
    kind: str
    subject: object
    args: Mapping[str, Any] = field(default_factory=dict)


def queue(
    session: Session, lane: Lane, kind: str, subject: object, machine_now: datetime, args: dict[str, Any] | None = None
) -> None:
    """Have `kind` of `subject` shown in `lane`. It is rendered when sent, so a row that already waits serves both changes.

    The lane is ours until the transaction ends: rows get their ids in the order of the commits, and nobody can take the
    waiting row and render it without what is being changed here.
    """
    queue_all(session, [Queued(lane, kind, subject, args or {})], machine_now)


def queue_all(session: Session, wanted: Iterable[Queued], machine_now: datetime) -> None:
    """The same of several different things; their lanes are taken in one order."""
    rows = [_row(one, machine_now) for one in sorted(wanted, key=lambda one: str(one.lane))]
    if not rows:
        return
    _look_at(session, [row["lane"] for row in rows], machine_now)
    session.connection().execute(_merged(insert_of(session)), rows)


@cache
def _merged(insert: Any) -> Any:
    """The statement, put together once."""
    new = insert(OutboxRow)
    return new.on_conflict_do_update(
        index_elements=["lane", "kind", "subject"],
        index_where=text("state = 'pending'"),
        set_={"args": new.excluded.args},
    )


def _row(one: Queued, machine_now: datetime) -> dict[str, Any]:
    return {
        "lane": str(one.lane),
        "installation_id": one.lane.installation_id,
        "channel_id": one.lane.channel_id,
        "user_id": one.lane.user_id,
        "kind": one.kind,
        "subject": str(one.subject),
        "args": dict(one.args),
        "key": secrets.token_urlsafe(18),
        "state": OutboxState.PENDING,
        "attempts": 0,
        "not_before": machine_now,
        "created_at": machine_now,
    }


def waiting(session: Session, lane: Lane, kind: str, subject: object) -> OutboxRow | None:
    """The row that waits to show this; to be asked while the lane is ours (`hold`)."""
    query = select(OutboxRow).where(OutboxRow.lane == str(lane), OutboxRow.kind == kind)
    query = query.where(OutboxRow.subject == str(subject), OutboxRow.state == OutboxState.PENDING)
    return session.exec(query, execution_options={"populate_existing": True}).first()


def receivers(session: Session, kind: str, subject: str) -> set[str]:
    """To whom this was said, or is to be, as a direct message."""
    query = select(OutboxRow.user_id).where(OutboxRow.kind == kind, OutboxRow.subject == subject)
    return {user_id for user_id in session.exec(query) if user_id}


def lane_to(session: Session, installation_id: int, channel_id: str) -> Lane:
    """The lane of a Slack channel; a direct message's is its reader's."""
    user_id = session.exec(select(Account.user_id).where(Account.dm_channel_id == channel_id)).first()
    return Lane(installation_id, user_id=user_id) if user_id else Lane(installation_id, channel_id)


def hold(session: Session, lane: Lane, machine_now: datetime) -> None:
    """Lock a lane as `queue` does, with nothing to be sent: for who writes to people alone, and locks the channel first too."""
    _look_at(session, [str(lane)], machine_now)


def lease(session: Session, now: datetime, until: datetime) -> Lease | None:
    """Take the lane that has waited longest and that nobody works on; None when there is nothing to do."""
    token = secrets.token_urlsafe(12)
    longest = (
        select(OutboxLane.name)
        .where(_due(now))
        .order_by(col(OutboxLane.next_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    take = _update(OutboxLane).where(col(OutboxLane.name) == longest.scalar_subquery())
    found = take.values(leased_until=until, lease=token).returning(col(OutboxLane.name), col(OutboxLane.free_at))
    taken = session.execute(found).first()
    return Lease(taken[0], token, taken[1]) if taken else None


def first(session: Session, lane: str) -> OutboxRow | None:
    """What is to be sent next in a lane."""
    query = select(OutboxRow).where(OutboxRow.lane == lane, col(OutboxRow.state).in_(WAITING))
    return session.exec(query.order_by(col(OutboxRow.id)).limit(1)).first()


def give_back(
    session: Session, held: Lease, *, not_before: datetime | None = None, free_at: datetime | None = None
) -> bool:
    """End a lease, the last thing in a transaction. False if it was lost: then nothing here may be committed.

    The lane is looked at again when its next row says so, and not before `not_before`; its next message goes out not
    before `free_at`.
    """
    values: dict[str, Any] = {"leased_until": None, "lease": None} | ({"free_at": free_at} if free_at else {})
    if not _held(session, held, values):
        return False
    row = first(session, held.lane)  # asked only now that the lane is ours: a row queued meanwhile is seen
    next_at = max(row.not_before, not_before or row.not_before) if row else None
    session.execute(_update(OutboxLane).where(col(OutboxLane.name) == held.lane).values(next_at=next_at))
    return True


def keep(session: Session, held: Lease, until: datetime) -> bool:
    """Hold a lease for longer. False if it was lost."""
    return _held(session, held, {"leased_until": until})


def is_due(session: Session, now: datetime) -> bool:
    """Whether there is something to do."""
    late = select(OutboxRow.id).where(col(OutboxRow.look_again_at) <= now)
    return any(session.exec(query.limit(1)).first() for query in (select(OutboxLane.name).where(_due(now)), late))


def is_idle(session: Session, until: datetime, aside: Collection[str], updates: Collection[str]) -> bool:
    """Whether nothing waits that could be sent until then, and nothing is being sent.

    Kinds of `aside` do not matter, nor do those of `updates` where what they update stands already.
    """
    stands = exists().where(col(Posting.kind) == OutboxRow.kind, col(Posting.subject) == OutboxRow.subject)
    matters = and_(col(OutboxRow.kind).not_in(aside), or_(col(OutboxRow.kind).not_in(updates), not_(stands)))
    waits = select(OutboxRow.id).where(col(OutboxRow.state).in_(WAITING), col(OutboxRow.not_before) <= until)
    return session.exec(waits.where(matters).limit(1)).first() is None


def to_look_at_again(session: Session, now: datetime, until: datetime) -> OutboxRow | None:
    """Take one sent row for which a second message may have landed late; nobody else gets it before `until`."""
    oldest = (
        select(OutboxRow.id)
        .where(col(OutboxRow.look_again_at) <= now)
        .order_by(col(OutboxRow.look_again_at))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    take = _update(OutboxRow).where(col(OutboxRow.id) == oldest.scalar_subquery()).values(look_again_at=until)
    taken = session.execute(take.returning(col(OutboxRow.id))).first()
    return session.get_one(OutboxRow, taken[0]) if taken else None


def wait(session: Session, row: OutboxRow, until: datetime) -> None:
    """Try a row again later. If what it shows was queued anew meanwhile, this row serves both. The lane is locked."""
    session.exec(select(OutboxLane.name).where(OutboxLane.name == row.lane).with_for_update())
    twin = and_(
        col(OutboxRow.lane) == row.lane,
        col(OutboxRow.kind) == row.kind,
        col(OutboxRow.subject) == row.subject,
        col(OutboxRow.state) == OutboxState.PENDING,
        col(OutboxRow.id) != row.id,
    )
    newer = session.execute(delete(OutboxRow).where(twin).returning(col(OutboxRow.args))).first()
    if newer:
        row.args = newer[0]
    row.state, row.not_before, row.tried_at = OutboxState.PENDING, until, None


def retry_parked(session: Session, row_id: int, machine_now: datetime) -> None:
    """Queue anew what a parked row shows, after what stood in its way was mended."""
    row = session.get_one(OutboxRow, row_id)
    lane = Lane(row.installation_id, row.channel_id, row.user_id, aside=is_aside(row))
    queue(session, lane, row.kind, row.subject, machine_now, row.args)
    session.delete(row)


def requeue(
    session: Session, row: OutboxRow, lane: Lane, machine_now: datetime, args: dict[str, Any] | None = None
) -> None:
    """Have what a waiting or parked row shows shown in another lane instead."""
    session.delete(row)
    session.flush()
    queue(session, lane, row.kind, row.subject, machine_now, {**row.args, **(args or {})})


def rehome(session: Session, row: OutboxRow, lane: Lane, machine_now: datetime) -> None:
    """Give a row another lane. One that may stand in Slack already keeps its key, by which it is looked for there."""
    if row.state is OutboxState.PENDING:
        return requeue(session, row, lane, machine_now)
    _look_at(session, [str(lane)], machine_now)
    row.lane, row.installation_id, row.channel_id = str(lane), lane.installation_id, lane.channel_id
    row.not_before = machine_now
    return None


def wake(session: Session, lane: str, machine_now: datetime) -> None:
    """Look at a lane's rows now, whenever they were to be tried again."""
    rows = update(OutboxRow).where(col(OutboxRow.lane) == lane, col(OutboxRow.state).in_(WAITING))
    _look_at(session, [lane], machine_now)
    session.execute(rows.values(not_before=machine_now).execution_options(synchronize_session=False))


def lock_lanes(session: Session, names: set[str]) -> None:
    """These lanes are ours until the transaction ends, taken in one order."""
    for name in sorted(names):
        session.exec(select(OutboxLane.name).where(OutboxLane.name == name).with_for_update())


def is_aside(row: OutboxRow) -> bool:
    """Whether a row is in the lane of what is put on messages."""
    return row.lane.endswith("/aside")


def _look_at(session: Session, lanes: Sequence[str], at: datetime) -> None:
    """Have lanes looked at; they are locked until this transaction ends."""
    rows = [{"name": lane, "next_at": at} for lane in dict.fromkeys(lanes)]
    session.connection().execute(_looked_at(insert_of(session)), rows)


@cache
def _looked_at(insert: Any) -> Any:
    """The statement, put together once."""
    new = insert(OutboxLane)
    return new.on_conflict_do_update(index_elements=["name"], set_={"next_at": new.excluded.next_at})


def _due(now: datetime) -> ColumnElement[bool]:
    lane = OutboxLane
    return and_(
        col(lane.next_at) <= now,
        or_(col(lane.free_at).is_(None), col(lane.free_at) <= now),
        or_(col(lane.leased_until).is_(None), col(lane.leased_until) <= now),
    )


def _held(session: Session, held: Lease, values: dict[str, Any]) -> bool:
    mine = and_(col(OutboxLane.name) == held.lane, col(OutboxLane.lease) == held.token)
    changed = _update(OutboxLane).where(mine).values(values).returning(col(OutboxLane.name))
    return session.execute(changed).first() is not None


def _update(table: type[OutboxLane] | type[OutboxRow]) -> Any:
    return update(table).execution_options(synchronize_session=False)
