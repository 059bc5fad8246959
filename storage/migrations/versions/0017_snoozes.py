"""Reminders about a milestone of the budget rest for one person too, as those about an item do."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("snooze") as snooze:  # SQLite copies a table to give it a foreign key
        snooze.alter_column("item_id", existing_type=sa.Integer(), nullable=True)
        snooze.add_column(sa.Column("milestone_id", sa.Integer(), nullable=True))
        snooze.create_foreign_key("fk_snooze_milestone_id", "milestone", ["milestone_id"], ["id"])
        snooze.create_unique_constraint("uq_snooze_milestone_id_person_id", ["milestone_id", "person_id"])
