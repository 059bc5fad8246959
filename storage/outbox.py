"""The outbox: what must reach Slack, queued in the transaction of the change that caused it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, text

from storage.tables import OutboxRow, OutboxState


@dataclass(frozen=True)
class Lane:
    """Where to: a channel or, as a direct message, a person; and which installation speaks. Sent in order."""

    installation_id: int
    channel_id: str | None = None
    user_id: str | None = None

    def __str__(self) -> str:
        return f"{self.installation_id}:{self.channel_id or self.user_id}"


def queue(
    session: Session, lane: Lane, kind: str, subject: object, machine_now: datetime, args: dict[str, Any] | None = None
) -> None:
    """Have `kind` of `subject` shown in `lane`. It is rendered when sent, so a row that already waits serves both changes."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = insert(OutboxRow).values(
        lane=str(lane),
        installation_id=lane.installation_id,
        channel_id=lane.channel_id,
        user_id=lane.user_id,
        kind=kind,
        subject=str(subject),
        args=args or {},
        key=secrets.token_urlsafe(18),
        state=OutboxState.PENDING,
        attempts=0,
        not_before=machine_now,
        created_at=machine_now,
    )
    session.execute(
        statement.on_conflict_do_nothing(
            index_elements=["lane", "kind", "subject"], index_where=text("state = 'pending'")
        )
    )
