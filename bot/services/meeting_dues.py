"""When the clock has something to do at a meeting: derived from rows, one function for all, called by every change."""

from datetime import datetime

from bot.rules import meeting_confirmations as confirming
from bot.rules import meetings as rules
from bot.rules.meeting_plans import announcements
from bot.services.calendars import calendar_of
from bot.services.work import Work
from storage.tables import Meeting, Phase, TaskForce


def derive(work: Work, meeting: Meeting) -> None:
    """Keep when it is; None: never."""
    meeting.next_due_at = next_due(work, meeting)


def next_due(work: Work, meeting: Meeting) -> datetime | None:
    """The moment, by phase; that of a meeting that runs is put off whenever somebody writes."""
    task_force = work.session.get_one(TaskForce, meeting.task_force_id)
    calendar, zone = calendar_of(work.session, task_force), task_force.zone
    if meeting.phase is Phase.LIVE:
        return meeting.next_due_at or work.now + rules.SILENCE
    if meeting.phase is Phase.PLANNED and meeting.planned_for:
        pending = announcements(meeting.planned_for, zone, calendar)
        return min((at for news, at in pending.items() if news not in meeting.told), default=None)
    if meeting.phase is Phase.DRAFT and meeting.registered_at:
        reminder = confirming.remind_at(meeting.registered_at, meeting.reminded_at, zone, calendar)
        over = confirming.comments_over_at(meeting.comments_until, zone) if meeting.comments_until else reminder
        return min(reminder, over) if task_force.silence_is_consent and over > work.now else reminder
    return None
