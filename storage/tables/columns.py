"""Kinds of columns that several tables share."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, text
from sqlmodel import Field, SQLModel

from storage.types import UtcDateTime

# Every constraint has a name, the same on both engines: a later migration must be able to name what it changes.
SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


def moment(**options: Any) -> Any:
    """An aware moment; see `UtcDateTime`."""
    return Field(sa_type=UtcDateTime, **options)


def setting(default: Any, in_sql: str | None = None) -> Any:
    """A column that came after the first release: rows from before get its default from the database, as SQL writes it."""
    written = text(in_sql or f"'{default}'")
    return Field(default=default, sa_column_kwargs={"server_default": written})


def words_of(kind: type[StrEnum], **options: Any) -> Any:
    """A `StrEnum` kept as its value in a plain text column, so that a new value needs no migration."""
    column = Enum(kind, native_enum=False, create_constraint=False, length=40, values_callable=_values)
    return Field(sa_type=column, **options)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]
