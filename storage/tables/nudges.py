"""What people were reminded of, the messages that said so, and what waits for somebody's morning. Moments are business time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel, UniqueConstraint, text

from storage.tables.columns import moment


class Nudge(SQLModel, table=True):
    """A rung of a thing for one person: there is one of each, so that two schedulers cannot both say it."""

    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "rung", "anchor", "person_id"),
        Index(
            "ix_nudge_waiting",
            "at",
            sqlite_where=text("digest_id IS NULL"),
            postgresql_where=text("digest_id IS NULL"),
        ),
        Index(
            "ix_nudge_waiting_user",
            "user_id",
            "at",
            sqlite_where=text("digest_id IS NULL"),
            postgresql_where=text("digest_id IS NULL"),
        ),
        Index(  # not of what waits: SQLite would take it for that, and look through everybody's
            "ix_nudge_digest_id",
            "digest_id",
            sqlite_where=text("digest_id IS NOT NULL"),
            postgresql_where=text("digest_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str  # "part": a side's part in an item; "decision", "meeting", "milestone", "execution"
    subject_id: int
    rung: str  # "-3", "0", "+6", …: see `bot.rules.ladders`
    anchor: date  # the date that the rung counts from
    person_id: int = Field(foreign_key="person.id")
    user_id: str = Field(foreign_key="account.user_id")
    at: datetime = moment()  # not said before
    # The id of a `Digest`; None: not said yet. No foreign key: to check thousands of them, each alone, took PostgreSQL
    # a sixth of a morning. They are written by `put_into` alone and removed together with it by `prune_nudges`.
    digest_id: int | None = None


class Digest(SQLModel, table=True):
    """The one message of a day: to a person with all that they are reminded of, or to a channel."""

    __table_args__ = (UniqueConstraint("recipient", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    recipient: str  # a Slack user's or channel's id
    day: date  # local to the recipient
    made_at: datetime = moment()


class Weekly(SQLModel, table=True):
    """A weekly summary that was sent out: the next one tells what happened since."""

    __table_args__ = (UniqueConstraint("task_force_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    at: datetime = moment()  # when it was due
    since: datetime | None = moment(default=None)  # what it tells begins there; None: it is the first
    made_at: datetime = moment()


class HeldPost(SQLModel, table=True):
    """A direct message that waits until its receiver works again; then it goes into the outbox."""

    __tablename__ = "held_post"
    __table_args__ = (UniqueConstraint("installation_id", "user_id", "kind", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    installation_id: int = Field(foreign_key="installation.id")
    user_id: str
    kind: str
    subject: str
    args: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    until: datetime = moment(index=True)


class SetAside(SQLModel, table=True):
    """Something that the schedule could not do and tries again later, at longer and longer intervals."""

    __tablename__ = "set_aside"
    __table_args__ = (UniqueConstraint("noun", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    noun: str  # what was to be done: "part", "channel", "weekly", …
    subject: str
    failures: int = 0
    error: str = ""
    until: datetime = moment()


class ReckonedBy(SQLModel, table=True):
    """By which settings, people and days off a task force's reminders were reckoned last: what changed since, moved some of them."""

    __tablename__ = "reckoned_by"

    task_force_id: int = Field(primary_key=True, foreign_key="task_force.id", sa_column_kwargs={"autoincrement": False})
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
