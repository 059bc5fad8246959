"""Task forces, their sides, their channels, and the people on the sides."""

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.tables.columns import moment, setting, words_of


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
    last_decision_number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    last_meeting_number: int = setting(0, "0")
    days_counted_until: datetime | None = moment(default=None, index=True)  # then the days that cards count are others
    created_at: datetime = moment()
    ladder: str = setting("7,3,1,0")  # working days before a due date at which owners are reminded; 0: on the day
    overdue_every: int = setting(3, "3")  # working days between reminders after the date, and how many at most
    overdue_times: int = setting(5, "5")
    nudge_at: time = setting(time(9, 30), "'09:30:00'")  # local to whoever is reminded
    weekly_at: time = setting(time(9), "'09:00:00'")  # local to the task force's zone
    weekly_in_channel: bool = setting(False, "false")  # a copy of the weekly summary
    day_ends_at: time = setting(time(18), "'18:00:00'")  # what "by the end of the day" means
    done_emoji: str = setting("")  # further emoji names that count as a ✅, comma-separated
    upper_government: str = setting("")  # the name of the province or city above the county
    comment_days: int = setting(3, "3")  # working days for comments on a draft of minutes
    silence_is_consent: bool = setting(False, "false")  # nobody objected in time: the minutes count as confirmed
    weekly_due_at: datetime | None = moment(default=None, index=True)  # derived, as the next: `bot.services.reckoning`
    channel_due_at: datetime | None = moment(default=None, index=True)  # when the channel may be reminded next
    reckon_after: int | None = Field(default=0, index=True)  # of which part on reminders are to be reckoned anew


class Side(SQLModel, table=True):
    """An organisation in a task force. `role_labels`: what roles are called there, as far as it is not the usual word."""

    __table_args__ = (UniqueConstraint("task_force_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    name: str
    position: int  # the order in which sides are shown, from 0
    role_labels: dict[str, str] | None = Field(default=None, sa_type=JSON(none_as_null=True))


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
    """A Slack user as far as the bot needs to know one.

    `language`, `own_zone` and the hours are the person's own choices: they beat `locale`, `zone` and 09:00-18:00.
    """

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
    hours_from: time | None = None  # when direct messages may come, local to the person
    hours_until: time | None = None
    own_zone: str | None = None


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
