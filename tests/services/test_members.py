"""Changing a side's people, on both engines."""

from collections.abc import Iterator

import pytest

from bot.rules.roster import Details
from bot.services import members, own_settings
from bot.services.askers import Surface
from bot.services.refused import Misfilled, Refused
from bot.services.work import Work
from storage import history, people
from storage.tables import Item, ItemStatus, Part, PersonState, Role
from tests.services.room import NOW, WORDS, Room, buttons, checked, installed

GIST_LEAD, COUNTY_SECRETARY, MEMBER, ENGLISH, HIDDEN, STRANGER = "U1", "U2", "U3", "U4", "U5", "U9"


@pytest.fixture
def room(database_url: str) -> Iterator[Room]:
    with installed(database_url) as database, database.transaction() as session:
        room = Room(Work(session, NOW, NOW, WORDS))
        room.set_up()
        room.joins(MEMBER, "GIST")
        room.joins(ENGLISH, "영광군")
        room.sent()
        yield room


def owns(room: Room, user: str, status: ItemStatus = ItemStatus.OPEN) -> None:
    """Somebody owns an item, A-1."""
    channel = people.bound_channel(room.work.session, "C1")
    assert channel
    owner = room.person(user)
    item = Item(
        task_force_id=channel.task_force_id,
        number=1,
        title="계획서",
        status=status,
        channel_id=channel.id or 0,
        created_by=owner.id or 0,
        created_at=NOW,
    )
    room.work.session.add(item)
    room.work.session.flush()
    room.work.session.add(Part(item_id=item.id or 0, side_id=owner.side_id, owner_id=owner.id or 0))
    room.work.session.flush()


def save(room: Room, by: str, details: Details, role: Role | None = None, **kept: object) -> str:
    """Submit the form."""
    memory = {"task_force": room.task_force().id, **kept}
    reply = checked(members.save(room.work, room.asker(by, Surface.FORM), memory, details, role))
    assert reply.post
    return reply.post.text


def test_the_roster_shows_sides_roles_and_who_waits(room: Room):
    room.asks_to_join(HIDDEN, "GIST")

    post = room.says(GIST_LEAD, "명단").post

    assert post
    assert "*GIST 측* (2명)\n*단장* 이강민 과장\n*팀원* 정하늘 주무관 · 정책과\n⏳ *팀원* 한도윤" in post.text
    assert {"join-approve", "join-reject", "member-edit", "run-member_add"} <= set(buttons(post))


@pytest.mark.parametrize("user", [MEMBER, COUNTY_SECRETARY])
def test_who_may_not_decide_gets_no_such_button(room: Room, user: str):
    room.asks_to_join(HIDDEN, "GIST")

    assert "join-approve" not in buttons(room.says(user, "roster").post)


def test_outsiders_are_told_how_to_join_and_see_nobody(room: Room):
    said = room.refused(STRANGER, "명단")

    assert "/tft 참여" in said
    assert "이강민" not in said
    assert "이강민" not in room.refused(STRANGER, "구성원 <@U1> 팀원")


def test_a_long_roster_has_pages(room: Room):
    for index in range(30):
        save(room, GIST_LEAD, Details(f"팀원{index:02}", "가" * 80, "나" * 60))

    first, last = room.says(MEMBER, "roster").post, room.says(MEMBER, "roster 99").post

    assert first
    assert last
    assert "3쪽 가운데 1쪽" in str(first.blocks)
    assert "3쪽 가운데 3쪽" in str(last.blocks)
    assert buttons(first)["run-roster_after"] == "roster 2"
    for block in first.blocks:
        assert len(block.get("text", {}).get("text", "")) <= 3000


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("member <@U3> 간사", Role.SECRETARY),
        ("구성원 <@U3|하늘> deputy", Role.DEPUTY),
        ("구성원 정하늘 참관인", Role.OBSERVER),
    ],
)
def test_a_role_is_given_and_told(room: Room, line: str, role: Role):
    reply = room.says(GIST_LEAD, line)

    assert reply.post
    assert room.person(MEMBER).role is role
    [(to, told)] = room.queued("member-told")
    assert to == MEMBER
    assert "바꾸신 분: 이강민 과장" in told.text
    assert history.of(room.work.session, ("person", room.person(MEMBER).id or 0))[-1].act == "role"


