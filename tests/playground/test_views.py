"""Modals and the Home tab: opened, pushed, updated, submitted, closed."""

import time

import pytest

from playground import triggers
from tests.playground.hands import wait_for
from tests.playground.test_web_api import error, name
from tests.playground.worlds import button, field, modal, section


@pytest.fixture
def trigger(listener, hands):
    """Gives a fresh trigger_id of U0MIN each time it is called."""

    def give() -> str:
        count = len(listener.payloads("slash_commands"))
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
        return str(listener.wait("slash_commands", count + 1)["trigger_id"])

    return give


def test_open_fill_submit(listener, hands, slack, trigger):
    view = slack.views_open(trigger_id=trigger(), view=modal(field(), private_metadata="meta", callback_id="form"))[
        "view"
    ]
    shown = hands.modal("U0MIN")
    assert shown["id"] == view["id"]
    assert shown["title"]["text"] == "Title"
    assert hands.modal("U0JUN") is None
    hands.act("U0MIN", "submit", view_id=view["id"], state={"b": {"text": "typed"}})
    sent = listener.wait("view_submission")
    assert sent["view"]["state"]["values"]["b"]["text"] == {"type": "plain_text_input", "value": "typed"}
    assert (sent["view"]["private_metadata"], sent["view"]["callback_id"]) == ("meta", "form")
    assert sent["user"]["team_id"] == "T0GIST"
    assert hands.modal("U0MIN") is None


