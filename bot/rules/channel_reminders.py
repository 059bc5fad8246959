"""When a channel may be reminded, and of which items: by the task force's own working days, once a day at most."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.rules.calendars import Calendar, next_working_day, working_day_from
from bot.rules.hours import moment_on
from storage.tables import TaskForce


def channel_after(after: datetime, task_force: TaskForce, calendar: Calendar) -> datetime:
    """The first moment after another at which a channel may be reminded."""
    zone = ZoneInfo(task_force.zone)
    day = working_day_from(after.astimezone(zone).date(), calendar)
    at = moment_on(day, task_force.nudge_at, zone)
    return at if at > after else moment_on(next_working_day(day, calendar), task_force.nudge_at, zone)


def heard_at(opening: datetime, task_force: TaskForce) -> datetime:
    """When the channel may be reminded on the day on which its hours begin at a moment: never before the time that is set."""
    zone = ZoneInfo(task_force.zone)
    return max(opening, moment_on(opening.astimezone(zone).date(), task_force.nudge_at, zone))


def last_heard(today: date, calendar: Calendar) -> date:
    """The latest due date of which the channel hears on a working day: the next one, with the days off before it."""
    return next_working_day(today, calendar)
