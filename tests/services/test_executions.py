"""What was spent is told by a number in a direct message, or in a form."""

from datetime import UTC, datetime

import pytest

from bot.services.askers import Surface
from bot.services.refused import Refused
from tests.services.asking import ask, buttons, told
from tests.services.team import Team, text_of
from tests.services.test_budget import SECRET, checked, line, press, submit


@pytest.fixture
def spending(team: Team) -> Team:
    """B-1 of the county owner, 3억 voted, on the last day of March."""
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    ask(team, "county owner", "예산 단계 B-1 의결 3억")
    team.now = team.machine_now = datetime(2027, 3, 31, 1, tzinfo=UTC)
    return team


def direct(team: Team, handle: str, text: str) -> str:
    return told(team, handle, text, surface=Surface.DIRECT, channel="D1")


def test_a_number_in_a_direct_message_is_what_was_spent(spending: Team):
    said = direct(spending, "county owner", "1억 2천만원")

    assert "집행: 120,000,000원 (1억 2,000만원)" in said
    assert "집행률 40.0%" in said
    assert line(spending).executed == 120_000_000
    assert "알아듣지 못했습니다" in direct(spending, "county owner", "1억 3천만원")  # nothing is asked any more


@pytest.mark.parametrize("text", ["1억 2천", "약 1억", "1억쯤 썼어요"])
def test_what_is_not_certain_is_no_answer(spending: Team, text: str):
    assert "알아듣지 못했습니다" in direct(spending, "county owner", text)
    assert line(spending).executed is None


@pytest.mark.parametrize("handle", ["county lead", "gist owner", "observer", "stranger"])
def test_nobody_else_is_asked(spending: Team, handle: str):
    assert "알아듣지 못했습니다" in direct(spending, handle, "1억 2천만원")


def test_a_number_in_the_channel_is_no_answer(spending: Team):
    assert "알아듣지 못했습니다" in told(spending, "county owner", "1억 2천만원")


def test_of_several_lines_it_is_asked_which(spending: Team):
    ask(spending, "county owner", SECRET)
    ask(spending, "county owner", "예산 단계 B-2 의결 7억")

    asked = ask(spending, "county owner", "1억 2천만원", surface=Surface.DIRECT, channel="D1")

    assert "어느 예산 사업" in text_of(checked(asked).post)
    view = press(spending, "county owner", buttons(asked.post)["집행액 입력"]).view
    with pytest.raises(Refused) as refused:
        submit(spending, "county owner", view, amount="1억 2천")
    assert (refused.value.field, refused.value.key) == ("amount", "money-unit-missing")
    assert "집행률" in text_of(submit(spending, "county owner", view, amount="1억 2천만원").post)
