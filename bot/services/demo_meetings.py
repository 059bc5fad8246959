"""The demo's meetings: held by the services that do it for anybody, line by line."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlmodel import select

from bot.services import meeting_confirmations, meeting_ends, meeting_lines, meeting_records, meeting_starts
from bot.services.askers import Asker
from bot.services.demo_paper import Paper
from bot.services.meeting_keeping import Said
from bot.services.work import Work
from config.demo import PastMeeting, PastMeetingAct
from storage import meetings
from storage.tables import Meeting


class Troupe(Protocol):
    """Whoever brings the people of a story to the door, and writes what they say."""

    paper: Paper

    @property
    def channel_id(self) -> str: ...

    def asker(self, work: Work, handle: str) -> Asker: ...


def happenings(troupe: Troupe, held: Iterable[PastMeeting]) -> Iterator[tuple[datetime, Callable[[Work], None]]]:
    """Everything that is done at meetings."""
    for past in held:
        yield past.at, partial(start, troupe, past)
        for deed in past.acts:
            yield deed.at, partial(act, troupe, past, deed)


def start(troupe: Troupe, past: PastMeeting, work: Work) -> None:
    """Somebody begins it."""
    meeting_starts.start(work, troupe.asker(work, past.by), past.title)


def act(troupe: Troupe, past: PastMeeting, deed: PastMeetingAct, work: Work) -> None:
    """Somebody writes in its thread, puts it on record, or confirms its minutes."""
    asker, meeting = troupe.asker(work, deed.by), _meeting(work, past)
    if deed.says:
        _say(troupe, work, asker, meeting, deed.says)
    elif deed.records:
        meeting_records.put_on_record(work, asker, meeting)
    elif deed.confirms:
        meeting_confirmations.confirm(work, asker, meeting, meeting.wording)
    else:
        meeting_ends.end(work, asker, meeting)


def _say(troupe: Troupe, work: Work, asker: Asker, meeting: Meeting, text: str) -> None:
    user_id = asker.who.user_id
    message = troupe.paper.write(work, troupe.channel_id, user_id, text, meeting.thread_ts)
    meeting_lines.hear(work, asker, meeting.id or 0, Said(message["ts"], meeting.thread_ts, user_id, text))


def _meeting(work: Work, past: PastMeeting) -> Meeting:
    found = work.session.exec(select(Meeting).where(Meeting.title == past.title)).one()
    return meetings.lock(work.session, found.id or 0)
