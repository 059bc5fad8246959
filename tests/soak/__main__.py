"""`make soak`: kill the bot, at least a hundred times on each engine; print how often at which point. Ends with 1 if anything is untrue."""

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests import postgres
from tests.soak.kills import Soak, points, soaking

CHECK_EVERY = 20


def main() -> None:
    """Soak one engine or both."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    given = parser.parse_args()
    print(f"seed {given.seed}")
    if given.engine in ("sqlite", "both"):
        with tempfile.TemporaryDirectory() as folder:
            soak(f"sqlite:///{folder}/tft.db", given.kills, given.seed)
    if given.engine in ("postgresql", "both"):
        with postgres.server() as url:
            soak(url, given.kills, given.seed)


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
