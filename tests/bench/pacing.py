"""Figure: delivery to 100 channels in 25 installations while Slack enforces its tiers; the floor is one message a second each.

Time is made here, and goes on by as much as workers sleep between two looks: what is measured is the pace that is kept, not
this machine. Slack is the local workspace's own counting of calls.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from bot.wiring import build_deps, machine_time
from config.settings import Settings
from handlers.delivery import POLL_S, Delivery
from handlers.deps import Deps
from playground.limits import Limits
from storage import schema
from storage.database import Database
from storage.outbox import Lane
from storage.tables import Installation

INSTALLATIONS, CHANNELS, EACH = 25, 4, 20
ALLOWED_A_SECOND = INSTALLATIONS * CHANNELS


class Slack:
    """Takes messages as fast as Slack does, and counts what it had to refuse."""

    def __init__(self) -> None:
        self.limits, self.now, self.refused = Limits(True), machine_time(), 0
        self.taken: Counter[str] = Counter()

    def client(self, installation: Installation) -> "Client":
        return Client(self, installation.team_id)


class Client:
    """One installation's."""

    def __init__(self, slack: Slack, team: str) -> None:
        self._slack, self._team = slack, team

    def chat_postMessage(self, channel: str, **_: object) -> Any:  # noqa: N802  # Slack's name
        slack = self._slack
        if slack.limits.wait("A", self._team, "chat.postMessage", channel, slack.now.timestamp()):
            slack.refused += 1
        slack.taken[channel] += 1
        return Answer({"ok": True, "ts": f"{slack.now.timestamp():.6f}{slack.taken.total():03}"})


class Answer:
    """As much of an answer as is read."""

    headers: dict[str, str]

    def __init__(self, data: dict[str, Any]) -> None:
        self.data, self.headers = data, {}


def measure(url: str) -> dict[str, tuple[float, float]]:
    """Messages a second, and how many 429 came of us."""
    slack = Slack()
    with office(url, slack) as (deps, delivery):
        began = slack.now
        while slack.taken.total() < INSTALLATIONS * CHANNELS * EACH:
            while delivery.step():
                pass
            slack.now += timedelta(seconds=POLL_S)
            if slack.now - began > timedelta(minutes=10):
                raise RuntimeError(f"only {slack.taken.total()} came")
        rate = slack.taken.total() / (slack.now - began).total_seconds()
        deps.background.shutdown()
    if slack.refused:
        raise RuntimeError(f"{slack.refused} calls would have been refused")
    return {"messages a second, 100 channels, no 429": (rate, float(ALLOWED_A_SECOND))}


@contextmanager
def office(url: str, slack: Slack) -> Iterator[tuple[Deps, Delivery]]:
    """A bot that only delivers, and what waits for it."""
    database = Database(url, exclusive=True)
    schema.upgrade(database)

    def now() -> datetime:
        return slack.now

    deps = build_deps(Settings(_env_file=None), database, now)
    for name, value in (("machine_clock", now), ("slack", slack)):
        object.__setattr__(deps, name, value)
    with deps.database.transaction() as session:
        for number in range(INSTALLATIONS):
            session.add(Installation(team_id=f"T{number}", bot_user_id=f"U{number}", bot_token="x", installed_at=now()))
    for number in range(EACH):
        with deps.work() as work:
            for channel in range(INSTALLATIONS * CHANNELS):
                lane = Lane(channel // CHANNELS + 1, f"C{channel}")
                work.queue(lane, "answer", f"{number}", {"text": str(number), "blocks": []})
    yield deps, Delivery(deps, workers=1)
    database.close()
