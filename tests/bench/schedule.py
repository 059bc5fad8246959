"""Figures: a tick with nothing due, and planning a morning; each against the same with another amount."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlmodel import Session, func, select

from bot import wiring
from handlers import nudges
from handlers.deps import Deps
from storage.tables import Digest, Nudge, OutboxRow
from tests.bench.stock import Stock, stocked

ROUNDS = 41
MANY, FEW = Stock(10_000, extra=19_992), Stock(100, extra=196)
MORNING, TWICE = (Stock(task_forces, each=100, sides=1, due=True) for task_forces in (200, 400))
Figures = dict[str, tuple[float, float]]


def ticks(deps: Deps) -> list[float]:
    """Milliseconds of every tick that looks for what is due, all together, when nothing is."""
    found = [tick.act for tick in wiring.TICKS if tick.dues]
    taken = [_taken(lambda: [act(deps) for act in found])[0] * 1000 for _ in range(ROUNDS)]
    check_nothing(deps)
    return taken


def planning(url: str) -> Figures:
    """Seconds of the tick that plans 20,000 items and of one that plans 40,000, and the longest transaction."""
    once, longest, cpu = _morning(url, MORNING)
    twice, longest_of_twice, _ = _morning(f"{url}.twice" if url.startswith("sqlite") else url, TWICE)
    return {
        "planning 40,000 items, s; floor 20,000": (twice, once),
        "planning 20,000 items, s; floor its CPU": (once, cpu),
        "longest transaction of it, ms; floor with 40,000": (longest * 1000, longest_of_twice * 1000),
    }


def _morning(url: str, stock: Stock) -> tuple[float, float, float]:
    with stocked(url, stock) as deps:
        with timed(deps) as transactions:
            wall, cpu = _taken(lambda: nudges.tick(deps))
        with deps.database.reading() as session:
            counts = [
                session.exec(select(func.count()).select_from(table)).one() for table in (Nudge, Digest, OutboxRow)
            ]
        people = stock.task_forces * 4
        if counts != [stock.items, people, people]:
            raise RuntimeError(f"that is no morning of {stock.items} items: {counts}")
        return wall, max(transactions), cpu


@contextmanager
def timed(deps: Deps) -> Iterator[list[float]]:
    """Seconds of every transaction that is committed meanwhile."""
    taken: list[float] = []
    transaction = deps.database.transaction

    @contextmanager
    def measured() -> Iterator[Session]:
        with transaction() as session:
            began = time.perf_counter()
            yield session
            session.flush()
        taken.append(time.perf_counter() - began)

    object.__setattr__(deps.database, "transaction", measured)
    yield taken
    object.__setattr__(deps.database, "transaction", transaction)


def check_nothing(deps: Deps) -> None:
    """A tick that did something would not be one with nothing due."""
    with deps.database.reading() as session:
        if session.exec(select(Nudge.id).limit(1)).first() or session.exec(select(OutboxRow.id).limit(1)).first():
            raise RuntimeError("something was due")


def _taken(act: Callable[[], object]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.thread_time()
    act()
    return time.perf_counter() - began, time.thread_time() - cpu


def median(taken: list[float]) -> float:
    return statistics.median(taken)
