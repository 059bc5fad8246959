"""What stands after `budget`."""

import pytest

from bot.rules.budget import Figure
from bot.rules.budget_lines import (
    FIGURES,
    KINDS,
    STAGES,
    WORDS,
    Asked,
    BudgetAct,
    NewLine,
    is_event,
    read_asked,
    read_figure,
    read_link,
    read_new,
    read_stage,
)
from config.presets import Money
from storage.tables import Stage


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked(BudgetAct.LIST)),
        ("목록", Asked(BudgetAct.LIST)),
        ("목록 2027년도", Asked(BudgetAct.LIST, rest="2027년도")),
        ("2027", Asked(BudgetAct.LIST, rest="2027")),
        ("2", Asked(BudgetAct.SHOW, 2)),
        ("B-2", Asked(BudgetAct.SHOW, 2)),
        ("b2", Asked(BudgetAct.SHOW, 2)),
        ("보기 B-2", Asked(BudgetAct.SHOW, 2)),
        ("show #2", Asked(BudgetAct.SHOW, 2)),
        ("단계 B-2 의결 3억", Asked(BudgetAct.STAGE, 2, rest="의결 3억")),
        ("B-2 단계 의결 3억", Asked(BudgetAct.STAGE, 2, rest="의결 3억")),
        ("완료 B-2-1", Asked(BudgetAct.DONE, 2, 1)),
        ("B-2-1 done", Asked(BudgetAct.DONE, 2, 1)),
        ("옮기기 2-1 12월 11일", Asked(BudgetAct.MOVE, 2, 1, "12월 11일")),
        ("일정 B-2 군의회 의결 12/21", Asked(BudgetAct.MILESTONE, 2, rest="군의회 의결 12/21")),
        ("일정 표 B-2", Asked(BudgetAct.PRESET, 2)),
        ("ｂ－２", Asked(BudgetAct.SHOW, 2)),
        ("stage", Asked(BudgetAct.STAGE)),
        ("단계 실증센터 의결", Asked(BudgetAct.STAGE, rest="실증센터 의결")),
        ("추가 B동 증축 2027", Asked(BudgetAct.ADD, rest="B동 증축 2027")),
        ("B-2 아무말", Asked(None, rest="B-2 아무말")),
        ("셔틀 예산", Asked(None, rest="셔틀 예산")),
    ],
)
def test_act_line_and_milestone_in_any_order(text: str, asked: Asked):
    assert read_asked(text) == asked


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (
            "실증센터 구축 2027년도 국고보조 요구 12억 5,000만원",
            NewLine("실증센터 구축", 2027, Money.NATIONAL_SUBSIDY, "12억 5,000만원"),
        ),
        ("전문대학원 설립 출연금 2027 3억원 내부", NewLine("전문대학원 설립", 2027, Money.CONTRIBUTION, "3억원", True)),
        (
            "Training programme 2027 local subsidy 350,000천원",
            NewLine("Training programme", 2027, Money.LOCAL_SUBSIDY, "350,000천원"),
        ),
        ("시험로 국가R&D FY2027 ₩350,000,000", NewLine("시험로", 2027, Money.RESEARCH, "₩350,000,000")),
        ("출연금 제도 개선 연구", NewLine("제도 개선 연구", None, Money.CONTRIBUTION)),
        ("센터 2단계", NewLine("센터 2단계")),
        (
            "내부: 협상 예비비 2027 출연금 7억",
            NewLine("협상 예비비", 2027, Money.CONTRIBUTION, "7억", is_internal=True),
        ),
        ("[내부] 예비비", NewLine("예비비", is_internal=True)),
        ("예비비 내부 2027 출연금 7억", NewLine("예비비", 2027, Money.CONTRIBUTION, "7억", is_internal=True)),
        ("센터 내부 공사 2027", NewLine("센터 내부 공사", 2027)),
        ("주차장 2 2027 군직접사업 5억", NewLine("주차장 2", 2027, Money.COUNTY_PROJECT, "5억")),
        ("센터 3억 5천", NewLine("센터", None, None, "3억 5천")),
        ("", NewLine()),
    ],
)
def test_a_new_line_from_what_was_typed(text: str, new: NewLine):
    assert read_new(text) == new


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("의결 3억", (Stage.APPROVED, "3억")),
        ("approved", (Stage.APPROVED, "")),
        ("구상", (Stage.PLANNED, "")),
        ("3억", (None, "3억")),
    ],
)
def test_stages(text: str, stage: tuple[Stage | None, str]):
    assert read_stage(text) == stage


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("집행 1억 2천만원", (Figure.EXECUTED, "1억 2천만원")),
        ("명시이월: 3천만원", (Figure.CARRIED_EXPLICIT, "3천만원")),
        ("Returned 5,000,000", (Figure.RETURNED, "5,000,000")),
        ("예비비 3억", (None, "예비비 3억")),
    ],
)
def test_figures(text: str, figure: tuple[Figure | None, str]):
    assert read_figure(text) == figure


@pytest.mark.parametrize("table", [WORDS, STAGES, FIGURES, KINDS])
def test_no_word_means_two_things_and_all_have_words_in_both_languages(table):
    words = [word for some in table.values() for word in some]

    assert len(set(words)) == len(words)
    for some in table.values():
        assert some[0].isascii()
        assert any("가" <= char <= "힣" for char in some[1]) or some[1] == "국가r&d"


@pytest.mark.parametrize(("text", "link"), [("A-12", ("A", 12)), ("r7", ("R", 7)), ("B-2", None), ("A-12 뒤", None)])
def test_links(text: str, link: tuple[str, int] | None):
    assert read_link(text) == link


@pytest.mark.parametrize(
    ("name", "event"),
    [("군의회 의결", True), ("교부결정 통보", True), ("정산보고 제출", False), ("Council vote", True)],
)
def test_an_event_is_known_by_its_name(name: str, event: bool):
    assert is_event(name) is event
