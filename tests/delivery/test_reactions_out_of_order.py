"""Reactions are a state: whatever order Slack tells of them in, how often, and whoever else reacts."""

import asyncio
import copy
from pathlib import Path

import pytest
from slack_sdk import WebClient

from playground import Workspace
from tests import bots, cast
from tests.bots import Card, Town
from tests.cast import PEOPLE
from tests.windows import eventually

pytestmark = pytest.mark.timeout(180)  # these wait for what takes its time

OTHER = {"app": "A0OTHER", "token": "xoxb-other", "user": "U0OTHERBOT"}


def add(town: Town) -> Card:
    owners = f"<@{PEOPLE['gist owner'][0]}> <@{PEOPLE['county owner'][0]}>"
    town.as_user("gist secretary").command(f"/tft add 센터 개소 계획서 초안 {owners} 2027-03-05")
    card = town.card("A-1")
    eventually(lambda: "white_check_mark" in card.opened().reactions() or None)
    return card


def all_is_told(workspace: Workspace) -> bool:
    """Every event was acknowledged."""

    async def count() -> int:
        return int(workspace.hub.db.value("SELECT COUNT(*) FROM deliveries"))

    return asyncio.run_coroutine_threadsafe(count(), workspace.hub.loop).result(10) == 0


def test_put_there_and_taken_away_but_told_the_other_way_round(town: Town):
    card, owner = add(town), town.as_user("gist owner")
    eventually(lambda: all_is_told(town.workspace) or None)
    town.workspace.fault(event="*", kind="reverse", times=2)

    owner.react(card.message(), "✅")
    owner.unreact(card.message(), "✅")

    eventually(lambda: all_is_told(town.workspace) or None)
    card.opened()
    owner.react(card.message(), "✅")
    card.half_done("GIST")


def test_taken_away_and_put_there_again_but_told_the_other_way_round(town: Town):
    card, owner = add(town), town.as_user("gist owner")
    owner.react(card.message(), "✅")
    card.half_done("GIST")
    eventually(lambda: all_is_told(town.workspace) or None)
    town.workspace.fault(event="*", kind="reverse", times=2)

    owner.unreact(card.message(), "✅")
    owner.react(card.message(), "✅")

    eventually(lambda: all_is_told(town.workspace) or None)
    card.half_done("GIST")


def test_told_twice_has_one_effect(town: Town):
    card, owner = add(town), town.as_user("gist owner")
    town.workspace.fault(event="reaction_added", kind="twice")

    owner.react(card.message(), "✅")

    card.half_done("GIST")
    eventually(lambda: all_is_told(town.workspace) or None)
    owner.told("기록했습니다")
    assert len([one for one in owner.whispers() if "기록했습니다" in one.text]) == 1


@pytest.mark.parametrize("pressed", [True, False], ids=["beside an owner", "alone"])
def test_another_app_s_bot_counts_for_nobody(database_url: str, tmp_path: Path, pressed: bool):
    with bots.town(database_url, with_another_app(), tmp_path / "workspace.db") as town:
        town.found()
        card = add(town)
        if pressed:
            town.as_user("gist owner").react(card.message(), "✅")
            card.half_done("GIST")
        other = WebClient(OTHER["token"], town.workspace.api_url)

        other.reactions_add(channel=cast.CHANNEL, timestamp=card.message().ts, name="white_check_mark")

        eventually(lambda: all_is_told(town.workspace) or None)
        card.half_done("GIST") if pressed else card.opened()
        calls = [call for call in town.workspace.calls if call["method"] == "chat.postEphemeral"]
        assert OTHER["user"] not in [call["arguments"]["user"] for call in calls], "a bot is not told that it may not"


def with_another_app() -> dict[str, object]:
    """The usual world, and somebody else's app in the channel."""
    world = cast.world()
    other = copy.deepcopy(world["apps"][0])
    other |= {"id": OTHER["app"], "app_token": "xapp-1-A0OTHER-1-test", "client_id": "2.2"}
    other["manifest"]["display_information"]["name"] = "Polls"
    other["manifest"]["features"].pop("slash_commands")
    other["manifest"]["settings"].pop("event_subscriptions")
    other["installs"][0] |= {"bot_token": OTHER["token"], "bot_user": OTHER["user"], "bot_id": "B0OTHER"}
    world["apps"].append(other)
    return world
