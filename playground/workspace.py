"""A workspace inside this process: a thread with its own event loop."""

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from playground.hub import Hub
from playground.server import build
from playground.state import Json

T = TypeVar("T")


class Workspace:
    """Serves a world on 127.0.0.1 between `__enter__` and `__exit__` (which raises what went wrong inside); without `state` it is kept in memory."""

    def __init__(self, world: Json, state: Path | str | None = None, port: int = 0) -> None:
        self._world, self._state, self._port = world, state, port
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="workspace", daemon=True)
        self.hub: Hub
        self._loop: asyncio.AbstractEventLoop

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise self._failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        failure = self._failure or next(iter(self.hub.failures), None)
        if failure and error is None:
            raise failure

    @property
    def url(self) -> str:
        return self.hub.url

    @property
    def api_url(self) -> str:
        return self.hub.url + "/api/"

    @property
    def violations(self) -> list[str]:
        """Keys the workspace sent that Slack was never seen to send."""
        return list(self.hub.violations)

    @property
    def refusals(self) -> list[Json]:
        """The refusals it gave to apps: {what, error, at, …}. Faults asked for are not among them."""
        return list(self.hub.refusals)

    @property
    def calls(self) -> list[Json]:
        """The Web API calls so far: {method, app, at, status, error, arguments, fault}."""
        return list(self.hub.calls)

    @property
    def lost(self) -> list[Json]:
        """Events that no retry could deliver: {event, reason}."""
        return list(self.hub.deliveries.lost)

    @property
    def pending(self) -> int:
        """How many events are not acknowledged yet."""
        return self.run(lambda: int(self.hub.db.value("SELECT count(*) FROM deliveries")))

    def settle(self, seconds: float = 5.0) -> None:
        """Wait until every event has been acknowledged (or given up); TimeoutError if that takes longer."""
        until = time.monotonic() + seconds
        while self.pending:
            if time.monotonic() > until:
                raise TimeoutError(f"{self.pending} events are not acknowledged")
            time.sleep(0.005)

    def fault(self, **fault: object) -> None:
        """Ask for a fault, as `POST /_faults` does."""
        self.run(lambda: self.hub.faults.ask(fault))

    def clear_faults(self) -> None:
        """No more faults; what was held goes out."""
        self.run(self.hub.faults.clear)

    def disconnect(self, app: str, reason: str = "refresh_requested", *, cut: bool = False) -> int:
        """End the app's connections, announced or cut; gives how many there were."""
        ended = self.hub.sockets.disconnect(app, reason, cut=cut)
        return asyncio.run_coroutine_threadsafe(ended, self._loop).result(5)

    def run(self, call: Callable[[], T]) -> T:
        """Call something in the workspace's own thread and give what it gives."""

        async def called() -> T:
            return call()

        return asyncio.run_coroutine_threadsafe(called(), self._loop).result(5)

    def _run(self) -> None:
        self._loop = asyncio.new_event_loop()
        try:
            self._loop.run_until_complete(self._serve())
        except Exception as failure:  # noqa: BLE001  handed to the thread that waits
            self._failure = failure
        finally:
            self._ready.set()
            self._loop.close()

    async def _serve(self) -> None:
        """Serve until told to stop."""
        self.hub = hub = Hub(self._world, self._state, self._loop)
        runner = web.AppRunner(build(hub), access_log=None, shutdown_timeout=0.2, handle_signals=False)
        try:
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            await hub.open()
            self._ready.set()
            await self._stop.wait()
        finally:
            await hub.close()
            await runner.cleanup()
            hub.db.close()
