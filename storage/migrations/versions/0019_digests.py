"""Which message said what: written without a check of each row, and found by an index of what was said alone."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
INDEX = "ix_nudge_digest_id"


def upgrade() -> None:
    op.drop_index(INDEX, "nudge")
    with op.batch_alter_table("nudge") as nudge:  # SQLite copies a table to take a foreign key from it
        nudge.drop_constraint("fk_nudge_digest_id", type_="foreignkey")
    said = sa.text("digest_id IS NOT NULL")
    op.create_index(INDEX, "nudge", ["digest_id"], sqlite_where=said, postgresql_where=said)
