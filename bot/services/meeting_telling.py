"""What is said about a line later: raw lines of their own, so that the minutes can be made again."""

from collections.abc import Mapping

from bot.rules import meetings as rules
from bot.rules.minutes import LineKind, Place
from bot.services.work import Work
from storage import meetings
from storage.tables import Meeting, MeetingLine, Person


def tell(work: Work, meeting: Meeting, person: Person, place: Place, told: Mapping[LineKind, str], key: str) -> None:
    """The raw lines of one act about one line."""
    at = rules.ordinal_at(work.machine_now)
    for step, (kind, text) in enumerate(told.items()):
        row = MeetingLine(
            meeting_id=meeting.id or 0,
            key=f"{key}:{kind}",
            ordinal=at + step,
            kind=kind,
            text=text,
            writer=str(person.id),
            at=work.now,
            about=place.key,
            part=place.part,
            from_thread=False,
        )
        meetings.add_line(work.session, row)
