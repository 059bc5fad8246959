"""A line for every verb that does its work, in both languages, in a task force that has something of everything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest

from bot.messages import ids
from bot.rules.grammar import Verb
from storage.tables import Person, PersonState
from tests.services.asking import ask
from tests.services.desk import Desk, desk_of
from tests.services.meeting import begun, press, say, send, the
from tests.services.team import CHANNEL, COUNTY_OWNER, GIST_OWNER, Team
from tests.stores import Snapshot, snapshot

TITLE, AGREED, PROPOSED, NOTE, INSIDE = "단가협의안", "셔틀운행합의", "주차장제안", "견적서두건", "내부검토건"
HELD, RUNS, PLANNED, MINUTED, ACTION = "착수보고회", "실무점검회", "분과조정회", "명칭공모결정", "견적요청조치"
MONEY, RESERVE = "실증센터구축비", "협상예비비"  # the latter is the county's alone
# What nobody from outside may read.
SECRETS = (
    *(TITLE, AGREED, PROPOSED, NOTE, INSIDE, MONEY, RESERVE, "창립일", "윤대기"),
    *(HELD, RUNS, PLANNED, MINUTED, ACTION),
)
GIST_MEMBER, COUNTY_SECRETARY = "<@UGMEM>", "<@UCSEC>"


@dataclass(frozen=True)
class Typed:
    """What is typed behind the verb, by whom, and what it is known by: acts of the history, kinds of posts, or a form."""

    korean: str
    english: str
    acts: tuple[str, ...] = ()
    form: str = ""  # the form's callback id
    by: str = "gist lead"


# Nothing may be asked for twice alike: what a verb changes must be there to be changed.
LINES: dict[Verb, Typed] = {
    Verb.MENU: Typed("", ""),
    Verb.HELP: Typed("", ""),
    Verb.SETUP: Typed("", "", form="settings-hub"),
    Verb.JOIN: Typed("GIST", "GIST", form="join", by="stranger"),
    Verb.ROSTER: Typed("", ""),
    Verb.MEMBER: Typed(f"{GIST_MEMBER} 간사", f"{GIST_MEMBER} secretary", acts=("role",)),
    Verb.SETTINGS: Typed("", "", form="own-settings"),
    Verb.HOLIDAY: Typed("2026-12-31 종무식", "2026-12-31 Closing day", acts=("added",)),
    Verb.LEAVE: Typed("2026-12-30", "2026-12-30", acts=("added",)),
    Verb.ADD: Typed(f"설명회 자료 {GIST_OWNER} 12월 10일까지", f"Slides {GIST_OWNER} by Dec 10", acts=("created",)),
    Verb.LIST: Typed("진행 #센터", "open #센터"),
    Verb.MINE: Typed("", "", by="gist owner"),
    Verb.SHOW: Typed("A-1", "A-1"),
    Verb.DONE: Typed("A-1", "A-1", acts=("confirmed",), by="gist owner"),
    Verb.UNDO: Typed("A-1", "A-1", acts=("undone",), by="gist owner"),
    Verb.REOPEN: Typed("A-4", "A-4", acts=("reopened",)),
    Verb.HISTORY: Typed("A-1", "A-1"),
    Verb.ASSIGN: Typed(f"A-1 {GIST_MEMBER}", f"A-1 {GIST_MEMBER}", acts=("changed",)),
    Verb.DUE: Typed("A-1 12월 8일", "A-1 Dec 8", acts=("changed",)),
    Verb.EDIT: Typed("A-1", "A-1", form="item-form"),
    Verb.POSTPONE: Typed("A-1", "A-1", by="gist owner"),
    Verb.SNOOZE: Typed("A-1 12월 1일", "A-1 Dec 1", acts=("snoozed",), by="gist owner"),
    Verb.CANCEL: Typed("A-1 예산 미반영", "A-1 not in the budget", acts=("cancelled",)),
    Verb.NOTE: Typed("A-1 견적 두 건 받음", "A-1 two offers are in", acts=("noted",)),
    Verb.SEARCH: Typed("협의", "협의"),
    Verb.DECIDE: Typed("셔틀은 3월부터 운행한다", "The shuttle runs from March", acts=("proposed",)),
    Verb.DECISIONS: Typed("전체", "all"),
    Verb.CONFIRM: Typed("R-1", "R-1", acts=("confirmed",)),
    Verb.OBJECT: Typed("R-1 예산이 없습니다", "R-1 no budget for it", acts=("objected",)),
    Verb.SUPERSEDE: Typed("R-2 셔틀은 4월부터 운행한다", "R-2 The shuttle runs from April", acts=("proposed",)),
    Verb.DELEGATE: Typed(
        f"{COUNTY_SECRETARY} 2027-01-31", f"{COUNTY_SECRETARY} 2027-01-31", acts=("delegated",), by="county lead"
    ),
    Verb.HANDOVER: Typed(f"{GIST_OWNER} {GIST_MEMBER}", f"{GIST_OWNER} {GIST_MEMBER}"),
    Verb.SUMMARY: Typed("", ""),
    Verb.PREVIEW: Typed("알림", "nudges"),
    Verb.BUDGET: Typed("금액 B-1 집행 1억원", "amount B-1 executed 1억원", acts=("amounts",), by="county owner"),
    Verb.EXPORT: Typed("달력", "calendar"),
    Verb.MEETING: Typed("예약 12월 15일 10시 점검회의", "schedule Dec 15 10:00 Check-up", form="meeting-form-plan"),
    Verb.MINUTES: Typed("M-1", "M-1"),
}


def also_on_postgresql(name: str, first: object, *others: object) -> pytest.MarkDecorator:
    """All on SQLite, the first on PostgreSQL as well: for long walks whose cases do not differ by engine."""
    both = [("sqlite", first), pytest.param("postgresql", first, marks=pytest.mark.postgresql)]
    return pytest.mark.parametrize(
        ("tables_url", name), [*both, *(("sqlite", one) for one in others)], indirect=["tables_url"]
    )


_worked: dict[str, tuple[Snapshot, Team]] = {}  # by engine: it takes a second


@contextmanager
def working_desk(team: Team) -> Iterator[Desk]:
    """A desk in whose task force there is something of everything: made by acts once in a process, restored from then on."""
    engine = team.database.engine.name
    with desk_of(team) as desk:
        if engine not in _worked:
            put_to_work(desk)
            _worked[engine] = snapshot(team.database.url), replace(team)
        restore, then = _worked[engine]
        restore(team.database.url)
        team.now, team.machine_now, team.presses = then.now, then.machine_now, then.presses
        yield desk


def put_to_work(desk: Desk) -> None:
    """Items (A-1 joint, A-2 internal to GIST, A-3 with a question, A-4 closed), decisions (R-2 in force), and what else has ids.

    Meetings: M-1 is final, M-2 a draft, M-3 has ended, M-4 runs, M-5 is planned.
    """
    for handle, line in (
        ("gist lead", f"추가 {TITLE} {GIST_OWNER} {COUNTY_OWNER} 2026-12-05 #센터"),
        ("gist lead", f"추가 내부: {INSIDE} {GIST_OWNER} 2026-12-05"),
        ("gist lead", f"추가 {TITLE} 셋 12/5"),
        ("gist lead", f"추가 {TITLE} 넷 {GIST_OWNER}"),
        ("gist owner", "완료 A-4"),
        ("gist owner", f"진행 A-1 {NOTE}"),
        ("gist lead", f"결정 {PROPOSED}"),
        ("gist lead", f"결정 {AGREED}"),
        ("gist lead", "확인 R-2"),
        ("county lead", "확인 R-2"),
        ("gist lead", f"추가\n- {TITLE} 다섯\n- {TITLE} 여섯"),
        ("gist lead", "휴일 2026-12-24 창립일"),
        ("gist member", "휴가 2026-12-28"),
        ("county lead", f"위임 {COUNTY_SECRETARY} 2026-12-31"),
        ("county owner", f"예산 추가 {MONEY} 2027년도 국고보조 요구 12억 5,000만원"),
        ("county owner", f"예산 추가 {RESERVE} 예비비 2027 군직접사업 7억원 내부"),
        ("county owner", "예산 일정 B-1 정산 12/21"),
    ):
        desk.command(handle, line, CHANNEL)
    desk.team.card_posted()
    with desk.team.work() as work:
        waits = Person(task_force_id=1, side_id=1, name="윤대기", state=PersonState.PENDING, joined_at=desk.team.now)
        work.session.add(waits)
    meet(desk.team)


def meet(team: Team) -> None:
    """Five meetings, each as far as it can be."""
    for number, title in enumerate((HELD, HELD, HELD, RUNS), 1):
        begun(team, line=f"회의 시작 {title} {number}", ts=f"176385000{number}.000100")
        say(
            team,
            "gist member",
            f"결정: {MINUTED} {number}",
            f"할 일: {ACTION} 한도윤 주무관 12월 4일까지",
            number=number,
        )
        if title == HELD:
            say(team, "gist member", "회의 종료", number=number)
        if number in (1, 2):
            press(team, "gist member", ids.MEETING_RECORD, number=number)
    for handle in ("gist lead", "county lead"):
        press(team, handle, ids.MEETING_CONFIRM, str(the(team, 1).wording), number=1)
    plan(team, PLANNED)


def plan(team: Team, title: str) -> None:
    """A meeting on 10 December."""
    form = ask(team, "gist member", f"회의 예약 12월 10일 14시 {title}").view
    assert form
    send(team, "gist member", form)
