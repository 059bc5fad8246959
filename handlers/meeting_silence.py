"""Before a meeting is taken for silent its thread is read: perhaps it was the bot that was away."""

from threading import Event

from bot.services.meeting_clock import wait
from handlers import meeting_sweep
from handlers.deps import Deps
from storage import meetings


def listen(deps: Deps) -> None:
    """Read the threads of meetings in which nobody seems to have written for long."""
    with deps.database.reading() as session:
        silent = meetings.silent(session, deps.clock())
    for meeting in silent:
        seen = meeting_sweep.look(deps, meeting, Event())
        if not seen.is_whole and not seen.is_refused:
            with deps.work() as work:
                wait(work, meeting.id or 0)
