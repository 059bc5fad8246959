"""Taking one's last act back."""

import pytest

from bot.services.item_endings import CANCELLED
from bot.services.item_owners import ask_another
from bot.services.items import MOVED
from bot.services.refused import Refused
from storage.tables import ItemStatus
from tests.services.asking import ask, last_told, told
from tests.services.team import OTHER_CHANNEL, Team, text_of


def test_a_change_is_taken_back_once(team: Team):
    team.joint_item()
    ask(team, "gist lead", "due A-1 2026-12-11")

    assert "2026. 12. 5.(토)" in told(team, "gist lead", "되돌리기")

    assert (str(team.item().due_on), team.item().due_moves) == ("2026-12-05", 0)
    told_back = last_told(team, MOVED)["UCOWN"]  # who may have read of the move reads that it is back
    assert "2026. 12. 11.(금) → 2026. 12. 5.(토)" in told_back
    assert "기한 변경" not in told_back
    with pytest.raises(Refused, match="undo-not-this"):
        ask(team, "gist lead", "undo")


def test_another_owner_is_taken_back(team: Team):
    team.joint_item()
    ask(team, "county lead", "assign A-1 <@UCDEP>")

    ask(team, "county lead", "undo A-1")

    assert "한도윤 주무관" in text_of(team.card())
    assert "방금 한 일을 되돌림" in told(team, "gist lead", "이력 A-1")


def test_what_somebody_else_changed_since_stays(team: Team):
    team.joint_item()
    ask(team, "gist lead", "due A-1 2026-12-11")
    ask(team, "county lead", "due A-1 2026-12-14")

    with pytest.raises(Refused, match="undo-overtaken"):
        ask(team, "gist lead", "undo")

    assert str(team.item().due_on) == "2026-12-14"


def test_what_was_cancelled_is_open_as_before(team: Team):
    team.joint_item()
    team.press("county owner")
    ask(team, "gist lead", "cancel A-1 예산 미반영")

    ask(team, "gist lead", "undo")

    assert team.item().status is ItemStatus.OPEN
    assert "한도윤 주무관 · ✅ 완료" in text_of(team.card())
    assert last_told(team, CANCELLED) == {}


def test_what_was_made_is_cancelled_and_keeps_its_number(team: Team):
    team.add("gist lead", "잘못 만든 일")

    assert "방금 만든 할 일을 취소했습니다" in told(team, "gist lead", "undo")

    assert team.item().status is ItemStatus.CANCELLED


def test_a_note_is_taken_away_and_not_found_any_more(team: Team):
    team.joint_item()
    ask(team, "county owner", "note A-1 견적 두 곳")

    ask(team, "county owner", "undo")

    assert "견적" not in told(team, "gist lead", "보기 A-1")
    assert "0건" in told(team, "gist lead", "검색 견적")


def test_reminders_come_again_or_rest_as_before(team: Team):
    team.joint_item()
    ask(team, "county owner", "snooze A-1 tomorrow")
    team.later(minutes=1)
    ask(team, "county owner", "snooze A-1 next week")

    ask(team, "county owner", "undo")

    assert "2026. 11. 24.(화) 전까지" in told(team, "county owner", "보기 A-1")


def test_a_confirmation_that_closed_is_taken_back(team: Team):
    team.joint_item()
    team.done("gist owner")
    team.done("county owner")

    assert "완료 기록을 되돌렸습니다" in told(team, "county owner", "undo")

    assert team.item().status is ItemStatus.OPEN
    with pytest.raises(Refused, match="item-nothing-to-undo"):
        ask(team, "county owner", "undo")


def test_after_ten_minutes_only_a_confirmation_is_taken_back(team: Team):
    team.joint_item()
    ask(team, "gist lead", "due A-1 2026-12-11")
    team.done("gist owner")
    team.later(minutes=11)

    with pytest.raises(Refused, match="item-nothing-done"):
        ask(team, "gist lead", "undo")
    assert "완료 기록을 되돌렸습니다" in told(team, "gist owner", "undo")

    assert str(team.item().due_on) == "2026-12-11"


def test_nobody_takes_back_what_others_did(team: Team):
    team.joint_item()
    ask(team, "gist lead", "due A-1 2026-12-11")

    with pytest.raises(Refused, match="item-nothing-done"):
        ask(team, "county lead", "undo")
    with pytest.raises(Refused, match="item-nothing-done"):
        ask(team, "other team", "undo", channel=OTHER_CHANNEL)

    assert str(team.item().due_on) == "2026-12-11"


def test_a_request_that_was_passed_on_cannot_be_taken_back(team: Team):
    team.joint_item()
    with team.work() as work:
        ask_another(work, team.asker(work, "county owner"), team.item(), "휴직")

    with pytest.raises(Refused, match="undo-not-this"):
        ask(team, "county owner", "undo")