@pytest.mark.parametrize(
    ("by", "line", "said"),
    [
        pytest.param(COUNTY_SECRETARY, "member <@U3> lead", "GIST 측에서 바꿀 수 있는 분: 이강민", id="the other side"),
        pytest.param(MEMBER, "member <@U1> observer", "바꿀 수 있습니다: 이강민", id="a member"),
        pytest.param(MEMBER, "member add 홍길동", "바꿀 수 있습니다: 이강민", id="a member adds"),
        pytest.param(ENGLISH, "member remove <@U2>", "people and roles: 최유진", id="a member removes, in English"),
        pytest.param(GIST_LEAD, "member <@U1> 팀원", "하나 남은 단장·부단장·간사", id="the last lead steps down"),
        pytest.param(GIST_LEAD, "member remove <@U1>", "하나 남은 단장·부단장·간사", id="the last lead goes"),
        pytest.param(GIST_LEAD, "member 없는사람 간사", "“없는사람” 이름이 없습니다", id="nobody of that name"),
        pytest.param(GIST_LEAD, "member <@U3> 사장", "단장, 부단장, 간사, 팀원, 참관인", id="no such role"),
        pytest.param(GIST_LEAD, "member remove <@U9>", "명단에 없습니다", id="removes somebody who is not in"),
    ],
)
def test_refusals(room: Room, by: str, line: str, said: str):
    before = room.roster()

    assert said in room.refused(by, line)
    assert room.roster() == before


def test_the_lead_may_step_down_when_a_secretary_is_there(room: Room):
    room.says(GIST_LEAD, "member <@U3> 간사")
    room.says(GIST_LEAD, "member <@U1> 팀원")

    assert room.person(GIST_LEAD).role is Role.MEMBER
    assert "바꿀 수 있습니다: 정하늘" in room.refused(GIST_LEAD, "member <@U1> 단장")


def test_a_keeper_whom_slack_cannot_reach_is_none(room: Room):
    save(room, GIST_LEAD, Details("홍길동"), Role.SECRETARY)

    assert "하나 남은" in room.refused(GIST_LEAD, "member <@U1> 팀원")


def test_a_role_lets_in_who_waits(room: Room):
    room.asks_to_join(HIDDEN, "GIST")

    room.says(GIST_LEAD, "구성원 <@U5> 부단장")

    assert ("GIST", "한도윤", "deputy") in room.roster()
    assert room.queued("join-outcome")[0][0] == HIDDEN


def test_somebody_unknown_gets_the_form_filled_in(room: Room):
    view = room.says(GIST_LEAD, "구성원 <@U9> 간사").view

    assert view
    fields = {block.get("block_id"): block.get("element", {}) for block in view["blocks"]}
    assert fields["name"]["initial_value"] == "나그네"
    assert fields["role"]["initial_option"]["value"] == "secretary"
    save(room, GIST_LEAD, Details("나그네"), Role.SECRETARY, user="U9")
    assert room.roster()[2] == ("GIST", "나그네", "secretary")
    assert [to for to, _ in room.queued("member-told")] == ["U9"]


def test_somebody_without_slack(room: Room):
    view = room.says(COUNTY_SECRETARY, "구성원 추가 홍길동 안전총괄과 주무관").view
    assert view
    assert "안전총괄과" in str(view)

    save(room, COUNTY_SECRETARY, Details("홍길동", "안전총괄과", "주무관"), Role.MEMBER)

    post = room.says(ENGLISH, "roster").post
    assert post
    assert "*member* 홍길동 주무관 · 안전총괄과 (no Slack)" in post.text
    room.says(COUNTY_SECRETARY, "구성원 홍길동 참관인")
    assert ("영광군", "홍길동", "observer") in room.roster()


@pytest.mark.parametrize(
    ("user", "key"),
    [
        pytest.param("U0ROBOT", "setup-person-bot", id="a bot"),
        pytest.param("U0BOT", "setup-person-bot", id="this bot"),
        pytest.param("U4", "member-there-already", id="somebody of the other side"),
    ],
)
def test_who_cannot_be_taken_in(room: Room, user: str, key: str):
    with pytest.raises(Refused) as raised:
        save(room, GIST_LEAD, Details("누구"), Role.MEMBER, user=user)

    assert (raised.value.key, raised.value.field) == (key, "name")


def test_somebody_is_taken_out_and_told(room: Room):
    room.says(GIST_LEAD, "구성원 제외 <@U3>")

    assert room.person(MEMBER).state is PersonState.LEFT
    assert "정하늘" not in str(room.roster())
    [(to, told)] = room.queued("member-told")
    assert (to, "빠지셨습니다" in told.text) == (MEMBER, True)
    assert "/tft 참여" in room.refused(MEMBER, "roster")


@pytest.mark.parametrize("line", ["구성원 제외 <@U3>", "구성원 <@U3> 참관인"])
def test_who_owns_something_open_stays(room: Room, line: str):
    owns(room, MEMBER)

    assert "끝나지 않은 일이 있습니다: A-1" in room.refused(GIST_LEAD, line)
    assert room.person(MEMBER).state is PersonState.ACTIVE


def test_who_owned_what_is_closed_may_go(room: Room):
    owns(room, MEMBER, ItemStatus.CLOSED)

    room.says(GIST_LEAD, "구성원 제외 <@U3>")

    assert room.person(MEMBER).state is PersonState.LEFT


