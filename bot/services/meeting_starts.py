"""A meeting begins: with the agenda that waits for it, and with what people have answered as its first lines."""

from bot.messages.roster import name_and_title
from bot.rules.meeting_written import Entry, in_place_of, written
from bot.rules.meetings import ordinal_at
from bot.rules.minutes import LineKind
from bot.services import meetings
from bot.services.askers import Asker
from bot.services.meeting_agendas import INVITED, take_up
from bot.services.meeting_views import view_of
from bot.services.work import Work
from storage import meetings as stored
from storage.tables import Answer, Meeting, MeetingLine


def start(work: Work, asker: Asker, title: str, planned: Meeting | None = None) -> Meeting:
    """Begin the meeting that was planned for now, or a new one."""
    meeting = meetings.start(work, asker, title, planned)
    take_up(work, meeting)
    for at, (person_id, text) in enumerate(_absences(work, meeting)):
        line = MeetingLine(
            meeting_id=meeting.id or 0,
            key=f"rsvp:{person_id}",
            ordinal=ordinal_at(work.machine_now) + at,
            kind=LineKind.MESSAGE,
            text=text,
            at=work.now,
            from_thread=False,
        )
        stored.add_line(work.session, line)
    if meeting.planned_for:
        work.queue(meetings.lane_of(work.session, meeting), INVITED, meeting.id)
    return meeting


def _absences(work: Work, meeting: Meeting) -> list[tuple[int, str]]:
    """Who does not come, and who comes in somebody's place; who comes is seen."""
    found = []
    for guest in view_of(work.session, meeting).guests:
        name, row = name_and_title(guest.person), guest.invitation
        if row.answer is Answer.NO:
            found.append((row.person_id, written(Entry("absent", name))))
        elif row.answer is Answer.PROXY:
            proxy = f"{guest.side.name} {row.proxy_name} {row.proxy_title}".strip()
            found.append((row.person_id, in_place_of(proxy, name)))
    return found
