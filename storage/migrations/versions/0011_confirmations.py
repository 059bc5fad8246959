"""Reminders of decisions and meetings are the schedule's like all others: since when people are asked, what is spent, what comes next."""

from datetime import UTC, datetime, time

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("asked_at", "heard_until", "next_due_at"):
        op.add_column("decision", sa.Column(name, MOMENT, nullable=True))
    op.create_index("ix_decision_next_due_at", "decision", ["next_due_at"], unique=False)
    _keep_what_was_told()
    op.drop_index("ix_decision_review_due_at", "decision")
    op.drop_column("decision", "review_due_at")
    op.drop_column("decision", "review_told_for")
    for name in ("asked_at", "heard_until"):
        op.add_column("meeting", sa.Column(name, MOMENT, nullable=True))
    op.execute("UPDATE meeting SET heard_until = reminded_at")
    op.drop_column("meeting", "reminded_at")
    op.execute("UPDATE task_force SET reckon_after = 0")  # what is there already is reckoned once


def _keep_what_was_told() -> None:
    """A review date that was told of is not told of again: what falls up to the end of that day is spent."""
    decision = sa.table(
        "decision", sa.column("id", sa.Integer), sa.column("review_told_for", sa.Date), sa.column("heard_until", MOMENT)
    )
    told = sa.select(decision.c.id, decision.c.review_told_for).where(decision.c.review_told_for.is_not(None))
    for of, day in op.get_bind().execute(told).all():
        until = datetime.combine(day, time.max, UTC)
        op.execute(decision.update().where(decision.c.id == of).values(heard_until=until))
