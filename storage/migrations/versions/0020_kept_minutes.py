"""What minutes on record say is kept beside their lines; of those that were on record before, the schedule's next tick does it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "kept_minutes",
        sa.Column("meeting_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("documents", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_kept_minutes_meeting_id"),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_kept_minutes"),
    )
    op.execute("UPDATE meeting SET next_due_at = COALESCE(registered_at, created_at) WHERE phase IN ('draft', 'final')")
