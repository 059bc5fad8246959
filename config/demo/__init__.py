"""The case of `tft demo` as data: a workspace with its people (`world.toml`) and what they have done so far (`past.toml`)."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Member:
    """Somebody in the workspace; without `role` not in the roster."""

    handle: str
    id: str
    name: str
    title: str
    side: str
    department: str
    color: str
    role: str | None = None
    locale: str = "ko-KR"


@dataclass(frozen=True)
class PastAct:
    """What somebody did with an item: put or took away an emoji, pressed done, opened it again, noted something, gave it up."""

    at: datetime
    by: str
    put: str | None = None
    take: str | None = None
    done: bool = False
    reopen: bool = False
    note: str = ""
    cancel: str = ""  # the reason


@dataclass(frozen=True)
class PastItem:
    """An item that somebody added, and what became of it."""

    title: str
    owners: tuple[str, ...]
    by: str
    at: datetime
    stream: str = ""
    due: date | None = None
    acts: tuple[PastAct, ...] = ()


@dataclass(frozen=True)
class PastBudgetAct:
    """What somebody did with a budget line: moved it to a stage, chose dates of the budget year, finished one, noted something."""

    at: datetime
    by: str
    stage: str = ""
    amount: int | None = None
    spent: int | None = None
    preset: tuple[str, ...] = ()  # keys of rows
    year: int | None = None  # of the preset's rows, if not the line's
    task: str = ""  # a date of their own, on the day that is `agreed`
    agreed: date | None = None  # or a date for the row in `preset` that the law leaves open
    done: str = ""  # the key of the row that was finished
    note: str = ""


@dataclass(frozen=True)
class PastBudget:
    """A budget line that somebody added, and what became of it."""

    name: str
    year: int
    kind: str
    owners: tuple[str, ...]
    by: str
    at: datetime
    requested: int | None = None
    shares: dict[str, int] = field(default_factory=dict)
    internal: bool = False  # to the side of who added it
    acts: tuple[PastBudgetAct, ...] = ()


@dataclass(frozen=True)
class PastWord:
    """What somebody said to a decision for their side: put ✅ on it, or objected."""

    at: datetime
    by: str
    put: str | None = None
    object: str = ""  # the reason


@dataclass(frozen=True)
class PastDecision:
    """A decision that somebody proposed, and what the sides said."""

    text: str
    by: str
    at: datetime
    decided_on: date
    stream: str = ""
    review_on: date | None = None
    words: tuple[PastWord, ...] = ()


@dataclass(frozen=True)
class PastMeetingAct:
    """What somebody did at a meeting: wrote a line in its thread, put it on record, confirmed its minutes; else ended it."""

    at: datetime
    by: str
    says: str = ""
    records: bool = False
    confirms: bool = False


@dataclass(frozen=True)
class PastMeeting:
    """A meeting that somebody began, and what was said and done."""

    title: str
    by: str
    at: datetime
    acts: tuple[PastMeetingAct, ...] = ()


@dataclass(frozen=True)
class PastLine:
    """Something that somebody wrote in the channel."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Story:
    """The whole case. Times are aware and business time; `facts` are the parts of the world that need no reading."""

    start: datetime
    facts: dict[str, Any]
    members: tuple[Member, ...]
    items: tuple[PastItem, ...]
    decisions: tuple[PastDecision, ...]
    chat: tuple[PastLine, ...] = field(default=())
    budget: tuple[PastBudget, ...] = field(default=())
    meetings: tuple[PastMeeting, ...] = field(default=())

    def member(self, handle: str) -> Member:
        """By handle; an unknown one raises `StopIteration`, as the data are then wrong."""
        return next(member for member in self.members if member.handle == handle)


def load() -> Story:
    """The case that comes with the bot."""
    world = tomllib.loads((FOLDER / "world.toml").read_text(encoding="utf-8"))
    past = tomllib.loads((FOLDER / "past.toml").read_text(encoding="utf-8"))
    return Story(
        start=world["start"],
        facts=world,
        members=tuple(Member(handle, **person) for handle, person in world["people"].items()),
        items=tuple(_item(item) for item in past["items"]),
        decisions=tuple(_decision(decision) for decision in past["decisions"]),
        chat=tuple(PastLine(**line) for line in past["chat"]),
        budget=tuple(_budget(line) for line in past["budget"]),
        meetings=tuple(_meeting(meeting) for meeting in past["meetings"]),
    )


def _item(item: dict[str, Any]) -> PastItem:
    acts = tuple(PastAct(**act) for act in item.get("acts", []))
    return PastItem(**{**item, "owners": tuple(item["owners"]), "acts": acts})


def _budget(line: dict[str, Any]) -> PastBudget:
    acts = tuple(PastBudgetAct(**{**act, "preset": tuple(act.get("preset", ()))}) for act in line.get("acts", []))
    return PastBudget(**{**line, "owners": tuple(line["owners"]), "acts": acts})


def _decision(decision: dict[str, Any]) -> PastDecision:
    return PastDecision(**{**decision, "words": tuple(PastWord(**word) for word in decision.get("words", []))})


def _meeting(meeting: dict[str, Any]) -> PastMeeting:
    return PastMeeting(**{**meeting, "acts": tuple(PastMeetingAct(**act) for act in meeting.get("acts", []))})
