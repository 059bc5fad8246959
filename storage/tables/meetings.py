"""Meetings: the raw lines of their record, what people are expected, what is to be talked about, and who confirmed the minutes."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from storage.tables.columns import moment, setting, words_of


class Phase(StrEnum):
    """How far a meeting is. `ENDED`: nobody has put what was understood on record yet; `DRAFT`: the sides are to confirm it."""

    PLANNED = "planned"
    LIVE = "live"
    ENDED = "ended"
    DRAFT = "draft"
    FINAL = "final"
    CANCELLED = "cancelled"


class Meeting(SQLModel, table=True):
    """A meeting, `M-3`. Its minutes are made of its `MeetingLine`s each time they are asked for, until they are on record."""

    __table_args__ = (
        UniqueConstraint("task_force_id", "number"),
        Index("ix_meeting_task_force_phase", "task_force_id", "phase"),
    )

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id")
    number: int
    title: str
    phase: Phase = words_of(Phase)
    channel_id: int = Field(foreign_key="bound_channel.id")
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = moment()
    planned_for: datetime | None = moment(default=None)
    place: str = ""
    host_side_id: int | None = Field(default=None, foreign_key="side.id")  # who convened it and keeps the record
    keeper_id: int = Field(foreign_key="person.id")  # who takes the minutes: whoever started it
    started_at: datetime | None = moment(default=None)
    ended_at: datetime | None = moment(default=None)
    end_ordinal: int = Field(default=0, sa_type=BigInteger)  # what was written before it, and is heard later, counts
    end_reason: str = ""  # "" by a person, "silence" by the clock
    thread_ts: str = Field(default="", index=True)  # of the card, once that stands; the record is its thread
    permalink: str = ""  # of the card: those of the lines follow from it
    next_due_at: datetime | None = moment(default=None, index=True)  # derived; None: the clock has nothing to do
    registered_at: datetime | None = moment(default=None)
    registered_by: int | None = Field(default=None, foreign_key="person.id")
    comments_until: date | None = None  # local to the task force's zone, that day included
    asked_at: datetime | None = moment(default=None)  # since when people are asked to come, then to confirm the draft
    heard_until: datetime | None = moment(default=None)  # reminders up to then are spent
    told: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # which announcements were made, and when
    wording: int = 1  # counts what the draft says; what was confirmed of an earlier one does not count
    head: str = ""  # who was known and how lines were read when it was put on record, as an export has them
    disclosure: str = ""  # 공개구분
    summary: str = ""  # 문서요지
    keywords: str = setting("")  # with commas between
    next_meeting: str = ""
    attachments: str = setting("")  # 붙임, one a line
    final_at: datetime | None = moment(default=None)
    fingerprint: str = ""  # of the final text, and of all that it was made of
    searchable: str = ""  # all lines of the minutes, normalised, a line each


class MeetingLine(SQLModel, table=True):
    """A raw line: a message of the thread as it stood, or something that happened to one. Never changed, only followed by others.

    What is off the record was blanked before. Columns as in `bot.rules.minutes.RawLine`.
    """

    __tablename__ = "meeting_line"
    __table_args__ = (UniqueConstraint("meeting_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    key: str = Field(index=True)  # a message's ts, or what tells this act from all others
    ordinal: int = Field(sa_type=BigInteger)
    kind: str
    text: str = ""
    writer: str = ""  # a Slack user's id, or a person's key
    at: datetime | None = moment(default=None)
    about: str = ""
    part: int = 0
    thread_ts: str = ""  # of a message heard before its card was recorded: whether it belongs here is seen then
    from_thread: bool = (
        True  # written there by the writer; else through a form, a button or from elsewhere in the channel
    )


class KeptMinutes(SQLModel, table=True):
    """What minutes on record say, whatever the program would read in their lines later: a draft until it is changed, then the final text.

    In JSON, as `bot.rules.kept_minutes` writes it; in the place of messages' addresses, which may change, stand their keys.
    """

    __tablename__ = "kept_minutes"

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id", sa_column_kwargs={"autoincrement": False})
    minutes: str
    documents: str = ""  # once they are final: the document in each language


class ReservedNumber(SQLModel, table=True):
    """The number that a line's item (`A`) or decision (`R`) has from the moment it is written."""

    __tablename__ = "reserved_number"
    __table_args__ = (UniqueConstraint("meeting_id", "key", "part", "noun"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    key: str
    part: int = 0
    noun: str
    number: int
    made_id: int | None = None  # the item or decision, once it is on record


class LineMark(SQLModel, table=True):
    """The reactions that the bot has put on a message of the record, to say as what it was filed."""

    __tablename__ = "line_mark"
    __table_args__ = (UniqueConstraint("meeting_id", "key", "emoji"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    key: str
    emoji: str


class AskedLine(SQLModel, table=True):
    """A question about a line that its writer was asked privately: once for each thing that was unclear."""

    __tablename__ = "asked_line"
    __table_args__ = (UniqueConstraint("meeting_id", "key", "part", "why", "written"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    key: str
    part: int = 0
    why: str
    written: str = ""


class Answer(StrEnum):
    """What an invited person says."""

    YES = "yes"
    NO = "no"
    PROXY = "proxy"


class Invitation(SQLModel, table=True):
    """Somebody of the roster who is expected at a planned meeting, and what they answered."""

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    answer: Answer | None = words_of(Answer, default=None)
    proxy_name: str = ""
    proxy_title: str = ""
    answered_at: datetime | None = moment(default=None)


class AgendaTopic(SQLModel, table=True):
    """Something to be talked about: at a planned meeting, or at whichever comes next (`meeting_id` None)."""

    __tablename__ = "agenda_topic"

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    title: str
    added_by: int | None = Field(default=None, foreign_key="person.id")  # None: the agenda wrote it itself
    subject: str = ""  # what it is about, such as `R-7`: the agenda writes one of each
    added_at: datetime = moment()
    carried_from: int | None = Field(default=None, foreign_key="meeting.id")  # where it was not discussed
    removed_at: datetime | None = moment(default=None)


class MinutesWord(SQLModel, table=True):
    """What a person said for the own side to a draft of minutes; of each side the latest that stands counts."""

    __tablename__ = "minutes_word"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    wording: int
    side_id: int = Field(foreign_key="side.id")
    person_id: int = Field(foreign_key="person.id")
    confirms: bool  # else an objection
    reason: str = ""
    delegation_id: int | None = None
    said_at: datetime = moment()
    withdrawn_at: datetime | None = moment(default=None)


class Addendum(SQLModel, table=True):
    """A correction of final minutes, beside their text."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    text: str
    written_at: datetime = moment()


class DocumentNumber(SQLModel, table=True):
    """Under which number a side's own office has registered final minutes, and on which day."""

    __tablename__ = "document_number"
    __table_args__ = (UniqueConstraint("meeting_id", "side_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    side_id: int = Field(foreign_key="side.id")
    number: str
    registered_on: date
    person_id: int = Field(foreign_key="person.id")
