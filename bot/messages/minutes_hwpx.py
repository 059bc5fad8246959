"""Minutes as HWPX (KS X 6101), the open format that Korean offices file: the document of record.

What `python-hwpx` leaves out is done here: rows have their height, tables split over pages and repeat their heads, the page
number is the office's `- 1 -`, and the file's particulars are those of these minutes alone.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from bot.rules.minutes_doc import WIDE_GAP, Item, MinutesDoc, Section, Table, ending

if TYPE_CHECKING:
    from hwpx import HwpxDocument
    from hwpx.oxml import HwpxOxmlParagraph, HwpxOxmlTable, HwpxOxmlTableCell

MM = 7200 / 25.4  # HWPUNIT: a 7200th of an inch
PT = 100
PAGE_MM, MARGIN_MM = (210, 297), 20
WIDTH = round((PAGE_MM[0] - 2 * MARGIN_MM) * MM)
BODY, GOTHIC = "함초롬바탕", "맑은 고딕"
CELL_PT, LINE, PADDING = 10, 1300, 500  # of a cell: its letters, one line, and what is above and below
SIGNED = round(10 * MM)  # a row that somebody signs
MOST_WHOLE = 12  # rows of a table that is not to be torn apart
LABELS = (18, 82)  # widths of the table at the top, in percent
# The new file's first paragraph shape breaks lines between words. It says BREAK_WORD: in this format that names the place of the
# break, and KEEP_WORD keeps no word whole (so Hancom Office, by the table in `hwpx.form_fit.measure`).
_BASE = "0"
_PARAGRAPH = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks: letters in points, distances in mm. A `hang` is how far its number stands before its text."""

    size: float = 11
    font: str = BODY
    bold: bool = False
    align: str = "LEFT"
    left: float = 0
    hang: float = 0
    above: float = 0
    below: float = 0
    spacing: int = 160
    with_next: bool = False


_LOOKS = {
    "number": Look(10, align="RIGHT"),
    "heading": Look(20, GOTHIC, bold=True, align="CENTER", above=6, below=12),
    "section": Look(12.5, GOTHIC, bold=True, above=12, below=4, with_next=True),
    "item-2": Look(left=9, hang=6, below=2),
    "item-3": Look(left=15, hang=6, below=2),
    "item-4": Look(left=21, hang=6, below=2),
    "note": Look(left=3, above=2, below=2),
    "plain": Look(above=6),
    "table": Look(CELL_PT),
    "cell": Look(CELL_PT, spacing=130),
    "head": Look(CELL_PT, GOTHIC, bold=True, align="CENTER", spacing=130),
}


def hwpx(doc: MinutesDoc, made_at: datetime) -> bytes:
    """The file. `made_at` (aware) is what it says about when it was made; its bytes differ from call to call, its contents do not."""
    from hwpx import HwpxDocument  # noqa: PLC0415  # 0.4 s and 20 MB, for few processes

    with closing(HwpxDocument.new()) as file:
        paper = _Paper(file)
        paper.begin(doc.number)
        paper.line(doc.heading, "heading")
        paper.facts(doc.facts)
        for section in doc.sections:
            paper.section(section)
        paper.line(doc.signers_title, "section")
        paper.table(doc.signers, least=SIGNED, whole=len(doc.signers.rows) <= MOST_WHOLE)
        paper.line(doc.source, "plain")
        paper.ending(doc)
        _describe(file, doc, made_at)
        return file.to_bytes()


def _describe(file: "HwpxDocument", doc: MinutesDoc, made_at: datetime) -> None:
    """The file's own particulars: none of the library's, and the summary and keywords that the rules ask for."""
    made = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    file.parts.clear_document_metadata()
    file.parts.clear_preview()
    file.parts.set_document_metadata(
        title=f"{doc.title} {doc.heading}",
        creator="",
        subject=doc.summary,
        keyword=", ".join(doc.keywords),
        created_date=made,
        modified_date=made,
    )


