"""Pages of a PDF: A4, the page number `- 1 -`, tables over the width of the text, particulars of the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.messages.pdf_fonts import Typesetter

if TYPE_CHECKING:
    from reportlab.platypus import Flowable
    from reportlab.platypus import Table as Grid

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
MARGIN, FOOT = 20 * MM, 10 * MM
WIDTH = PAGE[0] - 2 * MARGIN
INSET = 6  # what ReportLab itself leaves inside the margins
LONGEST_ROW = 1_000  # letters in a cell: a row with more may be torn apart between pages
LINE, SHADE, FAINT = "#777777", "#EEF0F2", "#F0F0F0"


@dataclass(frozen=True, slots=True)
class About:
    """The file's particulars. `made_at` is aware; `mark` stands large and faint behind the text of every page."""

    title: str
    language: str
    made_at: datetime
    subject: str = ""
    keywords: tuple[str, ...] = ()
    mark: str = ""


def build(parts: Iterable["Flowable"], about: About, setter: Typesetter) -> bytes:
    """The file; the same for the same arguments."""
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415  # 0.1 s and 20 MB, for few processes

    content = BytesIO()
    file = SimpleDocTemplate(
        content,
        pagesize=PAGE,
        leftMargin=MARGIN - INSET,
        rightMargin=MARGIN - INSET,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=about.title,
        author="",
        subject=about.subject,
        keywords=list(about.keywords),
        creator="",
        producer="ReportLab",
        lang=about.language,
        invariant=1,
    )

    def page(canvas: Any, _: object) -> None:
        _page(canvas, about, setter)

    file.build([*parts], onFirstPage=page, onLaterPages=page)
    return content.getvalue()


def _page(canvas: Any, about: About, setter: Typesetter) -> None:
    """What every page has: its number, and the mark."""
    made = about.made_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    canvas.setDateFormatter(lambda *_: made)
    canvas.saveState()
    if about.mark:
        canvas.setFont(setter.bold, 150)
        canvas.setFillColor(FAINT)
        canvas.drawCentredString(PAGE[0] / 2, PAGE[1] / 2 - 50, about.mark)
    canvas.setFont(setter.plain, 9)
    canvas.setFillColor("#111111")
    canvas.drawCentredString(PAGE[0] / 2, FOOT, f"- {canvas.getPageNumber()} -")
    canvas.restoreState()


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], setter: Typesetter, least: float = 0
) -> "Grid":
    """A table with its heads repeated on every page; its rows are at least so high. `widths` in percent."""
    cells = [[setter(cell, "cell") for cell in row] for row in rows]
    padding = max((least - 14) / 2, 4)
    style = [
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("TOPPADDING", (0, 1), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 1), (-1, -1), padding),
    ]
    return grid([[setter(head, "head") for head in heads], *cells], widths, style, repeated=1, torn=is_long(rows))


def is_long(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row may need more than a page."""
    return any(len(cell) > LONGEST_ROW for row in rows for cell in row)


def grid(
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
