"""Days off of all, of a side, of a person: who may, what is said, and what is counted anew; on both engines."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.messages import ids
from bot.rules.days_off import Span
from bot.rules.grammar import Verb
from bot.services import days_off, days_off_lines, turns
from bot.services.askers import Surface
from bot.services.items import CARD
from bot.services.refused import Misfilled, Refused
from storage import history
from storage.tables import DaysOff, Person, TaskForce
from tests.services.asking import ask, buttons, last_told, told
from tests.services.team import COUNTY_OWNER, GIST_OWNER, PEOPLE, Team, text_of, user_of


def rows(team: Team) -> list[tuple[str, str, int | None, bool, str]]:
    with team.database.reading() as session:
        found = session.exec(select(DaysOff)).all()
    return [(f"{one.first:%m-%d}", f"{one.last:%m-%d}", one.side_id, bool(one.person_id), one.name) for one in found]


def refused(team: Team, handle: str, line: str) -> str:
    with pytest.raises(Refused) as no:
        ask(team, handle, line)
    with team.work() as work:
        return team.asker(work, handle).say(no.value.key, **no.value.args_of_key)


def remove(team: Team, handle: str, days_off_id: int, channel: str | None = "C1") -> str:
    with team.work() as work:
        return text_of(days_off.remove(work, team.asker(work, handle, Surface.BUTTON, channel), days_off_id).post)


def send(team: Team, handle: str, verb: Verb, span: Span, whose: str) -> str:
    with team.work() as work:
        asker = team.asker(work, handle, Surface.FORM)
        return text_of(days_off_lines.submitted(work, asker, verb, span, whose).post)


def test_a_lead_adds_a_day_off_of_the_own_side_and_the_channel_hears(team: Team):
    said = told(team, "gist lead", "holiday add 2026-12-24 우리 측 개교기념일")

    assert "2026. 12. 24.(목) · 개교기념일 · GIST 측" in said
    assert rows(team) == [("12-24", "12-24", 1, False, "개교기념일")]
    heard = last_told(team, days_off.TOLD)[""]
    assert "휴일 추가: 2026. 12. 24.(목) · 개교기념일 · GIST 측 · 등록: 이강민 단장" in heard
    with team.database.reading() as session:
        assert [one.act for one in history.of(session, ("day_off", 1))] == ["added"]


@pytest.mark.parametrize("handle", ["gist lead", "county deputy", "county secretary"])
def test_leads_deputies_and_secretaries_of_any_side_add_for_all(team: Team, handle: str):
    told(team, handle, "휴일 12/24~12/26 연말 휴무")
    assert rows(team) == [("12-24", "12-26", None, False, "연말 휴무")]


@pytest.mark.parametrize("handle", ["gist owner", "observer", "county owner"])
def test_nobody_else_does_and_hears_who_may(team: Team, handle: str):
    said = refused(team, handle, "휴일 12/24 개교기념일")
    assert "이강민 단장" in said
    assert "최유진 주무관" in said
    assert not rows(team)


def test_a_side_sets_its_own_days_off_alone(team: Team):
    assert "박서준 과장" in refused(team, "gist lead", "휴일 12/24 영광군 측 군민의 날")
    assert not rows(team)


def test_somebody_of_another_task_force_sees_and_removes_nothing(team: Team):
    told(team, "gist lead", "휴일 12/24 비밀 휴무")
    with pytest.raises(Refused, match="days-off-gone"):
        remove(team, "other team", 1, channel="C2")
    with pytest.raises(Refused, match="not-in-roster"):
        ask(team, "other team", "휴일")
    assert "비밀" not in text_of(ask(team, "other team", "휴일", channel="C2").post)
    assert len(rows(team)) == 1


def test_a_list_shows_the_public_holidays_and_what_was_added_with_buttons_for_those_who_may(team: Team):
    told(team, "gist lead", "휴일 12/24 우리 측 개교기념일")
    told(team, "county lead", "휴일 12/31 종무일")

    by_lead = ask(team, "gist lead", "휴일 목록").post
    assert "2026. 12. 25.(금)" in text_of(by_lead)
    assert "기독탄신일" in text_of(by_lead)
    assert "개교기념일 · GIST 측 · 등록: 이강민 단장" in text_of(by_lead)
    assert removals(by_lead) == 2
    assert removals(ask(team, "county lead", "휴일").post) == 1
    assert removals(ask(team, "observer", "holiday list").post) == 0


def removals(post: Any) -> int:
    return sum((block.get("accessory") or {}).get("action_id") == ids.DAYS_OFF_REMOVE for block in post.blocks)


def test_many_days_off_have_pages(team: Team):
    for day in (day for day in range(2, 25) if date(2027, 3, day).weekday() < 5):
        told(team, "gist lead", f"휴일 2027-03-{day:02} 우리 측 {day}")
    first = ask(team, "gist lead", "휴일").post
    assert "다음" in buttons(first)
    second = ask(team, "gist lead", "휴일 목록 2").post
    assert "이전" in buttons(second)
    assert "2027. 3. 24.(수)" in text_of(second)


def test_removing_by_day_by_name_or_by_choice(team: Team):
    told(team, "gist lead", "휴일 12/24 개교기념일")
    told(team, "gist lead", "휴일 12/30~12/31 종무")
    assert "어느 것을" in told(team, "gist lead", "휴일 삭제")
    assert "삭제했습니다" in told(team, "gist lead", "휴일 삭제 12/31")
    assert "삭제했습니다" in told(team, "gist lead", "holiday remove 개교")
    assert not rows(team)
    assert "찾지 못했습니다" in refused(team, "gist lead", "휴일 삭제 12/31")
    assert set(team_told(team)) == {"removed"}, "what was added and is gone again is not announced"


def team_told(team: Team) -> list[str]:
    return [row.args["act"] for row in team.queued(days_off.TOLD) if team.rendered(row)]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("휴일 12/25 성탄절", "이미 모두 쉬는 날"),
        ("휴일 2026-12-01~2027-02-01 휴무", "31일까지"),
        ("휴일 2029-12-24 먼 날", "2년 안"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_type_instead(team: Team, line: str, part: str):
    assert part in refused(team, "gist lead", line)


def test_a_day_that_is_not_sure_is_asked_in_the_form_with_what_was_typed(team: Team):
    view = ask(team, "gist lead", "휴일 추가 12월 24일쯤 우리 측 개교기념일").view
    assert view
    assert view["callback_id"] == ids.DAYS_OFF
    shown = str(view)
    assert "어림한 날짜" in shown
    assert "'initial_date': '2026-12-24'" in shown
    assert "개교기념일" in shown
    assert not rows(team)


def test_the_form_says_at_its_fields_what_to_mend(team: Team):
    with pytest.raises(Misfilled) as wrong:
        send(team, "gist lead", Verb.HOLIDAY, Span(None, None, "휴" * 70), "all")
    assert {one.field for one in wrong.value.problems} == {"first", "name"}
    assert "개교기념일 · GIST 측" in send(
        team, "gist lead", Verb.HOLIDAY, Span(date(2026, 12, 24), None, "개교기념일"), "1"
    )


def test_a_forged_side_in_the_form_is_refused(team: Team):
    with pytest.raises(Refused, match="days-off-other-side"):
        send(team, "gist lead", Verb.HOLIDAY, Span(date(2026, 12, 24), None), "2")


def test_own_leave_by_anybody_seen_by_the_own_side_only(team: Team):
    said = told(team, "county owner", "휴가 12/24~12/28")
    assert "한도윤" in said
    assert rows(team) == [("12-24", "12-28", 2, True, "")]
    assert "한도윤" in told(team, "county lead", "휴가 목록")
    assert "한도윤" not in told(team, "gist lead", "휴가 목록")
    assert not team.queued(days_off.TOLD), "the channel does not hear of somebody's leave"
    assert "삭제했습니다" in told(team, "county owner", "leave remove 12/25")
    assert not rows(team)


def test_a_secretary_notes_the_leave_of_somebody_of_the_own_side_who_is_told(team: Team):
    told(team, "county secretary", f"휴가 <@{user_of('county owner')}> 12/24 출장")
    assert "대신 적어 두었습니다" in last_told(team, "answer")[user_of("county owner")]
    told(team, "county lead", "휴가 한도윤 주무관 12/28")
    assert len(rows(team)) == 2


@pytest.mark.parametrize("handle", ["gist lead", "county owner"])
def test_nobody_else_notes_it(team: Team, handle: str):
    assert "서다은 팀장" in refused(team, handle, f"휴가 <@{PEOPLE['county deputy'][0]}> 12/24")
    assert not rows(team)


def test_nobody_is_left_without_a_working_day(team: Team):
    told(team, "county owner", "휴가 2026-11-24~2027-05-25")
    assert "한 해 동안" in refused(team, "county owner", "휴가 2027-05-26~2027-11-24")


def test_the_days_of_a_turn_and_the_days_left_are_counted_without_them(team: Team):
    team.joint_item()
    team.press("gist owner")
    told(team, "gist lead", "휴일 11/24 우리 측 개교기념일")
    told(team, "county lead", "휴일 11/25~11/26 우리 측 워크숍")
    team.later(days=3)

    assert "차례: 영광군(2일째)" in text_of(team.card())
    with team.work() as work:
        turns.count_days(work)
    assert [row.subject for row in team.queued(CARD)] == ["1"]
    told(team, "county lead", "휴일 11/30 창립기념")
    assert "5근무일 남음" in told(team, "gist lead", f"추가 보고서 {GIST_OWNER} {COUNTY_OWNER} 12/4까지")
    assert "2026. 12. 7.(월)" in told(team, "gist lead", "추가 계획서 6근무일 후까지")


def test_adding_one_has_the_days_counted_with_the_next_tick(team: Team):
    with team.work() as work:
        turns.count_days(work)
    told(team, "gist lead", "휴일 12/24 휴무")
    with team.database.reading() as session:
        assert session.get_one(TaskForce, 1).days_counted_until is None
        assert session.get_one(TaskForce, 2).days_counted_until is not None


def test_a_reminder_rests_until_a_day_on_which_its_owner_works(team: Team):
    team.joint_item()
    told(team, "gist owner", "휴가 11/24~11/25")
    with team.database.reading() as session:
        assert session.exec(select(Person).where(Person.name == "정하늘")).one().side_id == 1
    assert "2026. 11. 26.(목)" in told(team, "gist owner", "나중에알림 A-1 내일")
