"""A direct message that Slack refuses is no dead end, whatever kind it is of; on both engines."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, delete, select

from bot.messages import ids
from bot.rules.handovers import Wish
from bot.services import (
    budget,
    budget_mentions,
    days_off,
    decision_reminders,
    decisions,
    delegations,
    departures,
    exports,
    handovers,
    item_owners,
    joining,
    meeting_confirmations,
    meeting_ends,
    meeting_files,
    meeting_finals,
    meeting_late,
    meeting_mentions,
    meeting_news,
    meeting_records,
    meeting_writing,
    meetings,
    members,
    posts,
    settings,
    setup,
    speakers,
    weekly,
)
from bot.services.channel_reminders import CHANNEL_NUDGES
from bot.services.decision_cards import MENTION as DECISION_MENTION
from bot.services.departures import DEPARTED
from bot.services.item_endings import CANCELLED
from bot.services.item_mentions import MENTION
from bot.services.item_owners import ASKED
from bot.services.items import ASSIGNED, CARD, MOVED
from bot.services.meeting_keeping import Said
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.nudges import NUDGES
from bot.services.reactions import NUDGE
from storage.tables import Account, OutboxRow, OutboxState, Person, PersonState, Role
from tests.services.asking import ask, told
from tests.services.meeting import begun, confirmed, minutes, on_record, press, say, send, tell, the, ts_of
from tests.services.mornings import go, tick
from tests.services.team import CHANNEL, Team, text_of, user_of
from tests.services.test_budget import submit
from tests.services.verb_lines import plan

IN_CHANNELS = {settings.MENU, MENTION, decisions.CARD, decisions.NEWS, decision_reminders.REVIEW, DECISION_MENTION}
IN_CHANNELS |= {CHANNEL_NUDGES, weekly.WEEKLY_COPY, budget.BOARD}
IN_CHANNELS |= {
    meetings.CARD,
    meetings.PAPERS,
    meeting_records.SUMMARY,
    meeting_confirmations.NEWS,
    meeting_finals.ADDED,
}
IN_CHANNELS |= {meeting_news.INVITED, meeting_news.NEWS, meeting_news.AGENDA, meeting_news.CALENDAR}
IN_CHANNELS |= {budget_mentions.MENTION, meeting_mentions.MENTION, meeting_writing.WRITTEN}
# What need not be told otherwise, since the same stands where its reader can look: who, types what, and reads what.
ELSEWHERE: dict[str, tuple[str, str, str]] = {
    setup.NAMED: ("gist lead", "명단", "이강민 단장"),
    joining.REQUEST: ("gist lead", "명단", "승인"),
    joining.OUTCOME: ("gist member", "참여", "김민지"),
    members.TOLD: ("gist member", "명단", "김민지 연구원"),
    days_off.TOLD: ("gist lead", "휴일", "창립일"),
    weekly.WEEKLY: ("gist lead", "요약", "A-1"),
    weekly.PAPER: ("gist lead", "요약 보고", "A-1"),
    exports.FILE: ("gist lead", "내보내기 달력", "메시지"),
    meeting_ends.REVIEW: ("gist member", "회의록 M-1", "등록"),
    meeting_files.FILE: ("gist member", "회의록 M-1", "파일 받기"),
    meeting_news.DRAFT: ("gist member", "회의 안건", "센터 명칭"),
    meeting_news.TOLD: ("gist member", "회의", "분과회의"),
    budget_mentions.INSTEAD: ("county secretary", "예산 보기 B-1", "실증센터"),
    delegations.TOLD: ("county secretary", "위임", "최유진"),
}
# An answer goes to who has just written to the bot or pressed a button, and is said again when they do.
ANSWER = "answer"
# That nobody speaks in the channel any more can be said nowhere else in Slack; `tft doctor` says it.
SILENT = speakers.SILENT


def test_every_kind_says_what_becomes_of_it_when_slack_refuses_it():
    kinds = posts.kinds()
    told_instead = {name for name, kind in kinds.items() if kind.when_unreachable}

    assert set(kinds) == told_instead | IN_CHANNELS | set(ELSEWHERE) | {ANSWER, SILENT}
    assert not told_instead & (IN_CHANNELS | set(ELSEWHERE))


def test_who_looks_after_a_side_sees_who_of_it_cannot_be_written_to(team: Team):
    with team.work() as work:
        work.session.get_one(Account, user_of("county owner")).dm_refused_at = team.machine_now

    assert "한도윤 주무관 (DM 불가)" in told(team, "county secretary", "명단")
    assert "DM 불가" not in told(team, "gist lead", "명단")  # the other side sees to its own people
    assert "DM 불가" not in told(team, "county owner", "명단")


@pytest.mark.parametrize(("handle", "line", "shown"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_not_told_otherwise_stands_where_its_reader_looks(team: Team, handle: str, line: str, shown: str):
    ask(team, "gist lead", "휴일 2026-12-24 창립일")
    ask(team, "county lead", "위임 <@UCSEC> 2026-12-31")
    ask(team, "gist lead", "추가 센터 개소 계획서 <@UGLEAD> 2026-11-25")
    ask(team, "county owner", "예산 추가 실증센터 2027 국고보조 3억 5천만원")
    ask(team, "county owner", "예산 일정 B-1 정산 12/21")
    begun(team, line="회의 시작 실무회의")
    say(team, "gist member", "결정: 센터 이름을 정함", "회의 종료")
    plan(team, "분과회의")
    ask(team, "gist lead", "회의 안건 센터 명칭")
    with team.work() as work:
        waits = Person(task_force_id=1, side_id=1, name="윤대기", state=PersonState.PENDING, joined_at=team.now)
        work.session.add(waits)

    assert shown in told(team, handle, line)


def refuse(team: Team, kind: str) -> list[str]:
    """Slack lets the bot write to nobody of those to whom this is to be said, as delivery takes it in; gives them."""
    rows = [row for row in team.queued(kind) if row.user_id]
    for row in rows:
        with team.work() as work:
            work.session.get_one(Account, row.user_id).dm_refused_at = team.machine_now
            kept = work.session.get_one(OutboxRow, row.id)
            hook = posts.kinds()[kind].when_unreachable
            assert hook
            hook(work, kept)
            kept.state = OutboxState.PARKED
    return [row.user_id or "" for row in rows]


def ask_another(team: Team) -> None:
    with team.work() as work:
        item_owners.ask_another(work, team.asker(work, "gist owner"), team.item(), "출장입니다")


def hand_over(team: Team) -> None:
    ids = {one.name: one.id or 0 for one in roster(team)}
    with team.work() as work:
        handovers.hand_over(work, team.asker(work, "gist lead"), Wish(ids["정하늘"], ids["김민지"]))


def leave(team: Team) -> None:
    with team.work() as work:
        departures.left(work, user_of("gist owner"), CHANNEL)
    team.later(minutes=11)
    with team.work() as work:
        departures.tell_next(work)


def hold(team: Team) -> None:
    """A meeting, put on record."""
    begun(team, line="회의 시작 실무회의", ts="1763850001.000100")
    say(team, "gist member", "결정: 센터 이름을 정함", "할 일: 견적 받기 한도윤 주무관 12월 4일까지")
    on_record(team)


def reword(team: Team) -> None:
    hold(team)
    confirmed(team, "gist lead")
    form = press(team, "gist member", ids.MEETING_LINE, minutes(team).decisions[0].place.anchor).view
    assert form
    send(team, "gist member", form, text="센터 이름을 공모하여 정함")


def own_line(team: Team) -> None:
    """GIST's owner is to look after a line of the budget."""
    form = ask(team, "county owner", "예산 추가").view
    answers = {"name": "실증센터", "year": "2027", "kind": "출연금", "owner-1": "정하늘 교수"}
    submit(team, "county owner", form, **answers)


