"""The demo's budget: four lines in different stages, and its month day by day: who hears of dates how often."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.services import channel_reminders, posts
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.nudges import NUDGES
from bot.services.reactions import NUDGE
from bot.wiring import build_deps, machine_time
from config import demo as case
from config.words import Words
from handlers import demo, nudges
from handlers.deps import Deps
from storage import budget
from storage.budget import Sight
from storage.database import Database
from storage.tables import Milestone, OutboxRow, Outcome, Side, Stage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
SEOUL = ZoneInfo("Asia/Seoul")
REMINDERS = (NUDGE, NUDGES, MILESTONE_NUDGE, channel_reminders.CHANNEL_NUDGES)
FIRST, LAST = date(2026, 11, 23), date(2026, 12, 31)
# By hand: the leads of each date before it, moved earlier on days off, its own day, and three working days after a vote.
DAYS = {
    "doyun": "11-23 11-25 11-27 11-30 12-01 12-02 12-03 12-07 12-14 12-16 12-18 12-21 12-24 12-31",
    "minji": "11-23 11-25 11-27 11-30 12-01 12-02 12-03 12-07 12-14 12-15 12-18 12-21 12-24",
    "the channel": "11-23 11-25 11-27 12-01 12-14 12-16 12-18 12-22 12-24",
    "yujin": "11-23 11-30 12-09 12-15 12-16 12-18 12-22 12-23 12-29",
    "gangmin": "11-27 12-01 12-18",
    "taegyeong": "11-27 12-01 12-18 12-22 12-23",
    "serin": "11-30 12-01 12-07 12-14 12-17 12-18 12-21 12-24 12-31",
    "seogyeong": "12-29",
}
SECRET = "진입로"  # stands in the name of the county's own line


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deps]:
    folder: Path = tmp_path_factory.mktemp("demo")
    database = Database(demo.database_url(folder))
    demo.seed(folder, database, machine_time())
    yield build_deps(demo.settings(folder, "http://127.0.0.1:1"), database)
    database.close()


@pytest.fixture(scope="module")
def month(deps: Deps) -> list[tuple[date, str, str]]:
    """Every reminder of the month: day, receiver, text. Nobody answers any of them."""
    found: list[tuple[date, str, str]] = []
    for day in (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)):
        for hour in (time(9), time(9, 30), time(14)):
            moment = datetime.combine(day, hour, SEOUL)
            nudges.tick(replace(deps, clock=lambda moment=moment: moment))  # type: ignore[misc]
            found += [(day, to, text) for to, text in sent(deps, moment)]
    return found


def sent(deps: Deps, moment: datetime) -> list[tuple[str, str]]:
    """What waits of reminders, as it would be sent now; then nothing waits."""
    words = Words()
    with deps.database.transaction() as session:
        rows = session.exec(select(OutboxRow)).all()
        said = [row for row in rows if row.kind in REMINDERS]
        posted = [(row, posts.render(session, row, posts.voice(session, row, words), moment)) for row in said]
        for row in rows:
            session.delete(row)
    return [(row.user_id or row.channel_id or "", post.text) for row, post in posted if post]


def test_four_lines_in_different_stages_one_of_them_internal(deps: Deps):
    with deps.database.reading() as session:
        sides = {side.name: side.id for side in session.exec(select(Side))}
        everything = budget.lines(session, Sight(1, sides["영광군"]))
        joint = budget.lines(session, Sight(1))
    assert {line.stage for line in joint} == {Stage.REQUESTED, Stage.DRAFTED, Stage.EXECUTING}
    assert [line.name for line in everything if line not in joint] == ["센터 예정 부지 진입로 정비(군 자체 검토)"]


def test_the_window_of_2027(deps: Deps):
    with deps.database.reading() as session:
        found = {(one.preset, one.legal_on, one.agreed_on): one for one in session.exec(select(Milestone))}
    submitted = found["loc_submit", date(2026, 11, 21), date(2026, 11, 20)]
    assert submitted.outcome is Outcome.DONE
    assert {
        ("loc_vote", date(2026, 12, 21), None),
        ("nat_vote", date(2026, 12, 2), None),
        ("inv_1", date(2027, 1, 15), None),
        ("sub_apply", date(2027, 4, 30), None),
    } <= set(found)


def test_nobody_and_no_channel_hears_more_than_once_a_day(month: list[tuple[date, str, str]]):
    a_day = Counter((day, to) for day, to, _ in month)

    assert set(a_day.values()) == {1}, [key for key, count in a_day.items() if count > 1]


def test_how_often_the_budget_is_heard_of(month: list[tuple[date, str, str]]):
    """Days of the month on which the day's one message has dates of the budget: per person, and the channel."""
    names = {member.id: member.handle for member in case.load().members} | {"C0TFT": "the channel"}
    about: dict[str, list[str]] = {}
    for day, to, text in month:
        if "*B-" in text or "집행한 금액" in text:
            about.setdefault(names[to], []).append(f"{day:%m-%d}")

    assert {name: " ".join(days) for name, days in about.items()} == DAYS


def test_the_countys_own_line_is_heard_of_on_its_side_alone(month: list[tuple[date, str, str]]):
    county = {member.id for member in case.load().members if member.side == "영광군"}

    assert [(day, to) for day, to, text in month if SECRET in text and to not in county] == []
