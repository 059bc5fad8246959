"""What is due next is derived: after whatever people did it is what a recomputation from nothing would give."""

import random
from datetime import date, timedelta

from sqlmodel import select

from bot.services import confirmations, item_changes, item_endings, item_reactions, item_snoozes, items, reckoning
from bot.services.items import Draft
from bot.services.refused import Refused
from bot.services.work import Work
from storage.people import Profile, remember_profile
from storage.tables import Account, DaysOff, Item, ItemStatus, Part, Person, PersonState, Role, TaskForce
from tests.services.mornings import at, go, part_dues, tick
from tests.services.team import PEOPLE, Team
from tests.services.verb_lines import also_on_postgresql

OWNERS = ["정하늘", "김민지", "이강민", "한도윤", "최유진", "서다은", "박서준"]


def person(work: Work, name: str) -> Person:
    return work.session.exec(select(Person).where(Person.name == name, Person.task_force_id == 1)).one()


def some_item(work: Work, chance: random.Random) -> Item | None:
    found = work.session.exec(select(Item)).all()
    return chance.choice(list(found)) if found else None


def make(team: Team, work: Work, chance: random.Random) -> None:
    owners = {one.side_id: one for one in (person(work, name) for name in chance.sample(OWNERS, 3))}
    due = chance.choice([None, team.now.date() + timedelta(days=chance.randrange(30))])
    draft = Draft(f"일 {chance.random()}", tuple(owners.values()), due)
    items.create(work, team.asker(work, "gist lead"), draft)


def change(team: Team, work: Work, chance: random.Random) -> None:
    item = some_item(work, chance)
    if item and item.status is ItemStatus.OPEN:
        day = (team.now.date() + timedelta(days=chance.randrange(1, 40))).isoformat()
        owner = person(work, chance.choice(OWNERS))
        part = chance.choice(work.session.exec(select(Part).where(Part.item_id == item.id)).all())
        wished = chance.choice(
            [{"due": day}, {"due": ""}, {f"owner-{owner.side_id}": str(owner.id)}, {f"due-of-{part.side_id}": day}]
        )
        item_changes.change_now(work, team.asker(work, "gist lead"), item, wished)


def confirm(team: Team, work: Work, chance: random.Random) -> None:
    item = some_item(work, chance)
    if item and item.status is ItemStatus.OPEN:
        confirmations.done(work, team.asker(work, chance.choice(["gist lead", "county lead"])), item)


def take_back(team: Team, work: Work, chance: random.Random) -> None:
    item = some_item(work, chance)
    if item:
        confirmations.undo(work, team.asker(work, chance.choice(["gist lead", "county lead"])), item)


def end_or_open(team: Team, work: Work, chance: random.Random) -> None:
    item = some_item(work, chance)
    if item and item.status is ItemStatus.OPEN:
        item_endings.cancel(work, team.asker(work, "gist lead"), item, "사유")
    elif item:
        confirmations.reopen(work, team.asker(work, "gist lead"), item)


def rest(team: Team, work: Work, chance: random.Random) -> None:
    item = some_item(work, chance)
    if item and item.status is ItemStatus.OPEN:
        day = (team.now.date() + timedelta(days=chance.randrange(2, 12))).isoformat()
        item_snoozes.snooze(work, team.asker(work, chance.choice(list(PEOPLE))), item, day)


def look(team: Team, work: Work, chance: random.Random) -> None:
    item = some_item(work, chance)
    if item:
        item_reactions.seen(work, item, person(work, chance.choice(OWNERS)))


def days_off(team: Team, work: Work, chance: random.Random) -> None:
    who = person(work, chance.choice(OWNERS))
    first = team.now.date() + timedelta(days=chance.randrange(20))
    off = DaysOff(task_force_id=1, first=first, last=first + timedelta(days=2), added_by=who.id or 0, added_at=team.now)
    off.side_id, off.person_id = chance.choice([(None, None), (who.side_id, None), (who.side_id, who.id)])
    work.session.add(off)
    reckoning.reckon_later(work.session.get_one(TaskForce, 1))


