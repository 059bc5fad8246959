"""A channel gets its task force, on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, SQLModel, col, select

from bot.rules.setup import ChannelPeople, SetupAnswers, SideAnswer
from bot.services import posts
from bot.services.askers import Surface, Who, find_asker
from bot.services.refused import Misfilled
from bot.services.setup import open_setup, set_up
from bot.services.work import Work
from config.words import Words
from storage import history, people
from storage.database import Database
from storage.people import Profile
from storage.tables import Installation, OutboxRow, Person, Role, Side, TaskForce

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
WORDS = Words()
BOT, LEAD, SECRETARY, STRANGER, OTHER_BOT, OUTSIDE = "U0BOT", "U1", "U2", "U3", "U0ROBOT", "U9"
NAMES = {
    LEAD: "이강민",
    SECRETARY: "최유진",
    STRANGER: "Emma Clarke",
    OTHER_BOT: "Robot",
    OUTSIDE: "나그네",
    BOT: "TFT봇",
}


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    SQLModel.metadata.create_all(database.engine)
    with database.transaction() as session:
        session.add(Installation(team_id="T1", team_name="GIST", bot_user_id=BOT, bot_token="xoxb", installed_at=NOW))
        for user_id, name in NAMES.items():
            locale = "en-GB" if user_id == STRANGER else "ko-KR"
            is_bot = user_id in (BOT, OTHER_BOT)
            people.remember_profile(
                session, Profile(user_id, "T1", name, locale, "Asia/Seoul", is_bot, False, title="과장"), NOW
            )
    yield database
    database.close()


@pytest.fixture
def work(database: Database) -> Iterator[Work]:
    with database.transaction() as session:
        yield Work(session, NOW, NOW, WORDS)


ANSWERS = SetupAnswers(
    "스마트 모빌리티 TFT",
    (SideAnswer("GIST", LEAD, "이강민", Role.LEAD), SideAnswer("영광군", SECRETARY, "최유진", Role.SECRETARY)),
    weekday=1,
)


def do(work: Work, answers: SetupAnswers, by: str = STRANGER, channel: str = "C1", members: set[str] | None = None):
    who = Who(by, channel, work.session.exec(select(Installation)).one(), Surface.FORM)
    accounts = {user_id: people.account(work.session, user_id) for user_id in NAMES}
    present = {BOT, LEAD, SECRETARY, STRANGER, OTHER_BOT} if members is None else members
    here = ChannelPeople(present, accounts, by, BOT)
    return set_up(work, find_asker(work, who), channel, answers, here)


def keys(work: Work, answers: SetupAnswers, **options: object) -> dict[str | None, str]:
    """Field → key of what is wrong with it."""
    with pytest.raises(Misfilled) as raised:
        do(work, answers, **options)  # type: ignore[arg-type]
    return {problem.field: problem.key for problem in raised.value.problems}


def roster(session: Session) -> list[tuple[str, str, str]]:
    query = select(Side.name, Person.name, Person.role).join(Person, col(Person.side_id) == col(Side.id))
    return [(side, name, Role(role).value) for side, name, role in session.exec(query.order_by(col(Side.position)))]


def test_a_task_force_with_its_sides_first_people_and_day(work: Work):
    reply = do(work, ANSWERS)

    assert roster(work.session) == [("GIST", "이강민", "lead"), ("영광군", "최유진", "secretary")]
    made = work.session.exec(select(TaskForce)).one()
    assert (made.name, made.weekly_weekday, made.language) == ("스마트 모빌리티 TFT", 1, "en")
    assert reply.post
    assert "has begun" in reply.post.text


def test_the_menu_is_posted_and_the_named_are_told(work: Work):
    do(work, ANSWERS)

    queued = work.session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
    assert [(row.kind, row.channel_id or row.user_id) for row in queued] == [
        ("named", LEAD),
        ("named", SECRETARY),
        ("menu", "C1"),
    ]
    said = [posts.render(work.session, row, posts.voice(work.session, row, WORDS), NOW) for row in queued]
    assert said[0]
    assert "GIST 측 단장" in said[0].text
    assert said[2]
    assert said[2].text == "Menu of 스마트 모빌리티 TFT"
    assert posts.kinds()["menu"].pinned


def test_whoever_sets_up_becomes_nothing_by_it(work: Work):
    do(work, ANSWERS, by=STRANGER)

    task_force = work.session.exec(select(TaskForce)).one()
    assert people.person_of(work.session, task_force, STRANGER) is None


def test_everything_is_in_the_history(work: Work):
    do(work, ANSWERS)

    task_force = work.session.exec(select(TaskForce)).one()
    lead = people.person_of(work.session, task_force, LEAD)
    assert lead
    assert [change.act for change in history.of(work.session, ("task_force", task_force.id or 0))] == ["set-up"]
    assert [change.new for change in history.of(work.session, ("person", lead.id or 0))] == [
        {"side": "GIST", "role": "lead", "name": "이강민", "by": STRANGER}
    ]


def test_a_second_one_in_the_channel_is_refused_and_outsiders_see_no_names(work: Work):
    do(work, ANSWERS)

    by_stranger = do(work, replace(ANSWERS, name="둘째"), by=STRANGER)
    by_lead = do(work, replace(ANSWERS, name="둘째"), by=LEAD)

    assert len(work.session.exec(select(TaskForce)).all()) == 1
    assert by_stranger.post
    assert "already has" in by_stranger.post.text
    assert "이강민" not in by_stranger.post.text
    assert by_lead.post
    assert "이강민" in by_lead.post.text


def test_another_channel_may_have_another_one(work: Work):
    do(work, ANSWERS)
    do(work, ANSWERS, channel="C2")

    assert len(work.session.exec(select(TaskForce)).all()) == 2


GIST, COUNTY = ANSWERS.sides


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(replace(ANSWERS, name=" \u200b "), {"name": "name-empty"}, id="a name of invisible characters"),
        pytest.param(replace(ANSWERS, name="가" * 201), {"name": "name-too-long"}, id="a name too long"),
        pytest.param(
            replace(ANSWERS, sides=(GIST, replace(COUNTY, name="gist"))), {"side-1": "setup-side-twice"}, id="same side"
        ),
        pytest.param(
            replace(ANSWERS, sides=(GIST, replace(COUNTY, user_id=LEAD))),
            {"person-1": "setup-person-twice"},
            id="one person for both",
        ),
        pytest.param(
            replace(ANSWERS, sides=(replace(GIST, user_id=OTHER_BOT), COUNTY)),
            {"person-0": "setup-person-bot"},
            id="a bot",
        ),
        pytest.param(
            replace(ANSWERS, sides=(GIST, replace(COUNTY, user_id=OUTSIDE))),
            {"person-1": "setup-person-not-here"},
            id="somebody who is not in the channel",
        ),
        pytest.param(
            replace(ANSWERS, sides=(GIST, replace(COUNTY, user_id="U0FORGED"))),
            {"person-1": "setup-person-missing"},
            id="an id that nobody has",
        ),
        pytest.param(
            SetupAnswers(),
            {
                "name": "name-empty",
                "side-0": "name-empty",
                "person-0": "setup-person-missing",
                "side-1": "name-empty",
                "person-1": "setup-person-missing",
            },
            id="nothing filled in: every field says so",
        ),
    ],
)
def test_what_must_be_mended_is_said_at_its_field(work: Work, answers: SetupAnswers, expected: dict[str, str]):
    assert keys(work, answers) == expected


def test_the_bot_and_the_asker_must_be_in_the_channel(work: Work):
    assert keys(work, ANSWERS, members={LEAD, SECRETARY, STRANGER}) == {"name": "setup-bot-not-here"}
    assert keys(work, ANSWERS, members={BOT, LEAD, SECRETARY}) == {"name": "setup-asker-not-here"}


@pytest.mark.parametrize("name", ["모" * 200, "<!channel> <https://evil|좋은 링크> & *굵게*", "TFT\nx"])
def test_long_and_hostile_names_are_kept_and_can_do_nothing(work: Work, name: str):
    do(work, replace(ANSWERS, name=name, sides=(replace(GIST, name="<!here>"), COUNTY)))

    for row in work.session.exec(select(OutboxRow)):
        post = posts.render(work.session, row, posts.voice(work.session, row, WORDS), NOW)
        assert post
        assert "<!" not in post.text
        assert "<http" not in post.text
    assert work.session.exec(select(TaskForce)).one().name == name.replace("\n", " ")


def test_in_a_direct_message_the_channel_is_asked_for(work: Work):
    who = Who(LEAD, "D1", work.session.exec(select(Installation)).one(), Surface.DIRECT)

    reply = open_setup(work, find_asker(work, who), "")

    assert reply.view is None
    assert reply.post
    assert reply.post.blocks[1]["elements"][0]["type"] == "conversations_select"


def test_the_form_begins_with_the_name_of_our_own_organisation(work: Work):
    who = Who(LEAD, "C1", work.session.exec(select(Installation)).one(), Surface.COMMAND)

    view = open_setup(work, find_asker(work, who), "").view

    fields = {block.get("block_id"): block.get("element") for block in view["blocks"]} if view else {}
    assert fields["side-0"]["initial_value"] == "GIST"
    assert set(fields) >= {"name", "side-1", "person-0", "person-1", "role-0", "role-1", "weekday"}
