"""Minutes as PDF, for reading and printing: A4, the page number `- 1 -`, fonts in the file, text that can be found and copied."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.messages.pdf_fonts import Typesetter
from bot.rules.document_text import WIDE_GAP, ending
from bot.rules.minutes_doc import MinutesDoc, Section, Table
from config.fonts import Fonts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable
    from reportlab.platypus import Table as Grid

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
MARGIN, FOOT = 20 * MM, 10 * MM
WIDTH = PAGE[0] - 2 * MARGIN
INSET = 6  # what ReportLab itself leaves inside the margins
LABELS = (18, 82)  # widths of the table at the top, in percent
SIGNED = 10 * MM  # the height of a row that somebody signs
ROOM = 25 * MM  # a title does not stand alone below on a page
LONGEST_ROW = 1_000  # letters in a cell: a row with more may be torn apart between pages
LINE, SHADE, FAINT = "#777777", "#EEF0F2", "#F0F0F0"


def pdf(doc: MinutesDoc, made_at: datetime, fonts: Fonts) -> bytes:
    """The file; the same for the same arguments. `made_at` (aware) is what it says about when it was made."""
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415  # 0.1 s and 20 MB, for few processes

    content = BytesIO()
    file = SimpleDocTemplate(
        content,
        pagesize=PAGE,
        leftMargin=MARGIN - INSET,
        rightMargin=MARGIN - INSET,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=f"{doc.title} {doc.heading}",
        author="",
        subject=doc.summary,
        keywords=list(doc.keywords),
        creator="",
        producer="ReportLab",
        lang=doc.language,
        invariant=1,
    )
    setter = Typesetter(fonts)

    def page(canvas: Any, _: object) -> None:
        _page(canvas, doc, made_at, setter)

    file.build([*_Paper(setter).all(doc)], onFirstPage=page, onLaterPages=page)
    return content.getvalue()


def _page(canvas: Any, doc: MinutesDoc, made_at: datetime, setter: Typesetter) -> None:
    """What every page has: its number, and behind the text of a draft that it is one."""
    made = made_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    canvas.setDateFormatter(lambda *_: made)
    canvas.saveState()
    if doc.draft_mark:
        canvas.setFont(setter.bold, 150)
        canvas.setFillColor(FAINT)
        canvas.drawCentredString(PAGE[0] / 2, PAGE[1] / 2 - 50, doc.draft_mark)
    canvas.setFont(setter.plain, 9)
    canvas.setFillColor("#111111")
    canvas.drawCentredString(PAGE[0] / 2, FOOT, f"- {canvas.getPageNumber()} -")
    canvas.restoreState()


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
        yield self._together([*self._title(doc.signers_title, ROOM), self._table(doc.signers, SIGNED)])
        yield self._set(doc.source, "plain")
        yield from self._ending(doc)
        if self._set.missing:
            yield self._set(self._set.note(doc.letters_missing), "small")

    def _together(self, flowables: list["Flowable"]) -> "Flowable":
        """On one page, unless they fill more than one."""
        from reportlab.platypus import KeepTogether  # noqa: PLC0415

        return KeepTogether(flowables)

    def _title(self, text: str, room: float) -> Iterator["Flowable"]:
        from reportlab.platypus import CondPageBreak  # noqa: PLC0415

        yield CondPageBreak(room)
        yield self._set(text, "section")

    def _section(self, section: Section) -> Iterator["Flowable"]:
        yield from self._title(f"{section.number} {section.title}", ROOM)
        for item in section.items:
            yield self._set(f"{item.number} {item.text}", f"item-{item.level}")
        if section.table:
            yield self._table(section.table)
        for note in section.notes:
            yield self._set(note, "note")

    def _facts(self, facts: Sequence[tuple[str, str]]) -> "Grid":
        rows = [(self._set(label, "head"), self._set(value, "cell")) for label, value in facts]
        return _grid(rows, LABELS, [("BACKGROUND", (0, 0), (0, -1), SHADE)], torn=_is_long(facts))

    def _table(self, table: Table, least: float = 0) -> "Grid":
        """A table with its heads repeated on every page; its rows are at least so high."""
        heads = [self._set(head, "head") for head in table.headers]
        rows = [[self._set(cell, "cell") for cell in row.cells] for row in table.rows]
        padding = max((least - 14) / 2, 4) if least else 4
        style = [
            ("BACKGROUND", (0, 0), (-1, 0), SHADE),
            ("TOPPADDING", (0, 1), (-1, -1), padding),
            ("BOTTOMPADDING", (0, 1), (-1, -1), padding),
        ]
        torn = _is_long([row.cells for row in table.rows])
        return _grid([heads, *rows], table.widths, style, repeated=1, torn=torn)

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
        yield Grid(
            rows,
            colWidths=[space, WIDTH - space],
            style=[
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ],
        )


def _is_long(rows: Sequence[Sequence[str]]) -> bool:
    return any(len(cell) > LONGEST_ROW for row in rows for cell in row)


def _grid(
    rows: Sequence[Sequence["Flowable"]], widths: Sequence[int], style: list[Any], *, repeated: int = 0, torn: bool
) -> "Grid":
    """A table over the width of the text. `torn`: its rows may go on on the next page, for cells longer than a page."""
    from reportlab.platypus import Table as Grid  # noqa: PLC0415

    lines: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.4, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP" if torn else "MIDDLE"),
    ]
    return Grid(
        [list(row) for row in rows],
        colWidths=[WIDTH * width / 100 for width in widths],
        repeatRows=repeated,
        splitInRow=1 if torn else 0,
        style=[*lines, *style],
    )
