"""Faults on demand: of calls and of events, and what Slack's client makes of them."""

import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.playground.hands import Hands, wait_for


def posted(hands: Hands, text: str) -> int:
    return sum(message["text"] == text for message in hands.messages("U0MIN"))


def ask(hands: Hands, **fault: object) -> int:
    status, _ = hands.request("POST", "/_faults", fault)
    return status


@pytest.mark.parametrize(
    ("kind", "effects"), [("drop_before", 0), ("drop_after", 1), ("timeout", 0), ("timeout_after", 1)]
)
def test_connections_that_break(workspace, hands, slack, kind, effects):
    workspace.fault(method="chat.postMessage", kind=kind, delay_s=0.2)
    with pytest.raises(Exception, match=r"(?i)remote end closed|timed out|reset"):
        slack.chat_postMessage(channel="C0TFT", text="once")
    assert posted(hands, "once") == effects
    slack.chat_postMessage(channel="C0TFT", text="again")
    assert posted(hands, "again") == 1
    assert [call["fault"] for call in workspace.calls] == [kind, None]


@pytest.mark.parametrize(("kind", "effects"), [("http_500", 0), ("http_500_after", 1)])
def test_internal_server_errors(workspace, hands, slack, kind, effects):
    workspace.fault(method="chat.postMessage", kind=kind)
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel="C0TFT", text="once")
    assert caught.value.response.status_code == 500
    assert posted(hands, "once") == effects


def test_the_default_client_sends_twice_after_a_dropped_connection(workspace, hands):
    """What clients for posts must switch off: their own retry of a call that had its effect."""
    workspace.fault(method="chat.postMessage", kind="drop_after")
    WebClient("xoxb-gist", base_url=workspace.api_url).chat_postMessage(channel="C0TFT", text="twice")
    assert posted(hands, "twice") == 2


def test_too_many_requests(workspace, hands, slack):
    assert ask(hands, method="*", kind="ratelimited", retry_after=7, times=2) == 200
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            slack.chat_postMessage(channel="C0TFT", text="x")
        assert caught.value.response.headers["Retry-After"] == "7"
    slack.chat_postMessage(channel="C0TFT", text="x")
    assert workspace.refusals == [], "what was asked for is no refusal"


def test_any_error_after_some_calls_that_match(workspace, slack):
    workspace.fault(
        method="chat.postMessage", kind="error", error="internal_error", after=1, match={"channel": "C0HOME"}
    )
    slack.chat_postMessage(channel="C0TFT", text="x")
    slack.chat_postMessage(channel="C0HOME", text="x")
    slack.chat_postMessage(channel="C0TFT", text="x")
    with pytest.raises(SlackApiError, match="internal_error"):
        slack.chat_postMessage(channel="C0HOME", text="x")


@pytest.mark.parametrize(("kind", "before_the_answer"), [("slow", 0), ("slow_after", 1)])
def test_a_slow_network(workspace, hands, kind, before_the_answer):
    impatient = WebClient("xoxb-gist", base_url=workspace.api_url, timeout=1, retry_handlers=[])
    workspace.fault(method="chat.postMessage", kind=kind, delay_s=2.2)
    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel="C0TFT", text="late")
    wait_for(lambda: posted(hands, "late") == before_the_answer, 1)
    wait_for(lambda: posted(hands, "late") == 1)  # an answer nobody waits for any more has its effect all the same


def test_faults_can_be_cleared_and_calls_read(workspace, hands, slack):
    ask(hands, method="chat.postMessage", kind="http_500", times=100)
    assert hands.request("DELETE", "/_faults")[0] == 200
    slack.chat_postMessage(channel="C0TFT", text="x")
    calls = hands.get("/_calls")["calls"]
    assert [(c["method"], c["app"], c["status"]) for c in calls] == [("chat.postMessage", "A0PROBE", 200)]
    assert "xoxb" not in str(calls), "no token in what is read"


@pytest.mark.parametrize(
    "fault", [{"kind": "nonsense"}, {"kind": "slow", "colour": 1}, {"event": "message", "kind": "slow"}]
)
def test_a_fault_that_does_not_exist(hands, fault):
    assert ask(hands, **fault) == 400


class TestEvents:
    def test_twice(self, workspace, hands, listener):
        workspace.fault(event="message", kind="twice")
        hands.post("U0MIN", "hello")
        listener.wait("message", 2)
        ids = {request.payload["event_id"] for request in listener.got}
        assert len(ids) == 2, "doubles come under different ids"

    def test_reversed(self, workspace, hands, listener):
        ts = hands.post("U0MIN", "card")
        listener.wait("message")
        workspace.fault(event="*", kind="reverse", times=2)
        hands.act("U0MIN", "react", channel="C0TFT", ts=ts, name="eyes")
        hands.act("U0MIN", "unreact", channel="C0TFT", ts=ts, name="eyes")
        wait_for(lambda: len(listener.got) == 3)
        assert [request.payload["event"]["type"] for request in listener.got[1:]] == [
            "reaction_removed",
            "reaction_added",
        ]
        removed, added = (request.payload["event"] for request in listener.got[1:])
        assert added["event_ts"] < removed["event_ts"], "the stamps tell the true order"

    def test_held_back_for_a_while_or_until_cleared(self, workspace, hands, listener):
        workspace.fault(event="message", kind="hold", delay_s=0.3)
        started = time.monotonic()
        hands.post("U0MIN", "one")
        listener.wait("message")
        assert time.monotonic() - started > 0.28
        workspace.fault(event="message", kind="hold")
        hands.post("U0MIN", "two")
        assert len(listener.events("message")) == 1
        hands.request("DELETE", "/_faults")
        listener.wait("message", 2)

    def test_dropped(self, workspace, hands, listener):
        workspace.fault(event="message", kind="drop")
        hands.post("U0MIN", "never heard")
        hands.post("U0MIN", "heard")
        listener.wait("message")
        assert [event["text"] for event in listener.events("message")] == ["heard"]