def test_a_trigger_is_used_once_within_three_seconds(slack, trigger, monkeypatch):
    given = trigger()
    slack.views_open(trigger_id=given, view=modal())
    assert name(slack.views_open, trigger_id=given, view=modal()) == "exchanged_trigger_id"
    assert name(slack.views_open, trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"
    monkeypatch.setattr(triggers, "LIFE_S", 0.01)
    late = trigger()
    time.sleep(0.02)
    assert name(slack.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"
    assert name(slack.views_open, trigger_id="", view=modal()) == "invalid_arguments"


def test_errors_are_shown_in_the_form(listener, hands, slack, trigger):
    view = slack.views_open(trigger_id=trigger(), view=modal(field(), field("more", "c", optional=True)))["view"]
    refused = hands.try_act("U0MIN", "submit", view_id=view["id"], state={"b": {"text": ""}})
    assert refused["errors"] == {"b": "필수 항목을 입력하세요."}, "Slack's own form refuses before the app hears of it"
    assert not listener.payloads("view_submission")
    listener.answers["view_submission"] = lambda sent: {"response_action": "errors", "errors": {"b": "not this"}}
    refused = hands.try_act("U0MIN", "submit", view_id=view["id"], state={"b": {"text": "x"}})
    assert (refused["ok"], refused["errors"]) == (False, {"b": "not this"})
    assert hands.modal("U0MIN")["errors"] == {"b": "not this"}
    assert hands.modal("U0MIN")["state"]["values"]["b"]["text"]["value"] == "x", "what was typed is still there"
    listener.answers["view_submission"] = lambda sent: {"response_action": "errors", "errors": {"nowhere": "x"}}
    assert hands.refused("U0MIN", "submit", view_id=view["id"], state={"b": {"text": "x"}}) == "app_answer_invalid"


def test_update_push_and_clear_by_answer(listener, hands, slack, trigger):
    view = slack.views_open(trigger_id=trigger(), view=modal(field()))["view"]
    listener.answers["view_submission"] = lambda sent: {
        "response_action": "push",
        "view": modal(field("two", "d"), callback_id="second"),
    }
    hands.act("U0MIN", "submit", view_id=view["id"], state={"b": {"text": "x"}})
    top = hands.modal("U0MIN")
    assert (top["callback_id"], top["depth"]) == ("second", 2)
    listener.answers["view_submission"] = lambda sent: {"response_action": "update", "view": modal(callback_id="done")}
    hands.act("U0MIN", "submit", view_id=top["id"], state={"d": {"two": "y"}})
    assert hands.modal("U0MIN")["callback_id"] == "done"
    assert listener.payloads("view_submission")[-1]["view"]["previous_view_id"] == view["id"]
    assert listener.payloads("view_submission")[-1]["view"]["root_view_id"] == view["id"]
    listener.answers["view_submission"] = lambda sent: {"response_action": "clear"}
    hands.act("U0MIN", "submit", view_id=top["id"], state={})
    assert hands.modal("U0MIN") is None


def test_an_answer_with_a_bad_view(listener, hands, slack, trigger, workspace):
    view = slack.views_open(trigger_id=trigger(), view=modal())["view"]
    listener.answers["view_submission"] = lambda sent: {
        "response_action": "update",
        "view": modal(title={"type": "plain_text", "text": "t" * 25}),
    }
    assert hands.refused("U0MIN", "submit", view_id=view["id"]) == "app_answer_invalid"
    assert "[json-pointer:/view/title/text]" in workspace.refusals[-1]["response_metadata"]["messages"][0]


def test_a_submission_without_acknowledgement(listener, hands, slack, trigger):
    view = slack.views_open(trigger_id=trigger(), view=modal(field()))["view"]
    listener.silent.add("interactive")
    assert hands.refused("U0MIN", "submit", view_id=view["id"], state={"b": {"text": "x"}}) == "app_did_not_respond"
    assert hands.modal("U0MIN")["id"] == view["id"], "the form stays, with what was typed"


def test_update_by_id_with_a_hash(hands, slack, trigger):
    view = slack.views_open(trigger_id=trigger(), view=modal(section("loading"), external_id="mine"))["view"]
    updated = slack.views_update(view_id=view["id"], hash=view["hash"], view=modal(field(), external_id="mine"))["view"]
    assert updated["hash"] != view["hash"]
    assert name(slack.views_update, view_id=view["id"], hash=view["hash"], view=modal()) == "hash_conflict"
    assert slack.views_update(external_id="mine", view=modal(field(), external_id="mine"))["view"]["id"] == view["id"]
    assert hands.modal("U0MIN")["blocks"][0]["type"] == "input"
    hands.act("U0MIN", "close", view_id=view["id"])
    assert name(slack.views_update, view_id=view["id"], view=modal()) == "not_found"


def test_what_was_typed_stays_while_ids_stay(listener, hands, slack, trigger):
    click = {"type": "actions", "block_id": "acts", "elements": [button()]}
    view = slack.views_open(trigger_id=trigger(), view=modal(field(), click))["view"]
    where = {"type": "view", "view_id": view["id"]}
    hands.act(
        "U0MIN", "click", app="A0PROBE", container=where, block_id="acts", action_id="go", state={"b": {"text": "half"}}
    )
    sent = listener.wait("block_actions")
    assert sent["view"]["state"]["values"]["b"]["text"]["value"] == "half"
    assert "response_url" not in sent
    slack.views_update(view_id=view["id"], view=modal(field(), section("more"), click))
    assert hands.modal("U0MIN")["state"]["values"]["b"]["text"]["value"] == "half"
    slack.views_update(view_id=view["id"], view=modal(field(block_id="other")))
    assert hands.modal("U0MIN")["state"]["values"]["other"]["text"]["value"] is None


def test_push_from_a_modal_at_most_three(listener, hands, slack, trigger):
    click = {"type": "actions", "block_id": "acts", "elements": [button()]}
    assert name(slack.views_push, trigger_id=trigger(), view=modal()) == "not_found"
    view = slack.views_open(trigger_id=trigger(), view=modal(click))["view"]

    def from_inside(view_id: str) -> str:
        count = len(listener.payloads("block_actions"))
        hands.act(
            "U0MIN",
            "click",
            app="A0PROBE",
            container={"type": "view", "view_id": view_id},
            block_id="acts",
            action_id="go",
        )
        return str(listener.wait("block_actions", count + 1)["trigger_id"])

    second = slack.views_push(trigger_id=from_inside(view["id"]), view=modal(click))["view"]
    third = slack.views_push(trigger_id=from_inside(second["id"]), view=modal(click))["view"]
    assert name(slack.views_push, trigger_id=from_inside(third["id"]), view=modal(click)) == "push_limit_reached"
    hands.act("U0MIN", "close", view_id=third["id"])
    assert hands.modal("U0MIN")["id"] == second["id"]


def test_closing_is_told_if_asked_for(listener, hands, slack, trigger):
    view = slack.views_open(trigger_id=trigger(), view=modal(notify_on_close=True))["view"]
    hands.act("U0MIN", "close", view_id=view["id"])
    assert listener.wait("view_closed")["is_cleared"] is False
    quiet = slack.views_open(trigger_id=trigger(), view=modal())["view"]
    hands.act("U0MIN", "close", view_id=quiet["id"], clear=True)
    assert len(listener.payloads("view_closed")) == 1
    assert hands.refused("U0MIN", "close", view_id=quiet["id"]) == "view_closed"


@pytest.mark.parametrize(
    ("view", "says"),
    [
        (modal(field(), submit=None), "must define `submit`"),
        (modal(title={"type": "plain_text", "text": "t" * 25}), "[json-pointer:/view/title/text]"),
        (modal(submit={"type": "plain_text", "text": "t" * 25}), "[json-pointer:/view/submit/text]"),
        (modal(private_metadata="x" * 3001), "[json-pointer:/view/private_metadata]"),
        (modal(*[section()] * 101), "no more than 100 items"),
        (modal(field(), field()), "block_id b already exists"),
        ({"type": "modal", "blocks": []}, "title"),
        ({**modal(), "unknown": 1}, "unknown"),
    ],
)
def test_views_slack_refuses(slack, trigger, view, says):
    refused = error(slack.views_open, trigger_id=trigger(), view={k: v for k, v in view.items() if v is not None})
    assert refused["error"] == "invalid_arguments"
    assert says in refused["response_metadata"]["messages"][0]


def test_a_view_of_more_than_250_kilobytes(slack, trigger):
    huge = modal(*[section("x" * 2990) for _ in range(99)])
    assert name(slack.views_open, trigger_id=trigger(), view=huge) == "view_too_large"


class TestHome:
    def test_publish_and_click(self, listener, hands, slack):
        home = {"type": "home", "blocks": [{"type": "actions", "block_id": "acts", "elements": [button()]}]}
        first = slack.views_publish(user_id="U0MIN", view=home)["view"]
        assert slack.views_publish(user_id="U0MIN", view=home, hash=first["hash"])["view"]["id"] == first["id"]
        assert name(slack.views_publish, user_id="U0MIN", view=home, hash=first["hash"]) == "hash_conflict"
        hands.act("U0MIN", "click", app="A0PROBE", container={"type": "home"}, block_id="acts", action_id="go")
        sent = listener.wait("block_actions")
        assert sent["container"] == {"type": "view", "view_id": first["id"]}
        slack.views_open(trigger_id=sent["trigger_id"], view=modal())
        assert hands.modal("U0MIN")["type"] == "modal"

    def test_refusals(self, slack):
        assert name(slack.views_publish, user_id="U0MIN", view=modal()) == "invalid_arguments"
        assert name(slack.views_publish, user_id="U0NOBODY", view={"type": "home", "blocks": []}) == "user_not_found"


def test_a_new_first_modal_replaces_the_stack(hands, slack, trigger):
    slack.views_open(trigger_id=trigger(), view=modal(callback_id="one"))
    slack.views_open(trigger_id=trigger(), view=modal(callback_id="two"))
    wait_for(lambda: hands.modal("U0MIN")["callback_id"] == "two")
    assert hands.modal("U0MIN")["depth"] == 1
