"""What is said about a planned meeting, and how."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlmodel import Session

from bot.messages import meeting_agendas, meeting_plans
from bot.messages.calendars_ics import ics
from bot.messages.post import File, Post
from bot.messages.roster import name_and_title
from bot.rules.exports import Event
from bot.rules.meeting_plans import News
from bot.rules.meeting_reminders import HOUR, STAYS_AWAY
from bot.rules.meeting_views import MeetingView
from bot.services import hours
from bot.services.meeting_agendas import AGENDA, INVITED, write_itself
from bot.services.meeting_plans import CALENDAR, NEWS
from bot.services.meeting_views import view_of
from bot.services.meetings import lane_of
from bot.services.work import Work
from config.words import Say
from storage import history, people
from storage.outbox import Lane
from storage.tables import Meeting, OutboxRow, Person, Phase, Role, TaskForce

TOLD, DRAFT = "meeting-reminded", "meeting-agenda-draft"  # kinds of posts
LASTS = timedelta(hours=1)  # in calendars; nobody says how long a meeting will be

PLAN_CHANGES = ("moved", "cancelled")  # what the history calls them

__all__ = ["AGENDA", "CALENDAR", "DRAFT", "INVITED", "NEWS", "TOLD"]


def say(work: Work, meeting: Meeting, news: News) -> None:
    """The agenda to the secretaries, then to the channel; then a word to those who are expected."""
    lane = lane_of(work.session, meeting)
    if news in (News.AGENDA_DRAFT, News.AGENDA):
        write_itself(work, meeting)
    if news is News.AGENDA:
        work.queue(lane, AGENDA, meeting.id)
        work.queue(lane, INVITED, meeting.id)
        return
    work.hold(lane)
    task_force = work.session.get_one(TaskForce, meeting.task_force_id)
    kind = DRAFT if news is News.AGENDA_DRAFT else TOLD
    for person in _receivers(work.session, meeting, news):
        for user_id in people.reached_through(work.session, person):
            to = Lane(lane.installation_id, user_id=user_id)
            hours.tell(work, task_force, to, kind, f"{meeting.id}:{person.id}")


def _receivers(session: Session, meeting: Meeting, news: News) -> list[Person]:
    """Both sides' secretaries; or who is expected and has not said no. Leads heard of it that morning."""
    if news is News.AGENDA_DRAFT:
        return [one for one in people.active(session, meeting.task_force_id) if one.role is Role.SECRETARY]
    guests = view_of(session, meeting).guests
    return sorted(
        (
            guest.person
            for guest in guests
            if guest.invitation.answer not in STAYS_AWAY and guest.person.role is not Role.LEAD
        ),
        key=lambda person: person.id or 0,
    )


def invited(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The invitation in the channel, as things are."""
    view = _view(session, row)
    return meeting_plans.invitation(view, say) if view else None


def render(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """It was moved, or cancelled: a line in the invitation's thread."""
    view = _view(session, row)
    return meeting_plans.news(view, say) if view else None


def agenda(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The agenda in the channel; not of a meeting that has begun or is off."""
    view = _view(session, row)
    return meeting_agendas.posted(view, say) if view and view.meeting.phase is Phase.PLANNED else None


def agenda_draft(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To a secretary: what will be posted, with ways to change it."""
    view = _view(session, row)
    if view is None or view.meeting.phase is not Phase.PLANNED:
        return None
    return meeting_agendas.agenda(view, say, "agenda-draft")


def told(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To one who is expected: soon it begins. Not of a meeting that should have begun by now, was moved, or is off."""
    view = _view(session, row)
    left = view.meeting.planned_for - now if view and view.meeting.planned_for else timedelta()
    if view is None or view.meeting.phase is not Phase.PLANNED or not timedelta() < left <= HOUR:
        return None
    return meeting_plans.reminder(view, say)


def calendar(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """The file for calendars, in the invitation's thread: it enters the meeting, moves it, or takes it out."""
    view = _view(session, row)
    if view is None or view.meeting.planned_for is None or view.meeting.phase not in (Phase.PLANNED, Phase.CANCELLED):
        return None
    meeting, event = view.meeting, event_of(session, view.meeting, now)
    content = ics(meeting.title, [event], now, cancels=event.is_cancelled)
    return meeting_plans.with_calendar(view, File(f"M-{meeting.number}.ics", content), event, say)


def event_of(session: Session, meeting: Meeting, now: datetime) -> Event:
    """The meeting as calendars take it: always under one name, and a later state replaces an earlier one."""
    begins = meeting.planned_for or now
    changes = [one for one in history.of(session, ("meeting", meeting.id or 0)) if one.act in PLAN_CHANGES]
    return Event(
        uid=str(uuid5(NAMESPACE_URL, f"tft-meeting:{meeting.task_force_id}:{meeting.id}:{meeting.created_at}")),
        summary=meeting.title,
        starts=begins,
        sequence=len(changes),
        changed_at=changes[-1].at if changes else meeting.created_at,
        ends=begins + LASTS,
        place=meeting.place,
        organizer=name_and_title(session.get_one(Person, meeting.created_by)),
        is_cancelled=meeting.phase is Phase.CANCELLED,
        is_busy=True,
    )


def _view(session: Session, row: OutboxRow) -> MeetingView | None:
    meeting = session.get(Meeting, int(row.subject.partition(":")[0]))
    return view_of(session, meeting) if meeting else None
