"""Final minutes from before their text was kept: it is what their lines say, and the fingerprint of that is theirs."""

import hashlib
import json
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from bot.rules.minutes import make
from bot.rules.minutes.describing import describe
from bot.rules.minutes.logs.export import write_export
from bot.services.meeting_minutes import raw_lines, terms
from storage.tables import Meeting, MinutesWord, Person

KEPT = ("number", "title", "place", "disclosure", "summary", "next_meeting")  # what a final text says beside its lines
KEPT_IF_TOLD = ("keywords", "attachments")  # asked since: what was final before stays what was confirmed


def former_fingerprint(session: Session, meeting: Meeting) -> str:
    """Of raw lines, people, particulars, who confirmed, and of what the rules of today read."""
    known, setting = terms(session, meeting)
    lines = [replace(line, link="") for line in raw_lines(session, meeting)]  # addresses are no content
    content: dict[str, Any] = {
        "record": write_export(lines, known, setting),
        "particulars": _particulars(meeting) | _other_host(session, meeting),
        "confirmed": confirmed(session, meeting),
        "minutes": describe(make(lines, known, setting), setting.zone),
    }
    return digest(content)


def confirmed(session: Session, meeting: Meeting) -> list[tuple[Any, ...]]:
    """Who said what to which wording."""
    words = session.exec(select(MinutesWord).where(MinutesWord.meeting_id == meeting.id).order_by(col(MinutesWord.id)))
    return [(one.side_id, one.person_id, one.confirms, one.reason, one.wording) for one in words]


def digest(content: dict[str, Any]) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _particulars(meeting: Meeting) -> dict[str, Any]:
    told = (name for name in KEPT_IF_TOLD if getattr(meeting, name))
    return {name: getattr(meeting, name) for name in [*KEPT, *told]}


def _other_host(session: Session, meeting: Meeting) -> dict[str, int | None]:
    """The side that convened it, where it is another than that of who planned or started it: before it was asked, it never was."""
    by = session.get_one(Person, meeting.created_by)
    return {} if meeting.host_side_id == by.side_id else {"host_side_id": meeting.host_side_id}
