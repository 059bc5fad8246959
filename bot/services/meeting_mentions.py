"""Who cannot be written to directly is mentioned in the thread of what the meeting announced."""

from datetime import datetime

from sqlmodel import Session

from bot.messages.blocks import section
from bot.messages.post import Post
from bot.services.meeting_records import SUMMARY
from bot.services.meetings import lane_of
from bot.services.work import Work
from config.words import Say
from storage import people
from storage.tables import Account, Addendum, Meeting, OutboxRow

MENTION = "meeting-mention"  # a kind of post


def instead(work: Work, row: OutboxRow) -> None:
    """Slack refused a direct message about a meeting, whose id its subject begins with. Several waiting are one mention."""
    mention(work, int(row.subject.partition(":")[0]))


def mention(work: Work, meeting_id: int) -> None:
    """Have those mentioned in the thread of what the meeting announced who cannot be written to."""
    meeting = work.session.get_one(Meeting, meeting_id)
    work.queue(lane_of(work.session, meeting), MENTION, meeting.id)


def render(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To those of the task force whom Slack lets nobody write to: only where to look. It does ping."""
    meeting = session.get(Meeting, int(row.subject))
    if meeting is None:
        return None
    ids = [user_id for one in people.active(session, meeting.task_force_id) for user_id in _refused(session, one.id)]
    if not ids:
        return None
    text = say("meeting-mention", who=" ".join(f"<@{user_id}>" for user_id in ids), ref=f"M-{meeting.number}")
    return Post(text, [section(text)])


def over_addendum(session: Session, row: OutboxRow) -> tuple[str, str] | None:
    """A correction stands in the thread of what the meeting announced."""
    added = session.get(Addendum, int(row.subject))
    return (SUMMARY, str(added.meeting_id)) if added else None


def _refused(session: Session, person_id: int | None) -> list[str]:
    ids = people.user_ids(session, person_id or 0)[:1]
    return [user_id for user_id in ids if session.get_one(Account, user_id).dm_refused_at]
