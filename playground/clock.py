"""Business time: a clock that apps may ask, moved forward by hand. Message stamps stay real."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from playground import ids
from playground.errors import BadRequest
from playground.state import Json, Store

WAIT_S = 30.0  # for an app that is busy; one that is gone must not stop the clock for good


class Clock:
    """`now` runs with real time plus an offset that only grows; kept in the state."""

    def __init__(self, db: Store, start: str | None) -> None:
        self._db = db
        kept = db.fact("clock_offset")
        if kept is None:
            kept = (_moment(start) - ids.moment()).total_seconds() if start else 0.0
            db.set_fact("clock_offset", kept)
            db.set_fact("clock_zone_s", (_moment(start).utcoffset() or timedelta()).total_seconds() if start else 0)
        self._offset = timedelta(seconds=kept)
        self._moves: list[list[float]] = db.fact("clock_moves") or [[0.0, kept]]
        self._zone = timedelta(seconds=db.fact("clock_zone_s") or 0)
        self._stops: dict[str, list[datetime]] = {}
        self._reached: dict[str, asyncio.Event] = {}
        self._held: datetime | None = None
        self._moving = asyncio.Lock()

    def now(self) -> datetime:
        """Business time, aware UTC; it stands while a jump waits at a stop."""
        return self._held or ids.moment() + self._offset

    def look(self) -> Json:
        local = self.now().astimezone(timezone(self._zone))
        return {
            "now": local.isoformat(),
            "offset_s": self._offset.total_seconds(),
            "running": self._held is None,
            "moves": self._moves,
        }

    def set_stops(self, app: str, stops: list[str]) -> None:
        self._stops[app] = sorted(_moment(stop) for stop in stops)

    def reached(self, app: str) -> None:
        """The app says that it has done what is due at the present stop."""
        if event := self._reached.get(app):
            event.set()

    async def move(self, body: Json, told: Callable[[], None]) -> None:
        """Move to a time or by seconds; from stop to stop, waiting at each for the apps. `told` is called at every step."""
        async with self._moving:
            target = _moment(body["to"]) if "to" in body else self.now() + timedelta(seconds=_seconds(body))
            if target < self.now():
                raise BadRequest("the clock only moves forward")
            while stop := self._next_stop(target):
                await self._wait_at(*stop, told)
            self._set(target)
            told()

    def _next_stop(self, target: datetime) -> tuple[str, datetime] | None:
        for stops in self._stops.values():
            stops[:] = [stop for stop in stops if stop > self.now()]
        ahead = [(stops[0], app) for app, stops in self._stops.items() if stops and stops[0] <= target]
        return (min(ahead)[1], min(ahead)[0]) if ahead else None

    async def _wait_at(self, app: str, stop: datetime, told: Callable[[], None]) -> None:
        self._set(stop)
        self._held = stop
        self._reached[app] = asyncio.Event()
        told()
        try:
            await asyncio.wait_for(self._reached[app].wait(), WAIT_S)
        except TimeoutError:
            told()
        finally:
            self._held = None
            self._set(stop)
            del self._reached[app]
            self._stops[app] = [other for other in self._stops.get(app, []) if other > stop]

    def _set(self, to: datetime) -> None:
        moved_at = ids.moment()
        self._offset = to - moved_at
        self._moves.append([moved_at.timestamp(), self._offset.total_seconds()])
        with self._db.transaction():
            self._db.set_fact("clock_offset", self._offset.total_seconds())
            self._db.set_fact("clock_moves", self._moves)


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise BadRequest(f"no ISO time: {value!r}") from error
    if moment.tzinfo is None:
        raise BadRequest("a time needs its zone")
    return moment


def _seconds(body: Json) -> float:
    seconds = body.get("advance_s")
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
        raise BadRequest("advance_s must be seconds, not negative")
    return float(seconds)
