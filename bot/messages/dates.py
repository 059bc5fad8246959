"""How dates look: `2026. 12. 5.(토)`, `Sat 5 Dec 2026`; the clock has 24 hours."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from config.words import Say


def day(say: Say, value: date) -> str:
    """A date with its weekday."""
    return say(
        "date",
        year=str(value.year),
        month=say(f"month-{value.month}"),
        day=str(value.day),
        weekday=say(f"day-short-{value.weekday()}"),
    )


def due(say: Say, on: date | None, at: time | None = None) -> str:
    """A due date, with its time if it has one; or the words for none."""
    if on is None:
        return say("no-due-date")
    return f"{day(say, on)} {at:%H:%M}" if at else day(say, on)


def moment(say: Say, value: datetime, zone: str) -> str:
    """A moment as it is on the clock of a zone such as `Asia/Seoul`."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(say, local.date())} {local:%H:%M}"