def near_date(team: Team) -> None:
    """The morning on which the county's owner hears of a date."""
    ask(team, "county owner", "예산 추가 실증센터 2027 국고보조 3억 5천만원")
    ask(team, "county owner", "예산 일정 B-1 정산 자료 제출 12/1")
    team.later(days=1, minutes=30)
    tick(team)


def hear_late(team: Team) -> None:
    begun(team, line="회의 시작 실무회의", ts="1763850001.000100")
    unheard = ts_of(team, 0)
    on_record(team)
    tell(team, "county owner", Said(unheard, the(team).thread_ts, "UCOWN", "결정: 둘"))


def keep_silent(team: Team) -> None:
    """A decision and the draft of minutes await the county's word."""
    hold(team)
    confirmed(team, "gist lead")
    ask(team, "gist lead", "결정 셔틀은 3월부터 운행한다")
    go(team, "11-26 09:30")


def secretary(session: Session) -> None:
    """GIST gets one, besides its lead."""
    session.exec(select(Person).where(Person.name == "김민지")).one().role = Role.SECRETARY


def roster(team: Team) -> list[Person]:
    with team.database.reading() as session:
        return list(session.exec(select(Person).where(Person.task_force_id == 1)))


CASES: dict[str, Callable[[Team], object]] = {
    ASSIGNED: lambda team: ask(team, "gist lead", "담당 A-1 <@UGMEM>"),
    MOVED: lambda team: ask(team, "gist lead", "기한 A-1 2026-12-08"),
    CANCELLED: lambda team: ask(team, "gist lead", "취소 A-1 예산 미반영"),
    ASKED: ask_another,
    handovers.TOLD: hand_over,
    DEPARTED: leave,
    meeting_records.TOLD: hold,
    meeting_confirmations.REWORDED: reword,
    budget.OWNED: own_line,
    MILESTONE_NUDGE: near_date,
    meeting_late.LATE: hear_late,
    decisions.AWAITS: lambda team: ask(team, "gist owner", "결정 셔틀은 3월부터 운행한다"),
}


