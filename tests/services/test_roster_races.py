"""Two people change one roster at the same moment, on both engines."""

import threading
from collections.abc import Callable

import pytest

from bot.rules.roster import Details
from bot.services import joining, members
from bot.services.refused import Refused
from bot.services.work import Work
from storage.database import Database
from storage.tables import Role
from tests.services.room import NOW, WORDS, Room, installed

Act = Callable[[Room], object]


def at_once(database: Database, *acts: Act) -> list[str]:
    """Do these side by side, each in its own transaction; gives "done" or why it was refused."""
    started, outcomes = threading.Barrier(len(acts)), []

    def do(act: Act) -> None:
        started.wait()
        try:
            with database.transaction() as session:
                act(Room(Work(session, NOW, NOW, WORDS)))
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.key)

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.parametrize("turn", range(5))
def test_two_leads_who_take_each_others_role_away_leave_one(database_url: str, turn: int):
    with installed(database_url) as database:
        with database.transaction() as session:
            room = Room(Work(session, NOW, NOW, WORDS))
            room.set_up()
            room.joins("U3", "GIST", Role.LEAD)

        outcomes = at_once(
            database,
            lambda room: room.says("U1", "member <@U3> member"),
            lambda room: room.says("U3", "member <@U1> member"),
        )

        with database.reading() as session:
            roles = [role for side, _, role in Room(Work(session, NOW, NOW, WORDS)).roster() if side == "GIST"]
        assert sorted(roles) == ["lead", "member"]
        assert outcomes[0] == "done"
        assert outcomes[1] in ("roster-no-right", "roster-last-keeper")


@pytest.mark.parametrize("turn", range(5))
def test_somebody_who_asks_twice_and_is_added_meanwhile_is_one_person(database_url: str, turn: int):
    with installed(database_url) as database:
        with database.transaction() as session:
            room = Room(Work(session, NOW, NOW, WORDS))
            room.set_up()
            side, key = room.side("GIST").id or 0, room.task_force().id

        def ask(room: Room) -> None:
            joining.ask(room.work, room.asker("U3"), side, Details("정하늘"))

        def add(room: Room) -> None:
            kept: dict[str, object] = {"task_force": key, "user": "U3"}
            members.save(room.work, room.asker("U1"), kept, Details("정하늘"), Role.MEMBER)

        outcomes = at_once(database, ask, ask, add)

        assert set(outcomes) <= {"done", "member-there-already"}
        with database.reading() as session:
            names = [name for _, name, _ in Room(Work(session, NOW, NOW, WORDS)).roster()]
        assert names.count("정하늘") == 1


@pytest.mark.parametrize("turn", range(3))
def test_two_who_decide_at_once_decide_once(database_url: str, turn: int):
    with installed(database_url) as database:
        with database.transaction() as session:
            room = Room(Work(session, NOW, NOW, WORDS))
            room.set_up()
            room.joins("U3", "GIST", Role.SECRETARY)
            waiting = room.asks_to_join("U4", "GIST").id or 0

        outcomes = at_once(
            database,
            lambda room: joining.decide(room.work, room.asker("U1"), waiting, approve=True),
            lambda room: joining.decide(room.work, room.asker("U3"), waiting, approve=False),
        )

        assert outcomes == ["done", "join-already-decided"]


@pytest.mark.parametrize("turn", range(3))
def test_two_who_set_one_channel_up_at_once_make_one_task_force(database_url: str, turn: int):
    with installed(database_url) as database:
        at_once(database, lambda room: room.set_up(by="U4"), lambda room: room.set_up(by="U9"))

        with database.reading() as session:
            assert len(Room(Work(session, NOW, NOW, WORDS)).roster()) == 2
