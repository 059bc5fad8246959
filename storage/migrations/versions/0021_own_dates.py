"""Somebody's parts with dates of their own are found by them: what is overdue is little of what one owns."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.drop_index("ix_part_owner_id", "part")
    op.create_index("ix_part_owner_id_due_on", "part", ["owner_id", "due_on"])
