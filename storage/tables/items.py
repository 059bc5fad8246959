"""Joint action items, each side's part in them, and the reactions and presses that confirm them."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from storage.tables.columns import moment, words_of


class ItemStatus(StrEnum):
    """An item is open until its sides have confirmed it; half done is open with one side confirmed."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """How a person confirmed. What a reaction did is undone by taking the reaction away; a button's or command's act stays."""

    REACTION = "reaction"
    BUTTON = "button"


class Item(SQLModel, table=True):
    """A joint thing to do: at most one owner per side, at least one in all (its `Part`s)."""

    __table_args__ = (
        UniqueConstraint("task_force_id", "number"),
        # In the order of lists of open items, and with all that counting them needs.
        Index("ix_item_task_force_status_due", "task_force_id", "status", "due_on", "number", "internal_to"),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    number: int
    title: str
    stream: str = ""
    due_on: date | None = None  # local to the task force's zone
    due_at: time | None = None  # local; None: the end of the day
    status: ItemStatus = words_of(ItemStatus, default=ItemStatus.OPEN)
    channel_id: int = Field(foreign_key="bound_channel.id")
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = moment()
    closed_at: datetime | None = moment(default=None)
    reopened_at: datetime | None = moment(default=None)
    description: str = ""
    link: str = ""  # an http or https address
    searchable: str = ""  # title, description and notes as `bot.rules.item_search` normalises them
    due_moves: int = 0  # how often a due date that was set became another, or none
    cancel_reason: str = ""
    counts_from: datetime | None = moment(default=None)  # machine time: an older reaction was set aside by a reopening
    internal_to: int | None = None  # a side's id: this side's alone; None: joint
    ladder: str | None = None  # own reminders before the due date, as the task force's; None: those
    meeting_id: int | None = None  # in whose minutes it was written: its card stands in that thread


class Part(SQLModel, table=True):
    """One side's part in an item: its owner, and whether the side has confirmed (derived from `Confirmation`)."""

    __table_args__ = (
        UniqueConstraint("item_id", "side_id"),
        Index("ix_part_owner_id_due_on", "owner_id", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id")
    side_id: int = Field(foreign_key="side.id")
    owner_id: int = Field(foreign_key="person.id")
    acting_for_id: int | None = Field(default=None, foreign_key="person.id", index=True)  # whom the owner stands in for
    task: str = ""  # what of the item is this side's; "": all of it
    due_on: date | None = None  # an own date; None: the item's
    seen_at: datetime | None = moment(default=None)
    confirmed_at: datetime | None = moment(default=None)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime | None = moment(default=None)  # when it became the owner's by another's act; None: it did not
    heard_until: datetime | None = moment(default=None)  # reminders up to then are spent; None: all until it was made
    next_due_at: datetime | None = moment(default=None, index=True)  # derived: `bot.services.item_reminders`


class Confirmation(SQLModel, table=True):
    """A person's act for a side, judged when it was done: it stands until taken back or set aside by a reopening."""

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    side_id: int = Field(foreign_key="side.id")
    person_id: int = Field(foreign_key="person.id")
    source: Source = words_of(Source)
    reaction_id: int | None = Field(default=None, foreign_key="reaction.id", index=True)
    confirmed_at: datetime = moment()
    withdrawn_at: datetime | None = moment(default=None)


class Snooze(SQLModel, table=True):
    """Until when reminders about an item, or about a milestone of the budget, rest for one person."""

    __table_args__ = (UniqueConstraint("item_id", "person_id"), UniqueConstraint("milestone_id", "person_id"))

    id: int | None = Field(default=None, primary_key=True)
    item_id: int | None = Field(default=None, foreign_key="item.id")
    milestone_id: int | None = Field(default=None, foreign_key="milestone.id")
    person_id: int = Field(foreign_key="person.id")
    until: date  # local to the task force's zone; from this day on there are reminders again


class Note(SQLModel, table=True):
    """A line about how an item goes on, as somebody wrote it."""

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    text: str
    written_at: datetime = moment()
    withdrawn_at: datetime | None = moment(default=None)


class Reaction(SQLModel, table=True):
    """The state of one person's one emoji on one message; an event older than `event_ts` never overwrites it."""

    __table_args__ = (UniqueConstraint("channel_id", "ts", "user_id", "emoji"),)

    id: int | None = Field(default=None, primary_key=True)
    channel_id: str
    ts: str
    user_id: str
    emoji: str  # without skin tone
    present: bool
    event_ts: str  # Slack's, "1763856000.000100"
