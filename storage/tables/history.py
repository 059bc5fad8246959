"""What was received, what was changed, and what could not be handled."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel

from storage.tables.columns import moment


class Receipt(SQLModel, table=True):
    """An event, command or click that has had its effect; the key is the natural one, so that doubles collide."""

    key: str = Field(primary_key=True)
    received_at: datetime = moment(index=True)


class Change(SQLModel, table=True):
    """Who changed what and when: the history of every record."""

    __table_args__ = (Index("ix_change_subject", "subject_kind", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    subject_kind: str  # "item", "person", "task_force", …
    subject_id: int
    at: datetime = moment()
    person_id: int | None = Field(default=None, foreign_key="person.id")  # None: the bot or the clock
    act: str  # a word key: "created", "confirmed", "retitled", …
    old: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    new: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Parked(SQLModel, table=True):
    """The body of an event that failed even on Slack's last retry, kept for `tft doctor`."""

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    body: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    error: str
    app_name: str | None = None  # which Slack app heard it
    parked_at: datetime = moment()
