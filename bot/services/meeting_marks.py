"""📌, 📝 and the shortcut: a message becomes a decision or an action of the minutes."""

from bot.messages import meeting_sources as messages
from bot.messages.item_questions import one_post
from bot.messages.post import Reply
from bot.rules import meetings as rules
from bot.rules.meeting_marks import in_time, mark_key, offer_key
from bot.rules.meetings import RUNNING, ordinal
from bot.rules.minutes import LineKind, Marker
from bot.services import meeting_lines
from bot.services.askers import Asker, require_member
from bot.services.meeting_views import view_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import meetings
from storage.tables import AskedLine, Meeting, MeetingLine


def mark(work: Work, asker: Asker, meeting: Meeting, ts: str, marker: Marker, event_ts: str, *, is_put: bool) -> Reply:
    """Somebody who may write has put the emoji on a message of the record, or taken it away."""
    if not rules.may_write(asker.person):
        return Reply()
    meeting = meetings.lock(work.session, meeting.id or 0)
    if meeting.phase not in RUNNING or not in_time(meeting, event_ts):
        return Reply()
    text = next((one.text for one in meetings.lines_about(work.session, meeting.id or 0, ts) if one.key == ts), "")
    row = MeetingLine(
        meeting_id=meeting.id or 0,
        key=mark_key(ts, asker.who.user_id, marker, event_ts),
        ordinal=ordinal(event_ts),
        kind=LineKind.MARK,
        text=marker if is_put else "",
        writer=asker.who.user_id,
        at=work.now,
        about=ts,
        part=next((at for at, one in enumerate(text.splitlines()) if one.strip()), 0),
        from_thread=False,
    )
    meetings.add_line(work.session, row)
    return Reply(one_post(meeting_lines.understand(work, asker, meeting, ts)))


def offer(work: Work, asker: Asker, ts: str, marker: Marker, otherwise: Reply) -> Reply:
    """A message beside the record: a button that puts it there, before what is offered at any other time."""
    meeting = meetings.live_in(work.session, asker.who.channel_id or "")
    if meeting is None or otherwise.post is None:
        return otherwise
    once = offer_key(ts, asker.who.user_id, marker)
    if once not in meetings.asked(work.session, meeting.id or 0):
        work.session.add(AskedLine(meeting_id=meeting.id or 0, key=ts, why=once[2], written=once[3]))
    place = f"{asker.who.channel_id}:{ts}"
    return Reply(messages.offer(view_of(work.session, meeting), place, marker, otherwise.post, asker.say))


def live_here(work: Work, asker: Asker) -> Meeting:
    """The meeting that is held in the asker's channel."""
    require_member(asker)
    meeting = meetings.live_in(work.session, asker.who.channel_id or "")
    if meeting is None:
        raise Refused("meeting-none-live")
    return meeting
