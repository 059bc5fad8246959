"""Minutes that both sides have confirmed: what stands beside them from then on, and whether they are still what was confirmed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from bot.rules.lines import says_nothing
from bot.rules.meetings import RECORDED, ref
from bot.rules.minutes.logs import UnreadableLog
from bot.services import meeting_documents
from bot.services.askers import Asker
from bot.services.former_finals import confirmed, digest, former_fingerprint
from bot.services.meeting_dues import is_kept
from bot.services.meeting_minutes import keep, minutes_of, read
from bot.services.meetings import lane_of, record, require_keeper, require_phase, require_writer, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import meetings
from storage.tables import Addendum, DocumentNumber, Meeting, MeetingLine, Phase

SUMMARY, NEWS, ADDED = "meeting-summary", "meeting-news", "meeting-addendum"  # kinds of posts
TEXT_LIMIT, NUMBER_LIMIT = 2000, 60
# What a final text says beside its lines.
PARTICULARS = (
    "number",
    "title",
    "place",
    "disclosure",
    "summary",
    "keywords",
    "next_meeting",
    "attachments",
    "host_side_id",
)


class NotAsConfirmed(ValueError):
    """Final minutes do not say what was confirmed: `tft doctor` tells which."""


def make_final(work: Work, meeting: Meeting, person_id: int | None) -> None:
    """From now on the text stays as it is. The meeting is locked."""
    meeting.phase, meeting.final_at = Phase.FINAL, work.now
    _seal(work, meeting)
    record(work, meeting, "final", person_id)


def _seal(work: Work, meeting: Meeting) -> None:
    """Keep the text in every form, and how nobody can change it without a trace."""
    work.session.flush()
    if meetings.kept(work.session, meeting.id or 0) is None:
        keep(work.session, meeting)
    meeting_documents.keep(work, meeting)
    meeting.fingerprint = fingerprint(work.session, meeting)


def fingerprint(session: Session, meeting: Meeting) -> str:
    """SHA-256 of all that the final text is made of and of what it says; from rows as they are, so that no later code changes it."""
    kept = meetings.kept_final(session, meeting.id or 0)
    if kept is None:
        return former_fingerprint(session, meeting)
    content: dict[str, Any] = {
        "lines": sorted(map(_line, meetings.lines(session, meeting.id or 0))),
        "head": meeting.head,
        "particulars": _particulars(meeting),
        "confirmed": confirmed(session, meeting),
        "minutes": kept.minutes,
        "documents": kept.documents,
    }
    return digest(content)


def _line(line: MeetingLine) -> tuple[int, str, str, str, str, str | None, str, int]:
    """All that a line says but where its message stands: addresses are no content."""
    return line.ordinal, line.key, line.kind, line.text, line.writer, _moment(line.at), line.about, line.part


def _particulars(meeting: Meeting) -> dict[str, Any]:
    moments = {name: _moment(getattr(meeting, name)) for name in ("started_at", "ended_at")}
    return {name: getattr(meeting, name) for name in PARTICULARS} | moments


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def keep_former(work: Work, meeting: Meeting) -> None:
    """Minutes that were put on record before their text was kept: what their lines say is kept, if it still is what was confirmed.

    It is locked. `NotAsConfirmed`: a final text that was altered, or that today's rules read otherwise, is not made the right one.
    """
    if meeting.phase not in RECORDED or is_kept(work.session, meeting):
        return
    if meeting.phase is Phase.FINAL and not is_as_confirmed(work.session, meeting):
        raise NotAsConfirmed(ref(meeting))
    keep(work.session, meeting)
    if meeting.phase is Phase.FINAL:
        _seal(work, meeting)


def is_as_confirmed(session: Session, meeting: Meeting) -> bool:
    """Whether final minutes are still what was confirmed."""
    try:
        return fingerprint(session, meeting) == meeting.fingerprint
    except (UnreadableLog, ValueError):  # the change left something that cannot be read at all
        return False


def finals(session: Session) -> Iterator[Meeting]:
    """All meetings whose minutes are final."""
    yield from session.exec(select(Meeting).where(Meeting.phase == Phase.FINAL).order_by(col(Meeting.id)))


def altered(session: Session) -> list[Meeting]:
    """Final minutes that are no longer what was confirmed."""
    return [one for one in finals(session) if not is_as_confirmed(session, one)]


def read_otherwise(session: Session) -> list[Meeting]:
    """Final minutes that are what was confirmed, but would say something else if today's rules read their lines."""
    return [one for one in finals(session) if is_as_confirmed(session, one) and not _is_read_so(session, one)]


def _is_read_so(session: Session, meeting: Meeting) -> bool:
    try:
        return read(session, meeting) == minutes_of(session, meeting)
    except (UnreadableLog, ValueError):  # it cannot be read any more
        return False


def count(session: Session) -> int:
    """How many final minutes there are."""
    return int(session.exec(select(func.count(col(Meeting.id))).where(Meeting.phase == Phase.FINAL)).one())


def add(work: Work, asker: Asker, meeting: Meeting, text: str) -> Addendum:
    """A correction beside the final text, shown under it and told in the thread."""
    person = require_writer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.FINAL)
    if says_nothing(text):
        raise Refused("meeting-words-missing", field="words")
    if len(text) > TEXT_LIMIT:
        raise Refused("meeting-words-long", field="words", limit=str(TEXT_LIMIT))
    addendum = Addendum(meeting_id=meeting.id or 0, person_id=person.id or 0, text=text, written_at=work.now)
    work.session.add(addendum)
    work.session.flush()
    record(work, meeting, "addendum", person.id, text=text)
    lane = lane_of(work.session, meeting)
    work.queue(lane, SUMMARY, meeting.id)
    work.queue(lane, ADDED, addendum.id)
    return addendum


def register_number(work: Work, asker: Asker, meeting: Meeting, number: str, on: date) -> DocumentNumber:
    """Under which number the asker's side has filed the final text, outside of what was confirmed."""
    person = require_keeper(asker, meeting)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.FINAL)
    number = " ".join(number.split())
    if not number or len(number) > NUMBER_LIMIT:
        raise Refused("meeting-number-bad", field="number", limit=str(NUMBER_LIMIT))
    query = select(DocumentNumber).where(
        DocumentNumber.meeting_id == meeting.id, DocumentNumber.side_id == person.side_id
    )
    row = work.session.exec(query).first()
    row = row or DocumentNumber(
        meeting_id=meeting.id or 0, side_id=person.side_id, number="", registered_on=on, person_id=person.id or 0
    )
    row.number, row.registered_on, row.person_id = number, on, person.id or 0
    work.session.add(row)
    work.session.flush()
    record(work, meeting, "filed", person.id, number=number, on=on.isoformat())
    work.queue(lane_of(work.session, meeting), SUMMARY, meeting.id)
    show_card(work, meeting)
    return row
