"""When somebody may be written to: local hours of local working days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.rules.calendars import Calendar, is_working_day, next_working_day
from storage.tables import Account, Role, TaskForce

OPENS, CLOSES = time(9), time(18)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody whom reminders reach. `base`: the side's working days, `own`: without the own leave as well."""

    person_id: int
    user_id: str
    role: Role
    zone: ZoneInfo
    opens: time
    closes: time
    nudge_at: time
    base: Calendar
    own: Calendar


def hours_of(account: Account) -> tuple[time, time]:
    """When direct messages may come, as the person chose; hours that leave no time are no choice."""
    opens, closes = account.hours_from or OPENS, account.hours_until or CLOSES
    return (opens, closes) if opens < closes else (OPENS, CLOSES)


def zone_of(account: Account, task_force: TaskForce) -> ZoneInfo:
    """The own zone, else the one that Slack says, else the task force's; a name that nobody knows is none."""
    for name in (account.own_zone, account.zone):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo(task_force.zone)


def moment_on(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks of a zone show `at` on a day; when they skip it, as much later as they skip."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def digest_moment(day: date, receiver: Receiver) -> datetime:
    """When the day's one direct message comes: at the time set, moved into the receiver's hours."""
    at = max(receiver.nudge_at, receiver.opens)
    return moment_on(day, at if at < receiver.closes else receiver.opens, receiver.zone)


def is_open(now: datetime, receiver: Receiver) -> bool:
    """Whether the receiver may be written to at the moment."""
    local = now.astimezone(receiver.zone)
    return receiver.opens <= local.time() < receiver.closes and is_working_day(local.date(), receiver.own)


def next_opening(now: datetime, receiver: Receiver) -> datetime:
    """`now` if the receiver may be written to, else when that is so next."""
    if is_open(now, receiver):
        return now
    local = now.astimezone(receiver.zone)
    before_work = local.time() < receiver.opens and is_working_day(local.date(), receiver.own)
    day = local.date() if before_work else next_working_day(local.date(), receiver.own)
    return moment_on(day, receiver.opens, receiver.zone)
