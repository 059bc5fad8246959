"""What the lines of a meeting are read into, one after the other, before the minutes are put together."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.rules.minutes.lines import LineKind, Place
from bot.rules.minutes.settling import Standing
from bot.rules.minutes.tree import Attendee, Marker, Outcome, Presence, Who
from bot.rules.minutes.votes import Ballot
from bot.rules.minutes.words import Act


@dataclass(frozen=True, slots=True)
class Heard:
    """A line as it was understood: what it does (None: a remark), who said it, its own words."""

    said: Standing
    act: Act | None
    speaker: Who | None
    text: str
    word: str = ""


@dataclass(slots=True)
class Draft:
    """A line of the minutes that may still be continued. `text` as it was written, mentions and all."""

    place: Place
    marker: Marker
    text: str
    speaker: Who | None
    writer: str
    at: datetime | None
    link: str
    told: dict[LineKind, str]
    nicks: bool = False  # behind `#`: MeetBot's way to name owners
    topic: "Draft | None" = None
    ballot: Ballot = field(default_factory=Ballot)
    decided: Place | None = None  # of a proposal: where the decision on it stands
    outcome: Outcome | None = None


@dataclass(slots=True)
class TopicDraft:
    """A topic with what was said on it; the first has no place."""

    head: Draft | None
    lines: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class Attendance:
    """Who was there and in what way; who is told again keeps the place in the list."""

    attendees: dict[Who, Attendee] = field(default_factory=dict)
    chairs: list[Who] = field(default_factory=list)

    def tell(self, who: Who, presence: Presence, note: str = "", for_whom: str = "") -> None:
        before = self.attendees.get(who)
        self.attendees[who] = Attendee(who, presence, note or (before.note if before else ""), for_whom)

    def lead(self, who: Who) -> None:
        if who not in self.chairs:
            self.chairs.append(who)
        if who not in self.attendees or self.attendees[who].presence is Presence.ABSENT:
            self.tell(who, Presence.PRESENT)

    def spoke(self, who: Who) -> None:
        """Whoever says something is there, also if nobody had listed them."""
        if who not in self.attendees:
            self.tell(who, Presence.PRESENT)
