"""When somebody may be written to: local hours of local working days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.rules.calendars import Calendar, is_working_day, next_working_day
from storage.tables import Role

OPENS, CLOSES = time(9), time(18)


@dataclass(frozen=True, slots=True, eq=False)
class Receiver:
    """Somebody whom reminders reach. `base`: the side's working days, `own`: without the own leave as well.

    Each is itself alone, so that what is reckoned for one can be kept for that one.
    """

    person_id: int
    side_id: int
    user_id: str
    role: Role
    zone: ZoneInfo
    opens: time
    closes: time
    nudge_at: time
    base: Calendar
    own: Calendar


def hours_of(chosen_from: time | None, chosen_until: time | None) -> tuple[time, time]:
    """When direct messages may come, as a person chose; hours that leave no time are no choice."""
    opens, closes = chosen_from or OPENS, chosen_until or CLOSES
    return (opens, closes) if opens < closes else (OPENS, CLOSES)


def zone_of(*names: str | None) -> ZoneInfo:
    """The first zone that has a name which somebody knows: the own choice, then Slack's word, last the task force's."""
    for name in names[:-1]:
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ZoneInfo(names[-1] or "")


def moment_on(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks of a zone show `at` on a day; when they skip it, as much later as they skip."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def digest_moment(day: date, receiver: Receiver) -> datetime:
    """When the day's one direct message comes: at the time set, moved into the receiver's hours."""
    at = max(receiver.nudge_at, receiver.opens)
    return moment_on(day, at if at < receiver.closes else receiver.opens, receiver.zone)


def say_at(now: datetime, receiver: Receiver) -> datetime:
    """When something that is due is said: with the day's message, or at once if that has been and the receiver still works."""
    opening = next_opening(now, receiver)
    return max(opening, digest_moment(opening.astimezone(receiver.zone).date(), receiver))


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