class _Paper:
    """The file while it is written: its looks once each, then paragraph by paragraph."""

    def __init__(self, file: "HwpxDocument") -> None:
        self._file = file
        file.page.setup(
            width_mm=PAGE_MM[0],
            height_mm=PAGE_MM[1],
            margins_mm={"left": MARGIN_MM, "right": MARGIN_MM, "top": 15, "bottom": 15},
            header_margin_mm=10,
            footer_margin_mm=10,
        )
        for font in (BODY, GOTHIC):
            file.styles.ensure_font(font)
        self._shapes = {name: self._shape(look) for name, look in _LOOKS.items()}
        self._border = file.styles.ensure_border_fill(border_color="#777777")
        self._shaded = file.styles.ensure_border_fill(border_color="#777777", fill_color="#EEF0F2")

    def _shape(self, look: Look) -> tuple[str, str]:
        """The ids of the letters' and of the paragraph's shape."""
        letters = self._file.styles.ensure_run(bold=look.bold, font=look.font, size=look.size)
        pattern = self._file.add_paragraph("", para_pr_id_ref=_BASE, inherit_style=False)
        self._file.styles.apply_paragraph_format(
            paragraphs=[pattern],
            alignment=look.align,
            line_spacing_percent=look.spacing,
            indent_left_mm=look.left,
            first_line_indent_mm=-look.hang,
            spacing_before_pt=look.above,
            spacing_after_pt=look.below,
            keep_with_next=look.with_next,
        )
        shape = pattern.para_pr_id_ref or _BASE
        pattern.remove()
        return letters, shape

    def begin(self, reference: str) -> None:
        """The first paragraph, which carries the page's set-up: our number on the right, the left corner free for the office's."""
        first = self._file.paragraphs[0]
        first.text = reference
        self._dress(first, "number")
        number = {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": "-"}
        for run in first.element.findall(f"{_PARAGRAPH}run")[:1]:
            control = run.makeelement(f"{_PARAGRAPH}ctrl", {})
            control.append(run.makeelement(f"{_PARAGRAPH}pageNum", number))
            run.append(control)

    def _dress(self, paragraph: "HwpxOxmlParagraph", look: str) -> None:
        letters, shape = self._shapes[look]
        paragraph.para_pr_id_ref = shape
        paragraph.char_pr_id_ref = letters

    def line(self, text: str, look: str) -> None:
        letters, shape = self._shapes[look]
        self._file.add_paragraph(text, para_pr_id_ref=shape, char_pr_id_ref=letters, inherit_style=False)

    def section(self, section: Section) -> None:
        self.line(f"{section.number} {section.title}", "section")
        for item in section.items:
            self._item(item)
        if section.table:
            self.table(section.table)
        for note in section.notes:
            self.line(note, "note")

    def _item(self, item: Item) -> None:
        self.line(f"{item.number} {item.text}", f"item-{item.level}")

    def ending(self, doc: MinutesDoc) -> None:
        """`붙임  1. …`, the numbers one below the other."""
        label = f"{doc.attachments_label}{WIDE_GAP}" if doc.attachments else ""
        blank = "".join("\u3000" if east_asian_width(char) in "WF" else "\u00a0" for char in label)
        for at, text in enumerate(ending(doc.attachments, doc.end)):
            self.line(f"{blank if at else label}{text}", "plain")

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """The table at the top: labels in its first column."""
        table = self._grid(len(facts), LABELS)
        for row, texts in zip(table.rows, facts, strict=True):
            label, value = row.cells
            self._cell(label, texts[0], "head", self._shaded)
            self._cell(value, texts[1], "cell", self._border)
        self._sized(table, list(facts), LABELS)

    def table(self, content: Table, least: int = 0, *, whole: bool = False) -> None:
        """A table with its heads repeated on every page. `least` is the height of a row, in HWPUNIT; a `whole` one stays on one page."""
        rows = [content.headers, *(row.cells for row in content.rows)]
        table = self._grid(len(rows), content.widths)
        table.element.set("repeatHeader", "1")
        table.set_treat_as_char(whole)  # like one letter: moved to the next page as it is
        for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            for cell, text in zip(row.cells, texts, strict=True):
                self._cell(cell, text, "cell" if at else "head", self._border if at else self._shaded)
                cell.element.set("header", "0" if at else "1")
        self._sized(table, rows, content.widths, least)

    def _grid(self, rows: int, widths: Sequence[int]) -> "HwpxOxmlTable":
        """An empty table over the width of the text, which may go on on the next page."""
        letters, shape = self._shapes["table"]
        table = self._file.add_table(
            rows,
            len(widths),
            width=WIDTH,
            border_fill_id_ref=self._border,
            para_pr_id_ref=shape,
            char_pr_id_ref=letters,
        )
        table.set_treat_as_char(False)
        return table

    def _cell(self, cell: "HwpxOxmlTableCell", text: str, look: str, fill: str) -> None:
        cell.text = text
        cell.element.set("borderFillIDRef", fill)
        for paragraph in cell.paragraphs:
            self._dress(paragraph, look)

    def _sized(
        self, table: "HwpxOxmlTable", rows: Sequence[Sequence[str]], widths: Sequence[int], least: int = 0
    ) -> None:
        """Each row as high as its text: without that, strict readers clip it."""
        columns = _columns(widths)
        total = 0
        for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            lines = max(_lines(text, width) for text, width in zip(texts, columns, strict=True))
            height = max(lines * LINE + PADDING, least if at else 0)
            total += height
            for cell, width in zip(row.cells, columns, strict=True):
                cell.set_size(width=width, height=height)
        size = table.element.find(f"{_PARAGRAPH}sz")
        if size is not None:
            size.set("height", str(total))


def _columns(widths: Sequence[int]) -> list[int]:
    """Percents as HWPUNIT that add up to the width of the text."""
    columns = [WIDTH * width // 100 for width in widths]
    columns[-1] += WIDTH - sum(columns)
    return columns


def _lines(text: str, width: int) -> int:
    """How many lines a cell's text takes, broken between words; a word longer than a line is broken where it must."""
    room = width - 2 * 510 - 100  # the cell's inner margin, and a little
    lines, used = 1, 0
    for word in text.split():
        needs = _extent(word)
        if used and used + _extent(" ") + needs > room:
            lines, used = lines + 1, 0
        if needs > room:
            more = ceil(needs / room) - 1
            lines, needs = lines + more, needs - more * room
        used += needs + (_extent(" ") if used else 0)
    return lines


def _extent(text: str) -> int:
    """The width of a text in HWPUNIT: Hangul takes a square, Latin letters a little over half of one."""
    wide = sum(east_asian_width(char) in "WF" for char in text)
    return round((wide + (len(text) - wide) * 0.6) * CELL_PT * PT)
