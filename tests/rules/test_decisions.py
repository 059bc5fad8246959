"""When a decision stands, who may say so, and when it is looked at again: on unsaved records."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.rules.decisions import CannotVote, Outcome, is_good, outcome, why_not_vote
from storage.tables import Choice, Delegation, Person, PersonState, Role, Source, Vote

NOW = datetime(2026, 11, 23, tzinfo=UTC)
GIST, COUNTY, THIRD = 1, 2, 3
BOTH = frozenset({GIST, COUNTY})
CONFIRM, OBJECT = Choice.CONFIRM, Choice.OBJECT


def vote(side: int, choice: Choice, later: int = 0, *, by: int = 0, taken_back: bool = False) -> Vote:
    return Vote(
        decision_id=1,
        wording=1,
        side_id=side,
        person_id=by or side * 10,
        choice=choice,
        source=Source.BUTTON,
        cast_at=NOW + timedelta(minutes=later),
        withdrawn_at=NOW if taken_back else None,
    )


def gist(choice: Choice, later: int = 0, **more: object) -> Vote:
    return vote(GIST, choice, later, **more)  # type: ignore[arg-type]


def county(choice: Choice, later: int = 0, **more: object) -> Vote:
    return vote(COUNTY, choice, later, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        pytest.param([], Outcome.PENDING, id="nobody said anything: silence is no consent"),
        pytest.param([gist(CONFIRM)], Outcome.PENDING, id="one side is not enough"),
        pytest.param([gist(CONFIRM, by=1), gist(CONFIRM, by=2)], Outcome.PENDING, id="two of one side are one side"),
        pytest.param([gist(CONFIRM), county(CONFIRM)], Outcome.IN_FORCE, id="both confirm"),
        pytest.param([gist(CONFIRM), county(OBJECT)], Outcome.BLOCKED, id="one objects"),
        pytest.param([gist(CONFIRM), gist(OBJECT, 5), county(CONFIRM)], Outcome.BLOCKED, id="the latest of a side"),
        pytest.param([gist(OBJECT), gist(CONFIRM, 5, by=2), county(CONFIRM)], Outcome.IN_FORCE, id="the deputy later"),
        pytest.param([gist(CONFIRM, 5), gist(OBJECT), county(CONFIRM)], Outcome.IN_FORCE, id="whatever their order"),
        pytest.param([gist(CONFIRM), county(OBJECT, taken_back=True)], Outcome.PENDING, id="an objection withdrawn"),
        pytest.param(
            [county(CONFIRM), gist(CONFIRM), county(CONFIRM, 5, by=2, taken_back=True)],
            Outcome.IN_FORCE,
            id="what was taken back leaves what was said before",
        ),
    ],
)
def test_outcome(votes: list[Vote], expected: Outcome):
    assert outcome(votes, BOTH) is expected


def test_every_side_counts_and_none_for_another():
    assert outcome([gist(CONFIRM), county(CONFIRM)], BOTH | {THIRD}) is Outcome.PENDING
    assert outcome([gist(CONFIRM), county(CONFIRM), vote(THIRD, CONFIRM)], BOTH | {THIRD}) is Outcome.IN_FORCE
    assert outcome([], frozenset()) is Outcome.PENDING


def person(role: Role, state: PersonState = PersonState.ACTIVE, side: int = COUNTY) -> Person:
    return Person(id=7, task_force_id=1, side_id=side, role=role, name="서다은", state=state, joined_at=NOW)


GIVEN = Delegation(id=1, task_force_id=1, side_id=COUNTY, person_id=7, granted_by=5, granted_at=NOW)


@pytest.mark.parametrize(
    ("who", "delegation", "votes", "why"),
    [
        pytest.param(person(Role.LEAD), None, [], None, id="a lead"),
        pytest.param(person(Role.DEPUTY), None, [], None, id="a deputy"),
        pytest.param(person(Role.SECRETARY), None, [], CannotVote.NOT_DELEGATED, id="a secretary on the own account"),
        pytest.param(person(Role.SECRETARY), GIVEN, [], None, id="a secretary by delegation"),
        pytest.param(person(Role.MEMBER), None, [], CannotVote.NO_RIGHT, id="a member"),
        pytest.param(person(Role.OBSERVER), None, [], CannotVote.OBSERVER, id="an observer"),
        pytest.param(None, None, [], CannotVote.STRANGER, id="a stranger"),
        pytest.param(person(Role.LEAD, PersonState.LEFT), None, [], CannotVote.STRANGER, id="somebody who has left"),
        pytest.param(
            person(Role.LEAD), None, [gist(CONFIRM, by=7)], CannotVote.FOR_ANOTHER_SIDE, id="nobody for two sides"
        ),
        pytest.param(person(Role.LEAD), None, [gist(CONFIRM, by=7, taken_back=True)], None, id="taken back before"),
    ],
)
def test_who_may_speak_for_a_side(who, delegation, votes, why):
    assert why_not_vote(who, delegation, votes) is why


@pytest.mark.parametrize(
    ("changes", "who", "good"),
    [
        pytest.param({}, person(Role.SECRETARY), True, id="until taken back"),
        pytest.param({"until": date(2026, 11, 23)}, person(Role.SECRETARY), True, id="its last day counts"),
        pytest.param({"until": date(2026, 11, 22)}, person(Role.SECRETARY), False, id="over"),
        pytest.param({"ended_at": NOW}, person(Role.SECRETARY), False, id="taken back"),
        pytest.param({}, person(Role.MEMBER), False, id="a secretary no more"),
        pytest.param({}, person(Role.SECRETARY, side=GIST), False, id="on another side now"),
        pytest.param({"person_id": 8}, person(Role.SECRETARY), False, id="somebody else's"),
    ],
)
def test_a_delegation_is_good(changes, who, good):
    given = Delegation(**{**GIVEN.model_dump(), **changes})

    assert is_good(given, who, date(2026, 11, 23)) is good
