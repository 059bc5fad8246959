"""The tick that counts the days of whose turn it is."""

from bot.services.turns import count_days
from handlers.deps import Deps
from handlers.schedule import Tick

SECONDS = 5.0  # a clock that people move is looked at this often


def tick(deps: Deps) -> None:
    """Until nobody's day is left to be counted; each transaction is short."""
    more = True
    while more:
        with deps.work() as work:
            more = count_days(work)


TICK = Tick("turns", SECONDS, tick)
