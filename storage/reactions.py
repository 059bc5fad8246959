"""Queries about reactions on the bot's messages, kept as state."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlmodel import Session, col, or_, select

from storage.tables import Account, BoundChannel, Posting, Reaction
from storage.types import insert_of


@dataclass(frozen=True)
class Press:
    """What is told about one emoji of one person on one message. `event_ts` is Slack's, `1763856000.000100`."""

    channel_id: str
    ts: str
    user_id: str
    emoji: str  # the name; kept without skin tone
    present: bool
    event_ts: str


def keep(session: Session, press: Press) -> Reaction | None:
    """Write what is told and give the row if the emoji came or went; None for what is known already or out of date."""
    if session.connection().execute(_new(insert_of(session)), vars(press)).first():
        return _row(session, press) if press.present else None
    row = _row(session, press)
    if press.event_ts <= row.event_ts:
        return None
    changed = row.present != press.present
    row.present, row.event_ts = press.present, press.event_ts
    return row if changed else None


@cache
def _new(insert: Any) -> Any:
    """The statement, put together once."""
    return insert(Reaction).on_conflict_do_nothing().returning(col(Reaction.id))


def is_kept(session: Session, press: Press) -> bool:
    """Whether this person's emoji on the message was ever written."""
    query = select(Reaction.id).where(Reaction.channel_id == press.channel_id, Reaction.ts == press.ts)
    return (
        session.exec(query.where(Reaction.user_id == press.user_id, Reaction.emoji == press.emoji)).first() is not None
    )


def on(session: Session, channel_id: str, ts: str) -> list[Reaction]:
    """The reactions that are on a message, in the order in which they were put there."""
    query = select(Reaction).where(
        Reaction.channel_id == channel_id, Reaction.ts == ts, col(Reaction.present).is_(True)
    )
    return list(session.exec(query.order_by(col(Reaction.event_ts))))


def posting_of(session: Session, press: Press) -> Posting | None:
    """What stands in a message. Until it is recorded, this transaction keeps it from being recorded: `await_recorders`."""
    found = _posting(session, press.channel_id, press.ts)
    if found is None:
        await_recorders(session, press.channel_id, press.user_id)
        found = _posting(session, press.channel_id, press.ts)
    return found


def await_recorders(session: Session, channel_id: str, user_id: str = "") -> None:
    """Have to ourselves the recording of messages of a channel, and of reactions on messages that are not recorded yet.

    Without it, on PostgreSQL, the one could look for reactions and the other for the message, and neither see the other.
    A direct message is its reader's: `user_id` reacted there, and the account may not know its channel yet.
    """
    if channel_id.startswith("D"):
        of = or_(col(Account.dm_channel_id) == channel_id, col(Account.user_id) == user_id)
        session.exec(select(Account.user_id).where(of).with_for_update(key_share=True)).all()
        return
    query = select(BoundChannel.id).where(BoundChannel.channel_id == channel_id)
    session.exec(query.with_for_update(key_share=True)).first()


def _posting(session: Session, channel_id: str, ts: str) -> Posting | None:
    return session.exec(select(Posting).where(Posting.channel_id == channel_id, Posting.ts == ts)).first()


def _row(session: Session, press: Press) -> Reaction:
    key = (Reaction.channel_id, press.channel_id), (Reaction.ts, press.ts)
    who = (Reaction.user_id, press.user_id), (Reaction.emoji, press.emoji)
    query = select(Reaction).where(*(column == value for column, value in (*key, *who)))
    return session.exec(query.with_for_update(), execution_options={"populate_existing": True}).one()
