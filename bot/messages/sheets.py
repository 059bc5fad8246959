"""Sheets: tables that leave Slack as XLSX or CSV. No text in them is ever a formula or a link."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.messages.escape import clean

Cell = str | int | date | None
# What a sheet could take for one: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST = 32_767  # characters in a cell of XLSX
_NOT_IN_NAMES = '\\/:*?"<>|'
_BOM = "\ufeff"  # by it Excel reads a CSV as UTF-8
_FACTS = (16, 40)
_A4 = 9


@dataclass(frozen=True)
class Sheet:
    """One table: heads over columns, `widths` in characters. Without heads it is a list of labels and values."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = _FACTS


def file_name(day: date, *words: str, ending: str) -> str:
    """`2026-12-01_할일과결정_GIST·영광군.xlsx`: nothing in it that a file system does not take."""
    safe = ("".join("_" if char in _NOT_IN_NAMES or char.isspace() else char for char in clean(word)) for word in words)
    return f"{'_'.join([day.isoformat(), *safe])}.{ending}"


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file. Dates are dates, heads stay in sight and filter; what could be taken for a formula is marked as text."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # 60 ms of every start

    content = io.BytesIO()
    made = Workbook(content, {"in_memory": True})
    styles = {
        "head": made.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1, "text_wrap": True}),
        "date": made.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
        "number": made.add_format({"num_format": "#,##0", "valign": "top"}),
        "text": made.add_format({"text_wrap": True, "valign": "top"}),
        "quoted": made.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
    }
    for sheet in sheets:
        _fill(made.add_worksheet(sheet.name), sheet, styles)
    made.close()
    return content.getvalue()


def _fill(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head, styles["head"])
    if sheet.heads:
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.heads) - 1)
        page.repeat_rows(0)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for at, cells in enumerate(sheet.rows, 1 if sheet.heads else 0):
        for column, cell in enumerate(cells):
            _write(page, at, column, cell, styles)


def _write(page: Any, at: int, column: int, cell: Cell, styles: dict[str, Any]) -> None:
    if isinstance(cell, date):
        page.write_datetime(at, column, datetime.combine(cell, datetime.min.time()), styles["date"])
    elif isinstance(cell, int):
        page.write_number(at, column, cell, styles["number"])
    elif cell:
        words = clean(cell)[:LONGEST]
        page.write_string(at, column, words, styles["quoted" if words.startswith(FORMULA) else "text"])


def csv_of(sheet: Sheet) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8 with the mark that Excel asks for. A text that begins like a formula gets a quote before it."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerows([_plain(cell) for cell in row] for row in [sheet.heads, *sheet.rows])
    return (_BOM + text.getvalue()).encode()


def _plain(cell: Cell) -> str:
    if cell is None or isinstance(cell, date | int):
        return "" if cell is None else str(cell)
    words = clean(cell)
    return f"'{words}" if words.startswith(FORMULA) else words
