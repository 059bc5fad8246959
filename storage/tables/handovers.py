"""What one person hands over to another, and who has left."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel, text

from storage.tables.columns import moment, words_of


class HandoverState(StrEnum):
    """`WAITING`: for its day. `FAILED`: on its day it could not be done any more; `reason` says why."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNDONE = "undone"


class Handover(SQLModel, table=True):
    """From one person to another of the same side: as successor, or acting for somebody who is away."""

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    giver_id: int = Field(foreign_key="person.id", index=True)
    receiver_id: int = Field(foreign_key="person.id", index=True)
    acting: bool = False
    with_role: bool = False
    starts_on: date  # local to the task force's zone
    due_at: datetime | None = moment(default=None, index=True)  # the beginning of that day; None: nothing to wait for
    state: HandoverState = words_of(HandoverState)
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime = moment()
    done_at: datetime | None = moment(default=None)
    moved: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # what each mover moved, to be told and undone
    reason: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # the key and arguments of a sentence


class Departure(SQLModel, table=True):
    """Somebody of the roster has left the channel or Slack; over when they come back."""

    __table_args__ = (
        Index(
            "uq_departure_open",
            "person_id",
            unique=True,
            sqlite_where=text("returned_at IS NULL"),
            postgresql_where=text("returned_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    noticed_at: datetime = moment()
    tell_at: datetime | None = moment(default=None, index=True)  # None: told, or nobody needs to be
    returned_at: datetime | None = moment(default=None)
