"""How Alembic runs here: on the connection that `storage.schema` hands in, in its transaction."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlmodel import AutoString, SQLModel

import storage.tables  # noqa: F401  # fills the metadata
from storage.types import UtcDateTime


def render(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """Columns as plain types: a migration must mean the same after our own types have changed."""
    if kind == "type":
        if isinstance(thing, UtcDateTime):
            return "sa.DateTime(timezone=True)"
        if isinstance(thing, Enum):
            return f"sa.String(length={thing.length})"
        if isinstance(thing, AutoString):
            return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,  # SQLite can, since we begin its transactions ourselves
    render_item=render,
    render_as_batch=bool(context.config.attributes.get("batch")),
)
with context.begin_transaction():
    context.run_migrations()
