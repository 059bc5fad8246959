"""Joining a side, on both engines."""

from collections.abc import Iterator

import pytest

from bot.messages.post import Reply
from bot.rules.roster import Details
from bot.services import joining, members
from bot.services.askers import Surface
from bot.services.refused import Misfilled, Refused
from bot.services.work import Work
from storage import history, people
from storage.tables import PersonState, Role
from tests.services.room import NOW, WORDS, Room, buttons, checked, installed

GIST_LEAD, COUNTY_SECRETARY, NEWCOMER, ENGLISH, STRANGER = "U1", "U2", "U3", "U4", "U9"


@pytest.fixture
def room(database_url: str) -> Iterator[Room]:
    with installed(database_url) as database, database.transaction() as session:
        room = Room(Work(session, NOW, NOW, WORDS))
        room.set_up()
        room.sent()
        yield room


def decide(room: Room, user: str, person_id: int, *, approve: bool = True) -> str:
    reply = checked(joining.decide(room.work, room.asker(user, Surface.BUTTON, "D1"), person_id, approve=approve))
    assert reply.post
    return reply.post.text


def test_the_form_has_the_sides_and_what_slack_knows(room: Room):
    view = room.says(NEWCOMER, "참여 영광군측").view

    assert view
    fields = {block.get("block_id"): block.get("element", {}) for block in view["blocks"]}
    assert [one["text"]["text"] for one in fields["side"]["options"]] == ["GIST", "영광군"]
    assert fields["side"]["initial_option"]["text"]["text"] == "영광군"
    assert fields["name"]["initial_value"] == "정하늘"
    assert fields["job-title"]["initial_value"] == "과장"


def test_who_asks_waits_and_the_own_side_is_asked(room: Room):
    room.asks_to_join(NEWCOMER, "영광군")

    assert ("영광군", "정하늘", "member?") in room.roster()
    [(to, question)] = room.queued("join-request")
    assert to == COUNTY_SECRETARY
    assert "정하늘 주무관 · 정책과" in question.text
    assert set(buttons(question)) == {"join-approve", "join-reject", "menu"}


def test_the_answer_names_who_decides(room: Room):
    side = room.side("GIST").id or 0

    reply = joining.ask(room.work, room.asker(ENGLISH), side, Details("Emma Clarke", "Policy", "Researcher"))

    assert reply.post
    assert "These people can approve: 이강민 과장" in reply.post.text


def test_a_side_whose_people_slack_cannot_reach_says_so(room: Room):
    people.account(room.work.session, GIST_LEAD).is_deleted = True

    reply = joining.ask(room.work, room.asker(ENGLISH), room.side("GIST").id or 0, Details("Emma Clarke"))

    assert reply.post
    assert "nobody there can approve" in reply.post.text


def test_approved(room: Room):
    person = room.asks_to_join(NEWCOMER, "영광군")

    said = decide(room, COUNTY_SECRETARY, person.id or 0)

    assert "승인했습니다" in said
    assert ("영광군", "정하늘", "member") in room.roster()
    [(to, outcome)] = room.queued("join-outcome")
    assert to == NEWCOMER
    assert "승인되었습니다. 승인: 최유진" in outcome.text
    assert "세 가지" in str(outcome.blocks)
    [(_, question)] = room.queued("join-request")
    assert "승인: 최유진" in question.text
    assert set(buttons(question)) == {"menu"}


def test_rejected_and_asked_again(room: Room):
    person = room.asks_to_join(NEWCOMER, "영광군")
    decide(room, COUNTY_SECRETARY, person.id or 0, approve=False)
    assert "승인되지 않았습니다" in room.queued("join-outcome")[0][1].text
    assert "정하늘" not in str(room.roster())

    room.asks_to_join(NEWCOMER, "영광군")

    assert len(room.queued("join-request")) == 2, "the second question is a message of its own"
    decide(room, COUNTY_SECRETARY, room.person(NEWCOMER).id or 0)
    assert ("영광군", "정하늘", "member") in room.roster()


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        pytest.param(GIST_LEAD, "영광군 측입니다", id="the other side's lead"),
        pytest.param("U5", "roles: 최유진", id="a member of the own side"),
    ],
)
def test_who_may_not_decide_is_told_who_may(room: Room, user: str, reason: str):
    room.joins("U5", "영광군")
    person = room.asks_to_join(NEWCOMER, "영광군")
    asker = room.asker(user, Surface.BUTTON)

    with pytest.raises(Refused) as raised:
        joining.decide(room.work, asker, person.id or 0, approve=True)

    english = WORDS.say("en")(raised.value.key, **raised.value.args_of_key)
    assert reason in asker.say(raised.value.key, **raised.value.args_of_key) or reason in english
    assert room.person(NEWCOMER).state is PersonState.PENDING


@pytest.mark.parametrize("user", [STRANGER, NEWCOMER])
def test_outsiders_and_the_one_who_waits_decide_nothing(room: Room, user: str):
    person = room.asks_to_join(NEWCOMER, "영광군")

    with pytest.raises(Refused, match="roster-nobody"):
        joining.decide(room.work, room.asker(user, Surface.BUTTON), person.id or 0, approve=True)


def test_a_stale_button_says_what_became_of_it(room: Room):
    person = room.joins(NEWCOMER, "영광군")

    with pytest.raises(Refused) as raised:
        joining.decide(room.work, room.asker(COUNTY_SECRETARY), person.id or 0, approve=False)

    assert "이미 영광군 측 명단에" in WORDS.say("ko")(raised.value.key, **raised.value.args_of_key)
    assert room.person(NEWCOMER).state is PersonState.ACTIVE


