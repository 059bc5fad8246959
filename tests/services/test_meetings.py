"""Meetings: what is kept of a thread, what is understood, and who may do what; on both engines."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.messages import ids
from bot.rules.minutes import LineKind, Marker
from bot.services import meeting_ends, meeting_lines, meeting_records, meetings
from bot.services.aside import ADDRESS
from bot.services.meeting_clock import plan_meetings
from bot.services.meeting_keeping import Said
from bot.services.refused import Refused
from handlers.meetings import BUTTONS, on_meeting
from storage.tables import AgendaTopic, Decision, Item, MeetingLine, Phase, TaskForce
from tests.services.asking import ask
from tests.services.meeting import (
    THREAD,
    begun,
    card_recorded,
    delete,
    edit,
    ended,
    hear,
    minutes,
    on_record,
    press,
    refusal,
    say,
    send,
    shown,
    tell,
    the,
    told,
    ts_of,
)
from tests.services.team import CHANNEL, Team, text_of, user_of

CARD_LINK = f"https://gist.slack.com/archives/{CHANNEL}/p1763856000000100"


def lines(team: Team) -> list[MeetingLine]:
    with team.database.reading() as session:
        return list(session.exec(select(MeetingLine).order_by(col(MeetingLine.ordinal))))


def rows(team: Team, table: Any) -> list[Any]:
    with team.database.reading() as session:
        return list(session.exec(select(table)))


def test_what_no_database_takes_does_not_stop_the_record(team: Team):
    begun(team)

    say(team, "gist member", "결정: 이름\x00을 \ud800 정함")

    assert [one.text for one in lines(team)] == ["결정: 이름을 ? 정함"]


def test_every_line_is_a_row_and_the_card_says_what_was_filed(team: Team):
    begun(team)

    say(team, "gist member", "안건: 명칭", "결정: 센터 이름을 정함")
    say(team, "county owner", "할 일: 현판 견적 받기 한도윤 주무관 12월 4일까지", "예산을 먼저 봅시다")

    assert [one.text for one in lines(team)] == [
        "안건: 명칭",
        "결정: 센터 이름을 정함",
        "할 일: 현판 견적 받기 한도윤 주무관 12월 4일까지",
        "예산을 먼저 봅시다",
    ]
    card = shown(team, meetings.CARD)
    assert "R-1  센터 이름을 정함" in card
    assert "A-1  현판 견적 받기 · 한도윤 주무관 · 2026. 12. 4.(금)" in card
    assert "GIST 1명 · 영광군 1명" in card
    assert rows(team, Decision) == rows(team, Item) == []


def test_a_line_that_comes_twice_late_or_out_of_order_counts_once(team: Team):
    begun(team)
    first, second = ts_of(team, 10), ts_of(team, 20)
    tell(team, "gist member", Said(second, THREAD, user_of("gist member"), "결정: 둘"))
    tell(team, "gist member", Said(first, THREAD, user_of("gist member"), "결정: 하나"))
    tell(team, "gist member", Said(second, THREAD, user_of("gist member"), "결정: 둘"))

    assert [one.text for one in minutes(team).decisions] == ["하나", "둘"]
    assert "R-1  둘" in shown(team, meetings.CARD)


def test_an_edit_changes_what_was_filed_and_keeps_its_number(team: Team):
    begun(team)
    (ts,) = say(team, "gist member", "결정: 센터 이름을 정함")

    edit(team, "gist member", ts, "결정: 센터 이름을 공모함")

    assert "R-1  센터 이름을 공모함" in shown(team, meetings.CARD)
    edit(team, "gist member", ts, "센터 이름을 공모합시다")
    assert minutes(team).decisions == ()
    assert [row.args for row in team.queued("unseed")] == [{"ts": ts, "emoji": "pushpin"}]
    edit(team, "gist member", ts, "결정: 공모함")
    assert "R-1  공모함" in shown(team, meetings.CARD)


def test_what_is_deleted_is_kept_no_longer_and_does_not_come_back(team: Team):
    begun(team)
    (ts,) = say(team, "gist member", "결정: 센터 이름을 정함")

    delete(team, "gist member", ts)
    tell(team, "gist member", Said(ts, THREAD, user_of("gist member"), "결정: 센터 이름을 정함"))

    assert minutes(team).decisions == ()
    assert not [one for one in lines(team) if "센터" in one.text]


def test_off_the_record_never_reaches_the_rows_and_an_edit_takes_it_out(team: Team):
    begun(team)
    (ts,) = say(team, "gist member", "비밀 단가는 3억\n결정: 가격은 나중에 정함")

    edit(team, "gist member", ts, "오프: 비밀 단가는 3억\n결정: 가격은 나중에 정함")
    unscreened = Said(ts_of(team, 1), THREAD, user_of("gist member"), "말\n오프: 7억도 가능")
    hear(team, "gist member", unscreened)  # the service screens once more
    team.later(seconds=2)
    say(team, "gist member", "기록제외: 5억까지 가능")

    assert not [one for one in lines(team) if "억" in one.text]
    assert [one.text for one in minutes(team).decisions] == ["가격은 나중에 정함"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_message_that_goes_on_with_words_off_the_record_is_off_too(team: Team, order: tuple[int, int]):
    begun(team)
    said = [
        Said(ts_of(team, 10 + at), THREAD, user_of("gist member"), text)
        for at, text in enumerate(("기록제외: 단가 이야기", "… 한도는 2억원\n결정: 가격은 나중에 정함"))
    ]

    for at in order:
        tell(team, "gist member", said[at])

    assert not [one for one in lines(team) if "억" in one.text or "단가" in one.text]
    assert [one.text for one in minutes(team).decisions] == ["가격은 나중에 정함"]


def test_not_disclosed_is_said_to_its_writer_at_once(team: Team):
    begun(team)

    reply = tell(team, "gist member", Said(ts_of(team, 5), THREAD, user_of("gist member"), "비공개: 예정가격 2억"))

    assert "저장하지 않았습니다" in told(reply)
    assert [one.text for one in lines(team)] == ["오프:"]


@pytest.mark.parametrize("handle", ["observer", "stranger"])
def test_who_is_no_member_writes_no_record_and_is_told_once(team: Team, handle: str):
    begun(team)

    first = tell(team, handle, Said(ts_of(team, 5), THREAD, user_of(handle), "결정: 제 마음대로"))
    again = tell(team, handle, Said(ts_of(team, 6), THREAD, user_of(handle), "결정: 또"))

    assert "TFT 구성원이 씁니다" in told(first)
    assert told(again) == ""
    assert lines(team) == []


def test_what_begins_with_the_bots_mention_is_a_command_and_no_record(team: Team):
    begun(team)

    say(team, "gist member", "<@UBOT> 목록", "@TFT봇 회의 종료")

    assert lines(team) == []
    assert the(team).phase is Phase.LIVE


def test_the_writer_is_asked_about_an_unknown_owner_once_and_answers_by_a_button(team: Team):
    begun(team)
    ts = ts_of(team, 5)
    asked = tell(team, "gist member", Said(ts, THREAD, user_of("gist member"), "할 일: 견적 받기 한도윤"))

    assert "할 일: 견적 받기 한도윤\n“한도윤”: 어느 분을 담당으로" in told(asked)
    assert asked.post
    button = asked.post.blocks[1]["elements"][0]
    assert button["text"]["text"] == "한도윤 주무관"
    more = ids.read_item_value(button["value"])[2]
    press(team, "gist member", ids.MEETING_ANSWER, more)

    (action,) = minutes(team).actions
    assert (action.text, [who.full for who in action.owners]) == ("견적 받기", ["한도윤 주무관"])
    assert minutes(team).unclear == ()


def test_ending_shows_the_keeper_what_was_understood_and_makes_nothing(team: Team):
    begun(team)
    say(team, "gist member", "결정: 센터 이름을 정함", "할 일: 회의실 예약", "부결: 2블록", "불참: 이강민 단장")

    meeting = ended(team)

    assert meeting.phase is Phase.ENDED
    review = shown(team, meeting_ends.REVIEW)
    assert {row.user_id for row in team.queued(meeting_ends.REVIEW)} == {"UGMEM"}
    for part in ("R-1  센터 이름을 정함", "부결  2블록", "담당 미정", "확인할 사항", "불참: 이강민 단장", "등록"):
        assert part in review
    assert rows(team, Decision) == rows(team, Item) == []


def test_putting_it_on_record_makes_decisions_items_and_one_message_per_person(team: Team):
    begun(team)
    say(
        team,
        "gist member",
        "결정: 센터 이름을 정함",
        "할 일: 견적 받기 한도윤 주무관, 정하늘 교수 12월 4일까지",
        "할 일: 초안 쓰기 한도윤 주무관",
        "할 일: 회의실 예약",
    )

    on_record(team)

    (decision,) = rows(team, Decision)
    assert (decision.number, decision.meeting_id, decision.text) == (1, 1, "센터 이름을 정함")
    assert [(one.number, one.title) for one in rows(team, Item)] == [
        (1, "견적 받기"),
        (2, "초안 쓰기"),
        (3, "회의실 예약"),
    ]
    summary = shown(team, meeting_records.SUMMARY)
    assert "한도윤 주무관\n• A-1" in summary
    receivers = [row.user_id or "" for row in team.queued(meeting_records.TOLD)]
    assert sorted(receivers) == ["UCDEP", "UCLEAD", "UCOWN", "UGLEAD", "UGMEM", "UGOWN"]
    (mine,) = [row for row in team.queued(meeting_records.TOLD) if row.user_id == "UCOWN"]
    text = text_of(team.rendered(mine))
    assert "A-1  견적 받기" in text
    assert "A-2  초안 쓰기" in text
    assert team.queued("item-assigned") == team.queued("decision-awaits") == []
    with pytest.raises(Refused, match="meeting-is-draft"):
        press(team, "gist member", ids.MEETING_RECORD)


def test_a_second_owner_of_a_side_is_named_in_the_item(team: Team):
    begun(team)
    say(team, "gist member", "할 일: 견적 받기 담당: 정하늘 교수, 이강민 단장")

    on_record(team)

    (item,) = rows(team, Item)
    assert "함께 언급된 사람: 이강민 단장" in item.description


def test_a_line_that_no_item_can_hold_is_named_and_nothing_is_made(team: Team):
    begun(team)
    say(team, "gist member", "할 일: " + "가" * 301)
    ended(team)

    with pytest.raises(Refused, match="meeting-lines-long") as raised:
        press(team, "gist member", ids.MEETING_RECORD)

    assert raised.value.args_of_key["refs"] == "A-1"
    assert rows(team, Item) == []
    assert the(team).phase is Phase.ENDED


def test_it_goes_on_when_it_was_ended_too_early(team: Team):
    begun(team)
    ended(team)

    press(team, "gist member", ids.MEETING_RESUME)
    say(team, "gist member", "결정: 아직 남은 것")

    assert the(team).phase is Phase.LIVE
    assert [one.text for one in minutes(team).decisions] == ["아직 남은 것"]
    assert ended(team).phase is Phase.ENDED


def test_nobody_writes_for_three_hours_and_it_ends_with_the_last_line(team: Team):
    begun(team)
    say(team, "gist member", "결정: 센터 이름을 정함")
    last = team.now
    team.later(hours=2, minutes=59)
    with team.work() as work:
        plan_meetings(work)
    assert the(team).phase is Phase.LIVE

    team.later(minutes=2)
    with team.work() as work:
        plan_meetings(work)

    assert (the(team).phase, the(team).ended_at) == (Phase.ENDED, last)
    assert "3시간 동안 글이 없어" in shown(team, meeting_ends.REVIEW)


def test_past_midnight_it_is_still_the_same_meeting(team: Team):
    team.later(hours=14, minutes=50)  # 23:50
    begun(team)
    say(team, "gist member", "결정: 첫날")
    team.later(minutes=30)
    say(team, "gist member", "결정: 이튿날", "할 일: 정리 정하늘 교수 내일까지")

    assert [one.text for one in minutes(team).decisions] == ["첫날", "이튿날"]
    assert str(minutes(team).actions[0].due) == "2026-11-25"


def test_two_meetings_one_after_the_other_have_records_of_their_own(team: Team):
    begun(team)
    with pytest.raises(Refused, match="meeting-live-already"):
        ask(team, "gist lead", "회의 시작")
    say(team, "gist member", "결정: 하나")
    ended(team)
    begun(team, "county lead", "회의 시작 둘째", "1763857000.000100")

    say(team, "county lead", "결정: 둘", number=2)

    assert [one.text for one in minutes(team, 1).decisions] == ["하나"]
    assert [one.text for one in minutes(team, 2).decisions] == ["둘"]
    assert "R-2  둘" in shown(team, meetings.CARD, 2)


def test_another_task_force_with_real_ids_sees_and_changes_nothing(team: Team):
    begun(team)
    say(team, "gist member", "결정: 비밀")
    ended(team)
    for action_id, act in BUTTONS.items():
        with team.work() as work:
            asker = team.asker(work, "other team", channel=None)
            with pytest.raises(Refused) as raised:
                on_meeting(act, work, asker, the(team).id or 0, "1", action_id)
        assert raised.value.key in {"meeting-gone", "not-in-roster", "no-task-force-yet"}, action_id
    assert the(team).phase is Phase.ENDED


@pytest.mark.parametrize(
    "line", ["회의 종료", "#endmeeting", "결정: 제 마음대로", "#agreed anything", "할 일: 무엇이든"]
)
@pytest.mark.parametrize("handle", ["observer", "stranger", "other team"])
def test_who_is_no_member_ends_nothing_and_agrees_to_nothing(team: Team, handle: str, line: str):
    begun(team)

    tell(team, handle, Said(ts_of(team, 5), THREAD, user_of(handle), line))

    assert the(team).phase is Phase.LIVE
    assert (minutes(team).decisions, minutes(team).actions) == ((), ())


@pytest.mark.parametrize("handle", ["county owner", "gist owner", "county deputy"])
def test_any_member_of_either_side_may_end_it_and_write_decisions(team: Team, handle: str):
    begun(team)

    say(team, handle, "결정: 하나", "회의 종료")

    assert the(team).phase is Phase.ENDED
    assert [one.text for one in minutes(team).decisions] == ["하나"]
    assert {row.user_id for row in team.queued(meeting_ends.REVIEW)} == {"UGMEM"}


def test_who_may_not_write_cannot_end_it_by_a_button_either(team: Team):
    begun(team)

    with pytest.raises(Refused):
        press(team, "observer", ids.MEETING_END)

    assert the(team).phase is Phase.LIVE


@pytest.mark.parametrize("handle", ["observer", "county owner"])
def test_only_who_keeps_it_and_who_looks_after_a_side_puts_it_on_record(team: Team, handle: str):
    begun(team)
    ended(team)

    with pytest.raises(Refused):
        press(team, handle, ids.MEETING_RECORD)

    assert the(team).phase is Phase.ENDED


def test_lines_by_the_form_are_the_same_record_and_stand_in_the_thread(team: Team):
    begun(team)
    form = press(team, "county owner", ids.MEETING_WRITE, Marker.DECISION).view
    assert form

    send(team, "county owner", form, text="센터 이름을 정함", speaker="이강민 단장")

    (decision,) = minutes(team).decisions
    assert decision.by
    assert (decision.text, decision.by.full) == ("센터 이름을 정함", "이강민 단장")
    assert "이강민 단장: 결정: 센터 이름을 정함" in shown(team, "meeting-written")
    (line,) = lines(team)
    press(team, "county owner", ids.MEETING_OMIT, line.key)
    assert minutes(team).decisions == ()


def test_what_a_meeting_makes_leads_to_its_line_or_to_the_card_if_a_form_wrote_it(team: Team):
    begun(team)
    (row,) = team.queued(ADDRESS)
    assert row.args == {"ts": THREAD}
    with team.work() as work:
        meeting_lines.card_found(work, int(row.subject), CARD_LINK)
    (ts,) = say(team, "gist member", "할 일: 견적 받기 한도윤 주무관")
    form = press(team, "county owner", ids.MEETING_WRITE, Marker.ACTION).view
    assert form
    send(team, "county owner", form, text="초안 쓰기 한도윤 주무관")

    on_record(team)

    own = f"https://gist.slack.com/archives/{CHANNEL}/p{ts.replace('.', '')}?thread_ts={THREAD}&cid={CHANNEL}"
    assert [one.link for one in rows(team, Item)] == [own, CARD_LINK]
    assert [line.link for line in minutes(team).lines()] == [own, CARD_LINK]


def test_the_keeper_changes_wording_speaker_kind_owners_and_order(team: Team):
    begun(team)
    first, second = say(team, "gist member", "견적을 받기로 했습니다", "할 일: 초안 쓰기")
    form = press(team, "gist member", ids.MEETING_LINE, second).view
    assert form

    send(team, "gist member", form, text="초안을 작성함", owners="한도윤 주무관", due="2026-12-04", behind="start")
    other = press(team, "gist member", ids.MEETING_LINE, first).view
    assert other
    send(team, "gist member", other, kind=Marker.DECISION, speaker="정하늘 교수", text="견적을 받음")

    (action,) = minutes(team).actions
    assert (action.text, str(action.due), [who.full for who in action.owners]) == (
        "초안을 작성함",
        "2026-12-04",
        ["한도윤 주무관"],
    )
    (decision,) = minutes(team).decisions
    assert decision.by
    assert (decision.text, decision.by.full) == ("견적을 받음", "정하늘 교수")
    assert [line.place.key for line in minutes(team).lines()] == [second, first]
    assert [one.text for one in lines(team) if one.kind == LineKind.MESSAGE] == [
        "견적을 받기로 했습니다",
        "할 일: 초안 쓰기",
    ]


def test_a_topic_that_was_not_discussed_comes_back(team: Team):
    ask(team, "gist lead", "회의 안건 센터 명칭")
    ask(team, "county lead", "회의 안건 예산 확보")
    begun(team)
    say(team, "gist member", "안건: 센터 명칭")
    assert "다음 안건: 예산 확보" in shown(team, meetings.CARD)

    ended(team)

    waiting = [one.title for one in rows(team, AgendaTopic) if one.meeting_id is None]
    assert waiting == ["예산 확보"]
    begun(team, line="회의 시작 다음", ts="1763858000.000100")
    assert "다음 안건: 예산 확보" in shown(team, meetings.CARD, 2)


def test_search_finds_lines_of_minutes(team: Team):
    begun(team)
    say(team, "county owner", "셔틀 노선은 대마산단까지 늘립니다")

    found = told(ask(team, "gist owner", "검색 대마산단"))

    assert "M-1 실무회의" in found
    assert "한도윤 주무관: 셔틀 노선은" in found


def test_numbers_are_one_series_with_items_and_decisions_made_elsewhere(team: Team):
    begun(team)
    say(team, "gist member", "할 일: 하나 정하늘 교수", "결정: 하나")

    team.add("gist lead", "그사이 다른 일")
    ask(team, "gist lead", "결정 그사이 다른 결정")
    say(team, "gist member", "할 일: 둘 정하늘 교수", "결정: 둘")
    on_record(team)

    assert [(one.number, one.title) for one in sorted(rows(team, Item), key=lambda one: one.number)] == [
        (1, "하나"),
        (2, "그사이 다른 일"),
        (3, "둘"),
    ]
    assert sorted(one.number for one in rows(team, Decision)) == [1, 2, 3]
    with team.database.reading() as session:
        assert session.get_one(TaskForce, 1).last_meeting_number == 1


def test_a_number_that_is_not_there_is_refused_with_what_to_type(team: Team):
    assert "M-9 회의가 없습니다" in refusal(team, "gist lead", "회의록 M-9")
    assert "이해하지 못했습니다" in refusal(team, "gist lead", "회의 시잦")


def test_lines_heard_before_the_card_is_recorded_have_their_effect_then_the_end_too(team: Team):
    ask(team, "gist member", "회의 시작 실무회의")
    for step, line in enumerate(("결정: 하나", "회의 종료")):
        tell(team, "gist member", Said(ts_of(team, step), THREAD, user_of("gist member"), line))
    tell(team, "gist owner", Said(ts_of(team, 9), "1763850000.000900", user_of("gist owner"), "결정: 다른 스레드"))
    assert the(team).phase is Phase.LIVE

    card_recorded(team)

    assert the(team).phase is Phase.ENDED
    assert [one.text for one in lines(team)] == ["결정: 하나", "회의 종료"]
    assert "R-1  하나" in shown(team, meeting_ends.REVIEW)
