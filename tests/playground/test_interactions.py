"""Commands, buttons, selects and shortcuts, and what an app's answers do."""

import json
import time
from http.client import HTTPConnection

import pytest
from slack_sdk.webhook import WebhookClient

from playground import Workspace, response_urls
from tests.playground.hands import Hands
from tests.playground.test_web_api import error
from tests.playground.worlds import button, section


@pytest.fixture
def card(slack):
    """A message with a button and selects; gives its ts."""
    options = [{"text": {"type": "plain_text", "text": t}, "value": t} for t in "ab"]
    select = {
        "type": "static_select",
        "action_id": "pick",
        "placeholder": {"type": "plain_text", "text": "…"},
        "options": options,
    }
    outside = {
        "type": "external_select",
        "action_id": "find",
        "placeholder": {"type": "plain_text", "text": "…"},
        "min_query_length": 0,
    }
    blocks = [section(), {"type": "actions", "block_id": "acts", "elements": [button(), select, outside]}]
    return slack.chat_postMessage(channel="C0TFT", text="card", blocks=blocks)["ts"]


def click(hands: Hands, user: str, ts: str, action_id: str = "go", **chosen):
    where = {"type": "message", "channel": "C0TFT", "ts": ts}
    return hands.act(user, "click", app="A0PROBE", container=where, block_id="acts", action_id=action_id, **chosen)


def raw(hands: Hands, url: str, body: bytes) -> int:
    """The status of a POST of these bytes."""
    connection = HTTPConnection(hands.url.removeprefix("http://"))
    connection.request("POST", url.removeprefix(hands.url), body)
    status = connection.getresponse().status
    connection.close()
    return status


class TestCommands:
    def test_the_payload(self, listener, hands):
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text=" add <@U0COUNTY> <#C0HOME> <b> ")
        sent = listener.wait("slash_commands")
        assert sent["text"] == "add <@U0COUNTY|suho.lee> <#C0HOME|home> <b>"
        assert (sent["user_id"], sent["team_id"], sent["channel_name"]) == ("U0MIN", "T0GIST", "tft")
        hands.act("U0MIN", "command", channel="C0TFT", command="/plain", text="<@U0COUNTY> <#C0HOME>")
        assert listener.wait("slash_commands", 2)["text"] == "@suho.lee #home"

    def test_the_acknowledgement_is_shown(self, listener, hands):
        listener.answers["slash_commands"] = lambda sent: {"text": f"private {sent['text']}"}
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="x")
        shown = hands.messages("U0MIN")[-1]
        assert (shown["text"], shown["ephemeral"], shown["user"]) == ("private x", True, "U0BOT")
        assert hands.messages("U0JUN")[-1]["text"] != "private x"
        listener.answers["slash_commands"] = lambda sent: {"response_type": "in_channel", "text": "public"}
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="x")
        assert hands.messages("U0COUNTY")[-1]["text"] == "public"

    def test_an_answer_slack_cannot_show(self, listener, hands, workspace):
        listener.answers["slash_commands"] = lambda sent: {"text": "x", "blocks": [{"type": "nonsense"}]}
        assert hands.refused("U0MIN", "command", channel="C0TFT", command="/probe", text="x") == "app_answer_invalid"
        assert workspace.refusals[-1]["error"] == "invalid_blocks"

    def test_who_may_not(self, listener, hands, world):
        assert hands.refused("U0COUNTY", "command", channel="C0TFT", command="/probe", text="") == "no_such_command"
        assert hands.refused("U0MIN", "command", channel="C0TFT", command="/none", text="") == "no_such_command"
        assert hands.refused("U0JUN", "command", channel="C0AWAY", command="/probe", text="") == "not_in_channel"
        ts = hands.post("U0MIN", "parent")
        refused = hands.refused("U0MIN", "command", channel="C0TFT", command="/probe", text="", thread_ts=ts)
        assert refused == "not_supported_in_threads"
        hands.act("U0MIN", "archive", channel="C0TFT")
        assert hands.refused("U0MIN", "command", channel="C0TFT", command="/probe", text="") == "channel_is_archived"
        assert hands.get("/client/commands", user="U0COUNTY", channel="C0TFT")["commands"] == []
        assert not listener.payloads("slash_commands")

    def test_guests_as_the_team_has_it(self, world, listener, hands):
        hands.act("U0GUEST", "command", channel="C0TFT", command="/probe", text="")
        world["teams"][0]["guest_commands"] = False
        with Workspace(world) as strict:
            assert (
                Hands(strict.url).refused("U0GUEST", "command", channel="C0TFT", command="/probe", text="")
                == "no_such_command"
            )

    def test_an_app_that_keeps_silent(self, listener, hands):
        listener.silent.add("slash_commands")
        started = time.monotonic()
        answer = hands.try_act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
        assert 2.8 < time.monotonic() - started < 12
        assert answer["error"] == "app_did_not_respond"
        assert "/probe" in answer["message"]
        assert "앱이" in answer["message"], "told in Korean to a Korean"
        assert len(listener.payloads("slash_commands")) == 1, "never sent again"

    def test_an_app_that_is_not_there(self, hands):
        assert hands.refused("U0JUN", "command", channel="C0TFT", command="/probe", text="") == "app_did_not_respond"


