"""Budget lines, their milestones, and what was spent of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("internal_to", sa.Integer(), nullable=True),
        sa.Column("requested", sa.BigInteger(), nullable=True),
        sa.Column("drafted", sa.BigInteger(), nullable=True),
        sa.Column("approved", sa.BigInteger(), nullable=True),
        sa.Column("granted", sa.BigInteger(), nullable=True),
        sa.Column("executed", sa.BigInteger(), nullable=True),
        sa.Column("carried_explicit", sa.BigInteger(), nullable=True),
        sa.Column("carried_accident", sa.BigInteger(), nullable=True),
        sa.Column("returned", sa.BigInteger(), nullable=True),
        sa.Column("split_from", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ask_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name="fk_budget_line_created_by"),
        sa.ForeignKeyConstraint(["internal_to"], ["side.id"], name="fk_budget_line_internal_to"),
        sa.ForeignKeyConstraint(["split_from"], ["budget_line.id"], name="fk_budget_line_split_from"),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_budget_line_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_budget_line"),
        sa.UniqueConstraint("task_force_id", "number", name="uq_budget_line_task_force_id_number"),
    )
    op.create_index("ix_budget_line_ask_due_at", "budget_line", ["ask_due_at"], unique=False)
    op.create_table(
        "budget_link",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_budget_link_line_id"),
        sa.PrimaryKeyConstraint("line_id", "letter", "number", name="pk_budget_link"),
    )
    op.create_table(
        "budget_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_budget_note_line_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_budget_note_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_budget_note"),
    )
    op.create_index("ix_budget_note_line_id", "budget_note", ["line_id"], unique=False)
    op.create_table(
        "budget_owner",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_budget_owner_line_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_budget_owner_owner_id"),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name="fk_budget_owner_side_id"),
        sa.PrimaryKeyConstraint("line_id", "side_id", name="pk_budget_owner"),
    )
    op.create_index("ix_budget_owner_owner_id", "budget_owner", ["owner_id"], unique=False)
    op.create_table(
        "budget_share",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_budget_share_line_id"),
        sa.PrimaryKeyConstraint("line_id", "origin", name="pk_budget_share"),
    )
    op.create_table(
        "execution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_execution_line_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_execution_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_execution"),
    )
    op.create_index("ix_execution_line_id", "execution", ["line_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("preset", sa.String(), nullable=False),
        sa.Column("legal_on", sa.Date(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("leads", sa.JSON(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("was_past", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("result", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name="fk_milestone_created_by"),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name="fk_milestone_ended_by"),
        sa.ForeignKeyConstraint(["line_id"], ["budget_line.id"], name="fk_milestone_line_id"),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name="fk_milestone_side_id"),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_milestone_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.UniqueConstraint("line_id", "number", name="uq_milestone_line_id_number"),
    )
    op.create_index("ix_milestone_next_due_at", "milestone", ["next_due_at"], unique=False)
    op.create_index("ix_milestone_task_force_open", "milestone", ["task_force_id", "outcome"], unique=False)