def test_everybody_mends_their_own_details_and_cards_follow(room: Room):
    owns(room, MEMBER)
    view = room.says(MEMBER, "구성원 나").view
    assert view
    assert "role" not in {block.get("block_id") for block in view["blocks"]}

    save(room, MEMBER, Details("정하늘", "모빌리티학과", "교수", "en"), person=room.person(MEMBER).id)

    assert room.person(MEMBER).job_title == "교수"
    assert room.asker(MEMBER).say.language == "en"
    assert [kind for kind, _ in room.queued("item-card")] == ["C1"]


def test_nobody_mends_the_other_side_or_changes_their_own_role_by_a_form(room: Room):
    with pytest.raises(Refused, match="roster-other-side"):
        save(room, COUNTY_SECRETARY, Details("X"), person=room.person(MEMBER).id)
    with pytest.raises(Refused, match="roster-no-right"):
        save(room, MEMBER, Details("정하늘"), Role.LEAD, person=room.person(MEMBER).id)

    assert room.person(MEMBER).name == "정하늘"


def test_a_forged_form_of_another_task_force_changes_nothing(room: Room):
    other = Room(room.work, "C2")
    other.set_up()
    other_lead = other.person("U1").id
    room.says(GIST_LEAD, "member <@U3> 단장")

    with pytest.raises(Refused, match="roster-nobody"):
        save(room, MEMBER, Details("X"), person=other_lead)
    with pytest.raises(Refused, match="roster-nobody"):
        members.save(room.work, room.asker(MEMBER), {"task_force": other.task_force().id}, Details("X"), Role.LEAD)
    with pytest.raises(Refused, match="roster-nobody"):
        members.remove(room.work, room.asker(MEMBER), other_lead or 0)

    assert other.person("U1").name == "이강민"


def test_people_of_one_name_are_told_apart(room: Room):
    save(room, GIST_LEAD, Details("김철수", "", "연구원"))
    save(room, COUNTY_SECRETARY, Details("김철수", "", "주무관"))

    assert "김철수 연구원 (GIST), 김철수 주무관 (영광군)" in room.refused(GIST_LEAD, "구성원 김철수 간사")


def test_a_second_slack_account(room: Room):
    room.says(GIST_LEAD, "구성원 <@U9> = <@U3>")

    assert room.person(STRANGER).id == room.person(MEMBER).id
    assert room.says(STRANGER, "roster").post
    assert "이미 명단에" in room.refused(GIST_LEAD, "구성원 <@U4> = <@U3>")


def test_the_language_of_somebody_whom_slack_hides(room: Room):
    room.joins(HIDDEN, "영광군")
    hidden, known = room.person(HIDDEN).id, room.person(ENGLISH).id

    assert "language" in str(checked(members.open_form(room.work, room.asker(COUNTY_SECRETARY), hidden or 0)).view)
    save(room, COUNTY_SECRETARY, Details("한도윤", language="en"), Role.MEMBER, person=hidden)
    save(room, COUNTY_SECRETARY, Details("Emma Clarke", language="ko"), Role.MEMBER, person=known)

    assert room.asker(HIDDEN).say.language == "en"
    assert room.asker(ENGLISH).say.language == "en", "Slack says so, and it is her own choice"


def test_settings_choose_ones_own_language(room: Room):
    reply = own_settings.choose_language(room.work, room.asker(MEMBER), "en")

    assert reply.post
    assert "Language: English" in reply.post.text
    assert room.asker(MEMBER).say.language == "en"
    own_settings.choose_language(room.work, room.asker(MEMBER), "slack")
    assert room.asker(MEMBER).say.language == "ko"


def test_in_a_direct_message_with_two_task_forces_it_is_asked_which(room: Room):
    Room(room.work, "C2").set_up()

    assert "여러 TFT" in room.refused(GIST_LEAD, "roster", channel="D1")
    assert room.says(MEMBER, "roster", channel="D1").post


def test_in_a_direct_message_somebody_in_no_task_force_is_told_how_to_get_into_one(room: Room):
    assert "어느 TFT의 명단에도 없습니다" in room.refused(STRANGER, "명단", channel="D1")
    assert "이 채널에는 아직 TFT가 없습니다" in room.refused(STRANGER, "명단", channel="C-other")


@pytest.mark.parametrize("details", [Details(""), Details("가" * 61)])
def test_a_form_is_mended_before_it_is_saved(room: Room, details: Details):
    with pytest.raises(Misfilled):
        save(room, GIST_LEAD, details, Role.MEMBER)

    assert not [one for one in room.roster() if one[1] == details.name]


def test_a_person_whose_name_is_hostile(room: Room):
    save(room, GIST_LEAD, Details("<!here> & co", "<@U1>"), Role.MEMBER)

    post = room.says(MEMBER, "roster").post
    assert post
    assert "&lt;!here&gt; &amp; co · &lt;@U1&gt;" in post.text
