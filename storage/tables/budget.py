"""Budget lines with their amounts kept apart, where the money comes from, who owns them, and their dated milestones."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from config.presets import Act, Money
from storage.tables.columns import moment, setting, words_of


class Stage(StrEnum):
    """How far a line has come."""

    PLANNED = "planned"
    REQUESTED = "requested"
    DRAFTED = "drafted"
    APPROVED = "approved"
    GRANTED = "granted"
    EXECUTING = "executing"
    SETTLED = "settled"


class Origin(StrEnum):
    """Whose money it is."""

    NATIONAL = "national"
    UPPER = "upper"  # the province or city above the county
    COUNTY = "county"
    UNIVERSITY = "university"
    PRIVATE = "private"


class Outcome(StrEnum):
    """What became of a milestone. An event that was not voted on gets a new date and stays open."""

    DONE = "done"
    VOTED = "voted"
    DROPPED = "dropped"


def amount() -> Any:
    """A whole number of the line's currency; None: not known."""
    return Field(default=None, sa_type=BigInteger)


class BudgetLine(SQLModel, table=True):
    """Money that a task force wants or has. `internal_to`: only this side's people ever see it."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("task_force_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    number: int
    name: str
    year: int  # of the budget
    kind: Money = words_of(Money)
    currency: str = "KRW"  # ISO 4217
    stage: Stage = words_of(Stage, default=Stage.PLANNED)
    internal_to: int | None = Field(default=None, foreign_key="side.id")
    requested: int | None = amount()
    drafted: int | None = amount()
    approved: int | None = amount()
    granted: int | None = amount()
    executed: int | None = amount()
    carried_explicit: int | None = amount()
    carried_accident: int | None = amount()
    returned: int | None = amount()
    split_from: int | None = Field(default=None, foreign_key="budget_line.id")
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = moment()
    asked_until: datetime | None = moment(default=None)  # asks how much was spent are spent up to then
    ask_due_at: datetime | None = moment(default=None, index=True)  # derived: `bot.services.milestone_reminders`
    searchable: str = setting("")  # its name, notes and milestones, normalised
    withdrawn_at: datetime | None = moment(default=None)  # taken back by who made it: nobody sees it any more


class BudgetShare(SQLModel, table=True):
    """How much of a line's request is whose money."""

    __tablename__ = "budget_share"

    line_id: int = Field(foreign_key="budget_line.id", primary_key=True)
    origin: Origin = words_of(Origin, primary_key=True)
    amount: int = Field(sa_type=BigInteger)


class BudgetOwner(SQLModel, table=True):
    """Who looks after a line for a side."""

    __tablename__ = "budget_owner"

    line_id: int = Field(foreign_key="budget_line.id", primary_key=True)
    side_id: int = Field(foreign_key="side.id", primary_key=True)
    owner_id: int = Field(foreign_key="person.id", index=True)
    acting_for_id: int | None = None  # whoever the owner stands in for; no foreign key, as it came later


class BudgetLink(SQLModel, table=True):
    """What a line has to do with: an item's or a decision's number in the same task force."""

    __tablename__ = "budget_link"

    line_id: int = Field(foreign_key="budget_line.id", primary_key=True)
    letter: str = Field(primary_key=True)  # "A": an item, "R": a decision
    number: int = Field(primary_key=True)


class BudgetNote(SQLModel, table=True):
    """A line about how it goes on, as somebody wrote it."""

    __tablename__ = "budget_note"

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="budget_line.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    text: str
    written_at: datetime = moment()


class Execution(SQLModel, table=True):
    """What had been spent of a line by a day, as somebody told."""

    id: int | None = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="budget_line.id", index=True)
    as_of: date  # local to the task force's zone
    amount: int = Field(sa_type=BigInteger)
    person_id: int = Field(foreign_key="person.id")
    told_at: datetime = moment()


class Milestone(SQLModel, table=True):
    """A dated step of a line: a task of ours, or an event that others decide. Reminders follow `agreed_on`, else `legal_on`."""

    __table_args__ = (
        UniqueConstraint("line_id", "number"),
        Index("ix_milestone_task_force_open", "task_force_id", "outcome"),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    line_id: int = Field(foreign_key="budget_line.id")
    number: int  # within its line
    name: str
    act: Act = words_of(Act)
    preset: str = ""  # the key of the preset's row that it was made from
    legal_on: date | None = None
    agreed_on: date | None = None
    leads: list[int] = Field(default_factory=list, sa_type=JSON)  # calendar days; empty: the usual ones
    side_id: int | None = Field(default=None, foreign_key="side.id")  # whose it is; None: of every owner
    moves: int = 0
    was_past: bool = False  # when it was written down: nothing is ever said about it
    outcome: Outcome | None = words_of(Outcome, default=None, nullable=True)
    result: int | None = amount()
    ended_at: datetime | None = moment(default=None)
    ended_by: int | None = Field(default=None, foreign_key="person.id")
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = moment()
    withdrawn_at: datetime | None = moment(default=None)  # taken back by who wrote it down
    heard_until: datetime | None = moment(default=None)  # reminders up to then are spent; None: all until it was made
    next_due_at: datetime | None = moment(default=None, index=True)  # derived: `bot.services.milestone_reminders`
