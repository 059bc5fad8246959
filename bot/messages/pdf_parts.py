"""The parts that documents in PDF share: titles, sections, tables."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.messages.pdf_fonts import Typesetter
from bot.messages.pdf_pages import MM, WIDTH, table
from bot.rules.minutes_doc import Section, Table

if TYPE_CHECKING:
    from reportlab.platypus import Flowable
    from reportlab.platypus import Table as Grid

ROOM = 25 * MM  # for a title and a line below it
MOST = 120 * MM  # that is kept together with a title


def title(text: str, setter: Typesetter, below: float = 0) -> Iterator["Flowable"]:
    """A section's, kept on a page with what follows, which is so high; else it stood alone at the foot of one."""
    from reportlab.platypus import CondPageBreak  # noqa: PLC0415

    yield CondPageBreak(ROOM + min(below, MOST))
    yield setter(text, "section")


def section(one: Section, setter: Typesetter) -> Iterator["Flowable"]:
    """Its title, its items, its table, and what stands below it."""
    begins = _height(one.table, setter) if one.table and not one.items else 0
    yield from title(f"{one.number} {one.title}".lstrip(), setter, begins)
    for item in one.items:
        yield setter(f"{item.number} {item.text}", f"item-{item.level}")
    if one.table:
        yield table_of(one.table, setter)
    for note in one.notes:
        yield setter(note, "note")


def _height(content: Table, setter: Typesetter) -> float:
    """Of a table's head and its first row."""
    height: float = table_of(replace(content, rows=content.rows[:1]), setter).wrap(WIDTH, 297 * MM)[1]
    return height


def table_of(content: Table, setter: Typesetter, least: float = 0) -> "Grid":
    """A table of the model; its rows are at least so high."""
    return table(content.headers, [row.cells for row in content.rows], content.widths, setter, least)


def missing(label: str, setter: Typesetter) -> Iterator["Flowable"]:
    """Which letters could not be shown, at the end; nothing if all could."""
    if setter.missing:
        yield setter(setter.note(label), "small")