def test_every_kind_that_is_told_otherwise_is_tried():
    tried = {*CASES, CARD, NUDGE, NUDGES}  # internal items' cards and reminders have tests of their own

    assert {name for name, kind in posts.kinds().items() if kind.when_unreachable} == tried


@pytest.mark.parametrize("kind", CASES)
def test_who_cannot_be_written_to_is_mentioned_in_the_thread_of_the_card(team: Team, kind: str):
    team.joint_item()
    with team.work() as work:
        work.session.execute(delete(OutboxRow))

    CASES[kind](team)
    refused = refuse(team, kind)

    (mention,) = [
        *team.queued(MENTION),
        *team.queued(DECISION_MENTION),
        *team.queued(meeting_mentions.MENTION),
        *team.queued(budget_mentions.MENTION),
    ]
    text = text_of(team.rendered(mention))
    assert refused
    assert [one for one in refused if f"<@{one}>" not in text] == []
    assert mention.channel_id == CHANNEL


def test_an_awaited_word_is_asked_for_in_the_threads_of_decision_and_minutes(team: Team):
    keep_silent(team)
    with team.work() as work:  # `go` took everything as sent
        row = work.session.exec(select(OutboxRow).where(OutboxRow.kind == NUDGES, OutboxRow.user_id == "UCDEP")).one()
        row.state = OutboxState.PENDING

    assert refuse(team, NUDGES) == ["UCDEP"]

    for kind in (DECISION_MENTION, meeting_mentions.MENTION):
        (mention,) = team.queued(kind)
        assert "<@UCDEP>" in text_of(team.rendered(mention))


def test_a_departure_is_told_to_whoever_comes_next_before_anybody_is_mentioned(team: Team):
    with team.work() as work:
        secretary(work.session)
    team.joint_item()
    leave(team)

    assert refuse(team, DEPARTED) == [user_of("gist lead")]
    assert [row.user_id for row in team.queued(DEPARTED)] == [user_of("gist member")]
    assert team.queued(MENTION) == []
    assert refuse(team, DEPARTED) == [user_of("gist member")]

    (mention,) = team.queued(MENTION)
    assert f"<@{user_of('gist member')}>" in text_of(team.rendered(mention))


def test_two_who_are_none_of_the_owners_are_mentioned_together(team: Team):
    with team.work() as work:
        secretary(work.session)
    team.joint_item()
    ask_another(team)

    refused = refuse(team, ASKED)
    ask(team, "gist lead", "기한 A-1 2026-12-08")
    refuse(team, MOVED)

    (mention,) = team.queued(MENTION)
    text = text_of(team.rendered(mention))
    assert len(refused) == 2
    assert all(f"<@{one}>" in text for one in refused)


def test_what_is_internal_is_told_to_the_sides_secretary_and_never_in_the_channel(team: Team):
    ask(team, "county owner", "예산 추가 내부: 비밀 예비비 2027 출연금 7억")
    ask(team, "county owner", "예산 일정 B-1 정산 자료 제출 12/1")
    team.later(days=1, minutes=30)
    tick(team)

    assert refuse(team, MILESTONE_NUDGE) == [user_of("county owner")]

    assert team.queued(budget_mentions.MENTION) == []
    (row,) = team.queued(budget_mentions.INSTEAD)
    text = text_of(team.rendered(row))
    assert row.user_id == user_of("county secretary")
    assert "전해 주세요: 한도윤 주무관" in text
    assert "B-1-1* 정산 자료 제출 · 2026. 12. 1.(화)" in text


def test_of_a_days_reminders_each_thing_is_told_otherwise_once(team: Team):
    team.joint_item()
    ask(team, "county owner", "예산 추가 실증센터 2027 국고보조 3억 5천만원")
    for name in ("정산 자료 제출", "교부신청"):
        ask(team, "county owner", f"예산 일정 B-1 {name} 12/1")
    team.later(days=1, minutes=30)
    tick(team)

    assert refuse(team, NUDGES) == [user_of("county owner")]

    (row,) = team.queued(budget_mentions.MENTION)
    assert "B-1" in text_of(team.rendered(row))
    with team.work() as work:
        work.session.get_one(Account, user_of("county owner")).dm_refused_at = None
    assert team.rendered(row) is None  # who can be written to again is not called
