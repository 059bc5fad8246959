"""Four ways of sharing Slack, one life of an item: by configuration, and with the same abilities on both sides."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests import bots, cast
from tests.bots import Town
from tests.towns import expect_honest
from tests.windows import Message, Window, eventually


@pytest.fixture(params=["T1", "T2", "T3", "T4"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    with by_name(request.param, tmp_path) as town:
        yield town
        expect_honest(town)


@pytest.fixture(params=["T3", "T4"])
def two_bots(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    with by_name(request.param, tmp_path) as town:
        yield town
        expect_honest(town)


def by_name(name: str, folder: Path) -> AbstractContextManager[Town]:
    url = f"sqlite:///{folder / 'tft.db'}"
    if name == "T4":
        return bots.two_apps(url, folder)
    return bots.twice(url) if name == "T3" else with_partner(url, connect=name == "T2")


@contextmanager
def with_partner(url: str, *, connect: bool) -> Iterator[Town]:
    """T1, where guests may use no commands, or T2."""
    world = cast.world(connect=connect)
    world["teams"][0]["guest_commands"] = False
    with bots.town(url, world) as town:
        town.guest_commands = False
        town.found()
        yield town


def says(window: Window, line: str) -> None:
    """By command where the side has it, else by mention."""
    if window.command_allowed:
        window.command(f"/tft {line}")
    else:
        window.mention(line)


def cards(town: Town) -> list[Message]:
    return [one for one in town.as_user("gist lead").messages() if one.text.startswith("*A-") or "A-1 " in one.text]


def test_a_side_makes_an_item_both_confirm_it_and_it_is_opened_again(place: Town):
    gist, county = place.as_user("gist owner"), place.as_user("county owner")

    says(county, f"추가 셔틀 노선 협의 <@{gist.user}> <@{county.user}> 2026-12-04")

    county.told("A-1", "셔틀 노선 협의")
    card = place.card("A-1").opened()
    gist.written("A-1")
    gist.react(card, "👀")
    place.card("A-1").shows("👀 확인")
    county.click("완료", card)
    place.card("A-1").half_done("영광군")
    gist.react(card, "✅")
    place.card("A-1").closed()
    county.write_to_bot("다시열기 A-1")
    place.card("A-1").opened()
    assert len(cards(place)) == 1
    place.workspace.settle()
    assert "U0CTYBOT" not in str(place.card("A-1").message().reactions())


def test_each_side_has_its_own_command_and_its_own_bot_writes_to_it(two_bots: Town):
    gist, county = two_bots.as_user("gist owner"), two_bots.as_user("county owner")

    county.command(f"/tft add 부지 사용 협의 <@{gist.user}> <@{county.user}>")
    gist.command(f"/tft add 교육과정 초안 <@{county.user}>")

    gist.written("A-1")
    county.written("A-2")
    assert {one.raw["user"] for one in county.direct_messages()} == {cast.COUNTY_BOT}
    assert {one.raw["user"] for one in gist.direct_messages()} == {cast.BOT}


@pytest.mark.parametrize("event", ["reaction_added", "app_mention", "member_joined_channel", "message"])
def test_what_arrives_twice_with_different_event_ids_has_one_effect(two_bots: Town, event: str):
    workspace, gist, county = two_bots.workspace, two_bots.as_user("gist owner"), two_bots.as_user("county owner")
    county.command(f"/tft add 셔틀 노선 협의 <@{gist.user}> <@{county.user}>")
    card = two_bots.card("A-1").opened()
    workspace.settle()
    workspace.fault(event=event, kind="twice", times=10)
    acts = {
        "reaction_added": lambda: county.react(card, "✅"),
        "app_mention": lambda: county.mention("add 같은 일 한 번"),
        "member_joined_channel": lambda: (
            county.act("leave", channel=cast.CHANNEL),
            county.act("join", channel=cast.CHANNEL),
        ),
        "message": lambda: county.write_to_bot("add 같은 일 한 번"),
    }

    acts[event]()
    workspace.settle()

    if event == "reaction_added":
        two_bots.card("A-1").half_done("영광군")
        county.told("완료로 기록했습니다")
        assert len([one for one in county.whispers() if "완료로 기록했습니다" in one.text]) == 1
    elif event == "member_joined_channel":
        welcomes = eventually(lambda: [one for one in county.whispers() if "A-1" not in one.text] or None)
        assert len(welcomes) == 1
    else:
        two_bots.card("A-2").opened()
        county.command("/tft list")
        assert "A-3" not in county.told("A-2").text


def test_a_line_that_names_both_bots_is_done_once(tmp_path: Path):
    with by_name("T4", tmp_path) as town:
        county = town.as_user("county owner")

        county.write(f"<@{cast.COUNTY_BOT}> add 두 봇에게 한 번 <@{cast.BOT}>")

        town.card("A-1").opened()
        town.workspace.settle()
        county.command("/tft list")
        assert "A-2" not in county.told("A-1").text
