"""Minutes that both sides have confirmed: what stands beside them from then on, and whether they are still what was confirmed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from bot.rules.lines import says_nothing
from bot.rules.minutes import make
from bot.rules.minutes.describing import describe
from bot.rules.minutes.logs import UnreadableLog
from bot.rules.minutes.logs.export import write_export
from bot.services.askers import Asker
from bot.services.meeting_minutes import raw_lines, terms
from bot.services.meetings import lane_of, record, require_keeper, require_phase, require_writer, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import meetings
from storage.tables import Addendum, DocumentNumber, Meeting, MinutesWord, Person, Phase

SUMMARY, NEWS, ADDED = "meeting-summary", "meeting-news", "meeting-addendum"  # kinds of posts
TEXT_LIMIT, NUMBER_LIMIT = 2000, 60
KEPT = ("number", "title", "place", "disclosure", "summary", "next_meeting")  # what a final text says beside its lines
KEPT_IF_TOLD = ("keywords", "attachments")  # asked since: what was final before stays what was confirmed


def make_final(work: Work, meeting: Meeting, person_id: int | None) -> None:
    """From now on the text stays as it is. The meeting is locked."""
    meeting.phase, meeting.final_at = Phase.FINAL, work.now
    work.session.flush()
    meeting.fingerprint = fingerprint(work.session, meeting)
    record(work, meeting, "final", person_id)


def fingerprint(session: Session, meeting: Meeting) -> str:
    """SHA-256 of all that the final text is made of and of what it says: raw lines, people, particulars, who confirmed, minutes."""
    known, setting = terms(session, meeting)
    lines = [replace(line, link="") for line in raw_lines(session, meeting)]  # addresses are no content
    words = session.exec(select(MinutesWord).where(MinutesWord.meeting_id == meeting.id).order_by(col(MinutesWord.id)))
    content: dict[str, Any] = {
        "record": write_export(lines, known, setting),
        "particulars": particulars(meeting) | other_host(session, meeting),
        "confirmed": [(one.side_id, one.person_id, one.confirms, one.reason, one.wording) for one in words],
        "minutes": describe(make(lines, known, setting), setting.zone),
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def particulars(meeting: Meeting) -> dict[str, Any]:
    """What the final text says beside its lines."""
    told = (name for name in KEPT_IF_TOLD if getattr(meeting, name))
    return {name: getattr(meeting, name) for name in [*KEPT, *told]}


def other_host(session: Session, meeting: Meeting) -> dict[str, int | None]:
    """The side that convened it, where it is another than that of who planned or started it: before it was asked, it never was."""
    by = session.get_one(Person, meeting.created_by)
    return {} if meeting.host_side_id == by.side_id else {"host_side_id": meeting.host_side_id}


def altered(session: Session) -> Iterable[Meeting]:
    """Final minutes that are no longer what was confirmed."""
    for meeting in session.exec(select(Meeting).where(Meeting.phase == Phase.FINAL)):
        try:
            is_same = fingerprint(session, meeting) == meeting.fingerprint
        except (UnreadableLog, ValueError):  # the change left something that cannot be read at all
            is_same = False
        if not is_same:
            yield meeting


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
