"""Minutes as PDF, for reading and printing: fonts in the file, text that can be found and copied."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.messages.pdf_fonts import Typesetter
from bot.messages.pdf_pages import MM, SHADE, WIDTH, About, build, grid, is_long, table
from bot.rules.document_text import WIDE_GAP, ending
from bot.rules.minutes_doc import MinutesDoc, Section, Table
from config.fonts import Fonts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable
    from reportlab.platypus import Table as Grid

LABELS = (18, 82)  # widths of the table at the top, in percent
SIGNED = 10 * MM  # the height of a row that somebody signs
ROOM = 25 * MM  # a title does not stand alone below on a page


def pdf(doc: MinutesDoc, made_at: datetime, fonts: Fonts) -> bytes:
    """The file; the same for the same arguments. `made_at` (aware) is what it says about when it was made."""
    title = f"{doc.title} {doc.heading}"
    about = About(title, doc.language, made_at, doc.summary, doc.keywords, doc.draft_mark)
    setter = Typesetter(fonts)
    return build(_Paper(setter).all(doc), about, setter)


class _Paper:
    """The document as ReportLab's flowables."""

    def __init__(self, setter: Typesetter) -> None:
        self._set = setter

    def all(self, doc: MinutesDoc) -> Iterator["Flowable"]:
        yield self._set(doc.number, "number")
        yield self._set(doc.heading, "heading")
        yield self._facts(doc.facts)
        for section in doc.sections:
            yield from self._section(section)
        yield self._together([*self._title(doc.signers_title), self._table(doc.signers, SIGNED)])
        yield self._set(doc.source, "plain")
        yield from self._ending(doc)
        if self._set.missing:
            yield self._set(self._set.note(doc.letters_missing), "small")

    def _together(self, flowables: list["Flowable"]) -> "Flowable":
        """On one page, unless they fill more than one."""
        from reportlab.platypus import KeepTogether  # noqa: PLC0415

        return KeepTogether(flowables)

    def _title(self, text: str) -> Iterator["Flowable"]:
        from reportlab.platypus import CondPageBreak  # noqa: PLC0415

        yield CondPageBreak(ROOM)
        yield self._set(text, "section")

    def _section(self, section: Section) -> Iterator["Flowable"]:
        yield from self._title(f"{section.number} {section.title}")
        for item in section.items:
            yield self._set(f"{item.number} {item.text}", f"item-{item.level}")
        if section.table:
            yield self._table(section.table)
        for note in section.notes:
            yield self._set(note, "note")

    def _facts(self, facts: Sequence[tuple[str, str]]) -> "Grid":
        rows = [(self._set(label, "head"), self._set(value, "cell")) for label, value in facts]
        return grid(rows, LABELS, [("BACKGROUND", (0, 0), (0, -1), SHADE)], torn=is_long(facts))

    def _table(self, content: Table, least: float = 0) -> "Grid":
        return table(content.headers, [row.cells for row in content.rows], content.widths, self._set, least)

    def _ending(self, doc: MinutesDoc) -> Iterator["Flowable"]:
        """`붙임  1. …`, the numbers one below the other."""
        from reportlab.platypus import Table as Grid  # noqa: PLC0415

        lines = [self._set(line, "plain") for line in ending(doc.attachments, doc.end)]
        if not doc.attachments:
            yield from lines
            return
        label = self._set(doc.attachments_label, "plain")
        space = self._set.width(f"{doc.attachments_label}{WIDE_GAP}", "plain")
        rows = [[label if at == 0 else "", line] for at, line in enumerate(lines)]
        everywhere = ((0, 0), (-1, -1))
        style = [("LEFTPADDING", *everywhere, 0), ("RIGHTPADDING", *everywhere, 0), ("VALIGN", *everywhere, "TOP")]
        yield Grid(rows, colWidths=[space, WIDTH - space], style=style)
