"""Minutes as they were understood: everything in order, every line with the place that it comes from."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.rules.dates import Due
from bot.rules.minutes.lines import Place


class Marker(StrEnum):
    """What a line of the minutes is."""

    REMARK = "remark"
    DECISION = "decision"  # agreed
    REJECTED = "rejected"
    OPEN = "open"  # left open: 보류
    PROPOSAL = "proposal"
    ACTION = "action"
    FACT = "fact"
    IDEA = "idea"
    LINK = "link"
    HELP = "help"
    VOTE = "vote"
    ATTACHMENT = "attachment"
    TOPIC = "topic"
    SUBTOPIC = "subtopic"


class Outcome(StrEnum):
    AGREED = "agreed"
    REJECTED = "rejected"
    OPEN = "left open"


class Presence(StrEnum):
    """How somebody attended. Who led the meeting is in `Minutes.chairs` too."""

    PRESENT = "present"  # 참석
    OBSERVING = "observing"  # 배석
    PROXY = "proxy"  # 대리 참석
    ABSENT = "absent"  # 불참


@dataclass(frozen=True, slots=True)
class Who:
    """A person as the minutes name one. `key` is a `Known.key`; empty for somebody who is not in the roster."""

    name: str
    title: str = ""
    department: str = ""
    side: str = ""
    key: str = ""

    @property
    def full(self) -> str:
        """`정하늘 교수`: as documents name people."""
        return f"{self.name} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record: what was said, by whom (None: nobody told), and what it was understood as."""

    place: Place
    marker: Marker
    text: str
    speaker: Who | None = None
    at: datetime | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic or (`level` 2) a subtopic with its lines. What was said before the first topic has no title and no place."""

    title: str
    level: int = 1
    place: Place | None = None
    lines: tuple[Line, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A side's votes; `side` is empty if nobody told it. Sides are never added up."""

    side: str
    yes: int = 0
    no: int = 0
    abstained: int = 0


class Consent(StrEnum):
    """How it was agreed without counting."""

    UNANIMOUS = "unanimous"  # 만장일치
    NO_OBJECTION = "no-objection"  # 이의 없음


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Votes:
    """How it was voted: per side, by whom where people voted by name, or without counting."""

    tallies: tuple[Tally, ...] = ()
    voters: tuple[tuple[Who, Choice], ...] = ()
    consent: Consent | None = None

    def __bool__(self) -> bool:
        return bool(self.tallies or self.consent)


NO_VOTES = Votes()


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, in the wording that was written; `by` is who wrote or said it, `topic` its title."""

    place: Place
    text: str
    outcome: Outcome
    topic: str = ""
    by: Who | None = None
    votes: Votes = NO_VOTES
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed: never a decision. `decided` is where the decision on it stands."""

    place: Place
    text: str
    topic: str = ""
    by: Who | None = None
    decided: Place | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An action item, read as `/tft add` reads its line. `due` is local to the setting's zone."""

    place: Place
    text: str
    owners: tuple[Who, ...] = ()
    due: date | None = None
    due_time: time | None = None
    stream: str = ""
    topic: str = ""
    by: Who | None = None


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was expected or there. `note`: 출장; `for_whom`: whom a proxy stands in for, as written."""

    who: Who
    presence: Presence
    note: str = ""
    for_whom: str = ""


class Why(StrEnum):
    """What must be asked about a line."""

    NO_OWNER = "no-owner"
    OWNER = "owner"  # unknown, or several: `written`, `candidates`
    DUE = "due"  # may be read in two ways, or not at all: `due`
    NO_TITLE = "no-title"  # a marker with nothing behind it
    WHOSE_VOTES = "whose-votes"  # counted, but no side named


@dataclass(frozen=True, slots=True)
class Unclear:
    """A question to the writer of a line, later to the secretary."""

    place: Place
    why: Why
    written: str = ""
    candidates: tuple[Who, ...] = ()
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes; `regrets` and `chairs` in the order told. `end` is None while it runs."""

    title: str = ""
    start: datetime | None = None
    end: datetime | None = None
    topics: tuple[Topic, ...] = ()
    decisions: tuple[Decision, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    actions: tuple[Action, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    chairs: tuple[Who, ...] = ()
    unclear: tuple[Unclear, ...] = ()

    @property
    def regrets(self) -> tuple[Who, ...]:
        return tuple(one.who for one in self.attendees if one.presence is Presence.ABSENT)

    def lines(self, *markers: Marker) -> tuple[Line, ...]:
        """The lines of all topics in order; of these kinds, if any are named."""
        every = (line for topic in self.topics for line in topic.lines)
        return tuple(line for line in every if not markers or line.marker in markers)
