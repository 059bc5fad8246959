"""A meeting with everything that is told about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.rules.meeting_filing import DECISION, ITEM, Filed, of_noun
from bot.rules.minutes import Attendee, Minutes, Presence
from storage.tables import (
    Addendum,
    AgendaTopic,
    Answer,
    DocumentNumber,
    Invitation,
    Meeting,
    MinutesWord,
    Person,
    Phase,
    Side,
    TaskForce,
)


@dataclass(frozen=True)
class SideWord:
    """A side, and what it says to the draft: who, and by whose delegation. `word` None: nothing yet."""

    side: Side
    word: MinutesWord | None = None
    person: Person | None = None
    delegated_by: Person | None = None

    @property
    def confirms(self) -> bool:
        return self.word is not None and self.word.confirms

    @property
    def objects(self) -> bool:
        return self.word is not None and not self.word.confirms


@dataclass(frozen=True)
class Guest:
    """Somebody who is expected, with the answer."""

    person: Person
    side: Side
    invitation: Invitation


@dataclass(frozen=True)
class MeetingView:
    """All that messages need; `filed` in the order of the record, `words` and `guests` in that of the sides."""

    meeting: Meeting
    task_force: TaskForce
    sides: Sequence[Side]
    keeper: Person
    minutes: Minutes
    filed: Sequence[Filed] = ()
    words: Sequence[SideWord] = ()
    guests: Sequence[Guest] = ()
    agenda: Sequence[AgendaTopic] = ()
    addenda: Sequence[tuple[Addendum, Person]] = ()
    numbers: Sequence[tuple[DocumentNumber, Side]] = field(default=())

    @property
    def decisions(self) -> list[Filed]:
        return of_noun(DECISION, self.filed)

    @property
    def actions(self) -> list[Filed]:
        return of_noun(ITEM, self.filed)

    @property
    def waiting(self) -> list[SideWord]:
        """Sides that have not confirmed the draft."""
        return [word for word in self.words if not word.confirms]

    @property
    def is_draft(self) -> bool:
        return self.meeting.phase is not Phase.FINAL

    def side_named(self, name: str) -> Side | None:
        return next((side for side in self.sides if side.name == name), None)


@dataclass(frozen=True)
class MyMeeting:
    """A meeting that concerns somebody: it is held, they are expected, or it waits for them. `answer`: to the invitation."""

    meeting: Meeting
    task_force: TaskForce
    answer: Answer | None = None


HOME_ORDER = (Phase.LIVE, Phase.ENDED, Phase.DRAFT, Phase.PLANNED)


def in_home_order(found: Iterable[MyMeeting]) -> list[MyMeeting]:
    """What is held first, then what waits for the reader, then what comes, the next one first."""

    def place(one: MyMeeting) -> tuple[int, float, int]:
        meeting = one.meeting
        at = meeting.planned_for.timestamp() if meeting.planned_for and meeting.phase is Phase.PLANNED else 0.0
        return HOME_ORDER.index(meeting.phase), at, meeting.id or 0

    return sorted(found, key=place)


def by_side(attendees: Iterable[Attendee]) -> dict[str, list[Attendee]]:
    """Who was there, per side; people without one under no name."""
    found: dict[str, list[Attendee]] = {}
    for one in attendees:
        if one.presence is not Presence.ABSENT:
            found.setdefault(one.who.side, []).append(one)
    return found


def not_discussed(agenda: Iterable[AgendaTopic], titles: Iterable[str]) -> list[AgendaTopic]:
    """Topics of the agenda of which the record has none: they come back the next time."""
    said = {_key(title) for title in titles}
    return [topic for topic in agenda if _key(topic.title) not in said]


def _key(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())
