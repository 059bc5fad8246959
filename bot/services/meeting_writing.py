"""Lines of the record that come through forms, buttons, or from elsewhere in the channel: shown in the thread, so that all see them."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import meeting_written as messages
from bot.messages.post import Post
from bot.rules import meetings as rules
from bot.rules.lines import says_nothing
from bot.rules.meeting_written import Entry, Taken, written
from bot.rules.minutes import LineKind, Place, place_of, screen
from bot.services import meeting_drafts, meeting_keeping, meeting_lines
from bot.services.askers import Asker
from bot.services.meeting_telling import tell
from bot.services.meetings import CARD, lane_of, require_keeper, require_phase, require_writer
from bot.services.refused import Refused
from bot.services.work import Work
from config.words import Say
from storage import meetings
from storage.tables import Meeting, MeetingLine, OutboxRow, Person, Phase

WRITTEN = "meeting-written"  # a kind of post: a line of the record in the thread


def write(work: Work, asker: Asker, meeting: Meeting, entry: Entry, key: str) -> list[Post]:
    """A line by the form; gives what must be asked about it. `key` tells this act from all others."""
    person = require_writer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.LIVE)
    screened = screen(entry.text)
    if screened.off_record or says_nothing(entry.text):
        raise Refused("meeting-line-off" if screened.off_record else "meeting-words-missing", field="text")
    line = written(entry)
    add(work, meeting, key, line, str(person.id))
    show(work, meeting, key)
    return meeting_lines.understand(work, asker, meeting, key)


def take(work: Work, asker: Asker, meeting: Meeting, taken: Taken) -> list[Post]:
    """A message of the channel becomes part of the record, as what somebody marked it to be."""
    person = require_writer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.LIVE)
    text = screen(taken.text).text
    if says_nothing(text):
        raise Refused("meeting-line-off")
    if add(work, meeting, taken.ts, text, taken.writer, meeting_keeping.happened_at(work, taken.ts)):
        show(work, meeting, taken.ts)
    if taken.marker:
        place = Place(taken.ts, _first_line(text))
        key = f"{taken.ts}:taken:{person.id}:{taken.marker}"
        tell(work, meeting, person, place, {LineKind.MARK: taken.marker}, key)
    return meeting_lines.understand(work, asker, meeting, taken.ts)


def omit(work: Work, asker: Asker, meeting: Meeting, anchor: str, key: str) -> Meeting:
    """The 취소 button: the line is not in the minutes. For who wrote it, and whoever keeps the meeting."""
    person = require_writer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    meeting_drafts.require_changeable(meeting)
    place = place_of(anchor)
    mine = [
        one for one in meetings.lines_about(work.session, meeting.id or 0, place.key) if one.writer == str(person.id)
    ]
    if not mine:
        require_keeper(asker, meeting)
    tell(work, meeting, person, place, {LineKind.OMIT: ""}, key)
    meeting_drafts.settle(work, asker, meeting, person)
    return meeting


def add(work: Work, meeting: Meeting, key: str, text: str, writer: str, at: datetime | None = None) -> bool:
    """Keep a line that was not written in the thread, where the record is now; False if it was kept before."""
    line = MeetingLine(
        meeting_id=meeting.id or 0,
        key=key,
        ordinal=rules.ordinal_at(work.machine_now),
        kind=LineKind.MESSAGE,
        text=text,
        writer=writer,
        at=at or work.now,
        from_thread=False,
    )
    return meetings.add_line(work.session, line)


def show(work: Work, meeting: Meeting, key: str) -> None:
    """Have it shown in the thread."""
    work.queue(lane_of(work.session, meeting), WRITTEN, f"{meeting.id}:{key}")


def render(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """The line in the thread, with who wrote it and a way to take it back."""
    meeting_id, _, key = row.subject.partition(":")
    meeting = session.get(Meeting, int(meeting_id))
    line = next((one for one in meetings.lines_about(session, int(meeting_id), key) if one.key == key), None)
    if meeting is None or line is None:
        return None
    writer = session.get(Person, int(line.writer)) if line.writer.isdecimal() else None
    return messages.written(meeting, line, writer, say)


def over(_session: Session, row: OutboxRow) -> tuple[str, str] | None:
    """Under the card: there the record is."""
    return CARD, row.subject.partition(":")[0]


def _first_line(text: str) -> int:
    return next((at for at, one in enumerate(text.splitlines()) if one.strip()), 0)
