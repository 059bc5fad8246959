"""The keeper changes lines of the minutes: wording, speaker, kind, order, owners, date. Each change is a raw line of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.messages.meeting_forms import BEHIND, DUE, HOST, KIND, OMIT, OWNERS, SPEAKER, START, STAYS, TEXT
from bot.rules import meetings as rules
from bot.rules.item_changes import due_word
from bot.rules.minutes import Line, LineKind, Marker, Minutes, Place
from bot.services import meeting_filing, meeting_records
from bot.services.askers import Asker
from bot.services.meeting_confirmations import reworded
from bot.services.meeting_ends import show_review
from bot.services.meeting_minutes import keep, minutes_of, read, with_title
from bot.services.meeting_telling import tell
from bot.services.meetings import check_title, record, require_keeper, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import meetings, people
from storage.tables import Meeting, Person, Phase

CHANGEABLE = (Phase.LIVE, Phase.ENDED, Phase.DRAFT)


@dataclass(frozen=True)
class Change:
    """What a form says of a line; what is None stays. `marker` "" takes the line out of the minutes."""

    wording: str | None = None
    speaker: str | None = None
    marker: str | None = None
    behind: str | None = None  # an anchor; "": at the start
    owners: str | None = None
    due: str | None = None  # as a word; "": none

    @property
    def told(self) -> dict[LineKind, str]:
        """The raw lines that say so."""
        kinds = {
            LineKind.WORDING: self.wording,
            LineKind.SPEAKER: self.speaker,
            LineKind.ORDER: self.behind,
            LineKind.OWNERS: self.owners,
            LineKind.DUE: self.due,
        }
        said = {kind: text for kind, text in kinds.items() if text is not None}
        if self.marker is not None:
            said |= {LineKind.MARK: self.marker} if self.marker else {LineKind.OMIT: ""}
        return said


def line_at(minutes: Minutes, place: Place) -> Line:
    """A line of the minutes; topics stand among them."""
    heads = [
        Line(topic.place, Marker.SUBTOPIC if topic.level == 2 else Marker.TOPIC, topic.title)
        for topic in minutes.topics
        if topic.place
    ]
    found = next((line for line in [*heads, *minutes.lines()] if line.place == place), None)
    if found is None:
        raise Refused("meeting-line-gone")
    return found


def change(work: Work, asker: Asker, meeting: Meeting, place: Place, change: Change, key: str) -> Meeting:
    """Store what is changed, and let it have its effect; `key` tells this act from all others."""
    meeting = meetings.lock(work.session, meeting.id or 0)
    person = require_keeper(asker, meeting)
    require_changeable(meeting)
    tell(work, meeting, person, place, change.told, key)
    settle(work, asker, meeting, person)
    return meeting


def difference(work: Work, meeting: Meeting, place: Place, fields: Mapping[str, str | None]) -> Change:
    """What a form says of a line that is not so already."""
    minutes = minutes_of(work.session, meeting)
    line = line_at(minutes, place)
    action = next((one for one in minutes.actions if one.place == place), None)
    owners = ", ".join(who.full for who in action.owners) if action else None
    due = due_word(action.due, None) if action else None
    speaker = line.speaker.full if line.speaker else ""
    kind, behind = fields[KIND], fields[BEHIND] or STAYS
    return Change(
        wording=_other(fields[TEXT], line.text),
        speaker=_other(fields[SPEAKER], speaker),
        marker=None if kind == line.marker else "" if kind == OMIT else kind,
        behind=None if behind == STAYS else "" if behind == START else behind,
        owners=_other(fields.get(OWNERS), owners),
        due=_other(fields.get(DUE), due),
    )


def _other(now: str | None, before: str | None) -> str | None:
    """What is said now, if it is not what was said before."""
    return None if now is None or before is None or now.strip() == before else now.strip()


def change_facts(
    work: Work, asker: Asker, meeting: Meeting, facts: Mapping[str, str], host: int | None = None
) -> Meeting:
    """What the document says beside the lines; the sides confirm that too. `host`: the side that convened it; None stays."""
    meeting = meetings.lock(work.session, meeting.id or 0)
    person = require_keeper(asker, meeting)
    require_changeable(meeting)
    check_title(facts["title"])
    meeting.host_side_id = _host(work, meeting, host)
    for name, value in facts.items():
        setattr(meeting, name, value if name != "title" else value or meeting.title)
    if meeting.phase is Phase.DRAFT:
        meeting.head = with_title(meeting.head, meeting.title)
        keep(work.session, meeting)
        reworded(work, meeting, person)
    record(work, meeting, "facts", person.id, **facts, host_side_id=meeting.host_side_id)
    show_card(work, meeting)
    return meeting


def _host(work: Work, meeting: Meeting, wanted: int | None) -> int | None:
    if wanted is None:
        return meeting.host_side_id
    if wanted not in {side.id for side in people.sides(work.session, meeting.task_force_id)}:
        raise Refused("meeting-host-which", field=HOST)
    return wanted


def require_changeable(meeting: Meeting) -> None:
    """Not what is final: later changes stand beside it."""
    if meeting.phase not in CHANGEABLE:
        raise Refused(f"meeting-is-{meeting.phase}", ref=rules.ref(meeting))


def settle(work: Work, asker: Asker, meeting: Meeting, person: Person) -> None:
    """What the lines say now: marks and numbers, and where a draft was confirmed, that it is another one."""
    work.session.flush()
    if meeting.phase is Phase.DRAFT:
        minutes = keep(work.session, meeting)
        meeting_records.follow(work, meeting, minutes, person)
        meeting_filing.make_searchable(meeting, minutes)
        reworded(work, meeting, person)
        record(work, meeting, "reworded", person.id, wording=meeting.wording)
    else:
        meeting_filing.file(work, meeting, read(work.session, meeting))
    show_card(work, meeting)
    if meeting.phase is not Phase.LIVE:
        show_review(work, meeting)
