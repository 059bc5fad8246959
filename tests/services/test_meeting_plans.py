"""Planned meetings: invited, answered, announced, moved, cancelled; and the agenda that writes itself; on both engines."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component
from sqlmodel import select

from bot.messages import ids
from bot.messages.calendars_ics import NO_MAILBOX
from bot.services import meeting_agendas, meeting_clock, meeting_news, meeting_plans
from bot.services.nudges import NUDGES
from bot.services.refused import Refused
from config.presets import Act
from storage.tables import AgendaTopic, BudgetLine, Meeting, Milestone, Phase
from tests.services.asking import ask
from tests.services.meeting import begun, minutes, press, send, shown, the, told
from tests.services.mornings import at, go, sent, tick
from tests.services.team import Team, text_of

THURSDAY = datetime(2026, 12, 10, 14, tzinfo=ZoneInfo("Asia/Seoul"))


def planned(team: Team, line: str = "회의 예약 12월 10일 14시 실무회의", **more: str) -> Meeting:
    form = ask(team, "gist member", line).view
    assert form
    send(team, "gist member", form, place="영광군청 2층", **more)
    return the(team)


def passes(team: Team, **step: float) -> None:
    team.later(**step)
    with team.work() as work:
        while meeting_clock.plan_meetings(work):
            pass


def topics(team: Team) -> list[str]:
    with team.database.reading() as session:
        return [one.title for one in session.exec(select(AgendaTopic)) if one.removed_at is None]


def test_the_form_is_filled_in_from_the_line_and_invites_everybody(team: Team):
    meeting = planned(team)

    assert (meeting.title, meeting.planned_for, meeting.phase) == ("실무회의", THURSDAY, Phase.PLANNED)
    invitation = shown(team, meeting_news.INVITED)
    assert "일시: 2026. 12. 10.(목) 14:00" in invitation
    assert "장소: 영광군청 2층" in invitation
    assert "GIST: 미응답 3명(이강민 단장, 정하늘 교수, 김민지 연구원)" in invitation
    assert "오세진" not in invitation


def calendar(team: Team) -> tuple[str, Component, str]:
    """What the newest calendar file does, its one event, and what is said to it."""
    post = team.rendered(team.queued(meeting_plans.CALENDAR)[-1])
    assert post
    assert post.file
    assert post.file.name == "M-1.ics"
    found = Calendar.from_ical(post.file.content.decode())
    (event,) = found.walk("VEVENT")
    return str(found["method"]), event, post.text


def test_the_calendars_file_says_when_and_where(team: Team):
    planned(team)

    method, event, _ = calendar(team)
    assert (method, event["summary"], event["location"]) == ("PUBLISH", "실무회의", "영광군청 2층")
    assert (event.decoded("dtstart"), event["status"], event["sequence"]) == (THURSDAY, "CONFIRMED", 0)
    assert (event["organizer"], event["organizer"].params["CN"]) == (NO_MAILBOX, "김민지 연구원")


def test_a_calendar_that_has_the_meeting_follows_when_it_is_moved_and_cancelled(team: Team):
    planned(team)
    _, first, _ = calendar(team)
    form = press(team, "county secretary", ids.MEETING_RESCHEDULE).view
    assert form
    send(team, "county secretary", form, on="2026-12-24", place="오룡관")

    method, moved, said = calendar(team)
    assert (method, moved["uid"], moved["sequence"]) == ("PUBLISH", first["uid"], 1)
    assert (moved.decoded("dtstart").day, moved["location"], moved["status"]) == (24, "오룡관", "CONFIRMED")
    assert "이미 넣은 일정" in said
    team.later(minutes=5)
    press(team, "gist member", ids.MEETING_CANCEL)

    method, off, said = calendar(team)
    assert (method, off["uid"], off["sequence"], off["status"]) == ("CANCEL", first["uid"], 2, "CANCELLED")
    assert off.decoded("dtstart") == moved.decoded("dtstart")
    assert off.decoded("last-modified") > moved.decoded("last-modified")
    assert "취소하는 파일" in said


def test_answers_are_shown_per_side_and_become_the_first_lines(team: Team):
    planned(team)
    press(team, "gist owner", "meeting-rsvp-1", "yes")
    press(team, "gist lead", "meeting-rsvp-2", "no")
    form = press(team, "county lead", ids.MEETING_PROXY).view
    assert form
    reply = send(team, "county lead", form, name="문하린", position="주무관")

    assert "문하린 주무관" in told(reply)
    invitation = shown(team, meeting_news.INVITED)
    assert "참석 1명(정하늘 교수)" in invitation
    assert "불참 1명(이강민 단장)" in invitation
    assert "대리 참석 1명(문하린 주무관 ← 박서준 과장)" in invitation
    passes(team, days=17, hours=5)
    begun(team, line="회의 시작")
    assert the(team).title == "실무회의"
    assert [who.full for who in minutes(team).regrets] == ["이강민 단장"]
    assert [(one.who.full, one.who.side, one.for_whom) for one in minutes(team).attendees if one.for_whom] == [
        ("문하린 주무관", "영광군", "박서준 과장")
    ]


def test_the_agenda_writes_itself_goes_to_the_secretaries_and_then_to_the_channel(team: Team):
    planned(team)
    team.joint_item()
    ask(team, "gist lead", "결정 셔틀을 운행한다")
    ask(team, "county owner", "회의 안건 센터 명칭")
    passes(team, days=10, hours=1)  # Thursday 12-03 10:00, five working days before

    assert [row.user_id for row in team.queued(meeting_news.DRAFT)] == ["UCSEC"]
    text = text_of(team.rendered(team.queued(meeting_news.DRAFT)[0]))
    assert "1. 센터 명칭" in text
    assert "결정사항 확인: R-1 셔틀을 운행한다" in text
    assert team.queued(meeting_agendas.AGENDA) == []
    topic = next(one for one in topics(team) if one.startswith("결정사항"))
    with team.database.reading() as session:
        found = session.exec(select(AgendaTopic).where(AgendaTopic.title == topic)).one()
    press(team, "county secretary", f"{ids.MEETING_AGENDA_DROP}-1", str(found.id))

    passes(team, days=4)  # Monday 12-07, three working days before; the item is overdue by then

    posted = shown(team, meeting_agendas.AGENDA)
    assert "센터 명칭" in posted
    assert "지연된 할 일: A-1 센터 개소 계획서 초안" in posted
    assert "셔틀" in posted  # it is still open: taken off once, it comes once more
    assert "정하늘" not in posted


def comes(team: Team, moment: str) -> dict[str, str]:
    """What people are reminded of about meetings at a moment."""
    return {one.to: one.text for one in go(team, moment) if one.kind in (NUDGES, meeting_news.TOLD)}


def test_the_day_before_the_day_itself_for_leads_and_an_hour_before(team: Team):
    planned(team)
    tick(team)
    sent(team)
    for handle in ("gist owner", "gist member", "county owner", "county deputy", "county secretary", "county lead"):
        press(team, handle, "meeting-rsvp-1", "yes")
    sent(team)

    assert comes(team, "12-07 09:30").keys() == {"UGLEAD"}  # who has not answered
    before = comes(team, "12-09 09:30")
    assert before.keys() == {"UGOWN", "UGMEM", "UCOWN", "UCDEP", "UCSEC"}
    assert "다가오는 회의입니다: M-1 실무회의\n일시: 2026. 12. 10.(목) 14:00\n장소: 영광군청 2층" in before["UGOWN"]
    assert "참석\n불참\n대리 참석" in before["UGOWN"]
    that_day = comes(team, "12-10 09:30")
    assert that_day.keys() == {"UGLEAD", "UCLEAD"}
    assert "오늘 회의가 있습니다: M-1" in that_day["UCLEAD"]
    assert "오늘 회의가 있습니다: M-1" in that_day["UGLEAD"]
    hour = comes(team, "12-10 13:00")
    assert hour.keys() == before.keys()
    assert "곧 회의가 시작됩니다" in hour["UCSEC"]
    assert comes(team, "12-10 14:00") == {}


def test_who_has_said_no_or_sends_somebody_is_left_alone(team: Team):
    planned(team)
    press(team, "gist lead", "meeting-rsvp-2", "no")
    press(team, "gist owner", "meeting-rsvp-2", "no")

    for moment in ("12-07 09:30", "12-09 09:30", "12-10 09:30", "12-10 13:00"):
        assert {"UGLEAD", "UGOWN"}.isdisjoint(comes(team, moment))


def test_an_hour_before_hours_of_work_it_waits_for_them_and_not_beyond_the_beginning(team: Team):
    planned(team, "회의 예약 12월 10일 9시 30분 실무회의")
    go(team, "12-09 12:00")

    assert comes(team, "12-10 08:30") == {}
    assert "곧 회의가 시작됩니다" in comes(team, "12-10 09:00")["UGOWN"]


def test_a_meeting_planned_for_tomorrow_is_told_today(team: Team):
    planned(team, "회의 예약 11월 24일 14시 실무회의")

    assert "참석 여부를 알려 주세요: M-1 실무회의" in comes(team, "11-23 10:00")["UGOWN"]


def test_a_bot_that_was_away_says_only_the_latest(team: Team):
    planned(team)
    found = go(team, "12-10 13:30")

    assert [one.kind for one in found if one.kind == meeting_news.DRAFT] == []
    assert sum(one.kind == meeting_agendas.AGENDA for one in found) == 1
    told = {one.to: one for one in found if one.kind in (NUDGES, meeting_news.TOLD)}
    assert "곧 회의가 시작됩니다" in told["UGOWN"].text
    assert told["UGLEAD"].kind == NUDGES
    assert len(told) == sum(one.kind in (NUDGES, meeting_news.TOLD) for one in found) == 7


def test_what_was_answered_moved_or_called_off_after_planning_is_not_told(team: Team):
    planned(team)
    sent(team)
    team.now = at("12-07 09:30")
    tick(team)
    press(team, "gist lead", "meeting-rsvp-1", "yes")
    form = press(team, "county secretary", ids.MEETING_RESCHEDULE).view
    assert form
    send(team, "county secretary", form, on="2026-12-24")

    assert [one.to for one in sent(team) if one.kind == NUDGES] == []
    assert comes(team, "12-09 09:30") == {}
    assert comes(team, "12-21 09:30").keys() == {"UGOWN", "UGMEM", "UCOWN", "UCDEP", "UCSEC", "UCLEAD"}
    press(team, "gist member", ids.MEETING_CANCEL)
    assert the(team).next_due_at is None
    assert comes(team, "12-23 09:30") == {}


def test_the_weekly_summary_asks_for_the_answer_and_has_the_meeting_among_the_dates(team: Team):
    planned(team)
    press(team, "county lead", "meeting-rsvp-1", "yes")
    weekly = {one.to: one.text for one in go(team, "11-30 09:00") if one.kind == "weekly"}

    for who in ("UGLEAD", "UCLEAD"):
        assert "*2026. 12. 10.(목) 14:00* · 회의: M-1 실무회의" in weekly[who]
    assert "*2026. 12. 10.(목) 14:00* · *M-1* 실무회의 · 영광군청 2층 · 참석 여부를 알려 주세요" in weekly["UGLEAD"]
    assert "참석 여부" not in weekly["UCLEAD"]


def test_the_agenda_has_the_budgets_dates_of_thirty_days_joint_ones_only(team: Team):
    planned(team)
    ask(team, "gist lead", "예산 추가 실증센터 2027 국고보조 3억")
    ask(team, "gist lead", "예산 추가 내부검토 2027 국고보조 1억")
    with team.work() as work:
        lines = {one.name: one for one in work.session.exec(select(BudgetLine))}
        lines["내부검토"].internal_to = 1
        for number, (line, on) in enumerate(
            [("실증센터", 30), ("실증센터", 31), ("실증센터", 0), ("내부검토", 10)], start=1
        ):
            one = Milestone(
                task_force_id=1,
                line_id=lines[line].id or 0,
                number=number,
                name=f"{on}일 뒤 일정",
                act=Act.EVENT,
                agreed_on=date(2026, 12, 7) + timedelta(days=on),
                created_by=1,
                created_at=team.now,
            )
            work.session.add(one)
        work.session.add(lines["내부검토"])

    go(team, "12-07 09:30")

    found = [one for one in topics(team) if one.startswith("예산 일정")]
    assert found == [
        "예산 일정: B-1-3 2026. 12. 7.(월) 0일 뒤 일정 (실증센터)",
        "예산 일정: B-1-1 2027. 1. 6.(수) 30일 뒤 일정 (실증센터)",
    ]


def test_what_is_settled_between_draft_and_agenda_is_taken_off_what_people_added_stays(team: Team):
    planned(team)
    ask(team, "county owner", "회의 안건 센터 명칭")
    ask(team, "gist owner", "결정 셔틀을 운행한다")
    go(team, "12-03 09:30")
    assert topics(team) == ["센터 명칭", "결정사항 확인: R-1 셔틀을 운행한다"]
    ask(team, "gist lead", "확인 R-1")
    ask(team, "county lead", "확인 R-1")

    go(team, "12-07 09:30")

    assert topics(team) == ["센터 명칭"]


def test_it_is_moved_and_announced_anew(team: Team):
    planned(team)
    passes(team, days=10, hours=1)
    form = press(team, "county secretary", ids.MEETING_RESCHEDULE).view
    assert form

    send(team, "county secretary", form, on="2026-12-24")

    assert "일정이 바뀌었습니다" in shown(team, meeting_plans.NEWS)
    assert the(team).told == {}
    assert str(the(team).next_due_at)[:10] == "2026-12-17"


def test_a_cancelled_meeting_says_so_and_its_topics_wait(team: Team):
    planned(team)
    ask(team, "county owner", "회의 안건 센터 명칭")

    press(team, "gist member", ids.MEETING_CANCEL)

    assert "회의가 취소되었습니다" in shown(team, meeting_plans.NEWS)
    assert "취소" in shown(team, meeting_news.INVITED)
    assert "센터 명칭" in told(ask(team, "gist lead", "회의 안건"))
    with pytest.raises(Refused, match="meeting-is-cancelled"):
        press(team, "gist lead", "meeting-rsvp-1", "yes")


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"on": "2026-11-01"}, "meeting-plan-past"),
        ({"people": "없는사람"}, "item-owner-not-in-roster"),
        ({"title": "가" * 201}, "meeting-title-long"),
    ],
)
def test_what_cannot_be_planned_is_said(team: Team, answers: dict[str, str], key: str):
    with pytest.raises(Refused, match=key):
        planned(team, **answers)


def test_only_some_are_invited_by_name(team: Team):
    planned(team, people="정하늘 교수, 한도윤 주무관")

    invitation = shown(team, meeting_news.INVITED)
    assert "GIST: 미응답 1명(정하늘 교수)" in invitation
    assert "영광군: 미응답 1명(한도윤 주무관)" in invitation


def test_plan_values_are_local_to_the_zone_of_the_task_force(team: Team):
    with team.work() as work:
        asker = team.asker(work, "gist member")
        meeting = meeting_plans.plan(work, asker, meeting_plans.Plan("회의", date(2026, 12, 10), time(9, 0)))

    assert meeting.planned_for == datetime(2026, 12, 10, 9, tzinfo=ZoneInfo("Asia/Seoul"))
