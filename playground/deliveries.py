"""Events on their way out: kept until acknowledged, tried again at once, after a minute, after five, then dropped."""

import asyncio
import json
from collections import defaultdict
from typing import TYPE_CHECKING

from playground import ids
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub

RETRIES_S = (0.0, 60.0, 300.0)
"""Slack's waits before the first, second and third retry (https://docs.slack.dev/apis/events-api/)."""


class Undelivered(Exception):
    """An attempt failed; `reason` as Slack names it, `cut` if the connection went away, `final` if no retry is wanted."""

    def __init__(self, reason: str, *, cut: bool = False, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.cut, self.final = reason, cut, final


class Deliveries:
    """One task per event; the rows in the state outlive the process."""

    def __init__(self, hub: "Hub", scale: float) -> None:
        self._hub, self._scale = hub, scale
        self._connected: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.lost: list[Json] = []

    def resume(self) -> None:
        """Take up what was not acknowledged before the workspace stopped."""
        for row in self._hub.db.all("SELECT id FROM deliveries ORDER BY id"):
            self.start(row["id"])

    def start(self, id: int) -> None:
        if not self._hub.closing:
            self._hub.spawn(self._deliver(id))

    def connected(self, app: str) -> None:
        """A connection of the app is there: what waits for one goes out now."""
        event = self._connected.pop(app, None)
        if event:
            event.set()

    async def _deliver(self, id: int) -> None:
        row = self._row(id)
        if row is None:
            return
        copies = await self._hub.faults.event(row["event_type"], row["app"])
        if copies == 0:
            self._forget(id)
            return
        if copies > 1:
            self._again(row)
        while (row := self._row(id)) is not None and not await self._attempt(row):
            continue

    def _row(self, id: int) -> Row | None:
        return self._hub.db.one("SELECT * FROM deliveries WHERE id = ?", id)

    def _again(self, row: Row) -> None:
        """The same event a second time, as Slack sometimes sends it: another event_id."""
        body = json.loads(row["body"]) | {"event_id": ids.new("Ev")}
        self._hub.spawn(self._extra(row["app"], body))

    async def _extra(self, app: str, body: Json) -> None:
        try:
            await self._hub.send_event(app, body, 0, "")
        except Undelivered as error:
            self.lost.append({"event": body, "reason": error.reason})

    async def _attempt(self, row: Row) -> bool:
        """Try once; True when the event needs no further try."""
        if (wait := row["due"] - ids.now()) > 0:
            await self._wait(row, wait)
        try:
            await self._hub.send_event(row["app"], json.loads(row["body"]), row["attempt"], row["reason"])
        except Undelivered as error:
            return self._failed(row, error)
        self._forget(row["id"])
        return True

    async def _wait(self, row: Row, seconds: float) -> None:
        """Wait for the time of the retry, or for a connection if it was one that was missing."""
        if (
            row["reason"] != "timeout"
            or not self._hub.sockets.used_by(row["app"])
            or self._hub.sockets.open_for(row["app"])
        ):
            await asyncio.sleep(seconds)
            return
        try:
            await asyncio.wait_for(self._connected[row["app"]].wait(), seconds)
        except TimeoutError:
            return

    def _failed(self, row: Row, error: Undelivered) -> bool:
        attempt = row["attempt"]
        if error.final or attempt >= len(RETRIES_S):
            self.lost.append({"event": json.loads(row["body"]), "reason": error.reason})
            self._forget(row["id"])
            return True
        wait = 0.0 if error.cut else RETRIES_S[attempt] * self._scale
        with self._hub.db.transaction():
            self._hub.db.run(
                "UPDATE deliveries SET attempt = ?, reason = ?, due = ? WHERE id = ?",
                attempt + 1,
                error.reason,
                ids.now() + wait,
                row["id"],
            )
        return False

    def _forget(self, id: int) -> None:
        with self._hub.db.transaction():
            self._hub.db.run("DELETE FROM deliveries WHERE id = ?", id)
