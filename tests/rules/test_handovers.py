"""What is handed over, to whom, by whom; and the line."""

from itertools import count
from typing import Any

import pytest

from bot.rules.handovers import (
    NoHandover,
    Wish,
    acts_for,
    may_hand_over,
    may_receive,
    moving,
    read_handover,
    role_passed,
    unpacked,
)
from bot.rules.names import Roster
from storage.tables import Part, Person, PersonState, Role
from tests.services.team import MONDAY

NUMBERS = count(1)


def person(name: str = "정하늘", side: int = 1, role: Role = Role.MEMBER, **more: object) -> Person:
    given: dict[str, Any] = {"id": next(NUMBERS), "task_force_id": 1, "joined_at": MONDAY, **more}
    return Person(name=name, side_id=side, role=role, **given)


HANEUL = person("정하늘", job_title="교수")
MINJI = person("김민지", job_title="연구원")
EMMA = person("Emma Clarke")
ROSTER = Roster([HANEUL, MINJI, EMMA], {"하늘쌤": HANEUL}, ["GIST", "영광군"])


@pytest.mark.parametrize(
    ("line", "people", "acting", "rest"),
    [
        ("<@U1> <@U2>", ["U1", "U2"], False, ""),
        ("<@U1|a> → <@U2|b> 대행", ["U1", "U2"], True, ""),
        ("정하늘 교수 김민지 연구원", ["정하늘", "김민지"], False, ""),
        ("김민지 정하늘", ["김민지", "정하늘"], False, ""),
        ("정하늘 교수를 김민지님에게 12월 1일부터", ["정하늘", "김민지"], False, "12월 1일부터"),
        ("정하늘에서 김민지로 직무대행으로 다음 주 월요일부터", ["정하늘", "김민지"], True, "다음 주 월요일부터"),
        ("@하늘쌤, @김민지 2026-12-01", ["정하늘", "김민지"], False, "2026-12-01"),
        ("from <@U1> to Emma Clarke acting from Dec 1", ["U1", "Emma Clarke"], True, "from Dec 1"),
        ("from <@U1> to <@U2>", ["U1", "U2"], False, ""),
        ("홍길동 김민지", ["김민지"], False, "홍길동"),
        ("", [], False, ""),
    ],
)
def test_the_line(line: str, people: list[str], acting: bool, rest: str):
    read = read_handover(line, ROSTER)

    assert [one.user_id or one.people[0].name for one in read.people] == people
    assert (read.acting, read.rest) == (acting, rest)


@pytest.mark.parametrize(
    ("role", "side", "gone", "keepers", "no"),
    [
        (Role.LEAD, 1, False, True, None),
        (Role.DEPUTY, 1, True, True, None),
        (Role.SECRETARY, 1, True, True, None),
        (Role.MEMBER, 1, False, True, NoHandover.NO_RIGHT),
        (Role.MEMBER, 1, True, True, NoHandover.NO_RIGHT),
        (Role.MEMBER, 1, True, False, None),
        (Role.MEMBER, 1, False, False, NoHandover.NO_RIGHT),
        (Role.OBSERVER, 1, True, False, NoHandover.NO_RIGHT),
        (Role.LEAD, 2, True, False, NoHandover.OTHER_SIDE),
    ],
)
def test_who_may(role: Role, side: int, gone: bool, keepers: bool, no: NoHandover | None):
    assert may_hand_over(person(side=side, role=role), HANEUL, is_gone=gone, has_keepers=keepers) == no


def test_everybody_may_for_themselves():
    assert may_hand_over(HANEUL, HANEUL, is_gone=False, has_keepers=True) is None


@pytest.mark.parametrize(
    ("receiver", "no"),
    [
        (person(), None),
        (person(role=Role.OBSERVER), NoHandover.RECEIVER_OBSERVER),
        (person(state=PersonState.LEFT), NoHandover.RECEIVER_GONE),
        (person(state=PersonState.PENDING), NoHandover.RECEIVER_GONE),
        (person(side=2), NoHandover.TWO_SIDES),
        (HANEUL, NoHandover.SAME_PERSON),
    ],
)
def test_who_may_receive(receiver: Person, no: NoHandover | None):
    assert may_receive(HANEUL, receiver) == no


def part(number: int, owner: int, acting_for: int | None = None) -> Part:
    return Part(id=number, item_id=number, side_id=1, owner_id=owner, acting_for_id=acting_for)


def test_own_parts_move_and_those_that_others_hold_in_the_givers_place():
    parts = [part(1, 7), part(2, 8, acting_for=7), part(3, 7, acting_for=9)]

    assert [one.id for one in moving(parts, 7, 8, is_return=False)] == [1, 2, 3]


def test_to_who_was_away_goes_back_only_what_was_held_in_their_place():
    parts = [part(1, 8), part(2, 8, acting_for=7)]

    assert [one.id for one in moving(parts, 8, 7, is_return=True)] == [2]


@pytest.mark.parametrize(
    ("held", "acting", "now"),
    [
        (None, False, None),  # a successor
        (None, True, 7),
        (7, False, None),  # what somebody held for 7 goes to 7's successor
        (7, True, 7),  # another acts for 7 now
        (9, False, 9),  # 7 acted for 9: so does 7's successor
        (9, True, 9),
        (8, False, None),  # back to who was away
    ],
)
def test_for_whom_the_receiver_acts(held: int | None, acting: bool, now: int | None):
    assert acts_for(part(1, 7, held), 7, 8, acting=acting) == now


@pytest.mark.parametrize(
    ("giver", "receiver", "passed"),
    [
        (Role.LEAD, Role.MEMBER, Role.LEAD),
        (Role.SECRETARY, Role.LEAD, Role.LEAD),
        (Role.DEPUTY, Role.SECRETARY, Role.DEPUTY),
    ],
)
def test_a_role_passed_on_is_never_a_lower_one(giver: Role, receiver: Role, passed: Role):
    assert role_passed(person(role=giver), person(role=receiver)) is passed


def test_a_wish_survives_its_button():
    wish = Wish(1, 22, acting=True, starts_on=MONDAY.date())

    assert unpacked(wish.packed()) == wish
    assert unpacked(Wish(1, 2).packed()) == Wish(1, 2)
