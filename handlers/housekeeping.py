"""What nobody needs any more is removed: old receipts and posts, pasted lists left lying, who was reminded of what a season ago."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.services import item_pasted
from handlers.deps import Deps
from handlers.schedule import Tick
from storage import housekeeping

KEPT = timedelta(days=30)  # Slack sends an event again for minutes; the rest is for an operator who looks for something
# Business time. Which rungs were said is known from `heard_until` as well; the rest is for who asks why they got a message.
REMINDERS_KEPT = timedelta(days=90)
AT_ONCE = 500  # rows in one transaction: none takes long


def prune(deps: Deps) -> None:
    """Remove what was kept long enough, in small transactions."""
    old = deps.machine_clock() - KEPT
    _all_of(deps, housekeeping.prune_receipts, old)
    _all_of(deps, housekeeping.prune_outbox, old)
    _all_of(deps, housekeeping.prune_oauth_states, old)
    _all_of(deps, housekeeping.prune_pasted, deps.clock() - item_pasted.KEPT)
    _all_of(deps, housekeeping.prune_nudges, deps.clock() - REMINDERS_KEPT)
    _all_of(deps, housekeeping.prune_weeklies, deps.clock() - REMINDERS_KEPT)


def _all_of(deps: Deps, remove: Callable[[Session, datetime, int], int], before: datetime) -> None:
    while True:
        with deps.database.transaction() as session:
            removed = remove(session, before, AT_ONCE)
        if removed < AT_ONCE:
            break


TICK = Tick("housekeeping", 3600, prune)
