"""What nobody needs any more is removed: receipts long after Slack's last retry, what was sent, pasted lists left lying."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.services import item_pasted
from handlers.deps import Deps
from handlers.schedule import Tick
from storage import housekeeping

KEPT = timedelta(days=30)  # Slack sends an event again for minutes; the rest is for an operator who looks for something
AT_ONCE = 500  # rows in one transaction: none takes long


def prune(deps: Deps) -> None:
    """Remove what was kept long enough, in small transactions."""
    old = deps.machine_clock() - KEPT
    _all_of(deps, housekeeping.prune_receipts, old)
    _all_of(deps, housekeeping.prune_outbox, old)
    _all_of(deps, housekeeping.prune_oauth_states, old)
    _all_of(deps, housekeeping.prune_pasted, deps.clock() - item_pasted.KEPT)


def _all_of(deps: Deps, remove: Callable[[Session, datetime, int], int], before: datetime) -> None:
    while True:
        with deps.database.transaction() as session:
            removed = remove(session, before, AT_ONCE)
        if removed < AT_ONCE:
            break


TICK = Tick("housekeeping", 3600, prune)
