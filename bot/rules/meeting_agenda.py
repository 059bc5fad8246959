"""The agenda that writes itself: what is open between the sides, by thing and never by person; then what members add."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.rules.weekly import fit

MOST = 20  # topics that the agenda writes of itself


class Reason(StrEnum):
    """Why something is on the agenda; the order in which it stands there."""

    CARRIED = "carried"  # was on the agenda before and was not discussed
    DECISION = "decision"  # not confirmed by every side
    OVERDUE = "overdue"
    HALF_DONE = "half-done"
    BUDGET = "budget"  # a budget date of the next 30 days


@dataclass(frozen=True)
class Open:
    """Something that is open. `subject`: what it is, such as `R-7`; `text`: what it says; `on`: its date, of the budget."""

    reason: Reason
    subject: str
    text: str
    on: date | None = None


def proposed(things: Iterable[Open], known: Iterable[str], most: int = MOST) -> Sequence[Open]:
    """What to put on the agenda: in the order of the reasons, nothing twice, and nothing that stands there already.

    Where not everything has room, each reason has its share.
    """
    seen = set(known)
    by_reason: dict[Reason, list[Open]] = {reason: [] for reason in Reason}
    for one in sorted(things, key=lambda thing: list(Reason).index(thing.reason)):
        if one.subject not in seen:
            seen.add(one.subject)
            by_reason[one.reason].append(one)
    shares = fit([len(found) for found in by_reason.values()], most)
    return [one for found, count in zip(by_reason.values(), shares, strict=True) for one in found[:count]]
