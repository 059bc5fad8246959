"""Business time from a workspace's clock (`TFT_CLOCK_URL`), which people may move; machine time is used where none is set."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog

log = structlog.get_logger()
FRESH_S = 0.5
TIMEOUT_S = 2.0


class WorkspaceClock:
    """Asks at most twice a second; while the workspace does not answer, the last answer runs on with machine time."""

    def __init__(self, url: str, app: str, machine_clock: Callable[[], datetime]) -> None:
        self._url = url.rstrip("/")
        self._app = app
        self._machine_clock = machine_clock
        self._offset = timedelta()
        self._held: datetime | None = None
        self._asked = -FRESH_S
        self._stops: list[str] | None = None
        self._answers = True

    def __call__(self) -> datetime:
        """Now, in business time."""
        if time.monotonic() - self._asked >= FRESH_S:
            self._ask()
        return self._held or self._machine_clock() + self._offset

    def held(self) -> bool:
        """Whether a jump waits at one of our stops until `reached` is called. Asks anew."""
        self._ask()
        return self._held is not None

    def stop_at(self, moments: Iterable[datetime]) -> None:
        """Have a jump of the clock stop at each of these moments; they replace those named before."""
        stops = sorted({moment.isoformat() for moment in moments})
        if stops != self._stops and self._send("PUT", "/stops", {"app": self._app, "stops": stops}) is not None:
            self._stops = stops

    def reached(self) -> None:
        """What was due at this stop is done: the jump may go on."""
        self._send("POST", "/reached", {"app": self._app, "now": self().isoformat()})
        self._asked = -FRESH_S

    def _ask(self) -> None:
        self._asked = time.monotonic()
        answer = self._send("GET", "", None)
        if answer is None:
            return
        self._held = None if answer["running"] else datetime.fromisoformat(answer["now"])
        self._offset = timedelta(seconds=answer["offset_s"])

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any] | None:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(  # noqa: S310  # an operator's http(s) address
            self._url + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:  # noqa: S310
                answer: dict[str, Any] = json.load(response)
        except (OSError, ValueError) as error:
            if self._answers:
                log.warning("clock-unreachable", error=str(error))
            self._answers = False
            return None
        self._answers = True
        return answer
