"""Somebody of another task force, a stranger and an observer try everything with the real ids: nothing seen, nothing changed.

What is tried is walked from what is registered on the Bolt app, so that nothing new can be forgotten.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from bot.messages import ids
from bot.messages.budget_nudges import LABELS
from bot.rules.grammar import WORDS, Verb
from config.presets import Money
from handlers import budget, decisions, handovers, items, meeting_forms, meetings, nudges
from storage.tables import Handover, PastedList, Person
from tests.services.desk import Desk, Dump, Json, filled
from tests.services.meeting import minutes
from tests.services.team import CARD_TS, CHANNEL, OTHER_CHANNEL, OTHERS, PEOPLE, Team
from tests.services.verb_lines import INSIDE, LINES, RESERVE, SECRETS, TITLE, also_on_postgresql, working_desk

pytestmark = pytest.mark.timeout(300)  # hundreds of acts, each a transaction

NAMES = [one[3] for one in PEOPLE.values()]
# What answering somebody leaves behind: that it was answered, who asked, where answers wait; and which emoji are on a card.
TRACES = ("receipt", "account", "outbox_lane", "reaction")
PRESSED = [*items.BUTTONS, *decisions.BUTTONS, *budget.ON_LINE, *budget.ON_MILESTONE, *meetings.BUTTONS]
# What a button carries behind the item; of a decision it is the wording that was shown.
MORE = {
    **dict.fromkeys(decisions.BUTTONS, "1"),
    ids.DECISION_HISTORY: "",
    ids.ITEM_DUE: "2026-12-09",
    ids.ITEM_SNOOZE: "2026-12-09",
    ids.ITEM_ANSWER: "1:0",
    **dict.fromkeys((ids.MILESTONE_ANYWAY, ids.MILESTONE_PICK, ids.MILESTONE_SNOOZE), "2026-12-22"),
    **dict.fromkeys((ids.MEETING_CONFIRM, ids.MEETING_OBJECT, ids.MEETING_TOPIC, ids.MEETING_AGENDA_DROP), "1"),
    ids.MEETING_WRITE: "decision",
    ids.MEETING_LINES: "0",
    ids.MEETING_RSVP: "yes",
}
LINES_OF_MEETINGS = (ids.MEETING_LINE, ids.MEETING_OMIT, ids.MEETING_ANSWER)
# Verbs of which a line changes something for oneself, or in the own task force.
OWN = {Verb.EXPORT, Verb.MEETING, Verb.ADD, Verb.DECIDE, Verb.HOLIDAY, Verb.LEAVE, Verb.DELEGATE, Verb.JOIN, Verb.UNDO}


@pytest.fixture
def desk(team: Team) -> Iterator[Desk]:
    with working_desk(team) as desk:
        desk.command("gist lead", "인계 <@UGOWN> <@UGMEM> 2026-12-10부터", CHANNEL)
        desk.press("gist lead", {"action_id": ids.HANDOVER_GO, "value": f"1:0:{wish(desk)}"}, CHANNEL)
        desk.slack.message = TITLE  # what stands in any message that is read
        yield desk


def wish(desk: Desk) -> str:
    """A handover from the one to the other of GIST, on a day to come."""
    return f"{person_id(desk, '정하늘')}:{person_id(desk, '김민지')}:0:0:2026-12-10"


def person_id(desk: Desk, name: str) -> int:
    with desk.team.database.reading() as session:
        return session.exec(select(Person.id).where(Person.name == name)).one() or 0


def anchor(desk: Desk) -> str:
    """A line of the draft."""
    return minutes(desk.team, 2).decisions[0].place.anchor


def more_of(desk: Desk, act: str) -> str:
    """What a button carries behind what it is about."""
    if act in LINES_OF_MEETINGS:
        return anchor(desk) + ("|owners|정하늘 교수" if act == ids.MEETING_ANSWER else "")
    return MORE.get(act, "")


def forms(desk: Desk) -> list[Json]:
    """Every form there is, opened by somebody who may; with the window that opens settings last."""
    found = []
    for handle, line, channel in (
        *(("gist lead", one, CHANNEL) for one in ("수정 A-1", "추가", "추가 내부:", "취소 A-1", "진행 A-1", "검색")),
        *(("gist lead", one, CHANNEL) for one in ("결정", "수정 R-1", "이의 R-1", "취소 R-1", "진행 R-1", "변경 R-2")),
        *(("gist lead", one, CHANNEL) for one in ("휴일 추가", "휴가 추가", "내설정", "인계")),
        ("gist lead", f"구성원 <@{OTHERS['stranger']}>", CHANNEL),
        ("gist member", "구성원", CHANNEL),
        ("gist member", "회의 예약", CHANNEL),
        *(
            ("county owner", f"예산 {one}", CHANNEL)
            for one in ("추가", "수정 B-1", "일정 B-1", "일정표 B-1", "메모 B-1")
        ),
        *(("county owner", f"예산 {one}", CHANNEL) for one in ("단계 B-1", "금액 B-1", "이월 B-1", "연결 B-1")),
        ("stranger", "참여 GIST", CHANNEL),
        ("stranger", "설정", "C9"),
    ):
        desk.command(handle, line, channel)
        found.append(desk.opened())
    for handle, act, about in (
        ("county lead", ids.DELEGATION_NEW, "1:0:"),
        ("county owner", ids.BUDGET_EXECUTION, "1:1:"),
        ("county owner", ids.MILESTONE_MOVE, "1:1:"),
        ("county owner", ids.MILESTONE_VOTED, "1:1:"),
        ("gist member", ids.MEETING_ADDENDUM, "1:1:"),
        ("gist member", ids.MEETING_NUMBER, "1:1:"),
        ("county lead", ids.MEETING_OBJECT, "1:2:1"),
        ("gist member", ids.MEETING_FACTS, "1:2:"),
        ("gist member", f"{ids.MEETING_LINE}-0", f"1:2:{anchor(desk)}"),
        ("gist member", f"{ids.MEETING_WRITE}-0", "1:4:decision"),
        ("gist member", ids.MEETING_PROXY, "1:5:"),
        ("gist member", ids.MEETING_AGENDA_ADD, "1:5:"),
        ("gist member", ids.MEETING_RESCHEDULE, "1:5:"),
    ):
        desk.press(handle, {"action_id": act, "value": about}, CHANNEL)
        found.append(desk.opened())
    handover = next(one for one in found if one["callback_id"] == ids.HANDOVER)
    people = {"giver": str(person_id(desk, "이강민")), "receiver": str(person_id(desk, "김민지"))}
    said = desk.submit("gist lead", handover, people)
    found.append(json.loads(said.splitlines()[0])["view"])
    desk.command("gist lead", "설정", CHANNEL)
    hub = desk.opened()
    for page in ("basics", "reminders", "records"):
        press = {"action_id": f"{ids.SETTINGS_PAGE}-{page}", "value": page}
        desk.press("gist lead", press, None, {**hub, "id": "V1", "type": "modal"})
        found.append(desk.opened())
    return [*found, hub]


def presses(desk: Desk, opened: list[Json]) -> list[tuple[Json, Json | None]]:
    """Every button, select and calendar with real ids; those that stand in a form with the form."""
    by_id = {one["callback_id"]: filled(one, {}) for one in opened}
    setup, hub, member = by_id[ids.SETUP], by_id[ids.SETTINGS_HUB], by_id[ids.MEMBER]
    waiting, other = person_id(desk, "윤대기"), person_id(desk, "정하늘")
    with desk.team.database.reading() as session:
        pasted, handover = session.exec(select(PastedList.id)).one(), session.exec(select(Handover.id)).one()
    kept = {**member, "private_metadata": json.dumps({**json.loads(member["private_metadata"]), "person": other})}
    message = {**hub, "private_metadata": json.dumps({"text": "침입", "permalink": ""})}
    told: list[tuple[str, list[str], Json | None]] = [
        *((act, [ids.item_value(1, one, more_of(desk, act)) for one in range(1, 6)], None) for act in PRESSED),
        *((act, [f"1:{handover}:"], None) for act in (ids.HANDOVER_CANCEL, ids.HANDOVER_UNDO)),
        *(
            (act, [f"1:{other}:{wish(desk)}"], None)
            for act in (ids.HANDOVER_OPEN, ids.HANDOVER_CHANGE, ids.HANDOVER_GO)
        ),
        (ids.OPEN_FORM, ["수정 A-1"], None),
        (ids.RUN, ["보기 A-1"], None),
        (f"{ids.RUN_IN}-1", ["1 보기 A-1", "1 수정 R-1", "1 목록 전체"], None),
        (ids.MENU, ["menu"], None),
        *((one, ["1:0:", "1:1:전체", "1:0:all"], None) for one in (ids.LIST_BEFORE, ids.LIST_AFTER)),
        *((one, ["1:0:협의"], None) for one in (ids.SEARCH_BEFORE, ids.SEARCH_AFTER)),
        *((one, ["1:0:all"], None) for one in (ids.DECISIONS_BEFORE, ids.DECISIONS_AFTER)),
        *((f"{ids.ITEM_PASTED}-{one}", [f"1:0:{pasted}"], None) for one in ("make", "drop", "page-0")),
        *((one, [f"1:0:{CHANNEL}:{CARD_TS}"], None) for one in (ids.ITEM_OF_MESSAGE, ids.DECISION_OF_MESSAGE)),
        *((f"{one}-1", ["1"], message) for one in (ids.ITEM_FORM_IN, ids.DECISION_FORM_IN)),
        (f"{ids.MEETING_TAKE}-1", [f"1:4:{CHANNEL}:{CARD_TS}:decision"], None),
        (f"{ids.MEETINGS}-0", ["1:0:"], None),
        (ids.DELEGATION_NEW, ["1:0:"], None),
        *((one, ["1:0:"], None) for one in (ids.BUDGET_BEFORE, ids.BUDGET_AFTER)),
        (f"{ids.DELEGATION_END}-1", ["1:1:"], None),
        *((one, ["3"], setup) for one in (ids.SETUP_MORE_SIDES, ids.SETUP_FEWER_SIDES)),
        *((one, [str(waiting)], None) for one in (ids.JOIN_APPROVE, ids.JOIN_REJECT)),
        (f"{ids.JOIN_SIDE}-1", ["1"], None),
        (ids.MEMBER_REMOVE, [str(other)], kept),
        (ids.DAYS_OFF_REMOVE, ["1:1:", "1:2:"], None),
        *((f"{ids.SETTINGS_PAGE}-{page}", [page], hub) for page in ("basics", "reminders", "records")),
        (f"{ids.LANGUAGE}-ko", ["ko"], None),
    ]
    pressed: list[tuple[Json, Json | None]] = [
        ({"action_id": name, "value": value}, view)
        for act, values, view in told
        for name in (act, f"{act}-1")
        for value in values
        if is_registered(desk, "action", name)
    ]
    rests = [
        {"action_id": pick, "block_id": f"{pick}:1:1:", "selected_date": "2026-12-09"}
        for pick in (ids.ITEM_SNOOZE_PICK, ids.MILESTONE_SNOOZE_PICK)
    ]
    of_decisions = [f"{act}:1" for act in decisions.MENU]
    of_meetings = [
        f"{act}:1" for act in (ids.MEETING_CONFIRM, ids.MEETING_OBJECT, ids.MEETING_READ, ids.MEETING_AGENDA)
    ]
    menus = [
        ({"action_id": name, "selected_option": {"value": f"1:{of}:{act}"}}, None)
        for name, of, acts in (
            (ids.NUDGE_MENU, 1, nudges.ACTS),
            (ids.MILESTONE_MENU, 1, LABELS),
            (ids.DECISION_MENU, 1, of_decisions),
            (ids.MEETING_MENU, 2, of_meetings),
        )
        for act in acts
    ]
    preset = filled(next(one for one in opened if ids.PRESET_KIND in str(one["blocks"])), {})
    kind = {"action_id": ids.PRESET_KIND, "selected_option": {"value": next(iter(Money))}}
    year = {"action_id": ids.PRESET_YEAR, "selected_option": {"value": "2027"}}
    day = {"action_id": ids.ITEM_PICK, "block_id": f"{ids.ITEM_PICK}:1:3:1", "selected_date": "2026-12-09"}
    chosen = {"action_id": ids.MEMBER_EDIT, "selected_option": {"value": str(other)}}
    channel = {"action_id": ids.SETUP_CHANNEL, "selected_conversation": CHANNEL}
    return [
        *pressed,
        (day, None),
        (chosen, None),
        (channel, None),
        *((rest, None) for rest in rests),
        *menus,
        (kind, preset),
        (year, preset),
    ]


def is_registered(desk: Desk, kind: str, name: str) -> bool:
    return any(fits(one, name) for one in desk.registered[kind])


def fits(registered: Any, name: str) -> bool:
    return registered == name if isinstance(registered, str) else bool(registered.match(name))


def test_nothing_that_is_registered_is_left_out(desk: Desk):
    opened = forms(desk)
    tried = [press["action_id"] for press, _ in presses(desk, opened)]

    assert [one for one in desk.registered["action"] if not any(fits(one, name) for name in tried)] == []
    callbacks = {one["callback_id"] for one in opened}
    assert [one for one in desk.registered["view"] if not any(fits(one, name) for name in callbacks)] == []
    kept = [json.loads(one["private_metadata"] or "{}") for one in opened]
    assert set(budget.FORMS) <= {one.get("act") for one in kept}
    assert set(meeting_forms.FORMS) <= {one.get("what") for one in kept}
    assert TITLE in desk.press("gist lead", {"action_id": ids.RUN, "value": "보기 A-1"}, CHANNEL), "who may, sees it"
    assert [act for act in (*PRESSED, *handovers.BUTTONS) if not {act, f"{act}-1"} & set(tried)] == []


# Where they act: where they are at home, and in the task force's own channel.
PLACES = (OTHER_CHANNEL, CHANNEL)
OUTSIDERS = ("other team", "stranger")


@also_on_postgresql("handle", *OUTSIDERS)
def test_nobody_from_outside_sees_or_changes_anything_by_buttons_or_forms(desk: Desk, handle: str):
    opened = forms(desk)
    before = seen_rows(desk)

    for press, view in presses(desk, opened):
        for channel in PLACES:
            assert_blind(desk.press(handle, press, channel, view), press)
    for form in opened:
        if form["callback_id"] not in (ids.SETTINGS_HUB, ids.OWN_SETTINGS, ids.JOIN, ids.SETUP):
            assert_blind(desk.submit(handle, form, {"title": "침입", "text": "침입", "words": "침입"}), form)
    for name in desk.registered["shortcut"]:
        for channel in PLACES:
            assert_blind(desk.shortcut(handle, name, channel, "침입"), name)
    for emoji in ("white_check_mark", "eyes", "memo", "pushpin"):
        assert_blind(desk.reaction(handle, emoji, CHANNEL, CARD_TS), emoji)

    assert changed(before, seen_rows(desk)) == {}


@also_on_postgresql("handle", *OUTSIDERS)
def test_nobody_from_outside_sees_or_changes_anything_by_a_line(desk: Desk, handle: str):
    before = seen_rows(desk)

    for verb, typed in LINES.items():
        if verb is Verb.HELP or (verb in OWN and handle == "other team"):
            continue  # help has names in its examples
        for at, word in enumerate(WORDS[verb][:2]):
            for rest in sorted({typed.korean if at else typed.english, "A-1", "R-2", "A-2 사유"}):
                line = f"{word} {rest}"
                assert_blind(desk.command(handle, line, OTHER_CHANNEL), line)
                assert_blind(desk.direct(handle, line), line)
                if at and verb is not Verb.JOIN:  # the way in, for whoever is in the channel
                    assert_blind(desk.command(handle, line, CHANNEL), line)
                    assert_blind(desk.mention(handle, line, CHANNEL), line)

    assert changed(before, seen_rows(desk)) == {}


def test_an_observer_changes_nothing_and_sees_nothing_of_one_side(desk: Desk):
    opened = forms(desk)
    before = seen_rows(desk)

    own = (ids.SETTINGS_HUB, ids.OWN_SETTINGS, ids.JOIN, ids.SETUP, f"{ids.MEETING_FORM}-proxy")
    for press, view in presses(desk, opened):
        if not press["action_id"].startswith(ids.MEETING_RSVP):  # whether they come, observers say themselves
            said = desk.press("observer", press, CHANNEL, view)
            assert INSIDE not in said, press
            assert RESERVE not in said, press
    for form in opened:
        if form["callback_id"] not in own:
            desk.submit("observer", form, {"title": "침입", "text": "침입", "words": "침입"})
    for verb, typed in LINES.items():
        for rest in {typed.korean, "A-1", "R-2", "R-1 사유"}:
            if verb not in (Verb.JOIN, Verb.LEAVE):
                assert INSIDE not in desk.command("observer", f"{WORDS[verb][1]} {rest}", CHANNEL), (verb, rest)
    for emoji in ("white_check_mark", "eyes", "memo", "pushpin"):
        desk.reaction("observer", emoji, CHANNEL, CARD_TS)

    assert changed(before, seen_rows(desk)) == {}


def assert_blind(said: str, tried: Any) -> None:
    """No word of the task force is in what was answered."""
    assert [word for word in (*SECRETS, *NAMES) if word in said] == [], (tried, said)


def seen_rows(desk: Desk) -> Dump:
    """Everything that is kept, but for what answering leaves behind: answers and files go to who asked."""
    rows = desk.dump(*TRACES)
    return {
        **rows,
        "outbox": [row for row in rows["outbox"] if not {"answer", "export-file", "meeting-file"} & set(map(str, row))],
    }


def changed(before: Dump, after: Dump) -> dict[str, list[Any]]:
    """Rows that came, went or are others now, by table."""
    return {
        table: found
        for table, rows in after.items()
        if (found := [row for row in (*rows, *before[table]) if (row in rows) != (row in before[table])])
    }
