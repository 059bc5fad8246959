"""What listeners and workers work with; built once, by the wiring."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.services.work import Work
from config.settings import Settings
from config.words import Say, Words
from handlers.metrics import Metrics
from handlers.profiles import Profiles
from handlers.slack import Slack
from storage import receipts
from storage.database import Database

log = structlog.get_logger()


class AlreadyDone(Exception):  # no error: the same event, command or click came again
    """The receipt was taken before: nothing is to be done but to acknowledge."""


@dataclass(frozen=True)
class Deps:
    """The database, the words, the two clocks, Slack's clients, and who sends what was queued."""

    database: Database
    words: Words
    settings: Settings
    slack: Slack
    profiles: Profiles
    clock: Callable[[], datetime]  # business time, aware
    machine_clock: Callable[[], datetime]  # the wall clock, aware
    wake_delivery: Callable[[], None]
    metrics: Metrics = field(default_factory=Metrics)
    voices: dict[str, Say] = field(default_factory=dict)  # user id → as last spoken to: for when the database is away
    background: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, "answers"))

    @contextmanager
    def work(self, receipt: str | None = None) -> Iterator[Work]:
        """One transaction. With a receipt that was taken before: `AlreadyDone`, and nothing happens."""
        now, machine_now = self.clock(), self.machine_clock()
        with self.database.transaction() as session:
            if receipt and not receipts.take(session, receipt, machine_now):
                raise AlreadyDone(receipt)
            yield Work(session, now, machine_now, self.words)
        self.wake_delivery()

    def later(self, answer: Callable[[], object]) -> None:
        """Send an answer after the acknowledgement; it may fail, which is logged: the change itself is committed."""
        self.background.submit(answer).add_done_callback(_log_failure)


def _log_failure(done: "Future[object]") -> None:
    error = done.exception()
    if error:
        log.error("answer-failed", exc_info=error)
