"""What must still reach Slack, and what has."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

from storage.tables.columns import moment, words_of


class OutboxState(StrEnum):
    """`PARKED`: Slack refused it for good, or a person must look; `tft doctor` shows these."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"


class OutboxRow(SQLModel, table=True):
    """A thing to show in Slack, rendered when it is sent: written in the transaction of the change that caused it.

    A lane (installation, and channel or person) is sent in order. Moments here are machine time, never business time.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "uq_outbox_pending",
            "lane",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    lane: str = Field(index=True)
    installation_id: int = Field(foreign_key="installation.id")
    channel_id: str | None = None  # Slack's; None: a direct message to user_id
    user_id: str | None = None
    kind: str  # a key of bot.services.posts.KINDS
    subject: str  # what the kind shows: an item's id, …
    args: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    key: str = Field(unique=True)  # opaque; goes out as message metadata
    state: OutboxState = words_of(OutboxState, default=OutboxState.PENDING)
    attempts: int = 0
    not_before: datetime = moment()
    leased_until: datetime | None = moment(default=None)
    error: str | None = None
    created_at: datetime = moment()
    sent_at: datetime | None = moment(default=None)


class Posting(SQLModel, table=True):
    """A message of ours in Slack: where the thing it shows is shown."""

    __table_args__ = (
        UniqueConstraint("channel_id", "ts"),
        Index("ix_posting_kind_subject", "kind", "subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    installation_id: int = Field(foreign_key="installation.id")
    channel_id: str
    ts: str
    thread_ts: str | None = None
    kind: str
    subject: str
    posted_at: datetime = moment()
    lost_at: datetime | None = moment(default=None)
