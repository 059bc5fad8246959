"""Points of Slack's documentation that apps trip over, one after another in one workspace: what is refused, and how."""

import json
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from playground import pinning, sockets
from playground.emoji import NAMES
from tests.playground.worlds import button, modal, section


@pytest.fixture
def world(world):
    """Without rate limits: these are many calls."""
    return world | {"enforce_limits": False}


CHANNEL, THERE = "C0TFT", "1763856120.000100"


def answer(client: WebClient, method: str, **arguments: Any) -> str:
    """`ok`, or the error."""
    try:
        client.api_call(method, json=arguments)
    except SlackApiError as refused:
        return str(refused.response["error"])
    return "ok"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def options(count: int, text: str = "x", value: str = "v") -> list[dict[str, Any]]:
    return [{"text": plain(text), "value": f"{value}{n}"} for n in range(count)]


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def static_select(count: int, **more: str) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "options": options(count, **more)}


GOOD_BLOCKS = {
    "50 blocks": [{"type": "divider"}] * 50,
    "a section of 3,000": [section("x" * 3000)],
    "10 fields of 2,000": [{"type": "section", "fields": [plain("x" * 2000)] * 10}],
    "a header of 150": [{"type": "header", "text": plain("x" * 150)}],
    "25 buttons": [actions(*(button(f"b{n}") for n in range(25)))],
    "a button's text of 75": [actions(button(text=plain("x" * 75)))],
    "a button's value of 2,000": [actions(button(value="x" * 2000))],
    "10 in a context": [{"type": "context", "elements": [plain("x")] * 10}],
    "100 options": [actions(static_select(100))],
    "markdown of 12,000": [{"type": "markdown", "text": "x" * 12_000}],
}
BAD_BLOCKS = {
    "51 blocks": [{"type": "divider"}] * 51,
    "a section of 3,001": [section("x" * 3001)],
    "11 fields": [{"type": "section", "fields": [plain("x")] * 11}],
    "a field of 2,001": [{"type": "section", "fields": [plain("x" * 2001)]}],
    "neither text nor fields": [{"type": "section"}],
    "an empty text": [section("")],
    "a header of 151": [{"type": "header", "text": plain("x" * 151)}],
    "26 buttons": [actions(*(button(f"b{n}") for n in range(26)))],
    "a button's text of 76": [actions(button(text=plain("x" * 76)))],
    "a button's value of 2,001": [actions(button(value="x" * 2001))],
    "11 in a context": [{"type": "context", "elements": [plain("x")] * 11}],
    "101 options": [actions(static_select(101))],
    "no options": [actions(static_select(0))],
    "an option's text of 76": [actions(static_select(1, text="x" * 76))],
    "an option's value of 151": [actions(static_select(1, value="v" * 150))],
    "6 in an overflow": [actions({"type": "overflow", "action_id": "o", "options": options(6)})],
    "one block_id twice": [section(block_id="a"), section(block_id="a")],
    "one action_id twice": [actions(button("a"), button("a"))],
    "an alert in a message": [{"type": "alert", "text": plain("x")}],
    "an input's unknown type": [{"type": "nothing"}],
}
BAD_VIEWS = {
    "a title of 25": modal(title=plain("x" * 25)),
    "a button of 25": modal(submit=plain("x" * 25)),
    "101 blocks": modal(*([{"type": "divider"}] * 101)),
    "private_metadata of 3,001": modal(private_metadata="x" * 3001),
    "a callback_id of 256": modal(callback_id="x" * 256),
    "an input and no submit": {
        "type": "modal",
        "title": plain("x"),
        "blocks": [{"type": "input", "label": plain("x"), "element": {"type": "plain_text_input", "action_id": "a"}}],
    },
}


def test_what_a_message_may_hold(slack):
    """`chat.update` has room for it: it is measured by the minute, not by the second."""
    ts = slack.chat_postMessage(channel=CHANNEL, text="x")["ts"]

    told = {
        name: answer(slack, "chat.update", channel=CHANNEL, ts=ts, text="x", blocks=blocks)
        for name, blocks in {**GOOD_BLOCKS, **BAD_BLOCKS}.items()
    }

    assert told == {**dict.fromkeys(GOOD_BLOCKS, "ok"), **dict.fromkeys(BAD_BLOCKS, "invalid_blocks")}
    assert answer(slack, "chat.update", channel=CHANNEL, ts=ts, text="x" * 4001) == "msg_too_long"


def test_what_a_view_may_hold(slack):
    home = {"type": "home", "blocks": [{"type": "divider"}] * 101}

    told = {name: answer(slack, "views.open", trigger_id="1.1.none", view=view) for name, view in BAD_VIEWS.items()}

    assert told == dict.fromkeys(BAD_VIEWS, "invalid_arguments")
    assert answer(slack, "views.open", trigger_id="1.1.none", view=modal()) == "invalid_trigger_id"
    assert answer(slack, "views.publish", user_id="U0MIN", view=home) == "invalid_arguments"


def test_how_many_reactions(slack):
    there = {"channel": CHANNEL, "timestamp": THERE}

    told = [answer(slack, "reactions.add", **there, name=name) for name in list(NAMES)[:24]]

    assert told == ["ok"] * 23 + ["too_many_reactions"]
    for wrong in ("+1::skin-tone-1", "+1::skin-tone-7", "eyes::skin-tone-2", "not an emoji"):
        assert answer(slack, "reactions.add", **there, name=wrong) == "invalid_name"


