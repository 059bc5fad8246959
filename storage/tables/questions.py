"""What the line of a new item left open, where it came from, and what names people confirmed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.tables.columns import moment, words_of


class About(StrEnum):
    """What a question is about."""

    DUE = "due"
    OWNER = "owner"


class ItemQuestion(SQLModel, table=True):
    """What somebody is asked about an item; open until answered, and a due date also until there is one."""

    __tablename__ = "item_question"

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)  # who wrote the line
    about: About = words_of(About)
    written: str  # the words that can be read in several ways
    choices: list[Any] = Field(sa_type=JSON)  # due dates as words, or people's ids
    stand_in_id: int | None = Field(default=None, foreign_key="person.id")  # who owns it only until this is answered
    asked_at: datetime = moment()
    answered_at: datetime | None = moment(default=None)


class ItemSource(SQLModel, table=True):
    """The message that an item was made from: its address in Slack, and the words as they were then."""

    __tablename__ = "item_source"

    item_id: int = Field(foreign_key="item.id", primary_key=True)
    permalink: str = ""
    quote: str = ""


class PastedList(SQLModel, table=True):
    """Lines that somebody wrote and has neither made into items nor dropped yet: a pasted list, or one whose title is there."""

    __tablename__ = "pasted_list"

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    person_id: int = Field(foreign_key="person.id")
    lines: list[str] = Field(sa_type=JSON)
    written_at: datetime = moment()


class Alias(SQLModel, table=True):
    """What people of a task force call somebody, once confirmed: casefolded, without spaces at its ends."""

    __table_args__ = (UniqueConstraint("task_force_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    name: str
    person_id: int = Field(foreign_key="person.id")
    confirmed_by: int = Field(foreign_key="person.id")
    confirmed_at: datetime = moment()
