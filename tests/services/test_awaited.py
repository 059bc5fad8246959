"""A side's word is awaited, to a decision or to minutes: who hears of it, how often, and what stops it; on both engines."""

from datetime import date

import pytest

from bot.messages.decision_forms import Fields
from bot.rules.grammar import Verb
from bot.services import decision_reminders, meeting_reminders, reckoning
from bot.services.nudges import NUDGES
from bot.services.work import Work
from handlers.weekly import VERBS
from storage.setting_aside import everything
from storage.tables import DaysOff, Decision, Role, TaskForce
from tests.services.asking import ask
from tests.services.deciding import proposed, send, the
from tests.services.meeting import begun, confirmed, on_record, say
from tests.services.meeting import the as the_meeting
from tests.services.mornings import Sent, at, change_person, days, go, reminders, sent, tick
from tests.services.team import Team, text_of

SPEAKERS = {"UGLEAD", "UCLEAD", "UCDEP"}


@pytest.fixture
def asked(team: Team) -> Team:
    """R-1 was proposed on Monday, 23 November."""
    proposed(team)
    tick(team)
    sent(team)
    return team


@pytest.fixture
def draft(team: Team) -> Team:
    """The minutes of M-1 are a draft since Monday, 23 November; comments until Thursday."""
    begun(team)
    say(team, "gist member", "결정: 센터 이름을 정함")
    on_record(team)
    tick(team)
    sent(team)
    return team


def weekly_of(found: list[Sent], who: str) -> str:
    return next(one.text for one in found if one.kind == "weekly" and one.to == who)


def test_silence_is_reminded_of_once_by_message_and_then_in_each_weekly_summary(asked: Team):
    found = days(asked, "11-24 00:00", "12-14 22:00")

    assert sorted((when, one.to) for when, one in found if one.kind == NUDGES) == [
        ("11-26 09:30", who) for who in sorted(SPEAKERS)
    ]
    weekly = [(when, one.to) for when, one in found if one.kind == "weekly" and "*R-1*" in one.text]
    assert sorted(weekly) == sorted(
        (day, who) for day in ("11-30 09:00", "12-07 09:00", "12-14 09:00") for who in {*SPEAKERS, "UCSEC"}
    )


def test_the_reminder_says_whose_word_is_awaited_since_when_and_has_buttons(asked: Team):
    text = reminders(go(asked, "11-26 09:30"))["UCLEAD"]

    assert "영광군 측의 확인을 기다리는 결정사항입니다. 확인을 요청드린 지 3근무일이 되었습니다." in text
    assert "대답이 없으면 동의로 보지 않습니다" in text
    assert "확인\n이의\n자세히" in text


def test_the_weekly_summary_begins_with_it_and_has_buttons_to_confirm_and_object(asked: Team):
    found = go(asked, "11-30 09:00")

    text = weekly_of(found, "UGLEAD").split("*1. 먼저 하실 일*")[-1]
    assert text.strip().startswith(
        "• *R-1* 셔틀은 2027년 3월부터 운행한다 · 우리 측 확인 대기 5근무일 · 제안: 정하늘 교수\n확인\n이의"
    )


def test_a_secretary_who_may_not_confirm_reads_who_may(asked: Team):
    text = weekly_of(go(asked, "11-30 09:00"), "UCSEC")

    assert "• *R-1* 셔틀은 2027년 3월부터 운행한다 · 우리 측 확인 대기 5근무일" in text
    assert "확인하실 분: 박서준 과장, 서다은 팀장" in text
    assert "이강민" not in text.partition("*2.")[0]


def test_the_side_that_has_spoken_is_left_alone(asked: Team):
    ask(asked, "county deputy", "확인 R-1")

    assert reminders(go(asked, "11-26 09:30")).keys() == {"UGLEAD"}
    found = go(asked, "11-30 09:00")
    assert "R-1" not in weekly_of(found, "UCLEAD")


def test_what_is_confirmed_between_planning_and_sending_is_not_told(asked: Team):
    asked.now = at("11-26 09:30")
    tick(asked)
    ask(asked, "gist lead", "확인 R-1")
    ask(asked, "county lead", "확인 R-1")

    assert reminders(sent(asked)) == {}
    assert the(asked).next_due_at is None


def test_an_objection_ends_it_and_a_new_wording_asks_anew(asked: Team):
    ask(asked, "county lead", "이의 R-1 예산이 없습니다")
    assert the(asked).next_due_at is None
    assert reminders(go(asked, "11-26 09:30")) == {}
    memory = {"decision": the(asked).id, "wording": 1, "in_force": False}
    send(asked, "gist owner", memory, Fields("셔틀은 2027년 4월부터 운행한다", date(2026, 11, 23)))

    assert the(asked).next_due_at == at("12-01 09:30")
    assert reminders(go(asked, "12-01 09:30")).keys() == SPEAKERS