class TestClicks:
    def test_a_button_in_a_message(self, listener, hands, card):
        click(hands, "U0COUNTY", card)
        sent = listener.wait("block_actions")
        assert sent["user"]["team_id"] == "T0COUNTY"
        assert sent["team"]["id"] == "T0GIST", "the installation that hears it, not the person's team"
        assert sent["actions"][0]["value"] == "1"
        assert sent["container"] == {
            "type": "message",
            "message_ts": card,
            "channel_id": "C0TFT",
            "is_ephemeral": False,
        }
        assert sent["message"]["ts"] == card
        assert sent["response_url"].startswith("http://127.0.0.1:")
        assert sent["trigger_id"]

    def test_a_select_carries_its_option_and_state(self, listener, hands, card):
        click(hands, "U0MIN", card, "pick", selected_option="b")
        sent = listener.wait("block_actions")
        assert sent["actions"][0]["selected_option"]["value"] == "b"
        assert sent["state"]["values"]["acts"]["pick"]["selected_option"]["text"]["text"] == "b"

    def test_suggestions(self, listener, hands, card):
        option = {"text": {"type": "plain_text", "text": "Kim"}, "value": "U0MIN"}
        listener.answers["block_suggestion"] = lambda sent: {"options": [option] if sent["value"] == "ki" else []}
        where = {"type": "message", "channel": "C0TFT", "ts": card}
        asked = hands.act(
            "U0MIN", "suggest", app="A0PROBE", container=where, block_id="acts", action_id="find", value="ki"
        )
        assert asked["options"] == [option]
        click(hands, "U0MIN", card, "find", selected_option=option)
        assert listener.wait("block_actions")["actions"][0]["selected_option"] == option
        listener.answers["block_suggestion"] = lambda sent: {"options": [{"text": "no", "value": 3}]}
        refused = hands.refused(
            "U0MIN", "suggest", app="A0PROBE", container=where, block_id="acts", action_id="find", value=""
        )
        assert refused == "app_answer_invalid"

    def test_what_is_not_there(self, listener, hands, card):
        where = {"type": "message", "channel": "C0TFT", "ts": card}
        assert (
            hands.refused("U0MIN", "click", app="A0PROBE", container=where, block_id="acts", action_id="none")
            == "not_found"
        )
        assert (
            hands.refused("U0FAR", "click", app="A0PROBE", container=where, block_id="acts", action_id="go")
            == "not_in_channel"
        )
        gone = {"type": "message", "channel": "C0TFT", "ts": "1.000001"}
        assert (
            hands.refused("U0MIN", "click", app="A0PROBE", container=gone, block_id="acts", action_id="go")
            == "message_not_found"
        )

    def test_an_ephemeral_has_no_message_in_the_payload(self, listener, hands, slack):
        blocks = [{"type": "actions", "block_id": "acts", "elements": [button()]}]
        ts = slack.chat_postEphemeral(channel="C0TFT", user="U0COUNTY", text="x", blocks=blocks)["message_ts"]
        click(hands, "U0COUNTY", ts)
        sent = listener.wait("block_actions")
        assert sent["container"]["is_ephemeral"] is True
        assert "message" not in sent
        hook = WebhookClient(sent["response_url"])
        assert hook.send(text="changed", replace_original=True).status_code == 200
        assert hands.message("U0COUNTY", ts)["text"] == "changed"
        assert hook.send(delete_original=True).status_code == 200
        assert ts not in [m["ts"] for m in hands.messages("U0COUNTY")]


