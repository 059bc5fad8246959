"""Who else of the own side is told, and when: what is overdue, and what an owner has not confirmed to have seen."""

from datetime import date

from bot.rules.calendars import Calendar
from bot.rules.ladders import Rung, shifted, step_day

LATE_TO_SECRETARY, LATE_TO_DEPUTY = 3, 6  # working days overdue; leads see it in the weekly summary
UNSEEN_AFTER = 3  # working days after an item became somebody's

LATE, UNSEEN = "late", "unseen"


def is_of_side(rung: str) -> bool:
    """Whether a rung, by its name, is told to who looks after a side, not to the owner."""
    return rung == UNSEEN or rung.startswith(LATE)


def late_rung(due: date, days: int, base: Calendar, own: Calendar) -> Rung | None:
    """When a secretary or deputy is told that a part of their side is so many working days overdue."""
    day = shifted(days, step_day(due, days, base), own)
    return Rung(f"{LATE}{days:+d}", day, due) if day else None


def unseen_rung(asked_on: date, base: Calendar, own: Calendar) -> Rung | None:
    """When a secretary is told that an owner has not confirmed to have seen an item."""
    day = shifted(UNSEEN_AFTER, step_day(asked_on, UNSEEN_AFTER, base), own)
    return Rung(UNSEEN, day, asked_on) if day else None
