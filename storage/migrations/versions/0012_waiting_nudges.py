"""What waits for a person is found by the person: a morning of 20,000 reminders was read once for each of them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    waits = sa.text("digest_id IS NULL")
    op.create_index("ix_nudge_waiting_user", "nudge", ["user_id", "at"], sqlite_where=waits, postgresql_where=waits)
