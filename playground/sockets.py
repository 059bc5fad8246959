"""Socket Mode: tickets, connections, envelopes and their acknowledgements."""

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from playground import ids
from playground.deliveries import Undelivered
from playground.state import Json, dumps

if TYPE_CHECKING:
    from playground.hub import Hub

ACK_S = 3.0
TICKET_S = 30.0
MOST = 10


@dataclass(eq=False)
class Connection:
    """One open WebSocket of an app and the envelopes it has not acknowledged."""

    app: str
    socket: web.WebSocketResponse
    request: web.Request
    leaving: bool = False
    pending: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)


class Sockets:
    """The open connections; an envelope goes to one of them."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._tickets: dict[str, tuple[str, float]] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._turn = 0

    def ticket(self, app: str) -> str:
        """A ticket for one connection, good for 30 s."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = (app, time.monotonic() + TICKET_S)
        return ticket

    def used_by(self, app: str) -> bool:
        return self._hub.socket_mode(app)

    def open_for(self, app: str) -> list[Connection]:
        return [c for c in self._connections.get(app, []) if not c.socket.closed and not c.leaving]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket behind a ticket, until it closes."""
        app, good_until = self._tickets.pop(request.query.get("ticket", ""), ("", 0.0))
        if time.monotonic() > good_until:
            return web.Response(status=408, text="invalid ticket")
        socket = web.WebSocketResponse(heartbeat=30, autoping=True)
        await socket.prepare(request)
        connection = Connection(app, socket, request)
        if len(self.open_for(app)) >= MOST:
            await self._say(
                connection,
                "socket/disconnect",
                {"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": "applink"}},
            )
            await socket.close()
            return socket
        self._connections.setdefault(app, []).append(connection)
        try:
            await self._listen(connection)
        finally:
            self._gone(connection)
        return socket

    async def _listen(self, connection: Connection) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self.open_for(connection.app)),
            "connection_info": {"app_id": connection.app},
            "debug_info": {"host": "applink", "build_number": 1, "approximate_connection_time": 18060},
        }
        await self._say(connection, "socket/hello", hello)
        self._hub.deliveries.connected(connection.app)
        async for message in connection.socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledge(connection, str(message.data))

    def _acknowledge(self, connection: Connection, data: str) -> None:
        try:
            answer = json.loads(data)
        except ValueError:
            return
        future = connection.pending.pop(str(answer.get("envelope_id")), None) if isinstance(answer, dict) else None
        if future and not future.done():
            future.set_result(answer.get("payload"))

    def _gone(self, connection: Connection) -> None:
        self._connections[connection.app].remove(connection)
        for future in connection.pending.values():
            if not future.done():
                future.set_exception(Undelivered("timeout", cut=True))

    async def _say(self, connection: Connection, shape: str, message: Json) -> None:
        self._hub.check(shape, message)
        await connection.socket.send_str(dumps(message))

    async def send(self, app: str, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Json | None:
        """Send an envelope and wait up to 3 s for its acknowledgement; gives the acknowledgement's payload."""
        open_now = self.open_for(app)
        if not open_now:
            raise Undelivered("timeout")
        self._turn += 1
        connection = open_now[self._turn % len(open_now)]
        envelope: Json = {
            "envelope_id": ids.client_msg_id(),
            "type": kind,
            "accepts_response_payload": kind != "events_api",
            "payload": payload,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        future: asyncio.Future[Json | None] = self._hub.loop.create_future()
        connection.pending[envelope["envelope_id"]] = future
        try:
            await self._say(connection, "socket/envelope", envelope)
            return await asyncio.wait_for(future, ACK_S)
        except ConnectionError as error:
            raise Undelivered("timeout", cut=True) from error
        except TimeoutError as error:
            raise Undelivered("timeout") from error
        finally:
            connection.pending.pop(envelope["envelope_id"], None)

    async def disconnect(self, app: str, reason: str, *, cut: bool) -> int:
        """End the app's connections: announced with Slack's `disconnect`, or cut without a close frame. Gives how many."""
        ended = self.open_for(app)
        for connection in ended:
            connection.leaving = True
            if cut:
                transport = connection.request.transport
                if transport is not None:
                    transport.abort()
                continue
            await self._say(
                connection,
                "socket/disconnect",
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink"}},
            )
            if reason == "warning":
                connection.leaving = False
            else:
                self._hub.spawn(self._close_later(connection))
        return len(ended)

    async def _close_later(self, connection: Connection) -> None:
        await asyncio.sleep(0.5)
        await connection.socket.close()

    async def close(self) -> None:
        for connections in list(self._connections.values()):
            for connection in list(connections):
                await connection.socket.close()