def test_a_person_of_another_task_force_shows_and_changes_nothing(room: Room):
    other = Room(room.work, "C2")
    other.set_up()
    waiting = other.asks_to_join(NEWCOMER, "GIST")
    room.joins("U5", "GIST", Role.LEAD)

    with pytest.raises(Refused, match="roster-nobody"):
        joining.decide(room.work, room.asker("U5"), waiting.id or 0, approve=True)
    with pytest.raises(Refused) as raised:
        joining.ask(room.work, room.asker(NEWCOMER), other.side("GIST").id or 0, Details("정하늘"))

    assert raised.value.field == "side"
    assert waiting.state is PersonState.PENDING


def test_asking_for_the_other_side_instead(room: Room):
    first = room.asks_to_join(NEWCOMER, "GIST")
    room.sent()

    again = room.asks_to_join(NEWCOMER, "영광군", "정하늘2")

    assert again.id == first.id
    assert room.roster()[-1] == ("영광군", "정하늘2", "member?")
    asked = dict(room.queued("join-request"))
    assert set(buttons(asked[GIST_LEAD])) == {"menu"}, "GIST's lead has nothing to decide any more"
    assert set(buttons(asked[COUNTY_SECRETARY])) == {"join-approve", "join-reject", "menu"}


def test_who_is_in_sees_as_what(room: Room):
    reply = room.says(GIST_LEAD, "join")

    assert reply.view is None
    assert reply.post
    assert "이미 GIST 측 단장" in reply.post.text


def test_joining_again_on_another_side_leaves_the_old_record(room: Room):
    old = room.joins(NEWCOMER, "GIST")
    old.state = PersonState.LEFT

    new = room.asks_to_join(NEWCOMER, "영광군")

    assert new.id != old.id
    assert old.side_id == room.side("GIST").id


def test_a_former_member_who_asks_the_other_side_instead_leaves_the_old_record(room: Room):
    old = room.joins(NEWCOMER, "GIST")
    members.remove(room.work, room.asker(GIST_LEAD), old.id or 0)
    room.asks_to_join(NEWCOMER, "GIST")
    room.sent()

    new = room.asks_to_join(NEWCOMER, "영광군")

    assert (old.state, old.side_id) == (PersonState.LEFT, room.side("GIST").id)
    assert (new.id, new.state) != (old.id, PersonState.ACTIVE)
    assert [row for row in room.roster() if row[1] == "정하늘"] == [("영광군", "정하늘", "member?")]
    asked = dict(room.queued("join-request"))
    assert "본인이 요청을 거두고" in asked[GIST_LEAD].text
    assert set(buttons(asked[COUNTY_SECRETARY])) == {"join-approve", "join-reject", "menu"}
    decide(room, COUNTY_SECRETARY, new.id or 0)
    assert room.person(NEWCOMER).id == new.id


def test_joining_again_never_brings_an_old_role_back(room: Room):
    old = room.joins(NEWCOMER, "GIST", Role.DEPUTY)
    old.state = PersonState.LEFT

    assert room.joins(NEWCOMER, "GIST").role is Role.MEMBER
    assert room.person(NEWCOMER).id == old.id


@pytest.mark.parametrize(
    ("details", "field"),
    [
        pytest.param(Details(" "), "name", id="no name"),
        pytest.param(Details("가" * 61), "name", id="a name too long"),
        pytest.param(Details("김", "가" * 81), "department", id="a department too long"),
        pytest.param(Details("김", "", "가" * 61), "job-title", id="a position too long"),
    ],
)
def test_what_must_be_mended(room: Room, details: Details, field: str):
    with pytest.raises(Misfilled) as raised:
        joining.ask(room.work, room.asker(NEWCOMER), room.side("GIST").id or 0, details)

    assert [problem.field for problem in raised.value.problems] == [field]


def test_the_language_where_slack_hides_it(room: Room):
    details = Details("한도윤", language="en")

    reply = joining.ask(room.work, room.asker("U5"), room.side("GIST").id or 0, details)

    assert reply.post
    assert "You have asked" in reply.post.text
    assert room.asker("U5").say.language == "en"


def test_hostile_details_come_out_as_text(room: Room):
    person = room.asks_to_join(NEWCOMER, "영광군", "<!channel> <@U1>")

    [(_, question)] = room.queued("join-request")
    assert "&lt;!channel&gt; &lt;@U1&gt;" in question.text
    assert "<!channel>" not in decide(room, COUNTY_SECRETARY, person.id or 0)


def test_the_welcome_and_its_return(room: Room):
    stranger = joining.welcome(room.work, room.asker(ENGLISH))
    lead = joining.welcome(room.work, room.asker(GIST_LEAD))
    room.asks_to_join(NEWCOMER, "GIST")
    waiting = joining.welcome(room.work, room.asker(NEWCOMER))

    for post in (stranger, lead, waiting):
        checked(Reply(post))
    assert stranger
    assert "What is stored" in stranger.text
    sides = {f"join-side-{room.side(name).id}" for name in ("GIST", "영광군")}
    assert sides <= set(buttons(stranger))
    assert lead
    assert "단장" in lead.text
    assert waiting
    assert "기다리고 있습니다" in waiting.text
    assert joining.welcome(room.work, room.asker(STRANGER, channel="C-elsewhere")) is None


def test_everything_is_in_the_history(room: Room):
    person = room.joins(NEWCOMER, "영광군")

    changes = history.of(room.work.session, ("person", person.id or 0))
    assert [change.act for change in changes] == ["asked-to-join", "let-in"]
    assert changes[1].person_id == room.person(COUNTY_SECRETARY).id
    assert changes[1].old
    assert changes[1].old["state"] == "pending"
