"""Worlds that cannot be served say why, all of it."""

import pytest

from playground import Workspace
from playground.world_rules import BadWorld, check


def test_a_good_world(world):
    check(world)


def broken(world, change) -> list[str]:
    change(world)
    with pytest.raises(BadWorld) as caught, Workspace(world):
        pass
    return str(caught.value).split("\n")


def test_names_that_lead_nowhere(world):
    def change(world) -> None:
        world["users"][0]["team"] = "T0NONE"
        world["channels"][0]["shared_with"] = ["T0AWAY"]
        world["channels"][0]["members"].append("U0NOBODY")
        world["channels"][1]["id"] = "C0TFT"
        world["apps"][0]["installs"] = [{**world["apps"][0]["installs"][0], "team": "T0GONE"}]

    assert broken(world, change) == [
        "C0TFT is there twice",
        "user U0MIN: no team T0NONE",
        "channel C0TFT: no team T0AWAY",
        "channel C0TFT: no user U0NOBODY",
        "app A0PROBE: no team T0GONE",
    ]


def test_a_manifest_slack_would_not_take(world):
    def change(world) -> None:
        world["apps"][0]["manifest"]["display_information"] = {"name": "x" * 36, "colour": "red"}

    problems = broken(world, change)
    assert any("35" in problem and "/display_information/name" in problem for problem in problems)
    assert any("colour" in problem for problem in problems)


def test_events_without_their_scope_and_features_without_an_address(world):
    def change(world) -> None:
        world["apps"][0]["manifest"]["oauth_config"]["scopes"]["bot"] = ["commands", "channels:history"]
        world["apps"][0]["manifest"]["settings"] = {
            "event_subscriptions": {"bot_events": ["message.channels", "reaction_added"]},
            "interactivity": {"is_enabled": True},
        }

    assert broken(world, change) == [
        "app A0PROBE: manifest: the event reaction_added needs a scope of reactions:read",
        "app A0PROBE: manifest: the command /probe has no url",
        "app A0PROBE: manifest: the command /plain has no url",
        "app A0PROBE: manifest: event_subscriptions has no request_url",
        "app A0PROBE: manifest: interactivity has no request_url",
    ]