def settings(team: Team, work: Work, chance: random.Random) -> None:
    task_force = work.session.get_one(TaskForce, 1)
    task_force.ladder, task_force.overdue_every = chance.choice(["7,3,1,0", "5,0", ""]), chance.choice([0, 2, 3])
    reckoning.reckon_later(task_force)


def roster(team: Team, work: Work, chance: random.Random) -> None:
    who = person(work, chance.choice(["정하늘", "한도윤", "최유진", "서다은"]))
    who.role = chance.choice([Role.MEMBER, Role.SECRETARY, Role.DEPUTY])
    who.state = PersonState.ACTIVE
    reckoning.reckon_later(work.session.get_one(TaskForce, 1))


def zone(team: Team, work: Work, chance: random.Random) -> None:
    user_id = chance.choice([one[0] for one in PEOPLE.values()])
    named = work.session.get_one(Account, user_id).name
    where = chance.choice(["Europe/Berlin", "Asia/Seoul", "America/New_York"])
    remember_profile(work.session, Profile(user_id, None, named, None, where, is_bot=False, is_deleted=False), team.now)


ACTS = [make, make, change, change, confirm, take_back, end_or_open, rest, look, days_off, settings, roster, zone]


@also_on_postgresql("seed", *range(4))
def test_it_is_what_a_recomputation_gives_whatever_people_did(team: Team, seed: int):
    chance = random.Random(seed)
    for _ in range(25):
        act = chance.choice(ACTS)
        try:
            with team.work() as work:
                act(team, work, chance)
        except Refused:
            continue  # a lead of one side cannot do everything: nothing was changed
        if chance.random() < 0.4:
            team.later(hours=chance.randrange(1, 40))
            tick(team)
        expect_right(team)


def expect_right(team: Team) -> None:
    """What stands there, once what waits is reckoned, is what reckoning everything from nothing gives."""
    more = True
    while more:
        with team.work() as work:
            more = reckoning.reckon_some(work)
    stands = part_dues(team.database)
    with team.database.reading() as session:
        assert reckoning.misreckoned(session, 1000) == 0
        weekly = session.get_one(TaskForce, 1).weekly_due_at
    with team.work() as work:
        for part in work.session.exec(select(Part)):
            open_one = work.session.get_one(Item, part.item_id).status is ItemStatus.OPEN
            part.next_due_at = None if not open_one else part.next_due_at
        reckoning.repair(work.session)
    more = True
    while more:
        with team.work() as work:
            more = reckoning.reckon_some(work)
    assert part_dues(team.database) == stands
    with team.database.reading() as session:
        assert session.get_one(TaskForce, 1).weekly_due_at == weekly


def test_a_wrong_time_is_found_and_mended(team: Team):
    with team.work() as work:
        draft = Draft("바로잡을 일", (person(work, "정하늘"),), date(2026, 12, 4))
        items.create(work, team.asker(work, "gist owner"), draft)
    tick(team)
    with team.work() as work:
        work.session.exec(select(Part)).one().next_due_at = at("12-24 09:30")
    with team.database.reading() as session:
        assert reckoning.misreckoned(session, 1000) == 1
    with team.work() as work:
        reckoning.repair(work.session)
    tick(team)
    with team.database.reading() as session:
        assert reckoning.misreckoned(session, 1000) == 0
    assert part_dues(team.database) == {1: at("11-25 09:30")}


def test_what_is_there_before_an_update_is_reckoned_by_the_first_tick(team: Team):
    with team.work() as work:
        draft = Draft("옛날 일", (person(work, "정하늘"),), date(2026, 12, 4))
        items.create(work, team.asker(work, "gist owner"), draft)
        part = work.session.exec(select(Part)).one()
        part.next_due_at = part.heard_until = None
    go(team, "11-24 09:00")
    assert part_dues(team.database) == {1: at("11-25 09:30")}
