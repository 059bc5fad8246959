"""Meetings by what people type: `meeting …`, `minutes`, and what is done to a number."""

from bot.messages.post import Reply
from bot.rules.grammar import Noun, Verb, read_ref
from bot.rules.meetings import Word, read_asked
from bot.services import meeting_acts, meeting_agendas, meeting_lists, meeting_plans, meeting_starts, meetings
from bot.services.askers import Asker
from bot.services.refused import Refused
from bot.services.work import Work
from handlers.meeting_forms import object_to
from storage.tables import Meeting


def meeting(work: Work, asker: Asker, rest: str) -> Reply:
    """`meeting [schedule|start|agenda|end|list] …`; alone, the meeting that is held, or what can be done."""
    ref, asked = read_ref(rest), read_asked(rest)
    if ref and ref.noun is Noun.MEETING:
        return shown(work, asker, meetings.find(work, asker, ref.number))
    if asked.word is None and asked.rest:
        raise Refused("meeting-not-understood", typed=asked.rest)
    if asked.word is None:
        return Reply(meeting_lists.overview(work, asker))
    return WORDS[asked.word](work, asker, asked.rest)


def start(work: Work, asker: Asker, title: str) -> Reply:
    """Begin."""
    ref = read_ref(title)
    planned = meetings.find(work, asker, ref.number) if ref and ref.noun is Noun.MEETING else None
    return meeting_acts.told(
        work, asker, meeting_starts.start(work, asker, "" if planned else title, planned), "meeting-started"
    )


def agenda(work: Work, asker: Asker, topic: str) -> Reply:
    """`agenda TOPIC` adds one to the next meeting; alone, the agenda."""
    if topic:
        meeting_agendas.add(work, asker, topic)
    return Reply(meeting_agendas.overview(work, asker))


def end(work: Work, asker: Asker, _rest: str) -> Reply:
    """End the meeting that is held here."""
    return meeting_acts.end(work, asker, meetings.find_live(work, asker), "", "")


def list_meetings(work: Work, asker: Asker, _rest: str) -> Reply:
    """All of them, the newest first."""
    return Reply(meeting_lists.list_page(work, asker, 0))


def minutes(work: Work, asker: Asker, rest: str) -> Reply:
    """`minutes M-3`: what they say, and the files by direct message; without a number, the list."""
    if read_ref(rest) is None:
        return list_meetings(work, asker, rest)
    found = numbered(work, asker, rest)
    meeting_acts.files(work, asker, found, "", "")
    return shown(work, asker, found)


def shown(work: Work, asker: Asker, found: Meeting) -> Reply:
    """The meeting, for the asker alone."""
    return meeting_acts.read(work, asker, found, "", "")


def numbered(work: Work, asker: Asker, rest: str) -> Meeting:
    """The meeting of a line that begins with its number."""
    ref = read_ref(rest)
    if ref is None:
        raise Refused("meeting-which")
    return meetings.find(work, asker, ref.number)


def read(work: Work, asker: Asker, rest: str) -> Reply:
    """`M-3`."""
    return shown(work, asker, numbered(work, asker, rest))


def confirm(work: Work, asker: Asker, rest: str) -> Reply:
    """`confirm M-3`: the draft as it is."""
    found = numbered(work, asker, rest)
    return meeting_acts.confirm(work, asker, found, str(found.wording), "")


def objection(work: Work, asker: Asker, rest: str) -> Reply:
    """`object M-3 REASON`; without a reason, the form."""
    found, ref = numbered(work, asker, rest), read_ref(rest)
    if ref is None or not ref.rest:
        return meeting_acts.ask_objection(work, asker, found, str(found.wording), "")
    return object_to(work, asker, found, ref.rest, found.wording)


def undo(work: Work, asker: Asker, rest: str) -> Reply:
    """`undo M-3`: what I said to the draft."""
    return meeting_acts.take_back(work, asker, numbered(work, asker, rest), "", "")


WORDS = {
    Word.SCHEDULE: meeting_plans.form,
    Word.START: start,
    Word.AGENDA: agenda,
    Word.END: end,
    Word.LIST: list_meetings,
}
VERBS = {Verb.MEETING: meeting, Verb.MINUTES: minutes}
NUMBERED = {Verb.SHOW: read, Verb.CONFIRM: confirm, Verb.OBJECT: objection, Verb.UNDO: undo}
