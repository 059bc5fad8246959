"""Kinds of columns that several tables share."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Enum
from sqlmodel import Field

from storage.types import UtcDateTime


def moment(**options: Any) -> Any:
    """An aware moment; see `UtcDateTime`."""
    return Field(sa_type=UtcDateTime, **options)


def words_of(kind: type[StrEnum], **options: Any) -> Any:
    """A `StrEnum` kept as its value in a plain text column, so that a new value needs no migration."""
    column = Enum(kind, native_enum=False, create_constraint=False, length=40, values_callable=_values)
    return Field(sa_type=column, **options)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]
