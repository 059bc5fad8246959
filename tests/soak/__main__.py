"""`make soak`: kill the bot, at least a hundred times on each engine; print how often at which point. Ends with 1 if anything is untrue."""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests import postgres
from tests.soak import mornings, year
from tests.soak.kills import Soak, points, soaking

CHECK_EVERY = 20
WHAT = {
    "kills": "kill the bot on its calls and at random while people work (the default)",
    "mornings": "kill it while it plans and sends reminders",
    "year": "play a task force's year and compare every message with a recomputation",
}


def main() -> None:
    """Soak one engine or both."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    what = parser.add_subparsers(dest="what")
    for name in ("kills", "mornings"):
        what.add_parser(name, help=WHAT[name]).add_argument("--kills", type=int, default=100)
    years = what.add_parser("year", help=WHAT["year"])
    years.add_argument("--first", type=date.fromisoformat, default=date(2027, 1, 1))
    years.add_argument("--last", type=date.fromisoformat, default=date(2027, 12, 31))
    given = parser.parse_args()
    print(f"seed {given.seed}")
    for url in databases(given.engine):
        if given.what == "year":
            if not year.play(url, given.seed, given.first, given.last):
                sys.exit(1)
        elif given.what == "mornings":
            soak_mornings(url, given.kills, given.seed)
        else:
            soak(url, getattr(given, "kills", 100), given.seed)


def databases(engine: str) -> Iterator[str]:
    """An empty database of each engine that is wanted."""
    if engine in ("sqlite", "both"):
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/tft.db"
    if engine in ("postgresql", "both"):
        with postgres.server() as url:
            yield url


def soak(url: str, kills: int, seed: int) -> None:
    """Kill so often, and check every now and then."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, soaking(url, Path(folder), seed) as soak:
        for number, point in zip(range(1, kills + 1), points(random.Random(seed)), strict=False):
            soak.round(point)
            if number % CHECK_EVERY == 0 or number == kills:
                soak.check()
                print(f"{number} kills, everything true", flush=True)
        report(soak, url.partition(":")[0], time.monotonic() - began)


def soak_mornings(url: str, kills: int, seed: int) -> None:
    """Kill so often, and compare what came each morning."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, mornings.mornings(url, Path(folder), seed) as soak:
        working = mornings.days(mornings.BEGINS)
        while (left := kills - soak.kills) > 0:
            day = next(working)
            if problems := soak.morning(day, min(left, mornings.KILLS_A_MORNING)):
                sys.exit("\n".join([f"{day}:", *problems]))
            print(f"{day}: {soak.kills} kills, {soak.said} messages, everything true", flush=True)
    print(f"\n{url.partition(':')[0]}: {soak.kills} kills at work in {time.monotonic() - began:.0f} s")
    for name, count in [*sorted(soak.during.items()), *sorted(soak.counts.items())]:
        print(f"  {count:4} {name}", flush=True)


def report(soak: Soak, engine: str, seconds: float) -> None:
    """The counts."""
    print(f"\n{engine}: {sum(soak.counts.values())} kills in {seconds:.0f} s")
    for point, count in sorted(soak.counts.items()):
        print(f"  {count:4} {point}")
    acknowledged = sum(soak.story.added.values())
    print(
        f"  {acknowledged} of {len(soak.story.added)} additions acknowledged, {soak.story.reacted} ✅ pressed or taken away"
    )
    print("  nothing lost, nothing doubled, every card true\n", flush=True)


if __name__ == "__main__":
    main()
