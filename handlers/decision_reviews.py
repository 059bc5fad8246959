"""The tick that tells of decisions whose review date has come."""

from collections.abc import Iterable
from datetime import datetime

from bot.services.decision_reviews import tell_reviews
from handlers.deps import Deps
from handlers.schedule import Tick
from storage import decisions

SECONDS = 5.0  # a clock that people move is looked at this often


def tick(deps: Deps) -> None:
    """Until none is due; each transaction is short."""
    more = True
    while more:
        with deps.work() as work:
            more = tell_reviews(work)


def dues(deps: Deps) -> Iterable[datetime]:
    """When the next one is due: a clock that jumps stops there."""
    with deps.database.reading() as session:
        moment = decisions.next_review(session)
    return [moment] if moment else []


TICK = Tick("decision-reviews", SECONDS, tick, dues)
