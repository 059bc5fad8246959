"""Time passes at meetings: one that nobody ends, one that comes, minutes that nobody confirms."""

from datetime import timedelta

from bot.rules.meeting_confirmations import Standing, standing
from bot.rules.meeting_plans import announcements, due
from bot.services import meeting_dues, meeting_ends, meeting_finals, meeting_news, meeting_reminders
from bot.services.meeting_views import said
from bot.services.meetings import hand_out, lane_of, record, show_card
from bot.services.receivers import office_of
from bot.services.setting_aside import guarded
from bot.services.work import Work
from storage import meetings, people
from storage.nudges import MEETING
from storage.tables import Meeting, Phase, TaskForce

AT_ONCE = 10
AGAIN = timedelta(minutes=1)


def plan_meetings(work: Work) -> bool:
    """See to some meetings; False when there are no more at which something is due."""
    found = meetings.due(work.session, work.now, AT_ONCE)
    for meeting in found:
        is_former = not meeting_dues.is_kept(work.session, meeting)
        again = guarded(work, MEETING, meeting.id, lambda one=meeting: _pass_time(work, one))  # type: ignore[misc]
        meeting.next_due_at = again or meeting.next_due_at
        if is_former:
            return True  # to keep a long text takes a quarter of a second, which is enough for others to wait
    return len(found) == AT_ONCE


def _pass_time(work: Work, meeting: Meeting) -> None:
    meeting_finals.keep_former(work, meeting)
    if meeting.phase in _ACTS:
        _ACTS[meeting.phase](work, meeting)
    meeting_dues.derive(work, meeting)


def fall_silent(work: Work, meeting: Meeting) -> None:
    """Nobody has written for three hours: it ended with the last line."""
    written = [one.at for one in meetings.messages(work.session, meeting.id or 0) if one.at]
    last = max([*written, meeting.started_at or work.now])
    meeting_ends.close(work, meeting, None, last, reason=meeting_ends.SILENT)


def wait(work: Work, meeting_id: int) -> None:
    """Nobody can say yet whether it is silent: Slack is asked again in a minute."""
    meeting = meetings.lock(work.session, meeting_id)
    if meeting.phase is Phase.LIVE and meeting.next_due_at:
        meeting.next_due_at = max(meeting.next_due_at, work.now + AGAIN)


def announce(work: Work, meeting: Meeting) -> None:
    """What is said before a planned meeting: to all, and to each."""
    office = office_of(work, work.session.get_one(TaskForce, meeting.task_force_id))
    if meeting.planned_for is None:
        return
    pending = announcements(meeting.planned_for, office.task_force.zone, office.calendar)
    for news in due(pending, set(meeting.told), work.now):
        meeting_news.say(work, meeting, news)
    ready = {news.value: work.now.isoformat() for news, at in pending.items() if at <= work.now}
    meeting.told = {**ready, **meeting.told}
    meeting_reminders.plan(work, office, meeting)


def remind(work: Work, meeting: Meeting) -> None:
    """Silence is no consent, unless the task force has set it so and the time for comments is over."""
    office = office_of(work, work.session.get_one(TaskForce, meeting.task_force_id))
    over = meeting_dues.consents_at(office, meeting, meeting_reminders.heard_until(office, meeting))
    sides = frozenset(side.id or 0 for side in people.sides(work.session, meeting.task_force_id))
    is_over = over is not None and over <= work.now
    if standing(said(work.session, meeting), sides, silence_agrees=is_over) is Standing.AGREED:
        _agree_by_silence(work, meeting)
        return
    meeting_reminders.plan(work, office, meeting)


def _agree_by_silence(work: Work, meeting: Meeting) -> None:
    meeting_finals.make_final(work, meeting, None)
    record(work, meeting, "silence", None)
    lane = lane_of(work.session, meeting)
    work.queue(lane, meeting_finals.SUMMARY, meeting.id)
    work.queue(lane, meeting_finals.NEWS, meeting.id)
    show_card(work, meeting)
    hand_out(work, meeting)


_ACTS = {Phase.LIVE: fall_silent, Phase.PLANNED: announce, Phase.DRAFT: remind}
