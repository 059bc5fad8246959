"""Setting up a task force over the wire: one workspace with guests (T1), and a Slack Connect channel (T2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bots import Town, town
from tests.cast import CHANNEL, OTHER_CHANNEL, world
from tests.towns import expect_honest
from tests.windows import Form, Window, eventually

ANSWERS = {
    "name": "영광 모빌리티 TFT",
    "side-0": "GIST",
    "person-0": "이강민",
    "side-1": "영광군",
    "person-1": "최유진",
    "role-1": "간사",
    "weekday": "목요일",
}


@pytest.fixture(params=["T1", "T2"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    connect = request.param == "T2"
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world(connect=connect), tmp_path / "slack.db") as made:
        yield made
        expect_honest(made)


@pytest.fixture
def t1(tmp_path: Path) -> Iterator[Town]:
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world(), tmp_path / "slack.db") as made:
        yield made
        expect_honest(made)


def opened(window: Window, line: str = "/tft 설정") -> Form:
    window.command(line)
    return window.form()


def pinned(window: Window) -> list[str]:
    """The texts of what is pinned in the channel."""
    return [message.text for message in window.messages() if message.raw.get("pinned")]


def test_four_questions_and_there_it_is(place: Town):
    secretary, county = place.as_user("gist secretary"), place.as_user("county secretary")

    assert secretary.submit(opened(secretary), **ANSWERS)["ok"]

    secretary.told("영광 모빌리티 TFT", "시작합니다")
    menu = county.sees("영광 모빌리티 TFT")
    assert menu.buttons == ["할 일 추가", "내 할 일", "전체 할 일", "회의", "결정사항", "예산", "도움말"]
    eventually(lambda: pinned(county) or None, "the pinned menu")
    county.written("영광군 측 간사 역할로 지정되셨습니다")
    place.as_user("gist lead").written("GIST 측 단장 역할로 지정되셨습니다")


def test_in_a_shared_channel_the_partners_people_can_be_chosen_and_set_up_by_a_mention(tmp_path: Path):
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world(connect=True), tmp_path / "slack.db") as shared:
        county = shared.as_user("county lead")
        county.mention("설정")
        county.click("입력 양식 열기", county.told("입력 양식"))

        assert county.submit(county.form(), **{**ANSWERS, "person-1": "박서준"})["ok"]

        county.told("시작합니다")
        county.mention("명단")
        assert "*간사* 박서준 과장" in county.told("명단").text


def test_what_must_be_mended_stands_at_its_field_and_nothing_is_lost(t1: Town):
    secretary = t1.as_user("gist secretary")

    answer = secretary.submit(opened(secretary), **{**ANSWERS, "side-1": "gist", "person-1": "이강민"})

    assert answer["errors"] == {
        "side-1": "같은 이름의 측이 위에 있습니다. 다른 이름을 써 주세요.",
        "person-1": "한 사람이 두 측을 대표할 수 없습니다. 다른 분을 골라 주세요.",
    }
    assert secretary.form().errors == answer["errors"]
    assert secretary.submit(secretary.form(), **ANSWERS)["ok"]
    secretary.told("시작합니다")


def test_in_english_with_a_third_side(t1: Town):
    emma = t1.as_user("english")
    form = opened(emma, "/tft setup")
    assert "Four questions" in form.text

    emma.click("Add a side", form)
    third = eventually(lambda: form if "side-2" in str((form := emma.form()).blocks) else None)
    emma.submit(
        third, **{**ANSWERS, "weekday": "Thursday", "role-1": "secretary"}, **{"side-2": "도청", "person-2": "한도윤"}
    )

    emma.told("영광 모빌리티 TFT", "is set up")
    t1.as_user("county owner").written("도청 측 단장")


def test_a_second_time_says_so_and_opens_the_settings_for_who_may(t1: Town):
    secretary = t1.as_user("gist secretary")
    secretary.submit(opened(secretary), **ANSWERS)
    secretary.told("시작합니다")

    secretary.command("/tft setup")
    assert "이강민" not in secretary.told("이미 TFT가 있습니다").text
    lead = t1.as_user("gist lead")
    lead.command("/tft setup")
    assert "TFT 설정" in lead.form().text


def test_two_forms_are_open_and_the_second_makes_no_second_one(t1: Town):
    secretary, lead = t1.as_user("gist secretary"), t1.as_user("gist lead")
    first, second = opened(secretary), opened(lead)

    secretary.submit(first, **ANSWERS)
    lead.submit(second, **ANSWERS)

    lead.told("이미 TFT가 있습니다")


def test_by_a_direct_message_the_channel_is_asked_for(t1: Town):
    secretary = t1.as_user("gist secretary")
    secretary.write_to_bot("설정")

    question = secretary.written("어느 채널에")
    secretary.click("setup-channel", question, selected_conversation=OTHER_CHANNEL)

    answer = secretary.submit(secretary.form(), **{**ANSWERS, "person-1": "Emma"})
    assert answer["errors"] == {"name": "이 채널에 들어가 있는 분만 TFT를 만들 수 있습니다."}


def test_where_the_bot_is_not_it_says_how_to_bring_it_in(tmp_path: Path):
    made = world()
    made["apps"][0]["installs"][0]["channels"] = [OTHER_CHANNEL]
    with town(f"sqlite:///{tmp_path / 'tft.db'}", made, tmp_path / "slack.db") as place:
        secretary = place.as_user("gist secretary")

        answer = secretary.submit(opened(secretary), **ANSWERS)

        assert "/invite" in answer["errors"]["name"]
        lead = place.as_user("gist lead")
        lead.act("invite", channel=CHANNEL, target=secretary.bot)
        hello = secretary.sees("TFT 봇입니다")
        secretary.submit(secretary.form(), **ANSWERS)
        secretary.told("시작합니다")
        lead.click("Set up a task force", hello)
        assert "TFT 설정" in lead.form().text
