"""What the outbox shows of meetings, as things are when it is sent."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import meeting_reviews, meeting_summaries, meetings
from bot.messages.post import Post
from bot.rules.items import local_date
from bot.rules.meeting_filing import Filed
from bot.rules.meeting_records import owners_of
from bot.rules.meeting_views import MeetingView
from bot.services.awaited import may_speak
from bot.services.meeting_records import people_of
from bot.services.meeting_views import view_of
from config.words import Say
from storage.tables import Addendum, Meeting, OutboxRow, Person, Phase


def card(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The meeting's card."""
    view = _view(session, row)
    return meetings.card(view, say) if view else None


def review(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """What was understood, to whoever keeps the meeting."""
    view = _view(session, row)
    return meeting_reviews.review(view, say) if view else None


def summary(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The one message in the channel after a meeting."""
    view = _view(session, row)
    return meeting_summaries.summary(view, say) if view else None


def news(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """How the draft stands, in the thread."""
    view = _view(session, row)
    return meeting_summaries.news(view, say) if view else None


def told(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """What is somebody's after a meeting, once."""
    found = _view_and_person(session, row)
    if found is None:
        return None
    view, person = found
    people = people_of(session, view.meeting.task_force_id)
    own = [one for one in view.actions if _owns(one, person, people)]
    return meeting_summaries.told(
        view, person, say, may_confirm=may_speak(session, person, local_date(now, view.task_force)), own=own
    )


def reworded(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To who had spoken to the draft; not if it is final by now."""
    found = _view_and_person(session, row)
    return meeting_summaries.reworded(found[0], say) if found and found[0].meeting.phase is Phase.DRAFT else None


def addendum(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """A correction of a final text, in the thread."""
    added = session.get(Addendum, int(row.subject))
    if added is None:
        return None
    view = view_of(session, session.get_one(Meeting, added.meeting_id))
    return meeting_summaries.addendum_news(added, session.get_one(Person, added.person_id), view, say)


def _owns(filed: Filed, person: Person, people: dict[str, Person]) -> bool:
    owners = owners_of(filed.action, people).people if filed.action else ()
    return any(one.id == person.id for one in owners)


def _view(session: Session, row: OutboxRow) -> MeetingView | None:
    meeting = session.get(Meeting, int(row.subject))
    return view_of(session, meeting) if meeting else None


def _view_and_person(session: Session, row: OutboxRow) -> tuple[MeetingView, Person] | None:
    meeting_id, _, person_id = row.subject.partition(":")
    meeting, person = session.get(Meeting, int(meeting_id)), session.get(Person, int(person_id))
    return (view_of(session, meeting), person) if meeting and person else None
