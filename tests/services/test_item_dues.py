"""A due date moves, in words; and reminders rest for one person."""

import pytest
from sqlmodel import select

from bot.rules.item_changes import OWN_DUE
from bot.services.askers import Surface
from bot.services.item_changes import change_now
from bot.services.items import MOVED
from bot.services.refused import Refused
from storage.tables import Item, Snooze
from tests.services.asking import ask, buttons, last_told, press, told
from tests.services.team import OTHER_CHANNEL, Team, text_of


def test_a_date_in_words_becomes_the_due_date_and_the_owners_hear_it(team: Team):
    team.joint_item()

    assert "2026. 12. 11.(금)" in told(team, "gist owner", "기한 A-1 2026-12-11")

    assert str(team.item().due_on) == "2026-12-11"
    assert "2026. 12. 5.(토) → 2026. 12. 11.(금)" in last_told(team, MOVED)["UCOWN"]
    assert "UGOWN" not in last_told(team, MOVED)  # who moved it
    assert "기한 변경 1회" in text_of(team.card())
    assert "기한 변경: 2026. 12. 5.(토) → 2026. 12. 11.(금)" in told(team, "county owner", "이력 A-1")


def test_the_first_due_date_is_not_a_move(team: Team):
    team.add("gist lead", "초안 <@UCOWN>")

    ask(team, "gist lead", "due A-1 2026-12-11")

    assert team.item().due_moves == 0
    assert not team.queued(MOVED)


def test_who_takes_a_move_back_is_not_told_of_it_any_more(team: Team):
    team.joint_item()
    ask(team, "gist lead", "due A-1 2026-12-11")
    ask(team, "county owner", "due A-1 2026-12-05")

    assert set(last_told(team, MOVED)) == {"UGOWN"}
    assert team.item().due_moves == 2


def test_a_sides_own_date_that_moves_is_told_and_counted_too(team: Team):
    team.joint_item()
    field = f"{OWN_DUE}1"
    for day in ("2026-12-01", "2026-12-03"):
        with team.work() as work:
            change_now(work, team.asker(work, "gist owner"), team.item(), {field: day})

    assert "GIST 몫의 기한이 바뀌었습니다: 2026. 12. 1.(화) → 2026. 12. 3.(목)" in last_told(team, MOVED)["UCOWN"]
    assert "UGOWN" not in last_told(team, MOVED)
    assert "기한 변경 1회" in text_of(team.card())

    ask(team, "gist owner", "undo")
    assert team.item().due_moves == 0
    assert "2026. 12. 3.(목) → 2026. 12. 1.(화)" in last_told(team, MOVED)["UCOWN"]


def test_what_can_be_read_in_two_ways_is_asked_and_changes_nothing(team: Team):
    team.joint_item()

    reply = ask(team, "gist lead", "기한 A-1 3월 15일(금)")

    assert str(team.item().due_on) == "2026-12-05"
    assert team.queued("answer")  # the question stands in a direct message as well
    offered = buttons(reply.post)
    assert "2027. 3. 12.(금)" in offered
    press(team, "gist lead", offered["2027. 3. 12.(금)"])
    assert str(team.item().due_on) == "2027-03-12"


@pytest.mark.parametrize("line", ["기한 A-1 다음 금요일", "나중에알림 A-1 다음 금요일", "추가 초안 다음 금요일까지"])
def test_of_two_readings_the_earlier_day_is_offered_first(team: Team, line: str):
    team.joint_item()

    reply = ask(team, "gist lead", line)

    days = [label for label in buttons(reply.post) if "(금)" in label]
    assert days == ["2026. 11. 27.(금)", "2026. 12. 4.(금)"]


def test_an_answer_that_comes_after_somebody_else_moved_it_changes_nothing(team: Team):
    team.joint_item()
    offered = buttons(ask(team, "gist lead", "기한 A-1 3월 15일(금)").post)
    ask(team, "county lead", "due A-1 2026-12-08")

    with pytest.raises(Refused, match="item-due-set-already"):
        press(team, "gist lead", offered["2027. 3. 12.(금)"])

    assert str(team.item().due_on) == "2026-12-08"


@pytest.mark.parametrize("words", ["없음", "none", "미정"])
def test_a_due_date_can_be_taken_away(team: Team, words: str):
    team.joint_item()

    assert "기한 미정" in told(team, "gist lead", f"due A-1 {words}")

    assert (team.item().due_on, team.item().due_moves) == (None, 1)


