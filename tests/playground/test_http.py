"""Signed HTTP: what a request URL gets, checked with Slack's own verifier."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from playground import Workspace
from tests.playground.hands import Hands, wait_for
from tests.playground.worlds import APP

Json = dict[str, Any]


class Receiver:
    """A request URL: keeps what it got, answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], str]] = []
        self.answer: Callable[[int], tuple[int, dict[str, str], bytes]] = lambda number: (200, {}, b"")
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status, headers, content = receiver.answer(len(receiver.got))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/slack/events"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}).start()

    def events(self, text: str) -> list[dict[str, str]]:
        """The headers of each delivery of a message."""
        return [
            h for h, body in list(self.got) if body.startswith("{") and json.loads(body)["event"].get("text") == text
        ]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def world(world: Json, receiver: Receiver) -> Json:
    app = world["apps"][0]
    app["request_url"] = receiver.url
    app["manifest"] = {**app["manifest"], "settings": {**app["manifest"]["settings"], "socket_mode_enabled": False}}
    return world


def test_everything_is_signed(workspace, hands, receiver):
    verifier = SignatureVerifier(APP["signing_secret"])
    hands.post("U0MIN", "hello")
    wait_for(lambda: receiver.events("hello"))
    hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="안녕 & more")
    hands.act("U0MIN", "global_shortcut", app="A0PROBE", callback_id="new")
    assert len(receiver.got) == 3
    for headers, body in receiver.got:
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + " ", headers)
    form = parse_qs(receiver.got[1][1])
    assert form["text"] == ["안녕 & more"]
    assert json.loads(parse_qs(receiver.got[2][1])["payload"][0])["type"] == "shortcut"


def test_an_answer_in_the_body_is_shown(hands, receiver):
    receiver.answer = lambda number: (200, {"Content-Type": "application/json"}, b'{"text": "as json"}')
    hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
    assert hands.messages("U0MIN")[-1]["text"] == "as json"
    receiver.answer = lambda number: (200, {}, b"as text")
    hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
    assert hands.messages("U0MIN")[-1]["text"] == "as text"


def test_events_are_tried_four_times(workspace, hands, receiver):
    receiver.answer = lambda number: (500, {}, b"")
    hands.post("U0MIN", "hello")
    wait_for(lambda: bool(workspace.lost))
    retries = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h in receiver.events("hello")]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


def test_a_retry_that_succeeds_ends_it(workspace, hands, receiver):
    receiver.answer = lambda number: (500 if number == 1 else 200, {}, b"")
    hands.post("U0MIN", "hello")
    wait_for(lambda: len(receiver.events("hello")) == 2)
    time.sleep(0.2)
    assert len(receiver.events("hello")) == 2
    assert workspace.lost == []


def test_no_retry_if_the_app_says_so(workspace, hands, receiver):
    receiver.answer = lambda number: (500, {"X-Slack-No-Retry": "1"}, b"")
    hands.post("U0MIN", "hello")
    wait_for(lambda: bool(workspace.lost))
    assert len(receiver.events("hello")) == 1


def test_commands_are_never_tried_again(hands, receiver):
    receiver.answer = lambda number: (500, {}, b"")
    assert hands.refused("U0MIN", "command", channel="C0TFT", command="/probe", text="") == "app_did_not_respond"
    assert len(receiver.got) == 1


def test_a_slow_answer_is_a_time_out(hands, receiver):
    again = threading.Event()

    def slow(number: int) -> tuple[int, dict[str, str], bytes]:
        if number > 1:
            again.set()
        again.wait(20)
        return 200, {}, b""

    receiver.answer = slow
    hands.post("U0MIN", "hello")
    wait_for(lambda: len(receiver.events("hello")) == 2)
    assert receiver.events("hello")[1]["x-slack-retry-reason"] == "http_timeout"


def test_the_challenge_of_a_new_url(hands, receiver):
    def echo(number: int) -> tuple[int, dict[str, str], bytes]:
        return 200, {}, json.loads(receiver.got[-1][1])["challenge"].encode()

    receiver.answer = echo
    assert json.loads(hands.request("POST", "/_verify", {"app": "A0PROBE"})[1]) == {"ok": True}
    receiver.answer = lambda number: (200, {}, b"something else")
    assert json.loads(hands.request("POST", "/_verify", {"app": "A0PROBE"})[1]) == {"ok": False}
    receiver.answer = lambda number: (404, {}, b"")
    assert json.loads(hands.request("POST", "/_verify", {"app": "A0PROBE"})[1]) == {"ok": False, "error": "http_error"}


def test_nobody_at_the_url(world, receiver):
    receiver.server.server_close()
    with Workspace(world) as workspace:
        Hands(workspace.url).post("U0MIN", "hello")
        wait_for(lambda: bool(workspace.lost))
        assert workspace.lost[0]["reason"] == "connection_failed"