def test_where_commands_and_long_answers_are_refused(listener, hands):
    assert (
        hands.refused("U0MIN", "command", channel=CHANNEL, command="/probe", text="", thread_ts=THERE)
        == "not_supported_in_threads"
    )
    assert hands.refused("U0COUNTY", "command", channel=CHANNEL, command="/probe", text="") == "no_such_command"
    hands.act("U0MIN", "command", channel=CHANNEL, command="/probe", text="")
    hook = WebhookClient(listener.wait("slash_commands")["response_url"])
    assert json.loads(hook.send(text="x" * 40_001).body)["error"] == "msg_too_long"


def test_pins(slack, monkeypatch):
    monkeypatch.setattr(pinning, "MOST", 1)
    there = {"channel": CHANNEL, "timestamp": THERE}

    assert answer(slack, "pins.remove", **there) == "no_pin"
    assert answer(slack, "pins.add", **there) == "ok"
    assert answer(slack, "pins.add", **there) == "already_pinned"
    assert answer(slack, "pins.add", **there | {"timestamp": "1763856000.000100"}) == "too_many_pins"
    assert answer(slack, "pins.add", **there | {"timestamp": "1.000001"}) == "message_not_found"
    assert answer(slack, "pins.add", channel=CHANNEL) == "no_item_specified"


def test_options_come_from_the_app_within_three_seconds(listener, hands, slack, monkeypatch):
    select = {"type": "external_select", "action_id": "find", "min_query_length": 0}
    blocks = [{"type": "actions", "block_id": "acts", "elements": [select]}]
    ts = slack.chat_postMessage(channel=CHANNEL, text="x", blocks=blocks)["ts"]
    asked = {
        "app": "A0PROBE",
        "container": {"type": "message", "channel": CHANNEL, "ts": ts},
        "block_id": "acts",
        "action_id": "find",
        "value": "",
    }
    groups = [{"label": plain("x"), "options": options(1)}]
    for told, error in (
        ({"options": options(101)}, "app_answer_invalid"),
        ({"options": options(1, text="x" * 76)}, "app_answer_invalid"),
        ({"option_groups": [{"label": plain("x" * 76), "options": options(1)}]}, "app_answer_invalid"),
    ):
        listener.answers["block_suggestion"] = lambda _, told=told: told
        assert hands.refused("U0COUNTY", "suggest", **asked) == error, told
    listener.answers["block_suggestion"] = lambda _: {"option_groups": groups}
    assert hands.act("U0COUNTY", "suggest", **asked)["option_groups"] == groups
    monkeypatch.setattr(sockets, "ACK_S", 0.05)
    listener.silent.add("block_suggestion")
    assert hands.refused("U0COUNTY", "suggest", **asked) == "app_did_not_respond"


def test_what_a_shared_channel_hides_and_changes(hands, slack):
    stranger = slack.users_info(user="U0COUNTY", include_locale=True)["user"]
    assert stranger["is_stranger"] is True
    assert stranger["team_id"] == "T0COUNTY"
    assert "locale" not in stranger
    assert hands.refused("U0COUNTY", "global_shortcut", app="A0PROBE", callback_id="new") != ""
    assert (
        hands.refused("U0COUNTY", "message_shortcut", app="A0PROBE", callback_id="from", channel=CHANNEL, ts=THERE)
        != ""
    )
    assert answer(slack, "chat.postEphemeral", channel=CHANNEL, user="U0FAR", text="x") == "user_not_in_channel"
    assert answer(slack, "chat.update", channel=CHANNEL, ts=THERE, text="x") == "cant_update_message"
    new = hands.act("U0MIN", "unshare", channel=CHANNEL, team="T0COUNTY")["channel"]
    assert answer(slack, "chat.postMessage", channel=CHANNEL, text="x") == "channel_not_found"
    assert answer(slack, "reactions.add", channel=CHANNEL, timestamp=THERE, name="eyes") == "channel_not_found"
    assert answer(slack, "chat.postMessage", channel=new, text="x") == "ok"


def test_forms_have_one_use_of_a_trigger_and_of_an_own_id(slack, listener, hands):
    hands.act("U0MIN", "command", channel=CHANNEL, command="/probe", text="")
    first = listener.wait("slash_commands")["trigger_id"]
    hands.act("U0MIN", "command", channel=CHANNEL, command="/probe", text="")
    second = listener.wait("slash_commands", 2)["trigger_id"]

    assert answer(slack, "views.open", trigger_id=first, view=modal(external_id="a")) == "ok"
    assert answer(slack, "views.open", trigger_id=first, view=modal()) == "exchanged_trigger_id"
    assert answer(slack, "views.push", trigger_id=second, view=modal(external_id="a")) != "ok"
    assert answer(slack, "views.update", external_id="none", view=modal()) == "not_found"
    assert answer(slack, "views.update", external_id="a", view=modal(), hash="old") == "hash_conflict"
    assert answer(slack, "views.update", external_id="a", view=modal()) == "ok"
    assert answer(slack, "conversations.open", users=",".join(f"U{n}" for n in range(9))) == "too_many_users"
