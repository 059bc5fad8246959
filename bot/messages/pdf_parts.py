"""The parts that documents in PDF share: titles, sections, tables."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.messages.pdf_fonts import Typesetter
from bot.messages.pdf_pages import MM, table
from bot.rules.minutes_doc import Section, Table

if TYPE_CHECKING:
    from reportlab.platypus import Flowable
    from reportlab.platypus import Table as Grid

ROOM = 25 * MM  # a title does not stand alone below on a page


def title(text: str, setter: Typesetter) -> Iterator["Flowable"]:
    """A section's, kept with what follows."""
    from reportlab.platypus import CondPageBreak  # noqa: PLC0415

    yield CondPageBreak(ROOM)
    yield setter(text, "section")


def section(one: Section, setter: Typesetter) -> Iterator["Flowable"]:
    """Its title, its items, its table, and what stands below it."""
    yield from title(f"{one.number} {one.title}".lstrip(), setter)
    for item in one.items:
        yield setter(f"{item.number} {item.text}", f"item-{item.level}")
    if one.table:
        yield table_of(one.table, setter)
    for note in one.notes:
        yield setter(note, "note")


def table_of(content: Table, setter: Typesetter, least: float = 0) -> "Grid":
    """A table of the model; its rows are at least so high."""
    return table(content.headers, [row.cells for row in content.rows], content.widths, setter, least)


def missing(label: str, setter: Typesetter) -> Iterator["Flowable"]:
    """Which letters could not be shown, at the end; nothing if all could."""
    if setter.missing:
        yield setter(setter.note(label), "small")
