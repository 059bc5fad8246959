"""Planned meetings: invited, answered, announced, moved, cancelled; and the agenda that writes itself; on both engines."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component
from sqlmodel import select

from bot.messages import ids
from bot.services import meeting_agendas, meeting_clock, meeting_news, meeting_plans
from bot.services.refused import Refused
from storage.tables import AgendaTopic, Meeting, Phase
from tests.services.asking import ask
from tests.services.meeting import begun, minutes, press, send, shown, the, told
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
        while meeting_clock.pass_time(work):
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


def test_reminders_a_day_and_an_hour_before_to_those_who_have_not_said_no(team: Team):
    planned(team)
    press(team, "gist lead", "meeting-rsvp-2", "no")
    passes(team, days=16, hours=6)

    assert "UGLEAD" not in [row.user_id for row in team.queued(meeting_news.TOLD)]
    assert len(team.queued(meeting_news.TOLD)) == 6
    assert "내일 회의가 있습니다" in shown(team, meeting_news.TOLD)
    passes(team, hours=22, minutes=30)
    assert "곧 회의가 시작됩니다" in shown(team, meeting_news.TOLD)


def test_a_bot_that_was_away_says_only_the_latest(team: Team):
    planned(team)
    passes(team, days=17, hours=4, minutes=30)

    assert team.queued(meeting_news.DRAFT) == []
    assert len(team.queued(meeting_agendas.AGENDA)) == 1
    assert "곧 회의가 시작됩니다" in shown(team, meeting_news.TOLD)


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
