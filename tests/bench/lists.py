"""Figures: a page of a list, the Home and a search in a task force of 20,000 items among 1,000,000; the floor among 10,000."""

import statistics
import time
from collections.abc import Callable

from bot.services import item_lists, item_search
from bot.services.askers import Asker, Surface, Who, find_asker
from bot.services.work import Work
from handlers.deps import Deps
from storage.tables import Installation

CALLS, WARM_UP = 100, 4
SHOWN: dict[str, Callable[[Work, Asker], object]] = {
    "list page": lambda work, asker: item_lists.list_page(work, asker, ""),
    "list page, mine overdue": lambda work, asker: item_lists.list_page(work, asker, "mine overdue"),
    "Home": item_lists.home,
    "search": lambda work, asker: item_search.found_page(work, asker, "계획서 7"),
}


def measure(deps: Deps) -> dict[str, list[float]]:
    """Milliseconds of each call."""
    return {name: _calls(deps, show) for name, show in SHOWN.items()}


def _calls(deps: Deps, show: Callable[[Work, Asker], object]) -> list[float]:
    taken = []
    for number in range(CALLS + WARM_UP):
        began = time.perf_counter()
        with deps.work() as work:
            installation = work.session.get_one(Installation, 1)
            show(work, find_asker(work, Who(f"U{number % 4}X0", "C0", installation, Surface.COMMAND)))
        taken.append((time.perf_counter() - began) * 1000)
    return taken[WARM_UP:]


def median(taken: list[float]) -> float:
    return statistics.median(taken)


def worst_of_hundred(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[-1]
