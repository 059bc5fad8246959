"""When finance owners are asked how much of a line was spent: at quarter ends, in the last quarter earlier and twice."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.rules.budget import LineView, secured
from bot.rules.calendars import Calendar, working_day_until
from storage.tables import Stage

ASKED = ((3, 31), (6, 30), (9, 30), (11, 30), (12, 15))  # month and day, in the line's year
SPENDING = frozenset({Stage.APPROVED, Stage.GRANTED, Stage.EXECUTING})


def asking_days(year: int, calendar: Calendar) -> list[date]:
    """The days on which it is asked, each moved earlier where it is off."""
    return [working_day_until(date(year, month, day), calendar) for month, day in ASKED]


def asked_on(view: LineView, today: date, calendar: Calendar) -> date | None:
    """The last day by now on which it was asked of this line; None: not in this year, or there is nothing to spend."""
    line = view.line
    if line.stage not in SPENDING or not secured(line, view.shares) or today.year != line.year:
        return None
    return max((day for day in asking_days(line.year, calendar) if day <= today), default=None)


def is_due(view: LineView, today: date, calendar: Calendar) -> bool:
    """Whether it was asked, and nobody has told since that day began."""
    asked = asked_on(view, today, calendar)
    return asked is not None and not told_since(view, asked)


def told_since(view: LineView, day: date) -> bool:
    """Whether somebody has told what was spent on that day or later."""
    zone = ZoneInfo(view.task_force.zone)
    return any(one.told_at.astimezone(zone).date() >= day for one in view.executions)
