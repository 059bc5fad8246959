"""On which day the weekly summary comes."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.calendars import Calendar, working_day_from
from bot.rules.hours import moment_on
from storage.tables import TaskForce

WEEKS_AHEAD = 60
TICK = timedelta(microseconds=1)
WHOLE, REPORT = {"all", "전체", "자세히"}, {"report", "보고", "보고용"}  # after `summary`
PRINT = {"pdf", "print", "인쇄", "인쇄용"}  # likewise
WEEKLY, NUDGES = {"weekly", "주간", "주간요약"}, {"nudges", "알림", ""}  # after `preview`


def weekly_after(after: datetime, task_force: TaskForce, calendar: Calendar) -> datetime:
    """The first summary after a moment: on the weekday set, or the next working day if that is off.

    A week that is off until the next one's day has none of its own.
    """
    zone = ZoneInfo(task_force.zone)
    day = after.astimezone(zone).date()
    monday = day - timedelta(days=day.weekday() + 7)
    for week in range(WEEKS_AHEAD):
        at = moment_on(summary_day(monday + timedelta(weeks=week), task_force, calendar), task_force.weekly_at, zone)
        if at > after:
            return at
    raise ValueError(f"no summary within {WEEKS_AHEAD} weeks of {after}")


def week_over(at: datetime, task_force: TaskForce) -> datetime:
    """The last moment of the week in which a summary came: there is no second one, whatever becomes of its days."""
    local = at.astimezone(ZoneInfo(task_force.zone))
    return moment_on(local.date() + timedelta(days=7 - local.weekday()), time(), ZoneInfo(task_force.zone)) - TICK


def summary_day(monday: date, task_force: TaskForce, calendar: Calendar) -> date:
    """The day of the summary of the week that begins on a Monday."""
    return working_day_from(monday + timedelta(days=task_force.weekly_weekday), calendar)


def fit(wanted: Sequence[int], most: int) -> list[int]:
    """How many lines each part gets of `most`: shared out one by one in the parts' order, so that the first is never worst off."""
    given = [0] * len(wanted)
    while sum(given) < min(most, sum(wanted)):
        for at, count in enumerate(wanted):
            if given[at] < count and sum(given) < most:
                given[at] += 1
    return given
