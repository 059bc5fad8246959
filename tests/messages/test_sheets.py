"""Sheets as another program reads them."""

import csv
import io
from datetime import date

from openpyxl import load_workbook

from bot.messages.escape import clean
from bot.messages.sheets import FORMULA, Sheet, csv_of, file_name, xlsx
from tests.messages.hostile import HOSTILE

CLEAN = [clean(text) for text in HOSTILE]
SHEET = Sheet(
    "할 일", ["번호", "내용", "기한", "횟수"], [["A-1", text, date(2026, 12, 5), 3] for text in HOSTILE], (8, 40, 14, 8)
)


def test_nothing_in_a_sheet_is_a_formula_or_a_link():
    book = load_workbook(io.BytesIO(xlsx([SHEET])))

    page = book["할 일"]
    cells = [row[1] for row in page.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == CLEAN
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for row in page.iter_rows() for cell in row if cell.hyperlink]
    begins = [cell for cell in cells if str(cell.value).startswith(FORMULA)]
    assert len(begins) == 7
    assert all(cell.quotePrefix for cell in begins)  # typed into, they stay text


def test_dates_are_dates_numbers_numbers_and_heads_stay():
    page = load_workbook(io.BytesIO(xlsx([SHEET])))["할 일"]

    assert page["C2"].is_date
    assert page["C2"].value.date() == date(2026, 12, 5)
    assert (page["D2"].value, page["D2"].data_type) == (3, "n")
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert page.auto_filter.ref == f"A1:D{len(HOSTILE) + 1}"


def test_an_empty_sheet_has_its_heads():
    page = load_workbook(io.BytesIO(xlsx([Sheet("빈", ["번호"], [])])))["빈"]

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [["번호"]]


def test_csv_is_for_excel_and_cannot_compute():
    content = csv_of(SHEET)

    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert heads == ["번호", "내용", "기한", "횟수"]
    assert [row[1].removeprefix("'") for row in rows] == CLEAN
    assert not [row[1] for row in rows if row[1].startswith(FORMULA)]
    assert rows[0][2:] == ["2026-12-05", "3"]


def test_a_files_name_is_one_on_every_system():
    assert (
        file_name(date(2026, 12, 1), "할 일", 'GIST/영광군: "TFT"', ending="xlsx")
        == "2026-12-01_할_일_GIST_영광군___TFT_.xlsx"
    )
