"""The tick that lets time pass at meetings."""

from collections.abc import Iterable
from datetime import datetime
from threading import Event

from bot.services.meeting_clock import pass_time, wait
from handlers import meeting_sweep
from handlers.deps import Deps
from handlers.schedule import Tick
from storage import meetings

SECONDS = 5.0  # a clock that people move is looked at this often


def tick(deps: Deps) -> None:
    """Until nothing is due; each transaction is short."""
    listen(deps)
    more = True
    while more:
        with deps.work() as work:
            more = pass_time(work)


def listen(deps: Deps) -> None:
    """Before a meeting is taken for silent its thread is read: perhaps it was the bot that was away."""
    with deps.database.reading() as session:
        silent = meetings.silent(session, deps.clock())
    for meeting in silent:
        seen = meeting_sweep.look(deps, meeting, Event())
        if not seen.is_whole and not seen.is_refused:
            with deps.work() as work:
                wait(work, meeting.id or 0)


def dues(deps: Deps) -> Iterable[datetime]:
    """When the next thing is due: a clock that jumps stops there."""
    with deps.database.reading() as session:
        moment = meetings.next_due(session)
    return [moment] if moment else []


TICK = Tick("meetings", SECONDS, tick, dues)
