"""Open items stand in an index in the order of their lists, and are counted by it alone."""

from alembic import op

revision = "0018"
down_revision = "0017"
NAME = "ix_item_task_force_status_due"


def upgrade() -> None:
    op.drop_index(NAME, "item")
    op.create_index(NAME, "item", ["task_force_id", "status", "due_on", "number", "internal_to"])
