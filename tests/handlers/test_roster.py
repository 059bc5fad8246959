"""Joining, the roster and its people over the wire, as people of two organisations in Korean and English."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bots import Town, town
from tests.cast import CHANNEL, OTHER_CHANNEL, PEOPLE, world
from tests.handlers.test_setup import ANSWERS, opened, pinned
from tests.towns import expect_honest
from tests.windows import Message, Window, eventually

EMMA = f"<@{PEOPLE['english'][0]}>"
COUNTY_OWNER = f"<@{PEOPLE['county owner'][0]}>"


def begun(place: Town) -> Town:
    secretary = place.as_user("gist secretary")
    secretary.submit(opened(secretary), **ANSWERS)
    secretary.told("시작합니다")
    eventually(lambda: pinned(secretary) or None, "the pinned menu")
    for handle in ("gist lead", "county secretary"):
        place.as_user(handle).written("지정되셨습니다")
    return place


@pytest.fixture
def t1(tmp_path: Path) -> Iterator[Town]:
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world(), tmp_path / "slack.db") as made:
        yield begun(made)
        expect_honest(made)


@pytest.fixture
def t2(tmp_path: Path) -> Iterator[Town]:
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world(connect=True), tmp_path / "slack.db") as made:
        yield begun(made)
        expect_honest(made)


def changed(window: Window, message: Message, *parts: str) -> Message:
    """A direct message once it shows these parts."""

    def look() -> Message:
        now = next(one for one in window.direct_messages() if one.ts == message.ts)
        assert all(part in now.text for part in parts), now.text
        return now

    return eventually(look)


def joins(place: Town, handle: str, decider: str, **answers: str) -> None:
    """By the form, approved by a direct message."""
    window = place.as_user(handle)
    window.command("/tft join")
    window.submit(window.form(), **answers)
    asked = place.as_user(decider).written(PEOPLE[handle][2], "참여 요청")
    place.as_user(decider).click("승인", asked)
    place.as_user(decider).told("승인했습니다", channel=place.as_user(decider).dm())


def test_an_english_member_joins_and_is_let_in_by_a_direct_message(t1: Town):
    emma, lead = t1.as_user("english"), t1.as_user("gist lead")

    emma.command("/tft join GIST")
    form = emma.form()
    assert "Minutes and messages use the name" in form.text
    emma.submit(form, department="AI Institute", **{"job-title": "Senior Researcher"})
    emma.told("You have asked to join GIST", "이강민 단장")
    question = lead.written("Emma Clarke Senior Researcher · AI Institute", "참여 요청")
    lead.click("승인", question)

    emma.written("You have joined", "Approved by 이강민 단장")
    assert changed(lead, question, "승인: 이강민 단장").buttons == ["메뉴"]
    emma.command("/tft roster")
    assert "*member* Emma Clarke Senior Researcher · AI Institute" in emma.told("Roster of").text


def test_the_partner_joins_without_a_slash_command_and_is_let_in_from_the_roster(t2: Town):
    owner, secretary = t2.as_user("county owner"), t2.as_user("county secretary")

    owner.mention("참여 영광군")
    owner.click("입력 양식 열기", owner.told("입력 양식"))
    owner.submit(owner.form(), name="한도윤")
    owner.told("승인하실 분: 최유진")
    secretary.write_to_bot("명단")
    roster = secretary.written("⏳", "한도윤")
    secretary.click("승인", roster)

    owner.written("참여가 승인되었습니다")
    secretary.click("승인", roster)
    secretary.told("이미 영광군 측 명단에 있습니다", channel=secretary.dm())


def test_rejected_and_told_what_to_do(t1: Town):
    owner, secretary = t1.as_user("county owner"), t1.as_user("county secretary")
    owner.command("/tft 참여 영광군")
    owner.submit(owner.form())

    secretary.click("거절", secretary.written("참여 요청: 한도윤"))

    owner.written("승인되지 않았습니다", "/tft 참여")


def test_whoever_comes_in_is_welcomed_and_finds_it_again_in_the_menu(t1: Town):
    emma = t1.as_user("english")
    emma.act("leave", channel=CHANNEL)
    emma.act("join", channel=CHANNEL)

    welcome = emma.told("Welcome to", "Three things to know", "What is stored")
    emma.command("/tft")
    again = eventually(lambda: next((one for one in reversed(emma.whispers()) if one.ts != welcome.ts), None))
    assert "Which side are you on?" in again.text
    emma.click("Side 영광군", welcome)
    form = emma.form()
    assert form.text.startswith("Join")
    emma.submit(form)
    emma.told("You have asked to join 영광군")


def test_an_outsider_sees_nobody(t1: Town):
    stranger = t1.as_user("stranger")

    stranger.command("/tft 명단")

    answer = stranger.told("아직", "명단에 없습니다")
    assert "이강민" not in answer.text
    assert "/tft 참여" in answer.text


def test_roles_by_line_and_by_form(t1: Town):
    joins(t1, "english", "gist lead", side="GIST")
    joins(t1, "gist owner", "gist lead", side="GIST")
    lead, emma = t1.as_user("gist lead"), t1.as_user("english")

    lead.command(f"/tft 구성원 {EMMA} 간사")
    lead.told("역할을 바꿨습니다: 팀원 → 간사")
    emma.written("You are now secretary")
    emma.command("/tft roster")
    roster = emma.told("Roster of")
    owner = next(
        option
        for block in roster.blocks
        for element in block.get("elements", [])
        for option in element.get("options", [])
        if "정하늘" in option["text"]["text"]
    )
    emma.click("member-edit", roster, selected_option=owner)
    emma.submit(emma.form(), role="deputy", department="기계공학과")
    emma.told("Saved: 정하늘 교수, deputy")
    t1.as_user("gist owner").written("부단장 역할이 되셨습니다")


def test_somebody_without_slack_is_added_and_taken_out_again(t1: Town):
    lead = t1.as_user("gist lead")
    lead.command("/tft member add 홍길동 안전총괄과 주무관")
    lead.submit(lead.form())
    lead.told("홍길동 주무관", "명단에 올렸습니다")

    lead.command("/tft member 홍길동")
    lead.click("명단에서 제외", lead.form())

    eventually(lambda: "홍길동 주무관님을 명단에서 뺐습니다" in lead.form().text or None)
    lead.command("/tft 명단")
    assert "홍길동" not in lead.told("명단", "이강민").text


def test_what_may_not_be_is_refused_in_the_persons_language_with_what_was_typed(t1: Town):
    joins(t1, "english", "gist lead", side="GIST")
    emma, secretary = t1.as_user("english"), t1.as_user("county secretary")

    emma.command(f"/tft member {EMMA} lead")
    emma.told(
        "Only GIST’s own lead, deputy or secretary can change its people and roles: 이강민",
        "Here is what you typed",
        "member @Emma Clarke lead",
    )
    secretary.write_to_bot(f"구성원 {EMMA} 참관인")
    secretary.written("GIST 측에서 바꿀 수 있는 분: 이강민", "구성원 @Emma Clarke 참관인")


def test_the_language_where_slack_hides_it(t2: Town):
    owner = t2.as_user("county owner")

    owner.mention("내설정 영어")

    owner.told("Language: English")
    owner.mention("menu")
    owner.told("Welcome to")


def test_a_task_force_follows_its_channel_when_sharing_ends(t2: Town):
    lead = t2.as_user("gist lead")

    lead.act("unshare", channel=CHANNEL, team="T0YEONG")

    def moved() -> str | None:
        rows = lead._call("GET", f"/client/sidebar?user={lead.user}")["channels"]
        return next((row["id"] for row in rows if row["name"] == "영광-모빌리티-tft" and row["id"] != CHANNEL), None)

    new = eventually(moved)

    def roster() -> Message | None:
        lead.command("/tft 명단", new)
        return next((one for one in lead.whispers(new) if "영광 모빌리티 TFT 명단" in one.text), None)

    assert "이강민 단장" in eventually(roster).text


def test_who_is_in_two_task_forces_says_which_one_and_the_line_keeps_its_mentions(t1: Town):
    lead = t1.as_user("gist lead")
    second = {**ANSWERS, "name": "둘째 TFT", "person-1": "Emma", "side-1": "도청"}
    lead.command("/tft setup", OTHER_CHANNEL)
    lead.submit(lead.form(), **second)
    lead.told("둘째 TFT", channel=OTHER_CHANNEL)

    lead.write_to_bot(f"구성원 <@{PEOPLE['gist owner'][0]}> 간사")
    lead.click("둘째 TFT", lead.written("어느 TFT인가요"))

    form = lead.form()
    assert "정하늘" in str(form.blocks)
    lead.submit(form)
    lead.command("/tft roster", OTHER_CHANNEL)
    assert "*간사* 정하늘 교수" in lead.told("둘째 TFT 명단", channel=OTHER_CHANNEL).text
