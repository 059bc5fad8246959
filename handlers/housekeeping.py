"""What nobody needs any more is removed: receipts long after Slack's last retry, and what was sent."""

from datetime import timedelta

from handlers.deps import Deps
from handlers.schedule import Tick
from storage import housekeeping

KEPT = timedelta(days=30)  # Slack sends an event again for minutes; the rest is for an operator who looks for something
AT_ONCE = 500  # rows in one transaction: none takes long


def prune(deps: Deps) -> None:
    """Remove what is older than `KEPT`, in small transactions."""
    before = deps.machine_clock() - KEPT
    for remove in (housekeeping.prune_receipts, housekeeping.prune_outbox, housekeeping.prune_oauth_states):
        while True:
            with deps.database.transaction() as session:
                removed = remove(session, before, AT_ONCE)
            if removed < AT_ONCE:
                break


TICK = Tick("housekeeping", 3600, prune)
