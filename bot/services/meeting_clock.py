"""Time passes at meetings: one that nobody ends, one that comes, minutes that nobody confirms."""

from bot.rules import meetings as rules
from bot.rules.meeting_confirmations import Standing, comments_over_at, standing
from bot.rules.meeting_plans import announcements, due
from bot.services import hours, meeting_dues, meeting_ends, meeting_finals, meeting_news
from bot.services.calendars import calendar_of
from bot.services.decisions import speakers
from bot.services.meeting_views import said
from bot.services.meetings import hand_out, lane_of, record, show_card
from bot.services.work import Work
from storage import meetings, people
from storage.outbox import Lane
from storage.tables import Meeting, Person, Phase, TaskForce

REMINDER = "meeting-reminder"  # a kind of post: the draft still waits for the reader's side
AT_ONCE = 10


def pass_time(work: Work) -> bool:
    """See to some meetings; False when there are no more at which something is due."""
    found = meetings.due(work.session, work.now, AT_ONCE)
    for meeting in found:
        _ACTS[meeting.phase](work, meeting)
        if meeting.phase is not Phase.LIVE:
            meeting_dues.derive(work, meeting)
        if meeting.next_due_at and meeting.next_due_at <= work.now:
            meeting.next_due_at = None  # nothing more comes of it
    return len(found) == AT_ONCE


def fall_silent(work: Work, meeting: Meeting) -> None:
    """Nobody has written for three hours: it ended with the last line."""
    at = (meeting.next_due_at or work.now) - rules.SILENCE
    meeting_ends.close(work, meeting, None, max(at, meeting.started_at or at), reason=meeting_ends.SILENT)


def announce(work: Work, meeting: Meeting) -> None:
    """What is said before a planned meeting."""
    task_force = work.session.get_one(TaskForce, meeting.task_force_id)
    calendar = calendar_of(work.session, task_force)
    if meeting.planned_for is None:
        return
    pending = announcements(meeting.planned_for, task_force.zone, calendar)
    for news in due(pending, set(meeting.told), work.now):
        meeting_news.say(work, meeting, news)
    ready = {news.value: work.now.isoformat() for news, at in pending.items() if at <= work.now}
    meeting.told = {**ready, **meeting.told}


def remind(work: Work, meeting: Meeting) -> None:
    """Silence is no consent, unless the task force has set it so and the time for comments is over."""
    task_force = work.session.get_one(TaskForce, meeting.task_force_id)
    over = meeting.comments_until and comments_over_at(meeting.comments_until, task_force.zone) <= work.now
    sides = frozenset(side.id or 0 for side in people.sides(work.session, meeting.task_force_id))
    words = said(work.session, meeting)
    if over and standing(words, sides, silence_agrees=task_force.silence_is_consent) is Standing.AGREED:
        _agree_by_silence(work, meeting)
        return
    meeting.reminded_at = work.now
    silent = sides - {one.side_id for one in words}
    speaker = lane_of(work.session, meeting).installation_id
    for person in speakers(work, meeting.task_force_id):
        if person.side_id in silent:
            _remind(work, meeting, task_force, person, speaker)


def _agree_by_silence(work: Work, meeting: Meeting) -> None:
    meeting_finals.make_final(work, meeting, None)
    record(work, meeting, "silence", None)
    lane = lane_of(work.session, meeting)
    work.queue(lane, meeting_finals.SUMMARY, meeting.id)
    work.queue(lane, meeting_finals.NEWS, meeting.id)
    show_card(work, meeting)
    hand_out(work, meeting)


def _remind(work: Work, meeting: Meeting, task_force: TaskForce, person: Person, speaker: int) -> None:
    for user_id in people.reached_through(work.session, person):
        hours.tell(work, task_force, Lane(speaker, user_id=user_id), REMINDER, f"{meeting.id}:{person.id}")


def _nothing(_work: Work, _meeting: Meeting) -> None:
    """Over, or cancelled."""


_ACTS = {
    Phase.LIVE: fall_silent,
    Phase.PLANNED: announce,
    Phase.DRAFT: remind,
    Phase.ENDED: _nothing,
    Phase.FINAL: _nothing,
    Phase.CANCELLED: _nothing,
}
