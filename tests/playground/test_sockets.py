"""Socket Mode: tickets, hello, one connection per envelope, acknowledgements, redelivery, connections that end."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import aiohttp
import pytest
from slack_sdk import WebClient

from playground import Workspace, sockets
from tests.playground.conftest import Listener
from tests.playground.hands import Hands, Json, wait_for


@contextmanager
def listening(workspace: Workspace, count: int = 1) -> Iterator[list[Listener]]:
    with ExitStack() as stack:
        found = []
        for _ in range(count):
            found.append(Listener(workspace.url))
            stack.callback(found[-1].close)
        yield found


def disconnect(hands: Hands, **how) -> int:
    status, _ = hands.request("POST", "/_sockets/disconnect", {"app": "A0PROBE", **how})
    return status


def heard(listeners: list[Listener], text: str) -> list[tuple[int, str]]:
    """(retry_attempt, retry_reason) of each delivery of the message."""
    requests = [r for listener in listeners for r in list(listener.got) if r.type == "events_api"]
    return [(r.retry_attempt or 0, r.retry_reason or "") for r in requests if r.payload["event"].get("text") == text]


def test_hello_and_a_ticket_of_one_use(workspace):
    url = WebClient(base_url=workspace.api_url).apps_connections_open(app_token="xapp-1-probe")["url"]

    async def connect() -> tuple[Json, int]:
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(url) as socket:
                hello = await socket.receive_json()
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await session.ws_connect(url)
            return hello, caught.value.status

    hello, status = asyncio.run(connect())
    assert hello["type"] == "hello"
    assert hello["num_connections"] == 1
    assert hello["connection_info"] == {"app_id": "A0PROBE"}
    assert status == 408


def test_an_envelope_goes_to_one_of_the_connections(workspace, hands):
    with listening(workspace, 3) as listeners:
        for number in range(6):
            hands.post("U0MIN", f"message {number}")
        wait_for(lambda: sum(len(one.events("message")) for one in listeners) == 6)
        assert all(one.events("message") for one in listeners)


def test_the_eleventh_connection_is_too_many(workspace, listener, monkeypatch):
    monkeypatch.setattr(sockets, "MOST", 1)
    url = WebClient(base_url=workspace.api_url).apps_connections_open(app_token="xapp-1-probe")["url"]

    async def connect() -> Json:
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            told: Json = await socket.receive_json()
            return told

    assert asyncio.run(connect())["reason"] == "too_many_websockets"


def test_what_is_not_acknowledged_comes_again(workspace, hands, monkeypatch):
    monkeypatch.setattr(sockets, "ACK_S", 0.15)
    with listening(workspace) as listeners:
        listeners[0].deaf = 3
        hands.post("U0MIN", "listen")
        wait_for(lambda: len(heard(listeners, "listen")) == 3)
        monkeypatch.setattr(sockets, "ACK_S", 10)  # what is acknowledged at last may take its time
        wait_for(lambda: len(heard(listeners, "listen")) == 4)
        assert heard(listeners, "listen")[:3] == [(0, ""), (1, "timeout"), (2, "timeout")]
        time.sleep(0.3)
        assert len(heard(listeners, "listen")) == 4, "acknowledged at last"
        assert workspace.lost == []


def test_after_the_last_retry_it_is_lost(workspace, hands, monkeypatch):
    monkeypatch.setattr(sockets, "ACK_S", 0.05)
    with listening(workspace) as listeners:
        listeners[0].silent.add("events_api")
        hands.post("U0MIN", "listen")
        wait_for(lambda: bool(workspace.lost))
        wait_for(lambda: len(heard(listeners, "listen")) == 4)
        assert workspace.lost[0]["event"]["event"]["text"] == "listen"


def test_a_cut_connection_loses_nothing(workspace, hands):
    with listening(workspace, 1) as first:
        first[0].silent.add("events_api")
        hands.post("U0MIN", "in flight")
        wait_for(lambda: len(heard(first, "in flight")) == 1)
        with listening(workspace, 1) as second:
            first[0].close()
            wait_for(lambda: len(heard(second, "in flight")) == 1)
            assert heard(second, "in flight")[0] == (1, "timeout")


def test_what_happens_while_nobody_listens_goes_to_the_next_connection(world):
    world["retry_scale"] = 1.0
    with Workspace(world) as workspace:
        hands = Hands(workspace.url)
        hands.post("U0MIN", "anybody?")
        time.sleep(0.1)
        with listening(workspace) as listeners:
            wait_for(lambda: len(heard(listeners, "anybody?")) == 1)
            assert heard(listeners, "anybody?")[0][0] > 0


def test_ten_minutes_without_a_connection_are_too_long(workspace, hands):
    """The retries (at once, after one and five minutes, here 500 times faster) are over: only a look at the state helps."""
    hands.post("U0MIN", "anybody?")
    wait_for(lambda: len(workspace.lost) == 1)
    with listening(workspace) as listeners:
        time.sleep(0.1)
        assert heard(listeners, "anybody?") == []


def test_an_announced_end(workspace, hands):
    with listening(workspace) as listeners:
        before = listeners[0].client.session_id()
        assert disconnect(hands, reason="refresh_requested") == 200
        wait_for(lambda: listeners[0].client.session_id() != before)
        hands.post("U0MIN", "still there?")
        wait_for(lambda: len(heard(listeners, "still there?")) >= 1)
        assert disconnect(hands, reason="warning") == 200
        hands.post("U0MIN", "a warning ends nothing")
        wait_for(lambda: len(heard(listeners, "a warning ends nothing")) == 1)


def test_a_cut_without_a_close_frame(workspace, hands, listener):
    listener.client.auto_reconnect_enabled = False
    assert disconnect(hands, cut=True) == 200
    assert hands.refused("U0MIN", "command", channel="C0TFT", command="/probe", text="") == "app_did_not_respond"
    with listening(workspace) as listeners:
        hands.act("U0MIN", "command", channel="C0TFT", command="/probe", text="")
        assert listeners[0].payloads("slash_commands")


def test_an_app_without_socket_mode_gets_no_ticket(world):
    settings = world["apps"][0]["manifest"]["settings"]
    world["apps"][0]["manifest"]["settings"] = {**settings, "socket_mode_enabled": False}
    world["apps"][0]["request_url"] = "http://127.0.0.1:1/"
    with Workspace(world) as workspace:
        answer = WebClient(base_url=workspace.api_url)
        with pytest.raises(Exception, match="socket_mode_not_enabled"):
            answer.apps_connections_open(app_token="xapp-1-probe")
