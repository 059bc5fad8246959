"""How dates look: `2026. 12. 5.(토)`, `Sat 5 Dec 2026`; the clock has 24 hours."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.rules.dates import Due, Echo
from config.words import Say


@lru_cache(maxsize=1024)  # a list has the same days again and again
def day(say: Say, value: date) -> str:
    """A date with its weekday."""
    return say(
        "date",
        year=str(value.year),
        month=say(f"month-{value.month}"),
        day=str(value.day),
        weekday=say(f"day-short-{value.weekday()}"),
    )


def month_day(say: Say, month: int, day: int) -> str:
    """A day of every year: `4. 30.`, `30 Apr`."""
    return say("date-of-year", month=say(f"month-{month}"), day=str(day))


def due(say: Say, on: date | None, at: time | None = None) -> str:
    """A due date, with its time if it has one; or the words for none."""
    if on is None:
        return say("no-due-date")
    return f"{day(say, on)} {at:%H:%M}" if at else day(say, on)


def moment(say: Say, value: datetime, zone: str) -> str:
    """A moment as it is on the clock of a zone such as `Asia/Seoul`."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{day(say, local.date())} {local:%H:%M}"


def echoed(say: Say, echo: Echo) -> str:
    """A due date shown back: `2026. 11. 27.(금) 18:00까지 · 5근무일 남음`, with weekends and holidays by name."""
    parts = [say("dates-until", due=due(say, echo.date, echo.time)), _left(say, echo)]
    if echo.holiday or echo.weekend:
        parts.append(say("dates-day-off", name=echo.holiday or say("dates-weekend")))
    return " · ".join(parts)


def _left(say: Say, echo: Echo) -> str:
    if echo.days_left == 0:
        return say("dates-today")
    if echo.days_left < 0:
        return say("dates-overdue", count=-echo.working_days_left)
    return say("dates-left", count=echo.working_days_left)


def understood(say: Say, due: Due, echoes: Sequence[Echo]) -> str:
    """A verdict on words for a date, with its readings and its reason, in one line."""
    why = say(f"dates-why-{due.key}") if due.key else ""
    shown = " | ".join(echoed(say, echo) for echo in echoes)
    return " — ".join(part for part in (say(f"dates-kind-{due.kind.value}"), shown, why) if part)
