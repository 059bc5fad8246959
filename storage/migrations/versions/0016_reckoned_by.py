"""By what a task force's reminders were reckoned last is kept; of all of them the next tick does it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "reckoned_by",
        sa.Column("task_force_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_reckoned_by_task_force_id"),
        sa.PrimaryKeyConstraint("task_force_id", name="pk_reckoned_by"),
    )
    op.execute("UPDATE task_force SET reckon_after = 0")