class TestResponseUrls:
    def test_five_uses(self, listener, hands):
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
        hook = WebhookClient(listener.wait("slash_commands")["response_url"])
        for number in range(5):
            assert hook.send(text=str(number)).status_code == 200
        over = hook.send(text="6")
        assert over.status_code == 404
        assert json.loads(over.body)["error"] == "used_url"
        assert [m["text"] for m in hands.messages("U0MIN")][-1] == "4"

    def test_thirty_minutes(self, listener, hands, monkeypatch):
        monkeypatch.setattr(response_urls, "LIFE_S", -1)
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
        over = WebhookClient(listener.wait("slash_commands")["response_url"]).send(text="late")
        assert (over.status_code, json.loads(over.body)["error"]) == (404, "expired_url")

    def test_in_channel_replace_and_delete(self, listener, hands, card):
        click(hands, "U0COUNTY", card)
        hook = WebhookClient(listener.wait("block_actions")["response_url"])
        hook.send(text="for all", response_type="in_channel")
        assert hands.messages("U0MIN")[-1]["text"] == "for all"
        hook.send(text="replaced", replace_original=True)
        assert hands.message("U0MIN", card)["text"] == "replaced"
        assert hands.message("U0MIN", card)["blocks"] == []
        assert listener.wait("message_changed")["message"]["text"] == "replaced"
        hook.send(text="", delete_original=True)
        assert card not in [m["ts"] for m in hands.messages("U0MIN")]

    def test_bad_bodies(self, listener, hands):
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
        url = listener.wait("slash_commands")["response_url"]
        assert (
            json.loads(WebhookClient(url).send(text="x", blocks=[{"type": "none"}]).body)["error"] == "invalid_blocks"
        )
        assert json.loads(WebhookClient(url).send(response_type="in_channel").body)["error"] == "no_text"
        assert hands.request("POST", url.removeprefix(hands.url), "no object")[0] == 200
        assert raw(hands, url, b"no json") == 400


class TestShortcuts:
    def test_on_a_message(self, listener, hands):
        ts = hands.post("U0COUNTY", "make it so")
        hands.act("U0MIN", "message_shortcut", app="A0PROBE", callback_id="from", channel="C0TFT", ts=ts)
        sent = listener.wait("message_action")
        assert (sent["message"]["text"], sent["callback_id"], sent["message_ts"]) == ("make it so", "from", ts)
        refused = hands.refused(
            "U0COUNTY", "message_shortcut", app="A0PROBE", callback_id="from", channel="C0TFT", ts=ts
        )
        assert refused == "no_such_shortcut"

    def test_global(self, listener, hands, slack):
        hands.act("U0MIN", "global_shortcut", app="A0PROBE", callback_id="new")
        sent = listener.wait("shortcut")
        assert "channel" not in sent
        assert hands.refused("U0MIN", "global_shortcut", app="A0PROBE", callback_id="from") == "no_such_shortcut"
        refused = error(slack.views_open, trigger_id="1.2.3", view={"type": "home", "blocks": []})
        assert refused["error"] == "invalid_arguments"
