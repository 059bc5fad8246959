"""Task forces, their sides, their channels, and the people on the sides."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.tables.columns import moment, words_of


class Role(StrEnum):
    """What a person is on a side; the rights that follow stand in `bot.rules.roster`."""

    LEAD = "lead"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"
    OBSERVER = "observer"


class PersonState(StrEnum):
    """`PENDING`: asked to join a side whose lead or secretary has not approved it yet."""

    PENDING = "pending"
    ACTIVE = "active"
    LEFT = "left"


class ClosingRule(StrEnum):
    """`BOTH`: every side that has an owner confirms. `ANY`: one side's confirmation closes."""

    BOTH = "both"
    ANY = "any"


class Silence(StrEnum):
    """Why nobody can speak in a channel. `SPEAKERLESS`: none of our installations that are left is in it."""

    ARCHIVED = "archived"
    SPEAKERLESS = "speakerless"


class TaskForce(SQLModel, table=True):
    """A joint team of two or more sides. Items are numbered per task force."""

    __tablename__ = "task_force"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    language: str = "ko"
    country: str = "KR"
    zone: str = "Asia/Seoul"
    closing_rule: ClosingRule = words_of(ClosingRule, default=ClosingRule.BOTH)
    weekly_weekday: int = 0  # Monday is 0
    last_item_number: int = 0
    days_counted_until: datetime | None = moment(default=None, index=True)  # then the days that cards count are others
    created_at: datetime = moment()


class Side(SQLModel, table=True):
    """An organisation in a task force."""

    __table_args__ = (UniqueConstraint("task_force_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    name: str
    position: int  # the order in which sides are shown, from 0


class BoundChannel(SQLModel, table=True):
    """A Slack channel of a task force, and the installation that speaks there."""

    __tablename__ = "bound_channel"

    id: int | None = Field(default=None, primary_key=True)
    channel_id: str = Field(unique=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    speaker_id: int = Field(foreign_key="installation.id")
    bound_at: datetime = moment()
    silent_since: datetime | None = moment(default=None, index=True)  # machine time; what is queued waits
    silent_why: Silence | None = words_of(Silence, default=None)
    silence_told_at: datetime | None = moment(default=None)


class ChannelMove(SQLModel, table=True):
    """An id that a channel had before: what was on its way under it belongs to the new one."""

    __tablename__ = "channel_move"

    old_id: str = Field(primary_key=True)
    new_id: str
    moved_at: datetime = moment()


class Account(SQLModel, table=True):
    """A Slack user as far as the bot needs to know one. `language` is the person's own choice and beats `locale`."""

    user_id: str = Field(primary_key=True)
    team_id: str | None = None
    name: str = ""
    title: str = ""  # what the person's Slack profile says
    language: str | None = None
    locale: str | None = None
    zone: str | None = None
    is_bot: bool = False
    is_deleted: bool = False
    dm_channel_id: str | None = None
    dm_installation_id: int | None = None  # with whose bot that direct message is
    dm_refused_at: datetime | None = moment(default=None)
    refreshed_at: datetime | None = moment(default=None)


class Person(SQLModel, table=True):
    """Somebody in the roster of one task force. May have no Slack account, or two."""

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    side_id: int = Field(foreign_key="side.id")
    role: Role = words_of(Role, default=Role.MEMBER)
    name: str
    department: str = ""
    job_title: str = ""
    state: PersonState = words_of(PersonState, default=PersonState.ACTIVE)
    joined_at: datetime = moment()


class PersonAccount(SQLModel, table=True):
    """Which person of a task force a Slack user is."""

    __tablename__ = "person_account"

    task_force_id: int = Field(foreign_key="task_force.id", primary_key=True)
    user_id: str = Field(foreign_key="account.user_id", primary_key=True, index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
