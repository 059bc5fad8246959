"""Rights of each role, and what may be done to a roster."""

import pytest

from bot.rules.roster import (
    RIGHTS,
    No,
    Right,
    change_roster,
    counts_for,
    decide_joining,
    leave,
    may,
    take_on_role,
)
from storage.tables import Person, PersonState, Role

GIST, COUNTY = 1, 2
LEAD, DEPUTY, SECRETARY, MEMBER, OBSERVER = Role


def person(role: Role, side: int = GIST, state: PersonState = PersonState.ACTIVE, id: int = 1) -> Person:
    return Person(id=id, task_force_id=1, side_id=side, role=role, name="홍길동", state=state)


# The table of the specification, column by column.
@pytest.mark.parametrize(
    ("right", "roles"),
    [
        (Right.SEE_JOINT, {LEAD, DEPUTY, SECRETARY, MEMBER, OBSERVER}),
        (Right.SEE_INTERNAL, {LEAD, DEPUTY, SECRETARY, MEMBER}),
        (Right.CHANGE_ITEMS, {LEAD, DEPUTY, SECRETARY, MEMBER}),
        (Right.WRITE_IN_MEETINGS, {LEAD, DEPUTY, SECRETARY, MEMBER}),
        (Right.CONFIRM_OWN_ITEMS, {LEAD, DEPUTY, SECRETARY, MEMBER}),
        (Right.CONFIRM_ITEMS, {LEAD, DEPUTY}),
        (Right.CONFIRM_RECORDS, {LEAD, DEPUTY}),
        (Right.CHANGE_ROSTER, {LEAD, DEPUTY, SECRETARY}),
        (Right.CHANGE_SETTINGS, {LEAD, DEPUTY, SECRETARY}),
    ],
)
def test_rights(right: Right, roles: set[Role]):
    assert {role for role in Role if may(role, right)} == roles


def test_every_role_is_in_the_table():
    assert set(RIGHTS) == set(Role)


@pytest.mark.parametrize(
    ("who", "side", "owner_id", "expected"),
    [
        pytest.param(person(MEMBER), GIST, 1, True, id="its owner"),
        pytest.param(person(MEMBER), GIST, 2, False, id="a member who does not own it"),
        pytest.param(person(SECRETARY), GIST, 2, False, id="a secretary who does not own it"),
        pytest.param(person(LEAD), GIST, 2, True, id="the side's lead"),
        pytest.param(person(DEPUTY), GIST, 2, True, id="the side's deputy"),
        pytest.param(person(LEAD, COUNTY), GIST, 2, False, id="the other side's lead"),
        pytest.param(person(OBSERVER), GIST, 1, False, id="an observer whom somebody made owner"),
        pytest.param(person(LEAD, state=PersonState.PENDING), GIST, 2, False, id="a lead who is not approved"),
        pytest.param(person(MEMBER, state=PersonState.LEFT), GIST, 1, False, id="an owner who left"),
    ],
)
def test_who_counts(who: Person, side: int, owner_id: int, expected: bool):
    assert counts_for(who, side, owner_id) is expected


@pytest.mark.parametrize(
    ("by", "side", "expected"),
    [
        pytest.param(person(LEAD), GIST, None, id="lead"),
        pytest.param(person(DEPUTY), GIST, None, id="deputy"),
        pytest.param(person(SECRETARY), GIST, None, id="secretary"),
        pytest.param(person(MEMBER), GIST, No.NO_RIGHT, id="member"),
        pytest.param(person(OBSERVER), GIST, No.NO_RIGHT, id="observer"),
        pytest.param(person(LEAD), COUNTY, No.OTHER_SIDE, id="lead of the other side"),
        pytest.param(person(MEMBER), COUNTY, No.OTHER_SIDE, id="member of the other side"),
    ],
)
def test_a_side_is_changed_by_itself(by: Person, side: int, expected: No | None):
    assert change_roster(by, side) is expected


@pytest.mark.parametrize(
    ("by", "state", "expected"),
    [
        pytest.param(person(SECRETARY), PersonState.PENDING, None, id="own secretary"),
        pytest.param(person(LEAD, COUNTY), PersonState.PENDING, No.OTHER_SIDE, id="the other side's lead"),
        pytest.param(person(MEMBER), PersonState.PENDING, No.NO_RIGHT, id="a member"),
        pytest.param(person(LEAD), PersonState.ACTIVE, No.ALREADY_DECIDED, id="approved before"),
        pytest.param(person(LEAD), PersonState.LEFT, No.ALREADY_DECIDED, id="refused before"),
    ],
)
def test_who_lets_somebody_in(by: Person, state: PersonState, expected: No | None):
    assert decide_joining(by, person(MEMBER, state=state, id=9)) is expected


@pytest.mark.parametrize(
    ("role", "new_role", "others", "open_items", "expected"),
    [
        pytest.param(LEAD, MEMBER, [], 0, No.LAST_KEEPER, id="the only lead becomes a member"),
        pytest.param(LEAD, SECRETARY, [], 0, None, id="the only lead becomes secretary"),
        pytest.param(LEAD, MEMBER, [person(SECRETARY, id=2)], 0, None, id="a secretary stays"),
        pytest.param(LEAD, MEMBER, [person(MEMBER, id=2)], 0, No.LAST_KEEPER, id="only members stay"),
        pytest.param(
            LEAD,
            OBSERVER,
            [person(LEAD, state=PersonState.LEFT, id=2)],
            0,
            No.LAST_KEEPER,
            id="the other lead has left",
        ),
        pytest.param(MEMBER, OBSERVER, [], 0, None, id="a member is no keeper"),
        pytest.param(MEMBER, OBSERVER, [], 1, No.OWNS_ITEMS, id="an observer owns nothing"),
        pytest.param(MEMBER, SECRETARY, [], 1, None, id="a secretary may own"),
    ],
)
def test_a_side_keeps_somebody_who_may(
    role: Role, new_role: Role, others: list[Person], open_items: int, expected: No | None
):
    assert take_on_role(person(role), new_role, others, open_items) is expected


@pytest.mark.parametrize(
    ("role", "others", "open_items", "expected"),
    [
        pytest.param(MEMBER, [], 0, None, id="a member with nothing open"),
        pytest.param(MEMBER, [], 2, No.OWNS_ITEMS, id="a member who owns open items"),
        pytest.param(SECRETARY, [], 0, No.LAST_KEEPER, id="the last secretary"),
        pytest.param(SECRETARY, [person(DEPUTY, id=2)], 0, None, id="a deputy stays"),
        pytest.param(SECRETARY, [], 3, No.LAST_KEEPER, id="the reason that items do not mend comes first"),
    ],
)
def test_leaving(role: Role, others: list[Person], open_items: int, expected: No | None):
    assert leave(person(role), others, open_items) is expected
