"""What is asked privately can be answered later as well: every question the bot asks, and where; on both engines."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import col, select

from bot.messages import ids
from bot.messages.waiting import MOST
from bot.services.answers import ANSWER
from bot.services.meeting_ends import REVIEW
from handlers import budget, decisions, handovers, items, meetings
from storage.tables import Account, Item, PastedList, Person, PersonState
from tests.services.desk import Desk, desk_of, readable
from tests.services.team import CHANNEL, COUNTY_OWNER, OTHER_CHANNEL, Team, user_of
from tests.services.verb_lines import put_to_work
from tests.stores import snapshot

pytestmark = pytest.mark.timeout(300)

ASKER = "gist member"
RUNNING = "1763850004.000100"  # the thread of M-4, which ASKER keeps
Say = Callable[[Desk], str]


def line(text: str, by: str = ASKER) -> Say:
    return lambda desk: desk.command(by, text, CHANNEL)


def twice(text: str) -> Say:
    return lambda desk: [desk.command(ASKER, text, CHANNEL) for _ in range(2)][1]


def written(text: str) -> Say:
    """In the thread of the meeting that runs."""
    return lambda desk: desk.heard(
        ASKER, desk.event(ASKER, CHANNEL, "message", text=text, thread_ts=RUNNING, channel_type="channel")
    )


def noted(emoji: str) -> Say:
    """An emoji on somebody's message."""
    return lambda desk: desk.reaction(ASKER, emoji, CHANNEL, "1763800000.000100", item_user="UGOWN")


def direct_message(desk: Desk) -> str:
    """What was sent as well, and stays."""
    rows = [row for row in desk.team.outbox() if row.kind == ANSWER and row.user_id == user_of(ASKER)]
    return readable([desk.team.rendered(row).blocks for row in rows])  # type: ignore[union-attr]


def card(desk: Desk) -> str:
    """The newest item in full, behind its card's button."""
    with desk.team.database.reading() as session:
        newest = session.exec(select(Item.id).order_by(col(Item.id).desc())).first()
    return desk.press(ASKER, {"action_id": ids.ITEM_DETAILS, "value": f"1:{newest}:"}, CHANNEL)


def first_card(desk: Desk) -> str:
    return desk.press(ASKER, {"action_id": ids.ITEM_DETAILS, "value": "1:1:"}, CHANNEL)


def home(desk: Desk) -> str:
    return desk.heard(ASKER, desk.event(ASKER, "D1", "app_home_opened", tab="home"))


def end_of_meeting(desk: Desk) -> str:
    """What its keeper is shown when it has ended."""
    desk.command(ASKER, "회의 종료", CHANNEL)
    post = desk.team.rendered(desk.team.queued(REVIEW)[-1])
    assert post
    return readable(post.blocks)


def milestone(desk: Desk) -> str:
    return desk.press("county owner", {"action_id": ids.MILESTONE_SHOW, "value": "1:1:"}, CHANNEL)


def menu(desk: Desk) -> str:
    return desk.command(ASKER, "", CHANNEL)


@dataclass(frozen=True)
class Question:
    """`ask` brings it up; `answers`: what is offered at once; `later`: where it can be answered, and by which button there."""

    ask: Say
    answers: tuple[str, ...]
    later: Mapping[Say, str]


