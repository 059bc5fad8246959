"""trigger_ids: three seconds, one use."""

import secrets
import time
from dataclasses import dataclass

from playground.errors import SlackError

LIFE_S = 3.0


@dataclass(frozen=True)
class Trigger:
    """Who did something that lets an app open a modal; `view` if it was done in a modal."""

    app: str
    user: str
    team: str
    view: str | None
    good_until: float


class Triggers:
    """The triggers given out lately, in memory: after a restart they would have expired."""

    def __init__(self) -> None:
        self._given: dict[str, Trigger] = {}
        self._used: dict[str, float] = {}

    def give(self, app: str, user: str, team: str, view: str | None = None) -> str:
        now = time.monotonic()
        self._sweep(now)
        id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._given[id] = Trigger(app, user, team, view, now + LIFE_S)
        return id

    def use(self, id: str, app: str) -> Trigger:
        """The trigger, once; else `invalid_trigger_id`, `expired_trigger_id`, `exchanged_trigger_id`."""
        if id in self._used:
            raise SlackError("exchanged_trigger_id")
        trigger = self._given.get(id)
        if trigger is None or trigger.app != app:
            raise SlackError("invalid_trigger_id")
        if time.monotonic() > trigger.good_until:
            raise SlackError("expired_trigger_id")
        del self._given[id]
        self._used[id] = trigger.good_until
        return trigger

    def _sweep(self, now: float) -> None:
        """Forget what is over for ten minutes."""
        if len(self._given) + len(self._used) > 1000:
            self._given = {id: t for id, t in self._given.items() if t.good_until > now - 600}
            self._used = {id: until for id, until in self._used.items() if until > now - 600}