def test_words_without_a_date_change_nothing_and_say_so(team: Team):
    team.joint_item()

    assert "기한을 바꾸지 않았습니다" in told(team, "gist lead", "due A-1 언젠가 하겠지")

    assert str(team.item().due_on) == "2026-12-05"


def test_a_date_that_has_passed_is_not_taken(team: Team):
    team.joint_item()

    assert "이미 지난 날짜입니다" in told(team, "gist lead", "due A-1 2026-11-20")
    assert str(team.item().due_on) == "2026-12-05"


@pytest.mark.parametrize("verb", ["due", "assign", "edit", "기한", "담당", "수정"])
def test_without_words_the_form_opens(team: Team, verb: str):
    team.joint_item()

    view = ask(team, "gist lead", f"{verb} A-1").view

    assert view
    assert "센터 개소 계획서 초안" in str(view)


def test_postponing_asks_what(team: Team):
    team.joint_item()

    ways = buttons(ask(team, "county owner", "미루기 A-1").post)

    assert press(team, "county owner", ways["기한 옮기기"]).view
    when = press(team, "county owner", ways["나에게 오는 알림만"]).post
    assert list(buttons(when)) == ["내일 2026. 11. 24.(화)", "다음 주 2026. 11. 30.(월)"]
    said = text_of(press(team, "county owner", buttons(when)["다음 주 2026. 11. 30.(월)"]).post)
    assert "기한은 그대로입니다: 2026. 12. 5.(토)" in said


def test_postponing_to_a_day_offers_that_day_for_both(team: Team):
    team.joint_item()

    ways = buttons(ask(team, "county owner", "미루기 A-1 12월 11일").post)
    press(team, "county owner", ways["나에게 오는 알림만"])
    assert list(snoozes(team).values()) == ["2026-12-11"]
    press(team, "county owner", ways["기한 옮기기: 2026. 12. 11.(금)"])
    assert str(team.item().due_on) == "2026-12-11"

    assert "기간만 적혀" in told(team, "county owner", "미루기 A-1 2주")  # no one day, and why


def snoozes(team: Team) -> dict[int, str]:
    with team.database.reading() as session:
        return {one.person_id: str(one.until) for one in session.exec(select(Snooze))}


@pytest.mark.parametrize(
    ("words", "until"),
    [("내일", "2026-11-24"), ("다음 주", "2026-11-30"), ("next week", "2026-11-30"), ("2026-12-01", "2026-12-01")],
)
def test_reminders_rest_for_one_person(team: Team, words: str, until: str):
    team.joint_item()

    told(team, "county owner", f"나중에알림 A-1 {words}")

    assert list(snoozes(team).values()) == [until]
    assert team.item().due_moves == 0
    assert "나에게 오는 알림은" in told(team, "county owner", "보기 A-1")
    assert "나에게 오는 알림은" not in told(team, "gist owner", "보기 A-1")


def test_a_later_snooze_replaces_the_one_before(team: Team):
    team.joint_item()
    ask(team, "county owner", "snooze A-1 tomorrow")
    ask(team, "county owner", "snooze A-1 next week")
    ask(team, "gist owner", "snooze A-1 tomorrow")

    assert sorted(snoozes(team).values()) == ["2026-11-24", "2026-11-30"]


@pytest.mark.parametrize(("words", "why"), [("오늘", "item-snooze-past"), ("언젠가", "item-snooze-unread")])
def test_reminders_rest_until_a_day_to_come(team: Team, words: str, why: str):
    team.joint_item()

    with pytest.raises(Refused, match=why):
        ask(team, "county owner", f"나중에알림 A-1 {words}")

    assert not snoozes(team)


@pytest.mark.parametrize("line", ["due A-1 2026-12-11", "snooze A-1 tomorrow", "postpone A-1", "edit A-1"])
def test_another_task_force_sees_and_changes_nothing(team: Team, line: str):
    team.joint_item()

    with pytest.raises(Refused, match="item-not-found"):
        ask(team, "other team", line, channel=OTHER_CHANNEL)

    assert str(team.item().due_on) == "2026-12-05"
    assert team.acts() == ["created"]


def test_an_observer_moves_nothing(team: Team):
    team.joint_item()

    with pytest.raises(Refused, match="item-observer-may-not"):
        ask(team, "observer", "due A-1 2026-12-11")


def test_in_a_direct_message_the_question_is_asked_once(team: Team):
    team.joint_item()

    ask(team, "gist lead", "기한 A-1 3월 15일(금)", surface=Surface.DIRECT, channel="D1")

    assert not team.queued("answer")


def test_due_moves_start_at_none():
    assert Item(task_force_id=1, number=1, title="", channel_id=1, created_by=1).due_moves == 0
