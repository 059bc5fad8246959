"""What is kept under a Slack channel's id, and the ids that channels had before."""

from datetime import datetime

from sqlmodel import Session, col, delete, or_, select, update

from storage import outbox
from storage.outbox import Lane
from storage.tables import BoundChannel, ChannelMove, OutboxRow, OutboxState, Posting, Reaction

FOLLOWED = 10  # moves of one channel, one after the other


def current(session: Session, channel_id: str) -> str:
    """The id that a channel has now."""
    for _ in range(FOLLOWED):
        move = session.get(ChannelMove, channel_id)
        if move is None:
            break
        channel_id = move.new_id
    return channel_id


def move(session: Session, old_id: str, new_id: str, machine_now: datetime) -> None:
    """Slack gave a channel another id, as a share with another organisation began or ended; what waits is sent there.

    A row that is being sent at this moment is left to whoever sends it: `current` says where it belongs.
    """
    session.execute(delete(ChannelMove).where(col(ChannelMove.old_id).in_((old_id, new_id))))
    session.add(ChannelMove(old_id=old_id, new_id=new_id, moved_at=machine_now))
    for table in (BoundChannel, Posting, Reaction):
        session.execute(update(table).where(col(table.channel_id) == old_id).values(channel_id=new_id))
    stranded = (OutboxState.PENDING, OutboxState.PARKED)
    query = select(OutboxRow).where(OutboxRow.channel_id == old_id, col(OutboxRow.state).in_(stranded))
    rows = list(session.exec(query.order_by(col(OutboxRow.id))))
    outbox.lock_lanes(session, {row.lane for row in rows})
    for row in rows:
        outbox.requeue(session, row, Lane(row.installation_id, new_id, aside=outbox.is_aside(row)), machine_now)


def silent(session: Session) -> list[BoundChannel]:
    """Channels in which nobody of ours can speak at the moment, the longest silent first."""
    query = select(BoundChannel).where(col(BoundChannel.silent_since).is_not(None))
    return list(session.exec(query.order_by(col(BoundChannel.silent_since))))


def spoken_in_by(session: Session, installation_id: int) -> list[BoundChannel]:
    """The channels of which an installation is the speaker."""
    query = select(BoundChannel).where(BoundChannel.speaker_id == installation_id).order_by(col(BoundChannel.id))
    return list(session.exec(query))


def lock(session: Session, channel_id: int) -> BoundChannel:
    """The channel as it is now, ours until the transaction ends."""
    query = select(BoundChannel).where(BoundChannel.id == channel_id).with_for_update()
    return session.exec(query, execution_options={"populate_existing": True}).one()


def waiting_rows(session: Session, channel_id: str, installation_id: int) -> list[OutboxRow]:
    """What an installation has not said in a channel yet, in its order; what is being sent is not among it."""
    query = select(OutboxRow).where(OutboxRow.channel_id == channel_id, OutboxRow.installation_id == installation_id)
    return list(session.exec(query.where(OutboxRow.state == OutboxState.PENDING).order_by(col(OutboxRow.id))))


def letters_of(session: Session, installation_id: int) -> list[OutboxRow]:
    """The direct messages that an installation has not sent yet, in the order of their receivers."""
    query = select(OutboxRow).where(OutboxRow.installation_id == installation_id, col(OutboxRow.channel_id).is_(None))
    waits = or_(OutboxRow.state == OutboxState.PENDING, OutboxRow.state == OutboxState.SENDING)
    return list(session.exec(query.where(waits).order_by(col(OutboxRow.user_id), col(OutboxRow.id))))
