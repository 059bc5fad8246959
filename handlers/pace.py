"""The pace that Slack allows: per channel, and per installation and method."""

from collections import Counter
from datetime import datetime, timedelta
from threading import Event

from sqlmodel import Session

from config.slack import rules
from handlers.calls import Outcome
from handlers.deps import Deps
from storage import pace


def book(session: Session, installation_id: int, method: str, now: datetime, calls: int = 1) -> datetime | None:
    """Book calls of a method: None if all may be made now, else when to ask again."""
    interval, burst = _limit(method)
    return pace.book(session, _key(installation_id, method), interval, burst, now, calls)


def book_all(session: Session, installation_id: int, methods: list[str], now: datetime) -> datetime | None:
    """Book one call of each method named, or as many as it is named: None if all may be made now, else when to ask again."""
    waits = (book(session, installation_id, method, now, calls) for method, calls in Counter(methods).items())
    return next((wait for wait in waits if wait), None)


def hold(session: Session, installation_id: int, method: str, until: datetime, now: datetime) -> None:
    """Slack answered 429: the method rests until then."""
    interval, burst = _limit(method)
    pace.hold(session, _key(installation_id, method), until, interval, burst, now)


def take_turn(deps: Deps, installation_id: int, method: str, stopping: Event) -> bool:
    """Wait until one call of a method may be made; False if we are to stop."""
    while not stopping.is_set():
        with deps.database.transaction() as session:
            now = deps.machine_clock()
            at = book(session, installation_id, method, now)
        if at is None:
            return True
        stopping.wait((at - now).total_seconds())
    return False


def rest(deps: Deps, installation_id: int, outcome: Outcome) -> None:
    """Slack did not answer, or asked for a rest: the method is left alone as long as it says, or a second."""
    with deps.database.transaction() as session:
        now = deps.machine_clock()
        until = now + timedelta(seconds=outcome.retry_after_s or 1.0)
        hold(session, installation_id, outcome.method, until, now)


def next_message_at(free_at: datetime | None, now: datetime) -> datetime:
    """When the next message may go to a channel that gets one now, and was free from `free_at` on."""
    interval = timedelta(seconds=rules().channel_interval_s)
    rested = now - (rules().channel_burst - 1) * interval
    return max(free_at or rested, rested) + interval


def _limit(method: str) -> tuple[timedelta, int]:
    per_minute = rules().per_minute[method]
    return timedelta(minutes=1) / per_minute, max(1, int(per_minute * rules().burst_share))


def _key(installation_id: int, method: str) -> str:
    return f"{installation_id}:{method}"
