"""Settings of task forces, sides and people, and the days off that people add."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "day_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("side_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name="fk_day_off_added_by"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_day_off_person_id"),
        sa.ForeignKeyConstraint(["side_id"], ["side.id"], name="fk_day_off_side_id"),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name="fk_day_off_task_force_id"),
        sa.PrimaryKeyConstraint("id", name="pk_day_off"),
    )
    op.create_index("ix_day_off_task_force_id", "day_off", ["task_force_id"], unique=False)
    for column in _settings():
        op.add_column("task_force", column)
    op.add_column("side", sa.Column("role_labels", sa.JSON(), nullable=True))
    op.add_column("account", sa.Column("hours_from", sa.Time(), nullable=True))
    op.add_column("account", sa.Column("hours_until", sa.Time(), nullable=True))
    op.add_column("account", sa.Column("own_zone", sa.String(), nullable=True))


def _settings() -> list[sa.Column]:  # type: ignore[type-arg]
    return [
        _setting("ladder", sa.String(), "'7,3,1,0'"),
        _setting("overdue_every", sa.Integer(), "3"),
        _setting("overdue_times", sa.Integer(), "5"),
        _setting("nudge_at", sa.Time(), "'09:30:00'"),
        _setting("weekly_at", sa.Time(), "'09:00:00'"),
        _setting("weekly_in_channel", sa.Boolean(), "false"),
        _setting("day_ends_at", sa.Time(), "'18:00:00'"),
        _setting("done_emoji", sa.String(), "''"),
        _setting("upper_government", sa.String(), "''"),
        _setting("comment_days", sa.Integer(), "3"),
        _setting("silence_is_consent", sa.Boolean(), "false"),
    ]


def _setting(name: str, kind: sa.types.TypeEngine, default: str) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, kind, nullable=False, server_default=sa.text(default))
