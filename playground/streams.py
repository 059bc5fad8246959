"""What changed, told to the pages that look on (server-sent events)."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from playground import channels
from playground.state import Json

if TYPE_CHECKING:
    from playground.hub import Hub

PING_S = 15.0


class Streams:
    """One queue per open page."""

    def __init__(self) -> None:
        self._queues: dict[asyncio.Queue[Json | None], str] = {}

    def tell(self, users: list[str] | None, news: Json) -> None:
        """Tell these people's pages (None: all)."""
        for queue, user in self._queues.items():
            if users is None or user in users:
                queue.put_nowait(news)

    async def serve(self, request: web.Request, user: str) -> web.StreamResponse:
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        )
        await response.prepare(request)
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._queues[queue] = user
        try:
            await response.write(b": open\n\n")
            while (news := await self._next(queue)) is not None:
                await response.write(f"data: {json.dumps(news, ensure_ascii=False)}\n\n".encode())
        except ConnectionError:
            return response
        finally:
            del self._queues[queue]
        return response

    async def _next(self, queue: "asyncio.Queue[Json | None]") -> Json | None:
        try:
            return await asyncio.wait_for(queue.get(), PING_S)
        except TimeoutError:
            return {"type": "ping"}

    def close(self) -> None:
        for queue in self._queues:
            queue.put_nowait(None)


def tell_channel(hub: "Hub", channel: str, thread_ts: str | None = None) -> None:
    """After the commit: the messages of a channel (or thread) changed."""
    people = channels.members(hub.db, channel)
    hub.db.after_commit(
        lambda: hub.streams.tell(people, {"type": "messages", "channel": channel, "thread_ts": thread_ts})
    )


def tell(hub: "Hub", users: list[str] | None, kind: str, **keys: object) -> None:
    """After the commit: something else changed for these people."""
    hub.db.after_commit(lambda: hub.streams.tell(users, {"type": kind, **keys}))
