"""Time passes: a handful of constant ticks. What is due is read from rows at each tick, never remembered here."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.services import posts
from handlers import errands
from handlers.clock import WorkspaceClock
from handlers.deps import Deps
from storage import outbox

WATCH_S = 0.5
BETWEEN_STOPS_S = 0.05  # while a jump goes from stop to stop
LONGEST_WATCH_S = 60.0
SOON_S = 8.0  # what was queued at a stop and may be sent by then is waited for
DELIVERY_S = 20.0  # but no longer than this; the workspace waits longer for us
# What shows the present on messages that stand there already need not be done before a jump goes on.
UPDATES = {name for name, kind in posts.kinds().items() if kind.in_place}


@dataclass(frozen=True)
class Tick:
    """Something that is done every `seconds` of machine time. `dues` names the business times at which it has work to do."""

    name: str
    seconds: float
    act: Callable[[Deps], None]
    dues: Callable[[Deps], Iterable[datetime]] | None = None


class Schedule:
    """Runs ticks, each in its turn and never twice at once; a tick that fails is logged (by the scheduler) and comes again."""

    def __init__(self, deps: Deps, ticks: Iterable[Tick]) -> None:
        self._deps = deps
        self._ticks = list(ticks)
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Every tick at once, then at its interval; a movable clock is watched for stops, and knows the first ones already."""
        now = self._deps.machine_clock()
        for tick in self._ticks:
            self._scheduler.add_job(
                tick.act, "interval", seconds=tick.seconds, args=[self._deps], name=tick.name, next_run_time=now
            )
        if isinstance(self._deps.clock, WorkspaceClock):
            self._name_stops(self._deps.clock)
            self._scheduler.add_job(self._watch, "interval", seconds=WATCH_S, args=[self._deps.clock], name="clock")
        self._scheduler.start()

    def stop(self) -> None:
        """No new tick; one that runs is waited for."""
        self._scheduler.shutdown(wait=True)

    def _watch(self, clock: WorkspaceClock) -> None:
        """When a jump waits for us, do what is due there, then let it go on; tell the clock where to stop next.

        The next stops are named before the jump goes on, and what was queued is sent by then: it says what was true there.
        """
        until = time.monotonic() + LONGEST_WATCH_S
        while clock.held() and time.monotonic() < until:
            for tick in self._ticks:
                if tick.dues:  # the others show the present: once the jump is over is soon enough
                    tick.act(self._deps)
            self._wait_for_delivery()
            self._name_stops(clock)
            clock.reached()
            time.sleep(BETWEEN_STOPS_S)
        self._name_stops(clock)

    def _name_stops(self, clock: WorkspaceClock) -> None:
        clock.stop_at(moment for tick in self._ticks if tick.dues for moment in tick.dues(self._deps))

    def _wait_for_delivery(self) -> None:
        until = time.monotonic() + DELIVERY_S
        while time.monotonic() < until:
            with self._deps.database.reading() as session:
                soon = self._deps.machine_clock() + timedelta(seconds=SOON_S)
                if outbox.is_idle(session, soon, errands.ASIDE, UPDATES):
                    return
            time.sleep(BETWEEN_STOPS_S)
