"""Killing the bot: on its n-th call of a method, before or after the call's effect, or at any moment."""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playground import Workspace
from storage.database import Database
from tests import bots, cast
from tests.delivery.asking import ask
from tests.ops.processes import Process
from tests.soak.story import Story

RECONCILE_S = "2"
PATIENCE_S = 60.0
SWEPT_S = 200.0  # a card takes 1.2 s: the sweep keeps to Slack's pace, too
KINDS = {"before": "timeout", "after": "timeout_after", "lands late": "slow"}
METHODS = {  # the calls that a round may make; how many of each may go well first
    "chat.postMessage": 2,
    "chat.update": 1,
    "reactions.add": 0,
    "conversations.open": 0,
    "conversations.history": 0,
    "chat.postEphemeral": 0,
    "reactions.get": 1,
    "apps.connections.open": 0,
}


@dataclass(frozen=True)
class Point:
    """Where the kill comes; without a method: at a random moment."""

    method: str = ""
    when: str = "at random"
    after: int = 0

    def __str__(self) -> str:
        return f"{self.method} {self.when}".strip()


@dataclass
class Soak:
    """The workspace, the bot's database, and the bot that is running now."""

    workspace: Workspace
    url: str
    folder: Path
    story: Story
    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)

    def round(self, point: Point) -> None:
        """Start the bot, let people act, kill it."""
        began = time.time()
        if point.method:
            kind = KINDS[point.when]
            delay_s = 1.0 if point.when == "lands late" else 20.0
            self.workspace.fault(method=point.method, kind=kind, after=point.after, delay_s=delay_s)
        with self.bot() as bot:
            early = self._after(self.chance.uniform(0, 4)) if point == Point() and self.chance.random() < 0.3 else None
            reached = self._wait(point, bot, began, early or (lambda: '"connected"' in bot.log))
            acting = self.story.act()
            if not (reached or early):
                reached = self._wait(point, bot, began, self._after(self.chance.uniform(1, 6)))
            bot.stop(signal.SIGKILL)
        self.counts[str(point) if reached or not point.method else "at random, since it made no such call"] += 1
        self.story.toggle()  # nobody hears this one
        ask(self.workspace.url + "/_faults", method="DELETE")
        for act in acting:
            act.join()

    def check(self) -> None:
        """Let the bot finish everything, end it kindly, and see whether all is as it must be."""
        with self.bot() as bot:
            deadline = time.monotonic() + SWEPT_S
            while not ('"swept"' in bot.log and self.story.is_quiet()):
                assert time.monotonic() < deadline, f"never quiet:\n{bot.log[-3000:]}"
                time.sleep(0.2)
            assert bot.stop() == 0, bot.log[-3000:]
        problems = self.story.problems()
        assert not problems, "\n".join(problems)

    @contextmanager
    def bot(self) -> Iterator[Process]:
        """A process of the bot, gone at the end."""
        process = Process(self.folder, "run", **settings_of(self.workspace, self.url))
        try:
            yield process
        finally:
            if process.running.poll() is None:
                process.running.kill()
                process.running.wait()

    def _wait(self, point: Point, bot: Process, began: float, enough: Callable[[], bool]) -> bool:
        """Until the bot makes the call, or it is enough; whether it made the call."""
        deadline = time.monotonic() + PATIENCE_S
        while not any(call["fault"] and call["at"] >= began for call in self.workspace.calls):
            assert bot.running.poll() is None, f"the bot ended by itself:\n{bot.log}"
            assert time.monotonic() < deadline, bot.log
            if enough():
                return False
            time.sleep(0.005)
        time.sleep(0.05 if point.when == "after" else 0)
        return True

    def _after(self, seconds: float) -> Callable[[], bool]:
        until = time.monotonic() + seconds
        return lambda: time.monotonic() > until


def settings_of(workspace: Workspace, url: str) -> dict[str, str]:
    """What the bot's process is told."""
    return {
        "SLACK_BOT_TOKEN": "xoxb-test",
        "SLACK_APP_TOKEN": "xapp-1-A0TFT-1-test",
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": url,
        "TFT_RECONCILE_S": RECONCILE_S,
        "TFT_LOG_LEVEL": "INFO",
    }


def points(chance: random.Random) -> Iterator[Point]:
    """Kill points without end: every one comes in its turn, with as many at random moments."""
    while True:
        named = [Point(method, when, chance.randint(0, most)) for method, most in METHODS.items() for when in KINDS]
        chance.shuffle(named)
        for point in named:
            yield point
            if chance.random() < 0.4:
                yield Point()


@contextmanager
def soaking(url: str, folder: Path, seed: int) -> Iterator[Soak]:
    """A task force in a workspace whose bot is not running yet."""
    world = cast.world() | {"enforce_limits": False, "retry_scale": 0.02}
    chance = random.Random(seed)
    with Workspace(world, folder / "workspace.db") as workspace:
        with bots.running(url, workspace) as bot:
            bots.found(bot.deps)
        database = Database(url)
        yield Soak(workspace, url, folder, Story(workspace, database, chance), chance)
        database.close()
