"""When minutes are final: every side has confirmed the draft as it is worded, and none objects."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.rules.calendars import Calendar, add_working_days
from storage.tables import MinutesWord


class Standing(StrEnum):
    """What the words amount to."""

    PENDING = "pending"
    OBJECTED = "objected"
    AGREED = "agreed"


def latest(words: Iterable[MinutesWord]) -> dict[int, MinutesWord]:
    """For each side the word that counts: the latest of those that stand."""
    standing = [one for one in words if one.withdrawn_at is None]
    return {one.side_id: one for one in sorted(standing, key=lambda one: (one.said_at, one.id or 0))}


def standing(words: Iterable[MinutesWord], sides: frozenset[int], *, silence_agrees: bool = False) -> Standing:
    """Counted per side, never pooled. `silence_agrees`: the time for comments is over and silence counts as consent."""
    counting = latest(words)
    if any(not one.confirms for one in counting.values()):
        return Standing.OBJECTED
    confirmed = {side_id for side_id, one in counting.items() if one.confirms}
    return Standing.AGREED if sides and (sides <= confirmed or silence_agrees) else Standing.PENDING


def comments_until(today: date, days: int, calendar: Calendar) -> date:
    """The last day for comments: so many working days from today on."""
    return add_working_days(today, days, calendar)


def comments_over_at(until: date, zone: str) -> datetime:
    """The moment after the last day for comments."""
    return datetime.combine(until + timedelta(days=1), time(), ZoneInfo(zone))
