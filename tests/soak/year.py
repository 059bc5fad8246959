"""A task force's year, played and compared with what the specification asks for: see `tests.year`."""

import time
from collections import Counter
from datetime import date

from tests.year.judging import problems
from tests.year.playing import town

SHOWN = 60


def play(url: str, seed: int, first: date, last: date) -> bool:
    """Play it, print what came of it; whether all was as it must be."""
    began = time.monotonic()
    with town(url, seed, first) as place:
        begun = place.now
        place.live(first, last)
        played = time.monotonic() - began
        found = problems(place, begun)
    kinds = Counter(one.kind for one in place.messages)
    office, weeks = place.office, len({one.at for one in place.messages if one.kind == "weekly"})
    print(f"{url.partition(':')[0]}, seed {seed}: {first} to {last} in {played:.0f} s")
    print(
        f"  {len(office.things)} items, {len(office.meetings)} meetings, {len(office.facts)} acts, {place.restarts} restarts"
    )
    print(f"  Slack failed {place.failed} calls, {place.called} steps of delivery; summaries at {weeks} moments")
    print("  " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    print("\n".join(found[:SHOWN]) or "  every message that must come came once, and no other", flush=True)
    return not found
