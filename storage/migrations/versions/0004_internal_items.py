"""Items that are one side's alone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # Without a foreign key: SQLite adds one to a table only by copying and dropping it, which the rows that refer to it forbid.
    op.add_column("item", sa.Column("internal_to", sa.Integer(), nullable=True))
