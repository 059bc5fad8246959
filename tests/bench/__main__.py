"""`make bench`: the figures of docs/architecture.md, each with its floor measured in the same run. No verdicts: a bench is no test."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from tests import postgres
from tests.bench import acts, documents, lists, minutes, pacing, schedule, start, web
from tests.bench.stock import stocked

MUST = {
    "/tft add, CPU ms": "≤ 2.0 ×",
    "/tft list, CPU ms": "≤ 2.0 ×",
    "a ✅, CPU ms": "≤ 2.0 ×",
    "a tick with nothing due, ms": "≤ 1.5 ×, < 10 ms",
    "planning 40,000 items, s; floor 20,000": "≤ 2.2 ×",
    "planning 20,000 items, s; floor its CPU": "< 2 s",
    "longest transaction of it, ms; floor with 40,000": "< 100 ms",
    **{f"{name}, ms": "≤ 3 ×" for name in lists.SHOWN},
    **{f"{name}, p99 ms": "< 100 ms" for name in lists.SHOWN},
    "signed HTTP, commands a second": "≥ 0.6 ×",
    "signed HTTP, p99 ms": "≤ 2.0 ×",
    "signed HTTP, slowest ms": "< 3,000 ms",
    "messages a second, 100 channels, no 429": "≥ 0.95 ×",
    "minutes of 1,000 lines, CPU ms": "< 50 ms",
    "minutes as files, MB kept": "< 5 MB",
    "minutes as files, CPU s": "< 2 s",
    "start to ready, s": "< 2 s",
    "idle memory, MB": "< 150 MB",
}
Figures = dict[str, tuple[float, float]]


def main() -> None:
    """Print the table, each row as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", choices=[*ON_ENGINES, *ELSEWHERE], action="append")
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    given = parser.parse_args()
    wanted = given.only or [*ON_ENGINES, *ELSEWHERE]
    table = Table("figure", "on", "bot", "floor", "ratio", "must", title="Medians; each with its floor in the same run")
    for name in wanted:
        for engine in (sqlite, postgresql) if name in ON_ENGINES else (neither,):
            if engine is neither or given.engine in ("both", engine.__name__):
                with engine() as url:
                    show(table, engine.__name__, (ON_ENGINES | ELSEWHERE)[name](url))
    Console(width=120).print(table)


def show(table: Table, engine: str, figures: Figures) -> None:
    load = os.getloadavg()[0]
    for name, (bot, floor) in figures.items():
        row(table, name, engine, bot, floor, MUST[name])
        print(f"{name}, {engine}: {bot:.2f}, floor {floor:.2f}, load {load:.1f}", flush=True)


def of_acts(url: str) -> Figures:
    return {f"{name}, CPU ms": figures for name, figures in acts.measure(url).items()}


def of_many(url: str) -> Figures:
    """What must not grow with what is stored."""
    with stocked(url, schedule.FEW) as deps:
        few, shown = schedule.ticks(deps), lists.measure(deps)
    with stocked(f"{url}.many" if url.startswith("sqlite") else url, schedule.MANY) as deps:
        many, among_many = schedule.ticks(deps), lists.measure(deps)
    found = {"a tick with nothing due, ms": (schedule.median(many), schedule.median(few))}
    for name, taken in among_many.items():
        found[f"{name}, ms"] = (lists.median(taken), lists.median(shown[name]))
        found[f"{name}, p99 ms"] = (lists.worst_of_hundred(taken), lists.worst_of_hundred(shown[name]))
    return found


ON_ENGINES: dict[str, Callable[[str], Figures]] = {
    "acts": of_acts,
    "web": web.measure,
    "many": of_many,
    "planning": schedule.planning,
    "pacing": pacing.measure,
}
ELSEWHERE: dict[str, Callable[[str], Figures]] = {
    "minutes": lambda _: minutes.measure(),
    "documents": lambda _: documents.measure(),
    "start": lambda _: start.measure(),
}


def row(table: Table, figure: str, engine: str, bot: float, floor: float, must: str) -> None:
    table.add_row(figure, engine, f"{bot:.2f}", f"{floor:.2f}", f"{bot / floor:.2f}", must)


@contextmanager
def neither() -> Iterator[str]:
    yield ""


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgresql() -> Iterator[str]:
    with postgres.server() as url:
        yield url


if __name__ == "__main__":
    main()
