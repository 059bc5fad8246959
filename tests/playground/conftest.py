"""A small world of two organisations, a person's hands, and an app that listens with Slack's own clients."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from playground import Workspace
from tests.playground.hands import Hands, wait_for
from tests.playground.worlds import APP, world_of

Json = dict[str, Any]


@pytest.fixture
def world() -> Json:
    """Two teams, one shared channel, one app installed on the first side: change it before asking for `workspace`."""
    return deepcopy(world_of())


@pytest.fixture
def workspace(world: Json) -> Iterator[Workspace]:
    """The workspace in memory; at the end it must not have sent a key that Slack never sends."""
    with Workspace(world) as running:
        yield running
        assert running.violations == []


@pytest.fixture
def hands(workspace: Workspace) -> Hands:
    return Hands(workspace.url)


@pytest.fixture
def slack(workspace: Workspace) -> WebClient:
    """The bot's Web API client."""
    return WebClient("xoxb-gist", base_url=workspace.api_url, retry_handlers=[])


def hang_up(client: SocketModeClient) -> None:
    """End the client's threads first: its own close waits for each of them to wake by itself, four seconds in all."""
    client.auto_reconnect_enabled = False
    client.current_session_state.terminated = True
    if client.current_session and client.current_session.sock:
        with suppress(OSError):  # it may have been cut before
            client.current_session.sock.shutdown(socket.SHUT_RDWR)
    client.message_processor.event.set()
    client.enqueue_message("")
    client.close()


class Listener:
    """An app's Socket Mode client: notes every envelope, answers as `answers` say, keeps silent for kinds in `silent`."""

    def __init__(self, url: str, app_token: str = APP["app_token"]) -> None:
        self.got: list[SocketModeRequest] = []
        self.answers: dict[str, Callable[[Json], Any]] = {}
        self.silent: set[str] = set()
        self.deaf = 0  # to how many more envelopes of whatever kind it keeps silent
        web = WebClient(base_url=url + "/api/", retry_handlers=[])
        # closing takes one interval of pings; one thread hears in the order in which things were said
        self.client = SocketModeClient(app_token, web_client=web, ping_interval=0.2, concurrency=1)
        self.client.socket_mode_request_listeners.append(self._take)
        self.client.connect()
        wait_for(self.client.is_connected)

    def close(self) -> None:
        hang_up(self.client)

    def _take(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        self.got.append(request)
        kind = request.payload.get("type") if request.type != "slash_commands" else "slash_commands"
        self.deaf -= 1
        if self.deaf >= 0 or request.type in self.silent or kind in self.silent:
            return
        answer = self.answers.get(str(kind))
        payload = answer(request.payload) if answer else None
        client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    def events(self, kind: str) -> list[Json]:
        """The events of a type (or message subtype) so far."""
        found = [request.payload["event"] for request in list(self.got) if request.type == "events_api"]
        return [event for event in found if kind in (event["type"], event.get("subtype"))]

    def payloads(self, kind: str) -> list[Json]:
        return [r.payload for r in list(self.got) if kind in (r.type, r.payload.get("type"))]

    def wait(self, kind: str, count: int = 1) -> Json:
        """The latest event or interaction of a kind, when there are `count`."""
        wait_for(lambda: len(self.events(kind) or self.payloads(kind)) >= count)
        return (self.events(kind) or self.payloads(kind))[-1]

    def quiet(self, kind: str, seconds: float = 0.15) -> bool:
        """Nothing of this kind for a while?"""
        time.sleep(seconds)
        return not self.events(kind) and not self.payloads(kind)


@pytest.fixture
def listener(workspace: Workspace) -> Iterator[Listener]:
    found = Listener(workspace.url)
    yield found
    found.close()
