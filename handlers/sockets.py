"""Socket Mode: hear Slack without a public address; notice at once when the connection is gone; end without losing anything.

Slack's own client is deaf for a minute (and busy) after a connection was cut without a close frame, and the one built on
`websocket-client` for ten seconds whenever Slack refreshes a connection: so it is the first, and watched.
"""

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from handlers.installations import REFUSED
from handlers.slack import Client

log = structlog.get_logger()
WATCH_S = 0.5
PING_S = 5  # without any answer to four of them, the network is gone
DRAIN_S = 5.0
LONGEST_PAUSE_S = 30.0


class Sockets:
    """One connection to Slack. `on_connected` is called after every gap, the first connection included."""

    def __init__(self, app: App, app_token: str, api_url: str, on_connected: Callable[[], None]) -> None:
        self._on_connected = on_connected
        self._stopping = threading.Event()
        self._handler = _Handler(app, app_token, web_client=Client(None, api_url), ping_interval=PING_S)
        self._handler.client.message_listeners.append(self._heard)
        self._watch = threading.Thread(target=self._watch_connection, name="sockets", daemon=True)

    @property
    def is_connected(self) -> bool:
        """Whether Slack can reach us now."""
        session = self._handler.client.current_session
        return session is not None and not is_gone(session)

    def start(self) -> None:
        """Connect; raises `SlackApiError` when the token is refused. If Slack is away, it is tried until it is there."""
        try:
            self._handler.client.connect()
        except SlackApiError as error:
            if error.response["error"] in REFUSED:
                raise
            log.warning("slack-away", error=str(error))
        except OSError as error:
            log.warning("slack-away", error=str(error))
        self._watch.start()

    def stop(self) -> None:
        """Take no more, let what is being handled be finished and acknowledged, then disconnect.

        What comes meanwhile is not acknowledged: Slack sends it again.
        """
        self._handler.drain(DRAIN_S)
        self._stopping.set()
        self._watch.join()
        client = self._handler.client
        client.auto_reconnect_enabled = False
        if client.current_session:
            hang_up(client.current_session)
        client.closed = True
        client.enqueue_message("")  # wakes who waits for the next one, up to a second
        client.close()

    def _heard(self, _client: BaseSocketModeClient, message: dict[str, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello":
            self._on_connected()

    def _watch_connection(self) -> None:
        pause = WATCH_S
        while not self._stopping.wait(pause):
            pause = WATCH_S if self._reconnect() else min(2 * pause, LONGEST_PAUSE_S)

    def _reconnect(self) -> bool:
        """Connect anew if the connection is gone. False: Slack is away or refuses."""
        if self.is_connected:
            return True
        client = self._handler.client
        log.warning("connection-gone")
        try:
            if client.current_session:
                hang_up(client.current_session)
            client.connect_to_new_endpoint()
        except (SlackApiError, OSError) as error:
            log.warning("slack-away", error=str(error))
            return False
        return True


class _Handler(SocketModeHandler):
    """Bolt's, which knows what is being handled and can stop taking more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._idle = threading.Condition()
        self._handling = 0
        self._draining = False
        super().__init__(*args, **options)

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        """Hand one envelope to Bolt and acknowledge it, unless we are ending."""
        with self._idle:
            if self._draining:
                return
            self._handling += 1
        try:
            super().handle(client, req)  # type: ignore[arg-type]  # it is the one made in `__init__`
        finally:
            with self._idle:
                self._handling -= 1
                self._idle.notify_all()

    def drain(self, patience_s: float) -> None:
        """Take nothing more; wait for what is being handled."""
        deadline = time.monotonic() + patience_s
        with self._idle:
            self._draining = True
            if not self._idle.wait_for(lambda: self._handling == 0, deadline - time.monotonic()):
                log.error("still-handling", count=self._handling)


def is_gone(session: Connection) -> bool:
    """Whether the other end has closed or reset the connection, with or without a word."""
    sock = session.sock
    if sock is None:
        return True
    try:
        with socket.socket(fileno=os.dup(sock.fileno())) as same:
            return same.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def hang_up(session: Connection) -> None:
    """Close a connection now: a reader that waits for its next bytes is woken."""
    if session.sock is not None:
        with suppress(OSError):  # gone already
            session.sock.shutdown(socket.SHUT_RDWR)
    session.close()
