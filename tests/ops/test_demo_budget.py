"""The demo's budget: four lines in different stages, and the window of the next year.

Who hears of its dates how often: `tests/story/test_month.py`.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from bot.wiring import machine_time
from handlers import demo
from storage import budget
from storage.budget import Sight
from storage.database import Database
from storage.tables import Milestone, Outcome, Side, Stage


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("demo")
    database = Database(demo.database_url(folder))
    demo.seed(folder, database, machine_time())
    yield database
    database.close()


def test_four_lines_in_different_stages_one_of_them_internal(database: Database):
    with database.reading() as session:
        sides = {side.name: side.id for side in session.exec(select(Side))}
        everything = budget.lines(session, Sight(1, sides["영광군"]))
        joint = budget.lines(session, Sight(1))
    assert {line.stage for line in joint} == {Stage.REQUESTED, Stage.DRAFTED, Stage.EXECUTING}
    assert [line.name for line in everything if line not in joint] == ["센터 예정 부지 진입로 정비(군 자체 검토)"]


def test_the_window_of_2027(database: Database):
    with database.reading() as session:
        found = {(one.preset, one.legal_on, one.agreed_on): one for one in session.exec(select(Milestone))}
    submitted = found["loc_submit", date(2026, 11, 21), date(2026, 11, 20)]
    assert submitted.outcome is Outcome.DONE
    assert {
        ("loc_vote", date(2026, 12, 21), None),
        ("nat_vote", date(2026, 12, 2), None),
        ("inv_1", date(2027, 1, 15), None),
        ("sub_apply", date(2027, 4, 30), None),
    } <= set(found)
