"""A meeting ends: what was understood goes to whoever keeps it, to be put on record."""

from datetime import datetime

from sqlmodel import Session, col, select

from bot.rules.meeting_views import not_discussed
from bot.rules.meeting_written import end_parts
from bot.rules.meetings import SILENCE, ordinal_at
from bot.rules.minutes import LineKind, Minutes, Place
from bot.services.askers import Asker
from bot.services.meeting_minutes import minutes_of
from bot.services.meeting_telling import tell
from bot.services.meeting_views import agenda_of
from bot.services.meetings import lane_of, record, require_keeper, require_phase, require_writer, show_card
from bot.services.work import Work
from storage import meetings, people
from storage.outbox import Lane
from storage.tables import AgendaTopic, Meeting, Person, Phase

REVIEW = "meeting-review"  # a kind of post: what was understood, to whoever keeps the meeting
SILENT = "silence"


def end(work: Work, asker: Asker, meeting: Meeting) -> Meeting:
    """End a meeting by a command or a button."""
    person = require_writer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.LIVE)
    close(work, meeting, person, work.now)
    return meeting


def close(
    work: Work, meeting: Meeting, person: Person | None, at: datetime, *, reason: str = "", ordinal: int = 0
) -> None:
    """The record is complete. The meeting is locked; `person` None: by the clock; `ordinal`: of the line that ended it."""
    meeting.phase, meeting.ended_at, meeting.end_reason = Phase.ENDED, at, reason
    meeting.end_ordinal = ordinal or ordinal_at(work.machine_now)
    meeting.next_due_at = None
    _forget_later(work, meeting)
    work.session.flush()
    record(work, meeting, "ended", person.id if person else None, reason=reason)
    carry_over(work, meeting, minutes_of(work.session, meeting))
    show_card(work, meeting)
    show_review(work, meeting)


def _forget_later(work: Work, meeting: Meeting) -> None:
    """What was written after the end, and told before it, is no record and is not kept."""
    for line in meetings.messages(work.session, meeting.id or 0):
        if line.ordinal > meeting.end_ordinal:
            work.session.delete(line)


def go_on(work: Work, asker: Asker, meeting: Meeting, key: str) -> Meeting:
    """It was ended too early: what is written in the thread is record again."""
    meeting = meetings.lock(work.session, meeting.id or 0)
    person = require_keeper(asker, meeting)
    require_phase(meeting, Phase.ENDED)
    meeting.phase, meeting.ended_at, meeting.end_reason = Phase.LIVE, None, ""
    meeting.next_due_at = work.now + SILENCE
    _take_back_ends(work, meeting, person, key)
    record(work, meeting, "resumed", person.id)
    show_card(work, meeting)
    show_review(work, meeting)
    return meeting


def _take_back_ends(work: Work, meeting: Meeting, person: Person, key: str) -> None:
    """The lines that ended it do not; nor do topics come back of which there may still be talk."""
    for line in meetings.lines(work.session, meeting.id or 0):
        for part in end_parts(line.text):
            place = Place(line.about or line.key, part)
            tell(work, meeting, person, place, {LineKind.OMIT: ""}, f"{key}:{place.anchor}")
    query = select(AgendaTopic).where(AgendaTopic.carried_from == meeting.id, col(AgendaTopic.meeting_id).is_(None))
    for topic in work.session.exec(query):
        work.session.delete(topic)


def show_review(work: Work, meeting: Meeting) -> None:
    """Have what was understood shown to the keeper."""
    work.hold(lane_of(work.session, meeting))
    for lane in keepers_lanes(work.session, meeting):
        work.queue(lane, REVIEW, meeting.id)


def keepers_lanes(session: Session, meeting: Meeting) -> list[Lane]:
    """Where the keeper is written to directly, or if they have no Slack, the side's secretaries."""
    keeper, speaker = session.get_one(Person, meeting.keeper_id), lane_of(session, meeting).installation_id
    return [Lane(speaker, user_id=user_id) for user_id in people.reached_through(session, keeper)]


def carry_over(work: Work, meeting: Meeting, minutes: Minutes) -> None:
    """What was on the agenda and was not discussed comes back the next time."""
    for topic in not_discussed(agenda_of(work.session, meeting.id or 0), [one.title for one in minutes.topics]):
        again = AgendaTopic(
            task_force_id=meeting.task_force_id,
            title=topic.title,
            added_by=topic.added_by,
            subject=topic.subject,
            added_at=work.now,
            carried_from=meeting.id,
        )
        work.session.add(again)
