"""Decisions, what each side's people say to them, and who may confirm for a side by delegation."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from storage.tables.columns import moment, words_of
from storage.tables.items import Source


class DecisionStatus(StrEnum):
    """A decision is proposed until every side has confirmed it; one in force stays so until its successor is."""

    PROPOSED = "proposed"
    OBJECTED = "objected"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"  # given up before it came into force


class Choice(StrEnum):
    """What somebody says to a decision for the own side."""

    CONFIRM = "confirm"
    OBJECT = "object"


class Decision(SQLModel, table=True):
    """What the sides agree on, `R-7`. `decided_on` and `review_on` are local to the task force's zone."""

    __table_args__ = (
        UniqueConstraint("task_force_id", "number"),
        Index("ix_decision_task_force_status", "task_force_id", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    number: int
    text: str
    stream: str = ""
    status: DecisionStatus = words_of(DecisionStatus, default=DecisionStatus.PROPOSED)
    decided_on: date
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="person.id")
    channel_id: int = Field(foreign_key="bound_channel.id")
    wording: int = 1  # counts the wordings; what was said to an earlier one does not count
    counts_from: datetime | None = moment(default=None)  # machine time: an older reaction was about an earlier wording
    in_force_at: datetime | None = moment(default=None)
    review_on: date | None = None
    asked_at: datetime | None = moment(default=None)  # since when the sides are asked; None: since it was recorded
    heard_until: datetime | None = moment(default=None)  # reminders up to then are spent
    next_due_at: datetime | None = moment(default=None, index=True)  # derived; None: there is nothing to remind of
    replaces_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    meeting_id: int | None = Field(default=None, index=True)  # None: decided outside meetings
    withdrawn_reason: str = ""
    link: str = ""  # the message that it was recorded from: its address in Slack
    quote: str = ""  # and its words as they were then
    searchable: str = ""  # the text and the notes, normalised


class Vote(SQLModel, table=True):
    """What a person said to one wording for the own side; of each side the latest that stands counts."""

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id", index=True)
    wording: int
    side_id: int = Field(foreign_key="side.id")
    person_id: int = Field(foreign_key="person.id")
    choice: Choice = words_of(Choice)
    reason: str = ""  # of an objection
    source: Source = words_of(Source)
    reaction_id: int | None = Field(default=None, foreign_key="reaction.id", index=True)
    delegation_id: int | None = Field(default=None, foreign_key="delegation.id")
    cast_at: datetime = moment()
    withdrawn_at: datetime | None = moment(default=None)


class Delegation(SQLModel, table=True):
    """A lead or deputy lets a secretary of the own side confirm decisions and minutes, up to and with a day or until ended."""

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    side_id: int = Field(foreign_key="side.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    granted_by: int = Field(foreign_key="person.id")
    granted_at: datetime = moment()
    until: date | None = None  # local to the task force's zone, that day included; None: until it is taken back
    ended_at: datetime | None = moment(default=None)


class DecisionNote(SQLModel, table=True):
    """A remark on a decision, as somebody wrote it; it changes nothing of what was decided."""

    __tablename__ = "decision_note"

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    text: str
    written_at: datetime = moment()
