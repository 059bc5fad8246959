"""Meetings: their record, who is expected, what is to be talked about, and who confirmed the minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column(
        "task_force", sa.Column("last_meeting_number", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column(
        "item", sa.Column("meeting_id", sa.Integer(), nullable=True)
    )  # as `internal_to`: without a foreign key
    _meeting()
    _meeting_line()
    _reserved_number()
    _line_mark()
    _asked_line()
    _invitation()
    _agenda_topic()
    _minutes_word()
    _addendum()
    _document_number()


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("host_side_id", sa.Integer(), nullable=True),
        sa.Column("keeper_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_ordinal", sa.BigInteger(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("thread_ts", sa.String(), nullable=False),
        sa.Column("permalink", sa.String(), nullable=False),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registered_by", sa.Integer(), nullable=True),
        sa.Column("comments_until", sa.Date(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("disclosure", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("next_meeting", sa.String(), nullable=False),
        sa.Column("final_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("searchable", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["bound_channel.id"], name="fk_meeting_channel_id"),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name="fk_meeting_created_by"),
        sa.ForeignKeyConstraint(["host_side_id"], ["side.id"], name="fk_meeting_host_side_id"),
        sa.ForeignKeyConstraint(["keeper_id"], ["person.id"], name="fk_meeting_keeper_id"),
        sa.ForeignKeyConstraint(["registered_by"], ["person.id"], name="fk_meeting_registered_by"),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_meeting_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.UniqueConstraint("task_force_id", "number", name="uq_meeting_task_force_id_number"),
    )
    op.create_index("ix_meeting_next_due_at", "meeting", ["next_due_at"], unique=False)
    op.create_index("ix_meeting_task_force_phase", "meeting", ["task_force_id", "phase"], unique=False)
    op.create_index("ix_meeting_thread_ts", "meeting", ["thread_ts"], unique=False)


def _meeting_line() -> None:
    op.create_table(
        "meeting_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("thread_ts", sa.String(), nullable=False),
        sa.Column("from_thread", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_line_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_line"),
        sa.UniqueConstraint("meeting_id", "key", name="uq_meeting_line_meeting_id_key"),
    )
    op.create_index("ix_meeting_line_key", "meeting_line", ["key"], unique=False)
    op.create_index("ix_meeting_line_meeting_id", "meeting_line", ["meeting_id"], unique=False)


def _reserved_number() -> None:
    op.create_table(
        "reserved_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_reserved_number_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reserved_number"),
        sa.UniqueConstraint("meeting_id", "key", "part", "noun", name="uq_reserved_number_meeting_id_key_part_noun"),
    )
    op.create_index("ix_reserved_number_meeting_id", "reserved_number", ["meeting_id"], unique=False)


def _line_mark() -> None:
    op.create_table(
        "line_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("emoji", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_line_mark_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_line_mark"),
        sa.UniqueConstraint("meeting_id", "key", "emoji", name="uq_line_mark_meeting_id_key_emoji"),
    )
    op.create_index("ix_line_mark_meeting_id", "line_mark", ["meeting_id"], unique=False)


def _asked_line() -> None:
    op.create_table(
        "asked_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_asked_line_meeting_id"),
        sa.PrimaryKeyConstraint("id", name="pk_asked_line"),
        sa.UniqueConstraint(
            "meeting_id", "key", "part", "why", "written", name="uq_asked_line_meeting_id_key_part_why_written"
        ),
    )
    op.create_index("ix_asked_line_meeting_id", "asked_line", ["meeting_id"], unique=False)


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("proxy_name", sa.String(), nullable=False),
        sa.Column("proxy_title", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_invitation_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invitation_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("meeting_id", "person_id", name="uq_invitation_meeting_id_person_id"),
    )
    op.create_index("ix_invitation_person_id", "invitation", ["person_id"], unique=False)


def _agenda_topic() -> None:
    op.create_table(
        "agenda_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("carried_from", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name="fk_agenda_topic_added_by"),
        sa.ForeignKeyConstraint(["carried_from"], ["meeting.id"], name="fk_agenda_topic_carried_from"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_agenda_topic_meeting_id"),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_agenda_topic_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_topic"),
    )
    op.create_index("ix_agenda_topic_meeting_id", "agenda_topic", ["meeting_id"], unique=False)
    op.create_index("ix_agenda_topic_task_force_id", "agenda_topic", ["task_force_id"], unique=False)


def _minutes_word() -> None:
    op.create_table(
        "minutes_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("confirms", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_minutes_word_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_minutes_word_person_id"),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name="fk_minutes_word_side_id"),
        sa.PrimaryKeyConstraint("id", name="pk_minutes_word"),
    )
    op.create_index("ix_minutes_word_meeting_id", "minutes_word", ["meeting_id"], unique=False)


def _addendum() -> None:
    op.create_table(
        "addendum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_addendum_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_addendum_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_addendum"),
    )
    op.create_index("ix_addendum_meeting_id", "addendum", ["meeting_id"], unique=False)


def _document_number() -> None:
    op.create_table(
        "document_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_document_number_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_document_number_person_id"),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name="fk_document_number_side_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document_number"),
        sa.UniqueConstraint("meeting_id", "side_id", name="uq_document_number_meeting_id_side_id"),
    )