EVERYWHERE = (direct_message, card, menu, home)
QUESTIONS = {
    "who owns it": Question(line("추가 초안 @하늘"), (ids.ITEM_ANSWER,), dict.fromkeys(EVERYWHERE, ids.ITEM_ANSWER)),
    "when it is due": Question(
        line("추가 초안 3월 15일(금)까지"), (ids.ITEM_DUE, ids.ITEM_PICK), dict.fromkeys(EVERYWHERE, ids.ITEM_DUE)
    ),
    "to which day it moves": Question(
        line("기한 A-1 3월 15일(금)"), (ids.ITEM_DUE,), {direct_message: ids.ITEM_DUE, first_card: ids.ITEM_EDIT}
    ),
    "the same title again": Question(
        twice("추가 보고서"), (ids.ITEM_PASTED,), dict.fromkeys((menu, home), ids.ITEM_PASTED)
    ),
    "a pasted list": Question(
        line("추가\n- 하나\n- 둘"), (ids.ITEM_PASTED,), dict.fromkeys((direct_message, menu, home), ids.ITEM_PASTED)
    ),
    "date or reminder": Question(line("미루기 A-1"), (ids.ITEM_SNOOZE,), {first_card: ids.ITEM_POSTPONE}),
    "how long reminders rest": Question(
        line("나중에알림 A-1"), (ids.ITEM_SNOOZE, ids.ITEM_SNOOZE_PICK), {first_card: ids.ITEM_POSTPONE}
    ),
    "how long reminders of a budget date rest": Question(
        line("나중에알림 B-1-1", "county owner"),
        (ids.MILESTONE_SNOOZE, ids.MILESTONE_SNOOZE_PICK),
        {milestone: ids.MILESTONE_SNOOZE},
    ),
    "a message as an item": Question(noted("memo"), (ids.ITEM_OF_MESSAGE,), {noted("memo"): ids.ITEM_OF_MESSAGE}),
    "a message as a decision": Question(
        noted("pushpin"), (ids.DECISION_OF_MESSAGE,), {noted("pushpin"): ids.DECISION_OF_MESSAGE}
    ),
    "who does what a meeting decided": Question(
        written("할 일: 견적 받기 @하늘"), (ids.MEETING_ANSWER, ids.MEETING_LINE), {end_of_meeting: ids.MEETING_LINE}
    ),
    "a weekday that does not fit in a meeting": Question(
        written("할 일: 견적 받기 한도윤 주무관 3월 15일(금)까지"),
        (ids.MEETING_ANSWER, ids.MEETING_LINE),
        {end_of_meeting: ids.MEETING_LINE},
    ),
    "what is not to be disclosed": Question(
        written("비공개: 단가"), (ids.MEETING_FACTS,), {end_of_meeting: ids.MEETING_FACTS}
    ),
    "a budget date in two readings": Question(
        line("예산 기한 B-1-1 3월 15일(금)", "county owner"), (ids.MILESTONE_PICK,), {milestone: ids.MILESTONE_MOVE}
    ),
    "a handover, before it happens": Question(
        line("인계 <@UGOWN> <@UGMEM>", "gist lead"),
        (ids.HANDOVER_GO,),
        {line("인계 <@UGOWN> <@UGMEM>", "gist lead"): ids.HANDOVER_GO},
    ),
    "which side one is on": Question(line("", "stranger"), (ids.JOIN_SIDE,), {line("", "stranger"): ids.JOIN_SIDE}),
}


@pytest.fixture
def desk(team: Team) -> Iterator[Desk]:
    with desk_of(team) as desk:
        yield desk


def offers(said: str, action_id: str) -> bool:
    return f'"action_id": "{action_id}' in said


def test_every_question_can_be_answered_later(desk: Desk):
    put_to_work(desk)
    restore = snapshot(desk.team.database.url)

    for name, question in QUESTIONS.items():
        said = question.ask(desk)
        assert [one for one in question.answers if not offers(said, one)] == [], (name, said)
        for look, action_id in question.later.items():
            assert offers(look(desk), action_id), (name, look)
        restore(desk.team.database.url)


MILESTONE_ANSWERS = (ids.MILESTONE_PICK, ids.MILESTONE_ANYWAY, ids.MILESTONE_SNOOZE)
# What a person is not asked privately: it stands where it can be pressed at any time.
STANDING: dict[str, tuple[str, ...]] = {
    "a line, which can be typed again": (ids.MENU, ids.OPEN_FORM, ids.RUN, ids.RUN_IN),
    "a card, its details, a list or a reminder": (
        *(ids.ITEM_DONE, ids.ITEM_EDIT, ids.ITEM_DETAILS, ids.ITEM_UNDO, ids.ITEM_REOPEN, ids.ITEM_SEEN),
        *(ids.ITEM_ASK_OWNER, ids.ITEM_POSTPONE, ids.ITEM_CANCEL, ids.ITEM_NOTE, ids.ITEM_HISTORY, ids.NUDGE_MENU),
        *(ids.LIST_BEFORE, ids.SEARCH_BEFORE, ids.DECISIONS_BEFORE, ids.MEETINGS, ids.BUDGET_BEFORE),
        *(one for one in decisions.BUTTONS),
        *(one for one in budget.ON_LINE),
        *(one for one in budget.ON_MILESTONE if one not in MILESTONE_ANSWERS),
        *(ids.MILESTONE_MENU, ids.DECISION_MENU, ids.MEETING_MENU),
        *(one for one in meetings.BUTTONS if one not in (ids.MEETING_ANSWER, ids.MEETING_LINE, ids.MEETING_FACTS)),
    ),
    "the roster, settings and lists of days off": (
        *(ids.JOIN_APPROVE, ids.JOIN_REJECT, ids.MEMBER_EDIT, ids.LANGUAGE, ids.DAYS_OFF_REMOVE),
        *(ids.DELEGATION_NEW, ids.DELEGATION_END, ids.HANDOVER_OPEN, ids.HANDOVER_CHANGE),
        *(ids.HANDOVER_CANCEL, ids.HANDOVER_UNDO),
    ),
    "a form that is open": (
        *(ids.ITEM_FORM_IN, ids.DECISION_FORM_IN, ids.MEMBER_REMOVE, ids.SETUP_MORE_SIDES, ids.SETUP_FEWER_SIDES),
        *(ids.SETTINGS_PAGE, ids.PRESET_KIND),
    ),
    "a direct message, which stays": (ids.SETUP_CHANNEL,),
    "the message on which the emoji is put once more": (ids.MEETING_TAKE,),
    "the milestone's form of another day, which says the same": (ids.MILESTONE_ANYWAY,),
}


