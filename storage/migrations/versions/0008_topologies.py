"""Several installations: rotating tokens, OAuth, channels that are silent for a while, ids that channels had before."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("installation", sa.Column("refresh_token", sa.String(), nullable=True))
    op.add_column("installation", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("installation", sa.Column("refreshing_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("installation", sa.Column("refresh_error", sa.String(), nullable=True))
    op.add_column("bound_channel", sa.Column("silent_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("bound_channel", sa.Column("silent_why", sa.String(length=40), nullable=True))
    op.add_column("bound_channel", sa.Column("silence_told_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_bound_channel_silent_since", "bound_channel", ["silent_since"], unique=False)
    op.add_column("parked", sa.Column("app_name", sa.String(), nullable=True))
    op.add_column("account", sa.Column("dm_installation_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE account SET dm_installation_id = (SELECT min(id) FROM installation)"
        " WHERE dm_channel_id IS NOT NULL AND (SELECT count(*) FROM installation) = 1"
    )
    op.create_table(
        "oauth_state",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("app_name", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_oauth_state"),
    )
    op.create_index("ix_oauth_state_expires_at", "oauth_state", ["expires_at"], unique=False)
    op.create_table(
        "channel_move",
        sa.Column("old_id", sa.String(), nullable=False),
        sa.Column("new_id", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("old_id", name="pk_channel_move"),
    )
