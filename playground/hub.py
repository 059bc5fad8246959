"""The parts of one workspace, put together."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp

from playground import apps, shapes, world, world_rules
from playground.clock import Clock
from playground.deliveries import Deliveries
from playground.faults import Faults
from playground.http_events import HttpEvents
from playground.limits import Limits
from playground.sockets import Sockets
from playground.state import Json, Store
from playground.streams import Streams
from playground.triggers import Triggers

REMEMBERED = 20_000
"""How many calls, refusals and the like are kept for who asks."""


class Hub:
    """State and the things that live beside it while the workspace runs; used in one event loop."""

    def __init__(self, given: Json, state: Path | str | None, loop: asyncio.AbstractEventLoop) -> None:
        self.loop, self.closing, self.url = loop, False, ""
        world_rules.check(given)
        self.db = Store(state)
        self.given = given
        with self.db.closed_on_failure(), self.db.transaction():
            world.seed(self.db, given)
            self.clock = Clock(self.db, given.get("clock"))
        self.limits = Limits(given.get("enforce_limits", True))
        self.faults, self.triggers, self.streams = Faults(), Triggers(), Streams()
        self.sockets, self.http = Sockets(self), HttpEvents(self)
        self.deliveries = Deliveries(self, float(given.get("retry_scale", 1.0)))
        self.calls: deque[Json] = deque(maxlen=REMEMBERED)
        self.violations: deque[str] = deque(maxlen=REMEMBERED)
        self.refusals: deque[Json] = deque(maxlen=REMEMBERED)
        self.failures: list[Exception] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self.session: aiohttp.ClientSession | None = None
        self.manifest = cache(lambda app: apps.manifest(self.db, app))
        self.subscriptions: Callable[[str], set[str]] = cache(lambda app: apps.subscriptions(self.manifest(app)))
        self.verification_token: Callable[[str], str] = cache(
            lambda app: str(apps.row(self.db, app)["verification_token"])
        )

    def socket_mode(self, app: str) -> bool:
        return apps.socket_mode(self.manifest(app))

    def check(self, shape: str, payload: Any) -> None:
        """Note every key of a payload that Slack was never seen to send."""
        self.violations.extend(f"{shape}: {path}" for path in shapes.invented(shape, payload))

    def refused(self, what: str, error: str, **more: Any) -> None:
        """Note a refusal that was given, so that a test can say that there was none."""
        self.refusals.append({"what": what, "error": error, "at": time.time(), **more})

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run beside, until done or the workspace closes; what goes wrong in it is a failure of the workspace."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(failure := task.exception(), Exception):
            self.failures.append(failure)

    async def send_event(self, app: str, body: Json, attempt: int, reason: str) -> None:
        """Send one event the way the app takes them; raises `Undelivered`."""
        if self.socket_mode(app):
            await self.sockets.send(app, "events_api", body, attempt, reason)
        else:
            await self.http.event(app, body, attempt, reason)

    async def send_interaction(self, app: str, kind: str, payload: Json) -> Any:
        """Send a command or an interaction (never retried); gives what the acknowledgement carried; raises `Undelivered`."""
        if self.socket_mode(app):
            return await self.sockets.send(app, kind, payload)
        return await self.http.interaction(app, kind, payload)

    async def open(self) -> None:
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3.0))
        self.deliveries.resume()

    async def close(self) -> None:
        self.closing = True
        self.faults.clear()
        self.streams.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.sockets.close()
        if self.session:
            await self.session.close()
