"""Direct messages that nobody asked for come within the receiver's working hours."""

from datetime import date, time

import pytest
from sqlmodel import select

from bot.services import members, reckoning
from bot.services.item_changes import change_now
from bot.services.items import ASSIGNED, MOVED
from bot.services.members import TOLD
from storage.tables import Account, DaysOff, HeldPost, Part, Person, Role, TaskForce
from tests.services.mornings import at, go, sent
from tests.services.team import COUNTY_OWNER, GIST_OWNER, Team

JOINT = f"센터 개소 계획서 초안 {GIST_OWNER} {COUNTY_OWNER} 2026-12-05"


def kinds(found):
    return [(one.kind, one.to) for one in found if one.kind != "weekly"]


@pytest.mark.parametrize(
    ("made", "told"),
    [("11-23 09:00", "11-23 09:00"), ("11-23 17:59", "11-23 17:59")],
)
def test_an_assignment_within_hours_is_told_at_once(team: Team, made: str, told: str):
    go(team, made)
    team.add("gist lead", JOINT)
    assert kinds(sent(team)) == [(ASSIGNED, "UGOWN"), (ASSIGNED, "UCOWN")]
    assert made == told


@pytest.mark.parametrize(
    ("made", "before", "told"),
    [
        ("11-23 21:00", "11-24 08:59", "11-24 09:00"),
        ("11-27 18:00", "11-30 08:59", "11-30 09:00"),  # Friday evening
        ("11-24 05:00", "11-24 08:59", "11-24 09:00"),
    ],
)
def test_an_assignment_at_night_waits_for_the_morning(team: Team, made: str, before: str, told: str):
    go(team, made)
    team.add("gist lead", JOINT)
    assert kinds(sent(team)) == []
    assert kinds(go(team, before)) == []
    assert kinds(go(team, told)) == [(ASSIGNED, "UCOWN"), (ASSIGNED, "UGOWN")]
    assert kinds(go(team, told)) == []


def test_what_was_done_by_morning_is_not_told(team: Team):
    go(team, "11-23 21:00")
    team.add("gist lead", JOINT)
    team.done("gist owner")
    team.done("county owner")
    assert kinds(go(team, "11-24 09:00")) == []


def test_a_date_moved_twice_at_night_is_told_once_from_the_first(team: Team):
    team.add("gist lead", JOINT)
    go(team, "11-23 21:00")
    for due in ("2026-12-11", "2026-12-18"):
        with team.work() as work:
            change_now(work, team.asker(work, "gist owner"), team.item(), {"due": due})
    found = [one for one in go(team, "11-24 09:00") if one.kind == MOVED]
    assert [one.to for one in found] == ["UCOWN"]
    assert "2026. 12. 5.(토) → 2026. 12. 18.(금)" in found[0].text


def test_what_waits_for_a_day_that_becomes_a_day_off_waits_on(team: Team):
    go(team, "11-23 21:00")
    team.add("gist lead", JOINT)
    take_leave(team, "정하늘", date(2026, 11, 24), date(2026, 11, 25))
    assert kinds(go(team, "11-24 09:00")) == [(ASSIGNED, "UCOWN")]
    assert kinds(go(team, "11-26 09:00")) == [(ASSIGNED, "UGOWN")]


def test_what_waits_for_the_end_of_a_leave_comes_sooner_when_that_ends_sooner(team: Team):
    take_leave(team, "정하늘", date(2026, 11, 23), date(2026, 11, 27))
    go(team, "11-23 10:00")
    team.add("gist lead", JOINT)
    assert kinds(sent(team)) == [(ASSIGNED, "UCOWN")]
    with team.work() as work:
        work.session.delete(work.session.exec(select(DaysOff)).one())
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))
    assert kinds(go(team, "11-24 09:00")) == [(ASSIGNED, "UGOWN")]


def take_leave(team: Team, name: str, first: date, last: date) -> None:
    with team.work() as work:
        person = work.session.exec(select(Person).where(Person.name == name)).one()
        off = DaysOff(task_force_id=1, first=first, last=last, added_by=person.id or 0, added_at=team.now)
        off.side_id, off.person_id = person.side_id, person.id
        work.session.add(off)
        reckoning.reckon_later(work.session.get_one(TaskForce, 1))


def test_each_receiver_has_their_own_morning(team: Team):
    with team.work() as work:
        work.session.get_one(Account, "UGOWN").own_zone = "Europe/Berlin"
        work.session.get_one(Account, "UCOWN").hours_from = time(10)
    go(team, "11-23 21:00")  # 13:00 in Berlin
    team.add("gist lead", JOINT)
    assert kinds(sent(team)) == [(ASSIGNED, "UGOWN")]
    assert kinds(go(team, "11-24 09:30")) == []
    assert kinds(go(team, "11-24 10:00")) == [(ASSIGNED, "UCOWN")]


def test_a_role_given_at_night_is_told_in_the_morning(team: Team):
    go(team, "11-23 21:00")
    with team.work() as work:
        members.change(work, team.asker(work, "county lead"), "<@UCOWN> 간사")
    assert kinds(sent(team)) == []
    assert (TOLD, "UCOWN") in kinds(go(team, "11-24 09:00"))
    with team.database.reading() as session:
        assert session.exec(select(Person).where(Person.name == "한도윤")).one().role is Role.SECRETARY
        assert session.exec(select(HeldPost)).all() == []


def test_seeing_is_waited_for_from_the_day_of_the_assignment(team: Team):
    go(team, "11-23 21:00")
    team.add("gist lead", JOINT)
    with team.database.reading() as session:
        assert all(part.asked_at == at("11-23 21:00") for part in session.exec(select(Part)))
