"""Budget lines are found by their words, can be taken back, and are owned in somebody's place."""

from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
_LINE = sa.table("budget_line", sa.column("id"), sa.column("name"), sa.column("searchable"))
_NOTE = sa.table("budget_note", sa.column("id"), sa.column("line_id"), sa.column("text"))
_MILESTONE = sa.table("milestone", sa.column("number"), sa.column("line_id"), sa.column("name"))


def upgrade() -> None:
    op.add_column("budget_line", sa.Column("searchable", sa.String(), server_default=sa.text("''"), nullable=False))
    op.add_column("budget_line", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("budget_owner", sa.Column("acting_for_id", sa.Integer(), nullable=True))
    op.add_column("milestone", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    _make_searchable()


def _make_searchable() -> None:
    """As `bot.services.budget.make_searchable` does from now on."""
    connection = op.get_bind()
    notes = connection.execute(sa.select(_NOTE.c.line_id, _NOTE.c.text).order_by(_NOTE.c.id)).all()
    steps = connection.execute(sa.select(_MILESTONE.c.line_id, _MILESTONE.c.name).order_by(_MILESTONE.c.number)).all()
    for line_id, name in connection.execute(sa.select(_LINE.c.id, _LINE.c.name)).all():
        told = [name, *(text for of, text in [*notes, *steps] if of == line_id)]
        folded = normalize("NFC", normalize("NFC", "\n".join(told)).casefold())
        connection.execute(_LINE.update().where(_LINE.c.id == line_id).values(searchable=folded))
