"""What must still reach Slack, and what has. Moments here are machine time, never business time, but for `Posting`'s."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

from storage.tables.columns import moment, words_of


class OutboxState(StrEnum):
    """`SENDING`: a call may have had its effect. `PARKED`: Slack refused it for good, or a person must look."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"


class OutboxLane(SQLModel, table=True):
    """A channel or person as one installation reaches it. What is queued for it is sent in order, by one worker at a time."""

    __tablename__ = "outbox_lane"

    name: str = Field(primary_key=True)
    next_at: datetime | None = moment(default=None, index=True)  # when to look at it; None: nothing waits
    free_at: datetime | None = moment(default=None)  # when the channel's pace allows the next message
    leased_until: datetime | None = moment(default=None)
    lease: str | None = None  # opaque; who has it is the only one who may say what came of its row


class OutboxRow(SQLModel, table=True):
    """A thing to show in Slack, rendered when it is sent: written in the transaction of the change that caused it."""

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
        Index(
            "ix_outbox_waiting",
            "lane",
            "id",
            sqlite_where=text("state IN ('pending', 'sending')"),
            postgresql_where=text("state IN ('pending', 'sending')"),
        ),
        Index("ix_outbox_sent_at", "sent_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    lane: str
    installation_id: int = Field(foreign_key="installation.id")
    channel_id: str | None = None  # Slack's; None: a direct message to user_id
    user_id: str | None = None
    kind: str  # a key of bot.services.posts.KINDS, or one of delivery's own
    subject: str  # what the kind shows: an item's id, …
    args: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    key: str = Field(unique=True)  # opaque; goes out as message metadata
    state: OutboxState = words_of(OutboxState, default=OutboxState.PENDING)
    attempts: int = 0
    not_before: datetime = moment()
    tried_at: datetime | None = moment(default=None)  # since then it may stand in Slack without our knowing
    look_again_at: datetime | None = moment(default=None, index=True)  # when to look for what landed late
    error: str | None = None
    created_at: datetime = moment()
    sent_at: datetime | None = moment(default=None)


class Pace(SQLModel, table=True):
    """How far ahead one Web API method of one installation is booked."""

    key: str = Field(primary_key=True)
    booked_until: datetime = moment()


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
