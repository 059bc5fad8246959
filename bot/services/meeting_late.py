"""What was written in time and heard only after the minutes were put on record: kept, and told to whoever keeps the meeting.

A draft may be confirmed already, so that nothing enters it by itself; a final text stays as it is.
"""

from datetime import datetime

from sqlmodel import Session

from bot.messages import meeting_late as messages
from bot.messages.post import Post, Reply
from bot.rules import meetings as rules
from bot.rules.lines import says_nothing
from bot.rules.meetings import ordinal
from bot.rules.minutes import LineKind, Place, screen
from bot.services import meeting_drafts
from bot.services.askers import Asker
from bot.services.meeting_ends import keepers_lanes
from bot.services.meeting_keeping import Said, keep
from bot.services.meeting_minutes import minutes_of, read
from bot.services.meeting_telling import tell
from bot.services.meeting_views import view_of
from bot.services.meetings import lane_of, require_keeper, require_phase
from bot.services.work import Work
from config.words import Say
from storage import meetings
from storage.tables import Meeting, OutboxRow, Person, Phase

LATE = "meeting-late"  # a kind of post, to whoever keeps the meeting


def hear(work: Work, asker: Asker, meeting: Meeting, said: Said) -> Reply:
    """A line or an edit from before the end. The meeting is on record, and locked."""
    text = screen(said.text).text
    in_time = ordinal(said.stamp or said.ts) <= meeting.end_ordinal
    if not in_time or said.kind is LineKind.DELETED or not rules.may_write(asker.person) or says_nothing(text):
        return Reply()
    if said.kind is LineKind.MESSAGE and meeting.phase is Phase.DRAFT and not _set_by(work, asker, meeting, said):
        return Reply()
    args = {"text": text, "ts": said.ts, "kind": said.kind.value, "person": asker.person.id if asker.person else 0}
    work.hold(lane_of(work.session, meeting))
    for lane in keepers_lanes(work.session, meeting):
        work.queue(lane, LATE, f"{meeting.id}:{said.key}", args)
    return Reply()


def _set_by(work: Work, asker: Asker, meeting: Meeting, said: Said) -> bool:
    """Keep it with the record, but out of the minutes; False if it was kept before."""
    if asker.person is None or not keep(work, meeting, said):
        return False
    for part in range(len(said.text.splitlines())):
        tell(work, meeting, asker.person, Place(said.ts, part), {LineKind.OMIT: ""}, f"{said.ts}:late:{part}")
    return True


def take_in(work: Work, asker: Asker, meeting: Meeting, ts: str, key: str) -> Meeting:
    """It is part of the draft from now on, where it was said. Twice is once."""
    meeting = meetings.lock(work.session, meeting.id or 0)
    person = require_keeper(asker, meeting)
    require_phase(meeting, Phase.DRAFT)
    written = next((one.text for one in meetings.lines_about(work.session, meeting.id or 0, ts) if one.key == ts), "")
    before = minutes_of(work.session, meeting)
    for part in range(len(written.splitlines())):
        tell(work, meeting, person, Place(ts, part), {LineKind.RESTORE: ""}, f"{key}:{part}")
    work.session.flush()
    if read(work.session, meeting) != before:
        meeting_drafts.settle(work, asker, meeting, person)
    return meeting


def render(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """What came late, and what can be done with it as things are."""
    meeting = session.get(Meeting, int(row.subject.partition(":")[0]))
    if meeting is None:
        return None
    person, kind = session.get(Person, row.args["person"]), LineKind(row.args["kind"])
    return messages.late(view_of(session, meeting), person, row.args["text"], row.args["ts"], kind, say)
