"""An item is cancelled with a reason, opened again, and noted on."""

import pytest

from bot.services.item_endings import CANCELLED
from bot.services.item_words import WORDS_LIMIT
from bot.services.refused import Refused
from storage.tables import ItemStatus
from tests.services.asking import ask, buttons, last_told, press, told
from tests.services.team import OTHER_CHANNEL, Team, text_of


def test_an_item_is_cancelled_with_a_reason_that_everybody_sees(team: Team):
    team.joint_item()

    assert "취소 · 사유: 예산 미반영" in told(team, "gist lead", "취소 A-1 예산 미반영")

    assert team.item().status is ItemStatus.CANCELLED
    assert "취소 · 사유: 예산 미반영" in text_of(team.card())
    assert set(last_told(team, CANCELLED)) == {"UGOWN", "UCOWN"}
    assert "이강민 단장" in last_told(team, CANCELLED)["UCOWN"]
    assert "취소: 예산 미반영" in told(team, "county owner", "이력 A-1")


@pytest.mark.parametrize("words", ["사유: 예산 없음", "취소사유：예산 없음", "reason: 예산 없음", "예산 없음"])
def test_the_reason_is_what_stands_behind_the_word_for_it(team: Team, words: str):
    team.joint_item()

    ask(team, "gist lead", f"취소 A-1 {words}")

    assert team.item().cancel_reason == "예산 없음"


@pytest.mark.parametrize("line", ["cancel A-1", "A-1 취소", "note A-1", "진행 A-1"])
def test_without_words_they_are_asked_for(team: Team, line: str):
    team.joint_item()

    view = ask(team, "gist lead", line).view

    assert view
    assert view["callback_id"] == "item-words"
    assert team.item().status is ItemStatus.OPEN


def test_a_cancelled_item_is_opened_again_and_counts_anew(team: Team):
    team.joint_item()
    team.press("gist owner")
    reply = ask(team, "gist lead", "cancel A-1 예산 미반영")

    press(team, "county lead", buttons(reply.post)["다시 열기"])

    assert team.item().status is ItemStatus.OPEN
    assert "예산 미반영" not in text_of(team.card())
    assert "정하늘 교수 · ✅" not in text_of(team.card())
    assert last_told(team, CANCELLED) == {}  # not true any more
    assert team.acts()[-1] == "reopened"


def test_a_tick_on_a_cancelled_card_does_not_count_and_says_so(team: Team):
    team.joint_item()
    ask(team, "gist lead", "cancel A-1 예산 미반영")

    whispers = team.press("gist owner")

    assert "취소된 할 일" in text_of(whispers[0].post)
    assert "confirmed" not in team.acts()


@pytest.mark.parametrize("line", ["cancel A-1 또", "note A-1 늦음", "due A-1 2026-12-11", "assign A-1 <@UCDEP>"])
def test_what_is_finished_is_not_changed(team: Team, line: str):
    team.joint_item()
    ask(team, "gist lead", "cancel A-1 예산 미반영")
    before = team.acts()

    assert "바뀐 것이 없습니다" in told(team, "gist lead", line)

    assert team.acts() == before


def test_a_note_stands_in_details_and_history_as_text(team: Team):
    team.joint_item()

    told(team, "county owner", "진행 A-1 견적 두 곳 받음 <@UGOWN> &lt;!channel&gt;")

    assert "한도윤 주무관: 견적 두 곳 받음 @UGOWN <!channel>" in told(team, "gist lead", "보기 A-1")
    assert "진행 기록: 견적 두 곳 받음" in told(team, "gist lead", "이력 A-1")


def test_details_show_the_newest_notes_and_fit(team: Team):
    team.joint_item()
    for number in range(7):
        ask(team, "county owner", f"note A-1 {number}번째 " + "가" * (WORDS_LIMIT - 10))

    post = ask(team, "gist lead", "show A-1").post
    assert post
    shown = text_of(post)
    assert "6번째" in shown
    assert "1번째" not in shown


def test_words_that_are_too_long_are_refused_where_there_is_no_form(team: Team):
    team.joint_item()

    with pytest.raises(Refused, match="item-words-long") as no:
        ask(team, "gist lead", "note A-1 " + "가" * (WORDS_LIMIT + 1))

    assert no.value.field is None


@pytest.mark.parametrize("line", ["cancel A-1 싫어서", "note A-1 안녕"])
def test_nobody_else_cancels_or_notes(team: Team, line: str):
    team.joint_item()

    with pytest.raises(Refused, match="item-not-found"):
        ask(team, "other team", line, channel=OTHER_CHANNEL)
    with pytest.raises(Refused, match="item-observer-may-not"):
        ask(team, "observer", line)

    assert team.acts() == ["created"]
