"""When what is said about a planned meeting to all at once; what each person is told: `bot.rules.meeting_reminders`."""

from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.rules.calendars import Calendar, add_working_days
from bot.rules.meeting_reminders import HOUR

MORNING = time(9, 30)  # local
DRAFT_BEFORE, POST_BEFORE = 5, 3  # working days


class News(StrEnum):
    """What is said before a meeting, in the order in which it comes."""

    AGENDA_DRAFT = "agenda-draft"  # to the secretaries of both sides
    AGENDA = "agenda"  # in the channel
    HOUR = "hour"  # to those who are expected


def announcements(planned_for: datetime, zone: str, calendar: Calendar) -> dict[News, datetime]:
    """When each is due."""
    local = planned_for.astimezone(ZoneInfo(zone)).date()
    return {
        News.AGENDA_DRAFT: _morning(add_working_days(local, -DRAFT_BEFORE, calendar), zone),
        News.AGENDA: _morning(add_working_days(local, -POST_BEFORE, calendar), zone),
        News.HOUR: planned_for - HOUR,
    }


def due(pending: dict[News, datetime], told: set[str], now: datetime) -> list[News]:
    """What is due and not told yet, but for what the next step overtakes: who was away need not hear of yesterday."""
    ready = [news for news, at in pending.items() if at <= now and news not in told]
    overtaken = {News.AGENDA_DRAFT: News.AGENDA}
    return [news for news in ready if overtaken.get(news) not in ready]


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, MORNING, ZoneInfo(zone))