def test_no_button_is_left_out(desk: Desk):
    """Whoever adds a button says whether it answers a question, and then where else that can be done."""
    answers = {one for question in QUESTIONS.values() for one in question.answers}
    standing = {one for some in STANDING.values() for one in some}
    every = {*items.BUTTONS, *decisions.BUTTONS, *budget.ON_LINE, *budget.ON_MILESTONE, *meetings.BUTTONS}
    every |= {*handovers.BUTTONS, *(one for one in desk.registered["action"] if isinstance(one, str))}

    assert every - answers - standing == set()
    assert answers & standing == set()
    known = [name for one in answers | standing for name in (one, f"{one}-1", f"{one}-make")]
    patterns = [one for one in desk.registered["action"] if not isinstance(one, str)]
    assert [one for one in patterns if not any(one.match(name) for name in known)] == []


def first_of(said: str, action_id: str) -> dict[str, Any]:
    """The button with this id, as it stands in what somebody reads."""
    at = said.index(f'"action_id": "{action_id}')
    return dict(re.findall(r'"(action_id|value)": "([^"]*)"', said[at : at + 200])[:2])


def titles(desk: Desk) -> list[str]:
    with desk.team.database.reading() as session:
        return list(session.exec(select(Item.title).where(Item.task_force_id == 1).order_by(col(Item.id))))


def kept(desk: Desk) -> list[PastedList]:
    with desk.team.database.reading() as session:
        return list(session.exec(select(PastedList).where(PastedList.task_force_id == 1).order_by(col(PastedList.id))))


@pytest.mark.parametrize("place", [menu, home])
def test_the_same_title_is_made_or_dropped_later(desk: Desk, place: Say):
    before = titles(desk), len(kept(desk))
    for _ in range(3):
        desk.command(ASKER, "추가 보고서 @정하늘 2026-12-04까지", CHANNEL)
    assert len(kept(desk)) == before[1] + 1, "asked twice, kept once"
    assert "아직 만들지 않은 할 일 1건: 보고서 @정하늘" in place(desk)

    said = desk.press(ASKER, first_of(place(desk), f"{ids.ITEM_PASTED}-make"), CHANNEL)

    assert "2026. 12. 4.(금)" in said, "answered like any new item"
    assert titles(desk) == [*before[0], "보고서", "보고서"]
    assert "아직 만들지 않은" not in place(desk)

    desk.command(ASKER, "추가 보고서", CHANNEL)
    desk.press(ASKER, first_of(place(desk), f"{ids.ITEM_PASTED}-drop"), CHANNEL)
    assert len(titles(desk)) == len(before[0]) + 2
    assert len(kept(desk)) == before[1]


def test_a_list_is_read_and_made_from_the_home(desk: Desk):
    with desk.team.work() as work:
        work.session.get_one(Account, user_of("county owner")).name = "한도윤"
    desk.command(ASKER, f"추가\n- 안내문 {COUNTY_OWNER}\n- 현수막", CHANNEL)
    assert "할 일 2건: 안내문 @한도윤 / 현수막" in home(desk), "names, as its writer saw them"

    read = desk.press(ASKER, first_of(home(desk), f"{ids.ITEM_PASTED}-page"), None, {"id": "V1", "type": "home"})
    assert "한도윤 주무관" in read
    desk.press(ASKER, first_of(home(desk), f"{ids.ITEM_PASTED}-make"), None, {"id": "V1", "type": "home"})

    assert titles(desk)[-2:] == ["안내문", "현수막"]


def test_in_a_channel_its_own_task_forces_questions_wait_and_at_home_all(desk: Desk):
    desk.team.join_the_other(ASKER)
    desk.command(ASKER, "추가 초안 @하늘", CHANNEL)
    desk.command(ASKER, "추가\n- 남의\n- 목록", OTHER_CHANNEL)

    there = desk.command(ASKER, "", OTHER_CHANNEL)

    assert "남의 / 목록" in there
    assert "초안" not in there
    assert "남의 / 목록" not in menu(desk)
    assert all(one in home(desk) for one in ("남의 / 목록", "“하늘”"))


def test_nobody_else_and_nobody_who_left_sees_them(desk: Desk):
    desk.command(ASKER, "추가\n- 안내문\n- 현수막", CHANNEL)

    for handle in ("gist lead", "county lead", "observer"):
        assert "현수막" not in desk.command(handle, "", CHANNEL)
    assert "현수막" in home(desk)
    with desk.team.work() as work:
        work.session.exec(select(Person).where(Person.name == "김민지")).one().state = PersonState.LEFT
    assert "현수막" not in home(desk)


def test_more_than_ten_say_so(desk: Desk):
    for at in range(MOST + 1):
        desk.command(ASKER, f"추가 초안 {at} @하늘", CHANNEL)

    said = menu(desk)

    assert "· 10+" in said
    assert "답하시면 다음 것이 나옵니다" in said
