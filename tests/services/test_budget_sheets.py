"""The budget as sheets of the export: won in thousands, said so; nothing internal in another side's file; no formula."""

import io

from openpyxl import Workbook, load_workbook

from bot.services.exports import FILE
from storage.exports import of_task_force
from storage.tables import BudgetLine, OutboxRow, OutboxState
from tests.services.asking import ask
from tests.services.team import Team
from tests.services.test_budget import SECRET, submit

NAME = "=HYPERLINK(실증센터)"


def book(team: Team, handle: str, line: str = "내보내기") -> Workbook:
    """The workbook that comes after the line."""
    ask(team, handle, line)
    (row,) = team.queued(FILE)
    post = team.rendered(row)
    assert post
    assert post.file
    with team.work() as work:
        work.session.get_one(OutboxRow, row.id).state = OutboxState.SENT
    return load_workbook(io.BytesIO(post.file.content))


def test_the_board_and_the_dates_are_sheets(team: Team):
    ask(team, "county owner", f"예산 추가 {NAME} 2027 국고보조 12억 5,000만원")
    form = ask(team, "county owner", "예산 금액 B-1").view
    submit(team, "county owner", form, **{"figure-granted": "3억 5,000만원", "figure-executed": "1,750,500원"})
    ask(team, "county owner", "예산 일정 B-1 군의회 의결 12/21")
    ask(team, "county owner", SECRET)
    ask(team, "county owner", "예산 추가 Visit 2027 군직접사업 내부")
    with team.work() as work:
        work.session.get_one(BudgetLine, 3).currency = "EUR"
    ask(team, "county owner", "예산 금액 B-3 요구 1,750")

    county, gist = book(team, "county lead"), book(team, "gist lead")

    heads, first, *others = county["예산"].iter_rows(values_only=True)
    row = dict(zip(heads, first, strict=True))
    assert (row["번호"], row["사업"], row["예산 연도"], row["재원 종류"]) == ("B-1", NAME, "2027년도", "국고보조")
    assert (row["요구(천원)"], row["교부(천원)"], row["집행(천원)"], row["확보(천원)"]) == (
        1_250_000,
        350_000,
        1_751,
        350_000,
    )
    assert (row["집행률"], row["의결(천원)"], row["영광군 담당"]) == ("0.5%", None, "한도윤 주무관")
    assert [one[0] for one in others] == ["B-2", "B-3"]
    assert dict(zip(heads, others[1], strict=True))["요구(천원)"] == 1_750  # of another currency in full
    assert county["예산"]["B2"].data_type == "s"
    assert county["예산"]["B2"].quotePrefix
    assert "내부(영광군)" in others[0]
    assert [one[0].value for one in gist["예산"].iter_rows(min_row=2)] == ["B-1"]
    dates = [[str(cell) for cell in one] for one in gist["예산 일정"].iter_rows(min_row=2, values_only=True)]
    assert dates[0][:5] == ["B-1-1", "군의회 의결", NAME, "다른 기관이 정하는 일", "2026-12-21 00:00:00"]
    assert dates[0][6] == "결과 미정"  # it is for others to decide, and three weeks off
    assert "비밀" not in str([list(page.values) for page in gist])


def test_a_full_copy_has_nothing_of_what_is_internal_to_another_side(team: Team):
    ask(team, "county owner", f"예산 추가 {NAME} 2027 국고보조 12억")
    ask(team, "county owner", SECRET)
    ask(team, "county owner", "예산 메모 B-2 비밀 메모")
    ask(team, "county owner", "예산 일정 B-2 비밀 심의 의결 12/21")
    with team.database.reading() as session:
        copies = {side: str(of_task_force(session, 1, side)) for side in (None, 1, 2)}

    assert {side: "비밀" in copy for side, copy in copies.items()} == {None: False, 1: False, 2: True}
    assert {side: "700000000" in copy for side, copy in copies.items()} == {None: False, 1: False, 2: True}
    assert all(NAME in copy for copy in copies.values())


def test_without_lines_there_are_no_sheets_and_in_english_they_read_english(team: Team):
    assert "예산" not in book(team, "county lead").sheetnames
    ask(team, "county owner", f"예산 추가 {NAME} 2027 국고보조 12억")
    with team.work() as work:
        person = team.asker(work, "county lead")
        person.account.language = "en"

    english = book(team, "county lead", "export")

    assert english["Budget"]["G1"].value == "Requested (KRW thousand)"
    assert english["Budget"]["D2"].value == "national subsidy"
