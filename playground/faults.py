"""Faults on demand: what goes wrong with a Web API call or with an event."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal, get_args

from playground.errors import BadRequest
from playground.state import Json

CallKind = Literal[
    "ratelimited",
    "http_500",
    "http_500_after",
    "timeout",
    "timeout_after",
    "drop_before",
    "drop_after",
    "slow",
    "slow_after",
    "error",
]
EventKind = Literal["twice", "reverse", "hold", "drop"]


@dataclass
class CallFault:
    """Goes wrong `times` times, after `after` calls that go well; `match` are arguments the call must have."""

    method: str
    kind: str
    times: int = 1
    after: int = 0
    retry_after: int = 1
    delay_s: float = 2.0
    error: str = "internal_error"
    match: Json = field(default_factory=dict)


@dataclass
class EventFault:
    """`reverse` keeps `times` events and lets them go in reversed order; `hold` keeps them for `delay_s` or until the faults are cleared."""

    event: str
    kind: str
    times: int = 1
    after: int = 0
    delay_s: float | None = None
    held: list[asyncio.Event] = field(default_factory=list)


class Faults:
    """The faults asked for and not yet used up."""

    def __init__(self) -> None:
        self._calls: list[CallFault] = []
        self._events: list[EventFault] = []
        self._holding: list[EventFault] = []

    def ask(self, body: Json) -> None:
        """Add a fault from its JSON form; an unknown kind or key is a bad request."""
        body = dict(body)
        kind, kinds = body.get("kind"), get_args(EventKind if "event" in body else CallKind)
        if kind not in kinds:
            raise BadRequest(f"kind must be one of {', '.join(kinds)}")
        try:
            if "event" in body:
                self._events.append(EventFault(**body))
            else:
                self._calls.append(CallFault(**{"method": "*", **body}))
        except TypeError as error:
            raise BadRequest(str(error)) from error

    def clear(self) -> None:
        """No more faults; what was held goes out."""
        for fault in [*self._events, *self._holding]:
            self._let_go(fault)
        self._calls.clear()
        self._events.clear()
        self._holding.clear()

    def call(self, method: str, arguments: Json) -> CallFault | None:
        """The fault this call meets, counted as used."""
        for fault in self._calls:
            if fault.method in ("*", method) and all(arguments.get(key) == value for key, value in fault.match.items()):
                if fault.after > 0:
                    fault.after -= 1
                    continue
                fault.times -= 1
                if fault.times <= 0:
                    self._calls.remove(fault)
                return fault
        return None

    async def event(self, kind: str, app: str) -> int:
        """How many times to send this event now: 0, 1 or 2; waits as long as it is held."""
        fault = next((f for f in self._events if f.event in ("*", kind)), None)
        if fault is None:
            return 1
        if fault.after > 0:
            fault.after -= 1
            return 1
        fault.times -= 1
        if fault.times <= 0 and fault.kind in ("twice", "drop"):
            self._events.remove(fault)
        if fault.kind == "drop":
            return 0
        if fault.kind == "twice":
            return 2
        await self._hold(fault)
        return 1

    async def _hold(self, fault: EventFault) -> None:
        gate = asyncio.Event()
        fault.held.append(gate)
        if fault.times <= 0:
            self._events.remove(fault)
            if fault.kind == "reverse":
                self._let_go(fault)
            else:
                self._holding.append(fault)
        if fault.kind == "hold" and fault.delay_s is not None:
            asyncio.get_running_loop().call_later(fault.delay_s, gate.set)
        await gate.wait()

    def _let_go(self, fault: EventFault) -> None:
        """Open the gates, the newest first when reversed."""
        order = list(reversed(fault.held)) if fault.kind == "reverse" else fault.held
        loop = asyncio.get_running_loop()
        for index, gate in enumerate(order):
            loop.call_later(0.02 * index, gate.set)
        fault.held = []
