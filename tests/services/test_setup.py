"""A channel gets its task force, on both engines."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import col, select

from bot.messages.forms import Values
from bot.messages.post import Reply
from bot.messages.setup import form, read_form
from bot.rules.setup import MOST_SIDES, SetupAnswers, SideAnswer
from bot.services import posts
from bot.services.askers import Surface
from bot.services.refused import Misfilled, Refused
from bot.services.setup import open_setup, set_up
from bot.services.work import Work
from storage import history, people
from storage.tables import OutboxRow, Role, TaskForce
from tests.services.room import ANSWERS, BOT, NOW, WORDS, Room, checked, installed

LEAD, SECRETARY, STRANGER, OUTSIDE, OTHER_BOT = "U1", "U2", "U4", "U9", "U0ROBOT"
HERE = {BOT, LEAD, SECRETARY, STRANGER, OTHER_BOT}
GIST, COUNTY = ANSWERS.sides


@pytest.fixture
def room(database_url: str) -> Iterator[Room]:
    with installed(database_url) as database, database.transaction() as session:
        yield Room(Work(session, NOW, NOW, WORDS))


def keys(room: Room, answers: SetupAnswers, members: set[str]) -> dict[str | None, str]:
    """Field → key of what is wrong with it."""
    with pytest.raises(Misfilled) as raised:
        room.set_up(answers, by=STRANGER, members=members)
    return {problem.field: problem.key for problem in raised.value.problems}


def test_a_task_force_with_its_sides_first_people_and_day(room: Room):
    reply = room.set_up(by=STRANGER)

    assert room.roster() == [("GIST", "이강민", "lead"), ("영광군", "최유진", "secretary")]
    made = room.work.session.exec(select(TaskForce)).one()
    assert (made.name, made.weekly_weekday, made.language) == ("스마트 모빌리티 TFT", 1, "en")
    assert reply.post
    assert "is set up" in reply.post.text


def test_the_menu_is_posted_and_the_named_are_told(room: Room):
    room.set_up(by=STRANGER)

    queued = room.work.session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
    assert [(row.kind, row.channel_id or row.user_id) for row in queued] == [
        ("menu", "C1"),
        ("named", LEAD),
        ("named", SECRETARY),
    ]
    assert "GIST 측 단장" in room.rendered(queued[1]).text
    assert room.rendered(queued[0]).text == "Menu of 스마트 모빌리티 TFT"
    assert posts.kinds()["menu"].pinned


def test_whoever_sets_up_becomes_nothing_by_it(room: Room):
    room.set_up(by=STRANGER)

    task_force = room.work.session.exec(select(TaskForce)).one()
    assert people.person_of(room.work.session, task_force, STRANGER) is None


def test_everything_is_in_the_history(room: Room):
    room.set_up(by=STRANGER)

    task_force = room.work.session.exec(select(TaskForce)).one()
    lead = people.person_of(room.work.session, task_force, LEAD)
    assert lead
    assert [change.act for change in history.of(room.work.session, ("task_force", task_force.id or 0))] == ["set-up"]
    assert [change.new for change in history.of(room.work.session, ("person", lead.id or 0))] == [
        {"side": "GIST", "role": "lead", "name": "이강민", "by": STRANGER}
    ]


def test_a_second_one_in_the_channel_is_refused_and_outsiders_see_no_names(room: Room):
    room.set_up(by=STRANGER)

    by_stranger = room.set_up(replace(ANSWERS, name="둘째"), by=STRANGER)
    by_lead = room.set_up(replace(ANSWERS, name="둘째"), by=LEAD)

    assert len(room.work.session.exec(select(TaskForce)).all()) == 1
    assert by_stranger.post
    assert "already has" in by_stranger.post.text
    assert "이강민" not in by_stranger.post.text
    assert by_lead.post
    assert "이강민" in by_lead.post.text


def test_another_channel_may_have_another_one(room: Room):
    room.set_up(by=STRANGER)
    Room(room.work, "C2").set_up()

    assert len(room.work.session.exec(select(TaskForce)).all()) == 2


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
def test_what_must_be_mended_is_said_at_its_field(room: Room, answers: SetupAnswers, expected: dict[str, str]):
    assert keys(room, answers, HERE) == expected


def test_the_bot_and_the_asker_must_be_in_the_channel(room: Room):
    assert keys(room, ANSWERS, members={LEAD, SECRETARY, STRANGER}) == {"name": "setup-bot-not-here"}
    assert keys(room, ANSWERS, members={BOT, LEAD, SECRETARY}) == {"name": "setup-asker-not-here"}


@pytest.mark.parametrize("name", ["모" * 200, "<!channel> <https://evil|좋은 링크> & *굵게*", "TFT\nx"])
def test_long_and_hostile_names_are_kept_and_can_do_nothing(room: Room, name: str):
    room.set_up(replace(ANSWERS, name=name, sides=(replace(GIST, name="<!here>"), COUNTY)))

    for row in room.work.session.exec(select(OutboxRow)):
        text = room.rendered(row).text
        assert "<!" not in text
        assert "<http" not in text
    assert room.work.session.exec(select(TaskForce)).one().name == name.replace("\n", " ")


def test_in_a_direct_message_the_channel_is_asked_for(room: Room):
    reply = open_setup(room.work, room.asker(LEAD, Surface.DIRECT, "D1"), "")

    assert reply.view is None
    assert checked(reply).post
    assert reply.post
    assert reply.post.blocks[1]["elements"][0]["type"] == "conversations_select"


def test_the_form_begins_with_the_name_of_our_own_organisation(room: Room):
    view = checked(open_setup(room.work, room.asker(LEAD), "")).view

    fields = {block.get("block_id"): block.get("element") for block in view["blocks"]} if view else {}
    assert fields["side-0"]["initial_value"] == "GIST"
    assert set(fields) >= {"name", "side-1", "person-0", "person-1", "role-0", "role-1", "weekday"}


def test_a_form_that_somebody_else_was_ahead_of_is_refused(room: Room):
    room.set_up()
    bound = people.bound_channel(room.work.session, "C1")
    assert bound
    late = room.asker(LEAD)

    with pytest.raises(Refused) as raised:
        set_up(room.work, replace(late, channel=None, task_force=None), "C1", ANSWERS, room.here(LEAD))

    assert raised.value.key == "setup-ahead"


@pytest.mark.parametrize("sides", range(2, MOST_SIDES + 1))
def test_the_form_for_any_number_of_sides_is_one_that_slack_takes(sides: int):
    for language in ("ko", "en"):
        answers = SetupAnswers("가" * 200, (GIST,) * sides, 4)
        view = form(WORDS.say(language), answers, "C1", "nonce")
        checked(Reply(view=view))


def test_what_is_entered_is_read_back():
    values: Values = {
        "name": {"answer": {"value": "TFT"}},
        "side-0": {"answer": {"value": "GIST"}},
        "person-0": {"setup-person": {"selected_option": {"value": "U1", "text": {"text": "이강민 · 과장"}}}},
        "role-0": {"answer": {"selected_option": {"value": "secretary", "text": {"text": "간사"}}}},
        "side-1": {"answer": {"value": None}},
        "weekday": {"answer": {"selected_option": {"value": "3", "text": {"text": "목요일"}}}},
    }

    first = SideAnswer("GIST", "U1", "이강민 · 과장", Role.SECRETARY)
    assert read_form(values, 2) == SetupAnswers("TFT", (first, SideAnswer()), 3)


def test_somebody_whose_language_slack_hides_is_spoken_to_in_the_task_forces(room: Room):
    hidden = replace(COUNTY, user_id="U5")

    room.set_up(replace(ANSWERS, sides=(GIST, hidden)), by=STRANGER)

    assert "You are now secretary" in dict(room.queued("named"))["U5"].text
