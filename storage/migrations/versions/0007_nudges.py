"""What the schedule remembers: reminders, digests, weekly summaries, what waits for a morning, and when what is due."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _digests()
    _nudges()
    op.create_table(
        "weekly",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_weekly_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_weekly"),
        sa.UniqueConstraint("task_force_id", "at", name="uq_weekly_task_force_id_at"),
    )
    _waiting()
    op.add_column("item", sa.Column("ladder", sa.String(), nullable=True))
    for name in ("asked_at", "heard_until", "next_due_at"):
        op.add_column("part", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_part_next_due_at", "part", ["next_due_at"], unique=False)
    for name in ("weekly_due_at", "channel_due_at"):
        op.add_column("task_force", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        op.create_index(f"ix_task_force_{name}", "task_force", [name], unique=False)
    op.add_column("task_force", sa.Column("reckon_after", sa.Integer(), nullable=True))
    op.create_index("ix_task_force_reckon_after", "task_force", ["reckon_after"], unique=False)
    op.execute("UPDATE task_force SET reckon_after = 0")  # what is there already is reckoned once


def _digests() -> None:
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digest"),
        sa.UniqueConstraint("recipient", "day", name="uq_digest_recipient_day"),
    )


def _nudges() -> None:
    op.create_table(
        "nudge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("anchor", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name="fk_nudge_digest_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_nudge_person_id"),
        sa.ForeignKeyConstraint(["user_id"], ["account.user_id"], name="fk_nudge_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_nudge"),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "rung",
            "anchor",
            "person_id",
            name="uq_nudge_subject_kind_subject_id_rung_anchor_person_id",
        ),
    )
    waiting = sa.text("digest_id IS NULL")
    op.create_index("ix_nudge_waiting", "nudge", ["at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_nudge_digest_id", "nudge", ["digest_id"], unique=False)


def _waiting() -> None:
    op.create_table(
        "held_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("installation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["installation_id"], ["installation.id"], name="fk_held_post_installation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_held_post"),
        sa.UniqueConstraint(
            "installation_id", "user_id", "kind", "subject", name="uq_held_post_installation_id_user_id_kind_subject"
        ),
    )
    op.create_index("ix_held_post_until", "held_post", ["until"], unique=False)
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_set_aside"),
        sa.UniqueConstraint("noun", "subject", name="uq_set_aside_noun_subject"),
    )
