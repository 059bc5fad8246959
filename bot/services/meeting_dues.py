"""When the clock has something to do at a meeting: derived from rows, one function for all, called by every change."""

from datetime import datetime

from sqlmodel import Session

from bot.rules import meetings as rules
from bot.rules.meeting_confirmations import comments_over_at
from bot.rules.meeting_plans import announcements
from bot.rules.nudges import first_after
from bot.services import meeting_reminders
from bot.services.awaited import Speakers, speakers
from bot.services.receivers import Office, office_of
from bot.services.work import Work
from storage import meetings
from storage.tables import Meeting, Phase, TaskForce


def derive(work: Work, meeting: Meeting) -> None:
    """Keep when it is; None: never. That of a meeting which is held is put off whenever somebody writes."""
    if meeting.phase is Phase.LIVE:
        meeting.next_due_at = meeting.next_due_at or work.now + rules.SILENCE
        return
    work.session.flush()
    office = office_of(work, work.session.get_one(TaskForce, meeting.task_force_id))
    meeting.next_due_at = next_due(work.session, office, meeting, speakers(work.session, office))


def next_due(session: Session, office: Office, meeting: Meeting, who: Speakers) -> datetime | None:
    """The moment, for a meeting that is not being held."""
    heard = meeting_reminders.heard_until(office, meeting)
    reminder = first_after(meeting_reminders.timeline(session, office, meeting, who), heard)
    moments = (reminder, _for_all(office, meeting, heard), _to_be_kept(session, meeting))
    return min((at for at in moments if at), default=None)


def _to_be_kept(session: Session, meeting: Meeting) -> datetime | None:
    """At once, if it is on record from before what minutes say was kept."""
    return None if is_kept(session, meeting) else meeting.registered_at or meeting.created_at


def is_kept(session: Session, meeting: Meeting) -> bool:
    """Whether what its minutes say is kept as it has to be: once on record, and then with their documents once final."""
    if meeting.phase not in rules.RECORDED:
        return True
    kept = meetings.kept(session, meeting.id or 0)
    return kept is not None and (meeting.phase is Phase.DRAFT or bool(kept.documents))


def _for_all(office: Office, meeting: Meeting, heard_until: datetime) -> datetime | None:
    """When something is due that is not one person's: an announcement, or that silence counts as consent."""
    if meeting.phase is Phase.PLANNED and meeting.planned_for:
        pending = announcements(meeting.planned_for, office.task_force.zone, office.calendar)
        return min((at for news, at in pending.items() if news not in meeting.told), default=None)
    return consents_at(office, meeting, heard_until) if meeting.phase is Phase.DRAFT else None


def consents_at(office: Office, meeting: Meeting, heard_until: datetime) -> datetime | None:
    """When silence counts as consent to a draft; None: it does not, or did not when the time for comments ended."""
    if meeting.comments_until is None or not office.task_force.silence_is_consent:
        return None
    over = comments_over_at(meeting.comments_until, office.task_force.zone)
    return over if over > heard_until else None
