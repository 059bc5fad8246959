"""Decisions, the votes on them, delegations, and notes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task_force", sa.Column("last_decision_number", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("counts_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("review_told_for", sa.Date(), nullable=True),
        sa.Column("review_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("searchable", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["bound_channel.id"], name="fk_decision_channel_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name="fk_decision_recorded_by"),
        sa.ForeignKeyConstraint(["replaces_id"], ["decision.id"], name="fk_decision_replaces_id"),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_decision_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint("task_force_id", "number", name="uq_decision_task_force_id_number"),
    )
    op.create_index("ix_decision_meeting_id", "decision", ["meeting_id"], unique=False)
    op.create_index("ix_decision_replaces_id", "decision", ["replaces_id"], unique=False)
    op.create_index("ix_decision_review_due_at", "decision", ["review_due_at"], unique=False)
    op.create_index("ix_decision_task_force_status", "decision", ["task_force_id", "status"], unique=False)
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name="fk_delegation_granted_by"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_delegation_person_id"),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name="fk_delegation_side_id"),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_delegation_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
    )
    op.create_index("ix_delegation_person_id", "delegation", ["person_id"], unique=False)
    op.create_index("ix_delegation_task_force_id", "delegation", ["task_force_id"], unique=False)
    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("reaction_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_vote_decision_id"),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name="fk_vote_delegation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_vote_person_id"),
        sa.ForeignKeyConstraint(["reaction_id"], ["reaction.id"], name="fk_vote_reaction_id"),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name="fk_vote_side_id"),
        sa.PrimaryKeyConstraint("id", name="pk_vote"),
    )
    op.create_index("ix_vote_decision_id", "vote", ["decision_id"], unique=False)
    op.create_index("ix_vote_reaction_id", "vote", ["reaction_id"], unique=False)
    op.create_table(
        "decision_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_decision_note_decision_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_decision_note_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decision_note"),
    )
    op.create_index("ix_decision_note_decision_id", "decision_note", ["decision_id"], unique=False)
