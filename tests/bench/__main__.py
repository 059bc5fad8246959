"""`make bench`: the figures of docs/architecture.md, each with its floor measured in the same run. No verdicts: a bench is no test."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from tests import postgres
from tests.bench import acts, documents, minutes, start

MUST = {
    "/tft add": "≤ 2.0 ×",
    "/tft list": "≤ 2.0 ×",
    "a ✅": "≤ 2.0 ×",
    "minutes of 1,000 lines, CPU ms": "< 50 ms",
    "minutes as files, MB kept": "< 5 MB",
    "minutes as files, CPU s": "< 2 s",
    "start to ready, s": "< 2 s",
    "idle memory, MB": "< 150 MB",
}


def main() -> None:
    """Print the table."""
    table = Table("figure", "on", "bot", "floor", "ratio", "must", title="Median of rounds taken in turns")
    for engine in (sqlite, postgresql):
        with engine() as url:
            for name, (bot, floor) in acts.measure(url).items():
                row(table, f"{name}, CPU ms", engine.__name__, bot, floor, MUST[name])
    for name, (bot, floor) in minutes.measure().items():
        row(table, name, "none", bot, floor, MUST[name])
    for name, (bot, floor) in documents.measure().items():
        row(table, name, "none", bot, floor, MUST[name])
    for name, (bot, floor) in start.measure().items():
        row(table, name, "sqlite", bot, floor, MUST[name])
    Console(width=110).print(table)


def row(table: Table, figure: str, engine: str, bot: float, floor: float, must: str) -> None:
    table.add_row(figure, engine, f"{bot:.2f}", f"{floor:.2f}", f"{bot / floor:.2f}", must)


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
