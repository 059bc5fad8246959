"""What a budget line has to do with: tied from the line, shown from both ends; and lines that a search finds."""

import pytest

from bot.messages import ids
from bot.messages.post import Post
from bot.services.askers import Surface
from bot.services.item_search import found_page
from bot.services.refused import Refused
from tests.services.asking import ask, buttons, told
from tests.services.team import Team, text_of
from tests.services.test_budget import ADD, SECRET, press, submit


@pytest.fixture
def tied(team: Team) -> Team:
    """B-1, tied to A-1 and R-1."""
    team.joint_item()
    ask(team, "gist lead", "결정 셔틀은 3월부터 운행한다")
    ask(team, "county owner", ADD)
    ask(team, "county owner", "예산 연결 B-1 A-1")
    ask(team, "county owner", "budget link B-1 R-1")
    return team


def test_a_line_is_tied_to_items_and_decisions_and_each_shows_the_other(tied: Team):
    assert "연결: A-1 센터 개소 계획서 초안 · R-1 셔틀은 3월부터 운행한다" in told(tied, "county lead", "B-1")
    shown = [ask(tied, "gist owner", ref).post for ref in ("A-1", "R-1")]
    for one in shown:
        assert one
        assert "관련 예산 사업" in text_of(one)
        assert "*B-1* 실증센터 구축\n2027년도 · 국고보조 · 단계: 구상" in text_of(one)
        shows = [block["accessory"] for block in one.blocks if block.get("accessory")][-1]
        assert "B-1 실증센터 구축" in text_of(press(tied, "gist owner", shows).post)


def test_a_second_time_unties(tied: Team):
    assert "R-1 연결을 풀었습니다" in told(tied, "gist owner", "예산 연결 B-1 R-1")
    assert "관련 예산 사업" not in told(tied, "gist owner", "R-1")
    assert "연결 해제: R-1" in told(tied, "gist owner", "예산 이력 B-1")


def test_the_only_line_need_not_be_named_and_the_form_is_one_click_away(tied: Team):
    assert "R-1 연결을 풀었습니다" in told(tied, "county owner", "예산 연결 R-1")
    form = press(tied, "county owner", buttons(ask(tied, "county owner", "B-1").post)["연결"]).view

    assert "연결: A-1 센터 개소 계획서 초안" in str(form)
    assert "R-1 연결했습니다" in text_of(submit(tied, "county owner", form, link="r1").post)
    with pytest.raises(Refused) as refused:
        submit(tied, "county owner", form, link="R-99")
    assert (refused.value.key, refused.value.field) == ("decision-not-found", "link")


def test_what_is_one_sides_alone_is_shown_on_that_side_only(tied: Team):
    ask(tied, "county owner", SECRET)
    ask(tied, "county owner", "예산 연결 B-2 R-1")
    tied.add("gist lead", "내부: 우리끼리 검토 <@UGOWN> 2026-12-01")
    ask(tied, "gist owner", "예산 연결 B-1 A-2")

    assert "비밀 협상" in told(tied, "county lead", "R-1")
    assert "비밀 협상" not in told(tied, "gist lead", "R-1")
    assert "A-2 우리끼리 검토" in told(tied, "gist lead", "B-1")
    assert "A-2" not in told(tied, "county lead", "B-1")


def test_a_search_finds_lines_by_name_notes_and_dates(team: Team):
    ask(team, "county owner", ADD)
    ask(team, "county owner", "예산 메모 B-1 부처와 협의 중")
    ask(team, "county owner", "예산 일정 B-1 정산 자료 제출 12/21")

    for words in ("실증센터", "부처와 협의", "정산 자료", "구축 부처"):
        assert "*B-1* 실증센터 구축" in told(team, "gist owner", f"검색 {words}")
        assert "B-1" not in told(team, "gist owner", f"검색 {words} 셔틀")


def test_a_search_finds_internal_lines_for_the_own_side_alone(team: Team):
    ask(team, "county owner", SECRET)

    assert "*B-1* 비밀 협상 예비비" in told(team, "county secretary", "검색 협상")
    for handle in ("gist lead", "observer"):
        assert "B-1" not in told(team, handle, "검색 협상")


def test_what_was_found_is_paged_over_items_decisions_and_lines(team: Team):
    for number in range(1, 8):
        ask(team, "county owner", f"예산 추가 셔틀 {number}호 2027 군직접사업 1억")
    for number in range(1, 8):
        team.add("gist lead", f"셔틀 노선 {number} <@UGOWN> 2026-12-0{number}")

    first = ask(team, "gist owner", "검색 셔틀").post
    assert "14건" in text_of(first)
    second = text_of(ask_page(team, buttons(first)["다음"]))
    seen = text_of(first) + second
    assert all(f"셔틀 {number}호" in seen and f"셔틀 노선 {number}" in seen for number in range(1, 8))
    assert "셔틀 1호" in second
    assert "셔틀 1호" not in text_of(first)


def ask_page(team: Team, button: dict[str, str]) -> Post:
    """The page that a button of the search opens."""
    _, number, text = ids.read_item_value(button["value"])
    with team.work() as work:
        return found_page(work, team.asker(work, "gist owner", Surface.BUTTON), text, number)
