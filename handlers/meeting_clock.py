"""The tick that lets time pass at meetings."""

from collections.abc import Iterable
from datetime import datetime

from bot.services.meeting_clock import pass_time
from handlers.deps import Deps
from handlers.schedule import Tick
from storage import meetings

SECONDS = 5.0  # a clock that people move is looked at this often


def tick(deps: Deps) -> None:
    """Until nothing is due; each transaction is short."""
    more = True
    while more:
        with deps.work() as work:
            more = pass_time(work)


def dues(deps: Deps) -> Iterable[datetime]:
    """When the next thing is due: a clock that jumps stops there."""
    with deps.database.reading() as session:
        moment = meetings.next_due(session)
    return [moment] if moment else []


TICK = Tick("meetings", SECONDS, tick, dues)
