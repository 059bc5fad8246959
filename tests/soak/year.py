"""A task force's year, played and compared with what the specification asks for: see `tests.year`."""

import time
from collections import Counter
from datetime import date, timedelta

from tests.year.judging import problems
from tests.year.playing import Town, town

SHOWN = 60
MONTH = timedelta(days=31)


def play(url: str, seed: int, first: date, last: date) -> bool:
    """Play it, print every month what came of it; whether all was as it must be."""
    began, engine, until = time.monotonic(), url.partition(":")[0], first
    with town(url, seed, first) as place:
        begun = place.now
        found: list[str] = []
        while not found and first <= last:
            until = min(last, first + MONTH)
            place.live(first, until)
            found, first = problems(place, begun), until + timedelta(days=1)
            print(f"{engine}, seed {seed}, until {until} in {time.monotonic() - began:.0f} s: {_told(place)}")
            print("\n".join(found[:SHOWN]) or "  every message that must come came once, and no other", flush=True)
    return not found


def _told(place: Town) -> str:
    kinds = Counter(one.kind for one in place.messages)
    weeks = {one.at.isocalendar()[:2] for one in place.messages if one.kind == "weekly"}
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(6))
    office = place.office
    return (
        f"{len(office.things)} items, {len(office.meetings)} meetings, {len(office.facts)} acts, {place.restarts} restarts, "
        f"{place.failed} failed calls, summaries in {len(weeks)} weeks; {counts}"
    )
