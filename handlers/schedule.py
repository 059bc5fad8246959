"""Time passes: a handful of constant ticks. What is due is read from rows at each tick, never remembered here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from handlers.clock import WorkspaceClock
from handlers.deps import Deps

WATCH_S = 0.5


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
        """Every tick at once, then at its interval; a movable clock is watched for stops."""
        now = self._deps.machine_clock()
        for tick in self._ticks:
            self._scheduler.add_job(
                tick.act, "interval", seconds=tick.seconds, args=[self._deps], name=tick.name, next_run_time=now
            )
        if isinstance(self._deps.clock, WorkspaceClock):
            self._scheduler.add_job(self._watch, "interval", seconds=WATCH_S, args=[self._deps.clock], name="clock")
        self._scheduler.start()

    def stop(self) -> None:
        """No new tick; one that runs is waited for."""
        self._scheduler.shutdown(wait=True)

    def _watch(self, clock: WorkspaceClock) -> None:
        """When a jump waits for us, do what is due there, then let it go on; tell the clock where to stop next."""
        if clock.held():
            for tick in self._ticks:
                tick.act(self._deps)
            clock.reached()
        clock.stop_at(moment for tick in self._ticks if tick.dues for moment in tick.dues(self._deps))
