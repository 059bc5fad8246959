"""People who may be reminded, as plain values, for tests of time rules."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.rules.calendars import Calendar, DayOff
from bot.rules.hours import Receiver
from storage.tables import Role

KOREA = Calendar()


def day(text: str) -> dt.date:
    """`12-04` of 2026, or a whole date."""
    return dt.date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def at(text: str, zone: str = "Asia/Seoul") -> dt.datetime:
    """`12-04 09:30` of 2026, or with a year, as clocks of a zone show it."""
    date, _, time = text.partition(" ")
    return dt.datetime.combine(day(date), dt.time.fromisoformat(time), ZoneInfo(zone)).astimezone(dt.UTC)


def off(first: str, last: str | None = None) -> DayOff:
    return DayOff(day(first), day(last or first))


def somebody(number: int = 1, role: Role = Role.MEMBER, *, leave: tuple[DayOff, ...] = (), **other: object) -> Receiver:
    base = other.pop("base", KOREA)
    assert isinstance(base, Calendar)
    one = Receiver(
        number,
        1,
        f"U{number}",
        role,
        ZoneInfo(str(other.pop("zone", "Asia/Seoul"))),
        dt.time(9),
        dt.time(18),
        dt.time(9, 30),
        base,
        base.plus(leave) if leave else base,
    )
    return replace(one, **other)  # type: ignore[arg-type]
