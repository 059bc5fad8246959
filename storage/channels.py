"""What is kept under a Slack channel's id."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from storage import outbox
from storage.outbox import Lane
from storage.tables import BoundChannel, OutboxRow, OutboxState, Posting, Reaction


def move(session: Session, old_id: str, new_id: str, machine_now: datetime) -> None:
    """Slack gave a channel another id, as a share with another organisation began or ended; what waits is sent there."""
    for table in (BoundChannel, Posting, Reaction):
        session.execute(update(table).where(col(table.channel_id) == old_id).values(channel_id=new_id))
    stranded = (OutboxState.PENDING, OutboxState.PARKED)
    query = select(OutboxRow).where(OutboxRow.channel_id == old_id, col(OutboxRow.state).in_(stranded))
    for row in session.exec(query.order_by(col(OutboxRow.id))):
        lane = Lane(row.installation_id, new_id, row.user_id, aside=row.lane.endswith("/aside"))
        session.delete(row)
        session.flush()
        outbox.queue(session, lane, row.kind, row.subject, machine_now, row.args)
