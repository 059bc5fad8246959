"""Handovers, who has left, and for whom somebody acts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("receiver_id", sa.Integer(), nullable=False),
        sa.Column("acting", sa.Boolean(), nullable=False),
        sa.Column("with_role", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_handover_task_force_id"),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name="fk_handover_giver_id"),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name="fk_handover_receiver_id"),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="fk_handover_asked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
    )
    for column in ("task_force_id", "giver_id", "receiver_id", "due_at"):
        op.create_index(f"ix_handover_{column}", "handover", [column], unique=False)
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tell_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_departure_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_departure"),
    )
    op.create_index("ix_departure_tell_at", "departure", ["tell_at"], unique=False)
    op.create_index(
        "uq_departure_open",
        "departure",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("returned_at IS NULL"),
        postgresql_where=sa.text("returned_at IS NULL"),
    )
    with op.batch_alter_table("part") as part:  # SQLite copies a table to give it a foreign key
        part.add_column(sa.Column("acting_for_id", sa.Integer(), nullable=True))
        part.create_foreign_key("fk_part_acting_for_id", "person", ["acting_for_id"], ["id"])
        part.create_index("ix_part_acting_for_id", ["acting_for_id"], unique=False)