def test_what_was_missed_is_said_once_and_at_night_it_waits_for_the_morning(asked: Team):
    assert reminders(go(asked, "12-03 22:00")) == {}
    assert reminders(go(asked, "12-04 09:30")).keys() == SPEAKERS
    assert reminders(go(asked, "12-07 09:30")) == {}


def test_a_holiday_decreed_late_a_delegation_and_a_new_role_move_it(asked: Team):
    on = date(2026, 11, 25)
    with asked.work() as work:
        work.session.add(DaysOff(task_force_id=1, first=on, last=on, name="임시공휴일", added_by=1, added_at=asked.now))
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))
    ask(asked, "county lead", "위임 최유진 주무관 2026-11-27까지")
    change_person(asked, "김민지", role=Role.DEPUTY)

    assert reminders(go(asked, "11-26 09:30")) == {}
    assert reminders(go(asked, "11-27 09:30")).keys() == {*SPEAKERS, "UCSEC", "UGMEM"}


def test_where_nobody_who_may_confirm_is_on_slack_the_sides_secretary_hears_of_it(asked: Team):
    for name in ("박서준", "서다은"):
        change_person(asked, name, role=Role.OBSERVER)

    found = reminders(go(asked, "11-26 09:30"))

    assert found.keys() == {"UGLEAD", "UCSEC"}


def test_several_things_of_one_day_are_one_message_with_a_menu_on_each_line(asked: Team):
    ask(asked, "gist owner", "결정 센터 이름은 추후 공모한다")
    asked.add("gist lead", "단장 결재 <@UGLEAD> 2026-11-26")

    text = reminders(go(asked, "11-26 09:30"))["UGLEAD"]

    assert "오늘 챙기실 일 3건" in text
    parts = text.partition("*결정사항과 회의록*")
    assert "단장 결재" in parts[0]
    assert "*R-1*" in parts[2]
    assert "*R-2*" in parts[2]
    assert "확인\n이의\n자세히" in parts[2]


def test_minutes_are_reminded_of_alike_their_decisions_with_them(draft: Team):
    confirmed(draft, "gist lead")

    found = reminders(go(draft, "11-26 09:30"))

    assert found.keys() == {"UCLEAD", "UCDEP"}
    assert "회의록(안)이 영광군 측의 확인을 기다립니다. 확인을 요청드린 지 3근무일이 되었습니다." in found["UCLEAD"]
    assert "R-1" not in found["UCLEAD"]
    weekly = weekly_of(go(draft, "11-30 09:00"), "UCLEAD")
    assert "회의록(안) · 우리 측 확인 대기 5근무일 · 의견 기한 2026. 11. 26.(목)\n회의록 확인\n이의" in weekly
    assert "R-1" not in weekly.partition("*2.")[0]


def test_a_draft_that_all_sides_confirmed_or_one_objects_to_is_not_reminded_of(draft: Team):
    confirmed(draft, "gist lead")
    ask(draft, "county lead", "이의 M-1 예산이 빠졌습니다")
    assert the_meeting(draft).next_due_at is None
    ask(draft, "county lead", "되돌리기 M-1")
    assert the_meeting(draft).next_due_at == at("11-26 09:30")
    confirmed(draft, "county lead")
    assert the_meeting(draft).next_due_at is None

    assert reminders(go(draft, "11-26 09:30")) == {}


def test_where_silence_becomes_consent_later_drafts_whose_time_is_over_still_wait(draft: Team):
    go(draft, "11-30 10:00")
    with draft.work() as work:
        work.session.get_one(TaskForce, 1).silence_is_consent = True
        meeting_reminders.keep_asking(work, 1)
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))
    go(draft, "12-07 10:00")

    assert the_meeting(draft).phase == "draft"


def test_a_preview_shows_what_will_be_asked_of_ones_own_side(asked: Team):
    with asked.work() as work:
        text = text_of(VERBS[Verb.PREVIEW](work, asked.asker(work, "county deputy"), "알림").post)

    assert "*2026. 11. 26.(목) 09:30* → 박서준 과장\n• *R-1*" in text
    assert "*2026. 11. 26.(목) 09:30* → 서다은 팀장\n• *R-1*" in text
    assert "이강민" not in text


def test_a_decision_that_cannot_be_planned_steps_aside_and_the_others_are_said(
    asked: Team, monkeypatch: pytest.MonkeyPatch
):
    ask(asked, "gist owner", "결정 센터 이름은 추후 공모한다")
    plan = decision_reminders._plan

    def fails(work: Work, decision: Decision) -> None:
        if decision.number == 1:
            raise ValueError("broken")
        plan(work, decision)

    monkeypatch.setattr(decision_reminders, "_plan", fails)

    assert "R-2" in reminders(go(asked, "11-26 09:30"))["UGLEAD"]
    with asked.database.reading() as session:
        assert [(one.noun, one.subject) for one in everything(session, 9)] == [("decision", "1")]
    assert the(asked).next_due_at == at("11-26 09:35")
    monkeypatch.undo()
    assert "R-1" in reminders(go(asked, "11-27 09:30"))["UGLEAD"]
