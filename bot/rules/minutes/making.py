"""The minutes of a meeting, from its raw lines."""

from collections.abc import Iterable
from dataclasses import replace

from bot.rules.minutes.actions import ActionReader
from bot.rules.minutes.clerk import MARKER_OF, Clerk
from bot.rules.minutes.drafts import Draft, TopicDraft
from bot.rules.minutes.heads import read_head
from bot.rules.minutes.lines import Known, RawLine, Setting
from bot.rules.minutes.people import People
from bot.rules.minutes.scribing import scribes_of
from bot.rules.minutes.settling import Standing, settle
from bot.rules.minutes.substitutions import act_of, corrected
from bot.rules.minutes.tree import (
    Action,
    Decision,
    Line,
    Marker,
    Minutes,
    Outcome,
    Proposal,
    Topic,
    Unclear,
    Why,
)
from bot.rules.minutes.words import Act

DEFAULT = Setting()
_DECIDED = frozenset(MARKER_OF.values())


def make(lines: Iterable[RawLine], people: Iterable[Known] = (), setting: Setting = DEFAULT) -> Minutes:
    """The minutes that these lines make; the same for the same lines, in whatever order or however often they come."""
    everybody = People(people, setting.sides)
    standing = corrected(settle(lines), numbered=setting.counts_markers)
    clerk = Clerk(setting, everybody, _forewords(standing, everybody, setting), (one.writer for one in standing))
    for said in standing:
        clerk.hear(said)
    return _Assembly(clerk, setting, standing).minutes()


class Record:
    """The raw lines so far, for whoever gets them in parts."""

    def __init__(self) -> None:
        self._lines: dict[str, RawLine] = {}

    def feed(self, lines: Iterable[RawLine]) -> None:
        """Lines that have come: new ones, and some that had come already."""
        self._lines |= {line.key: line for line in lines}

    def minutes(self, people: Iterable[Known] = (), setting: Setting = DEFAULT) -> Minutes:
        """The minutes of what has come so far."""
        return make(self._lines.values(), people, setting)


def _forewords(standing: Iterable[Standing], people: People, setting: Setting) -> list[str]:
    """What holds for lines above it too: the names behind `#here`, and who takes the minutes first."""
    scribes: list[str] = []
    for one in standing:
        start = one.text.lstrip()[:6].casefold()
        if start.startswith("#here") and (name := read_head(one.text).rest) and one.writer:
            people.alias(one.writer, name)
        elif setting.scribed and start == "scribe" and not scribes:
            head = read_head(one.text)
            if act_of(head.word) is Act.SCRIBE:
                scribes = scribes_of(head.rest, one.writer)
    return scribes


class _Assembly:
    """Puts the minutes together when all lines have been heard, so that everybody who came is known to action lines."""

    def __init__(self, clerk: Clerk, setting: Setting, standing: list[Standing]) -> None:
        self._clerk, self._setting, self._people = clerk, setting, clerk.people
        self._first_at = next((one.at for one in standing if one.at), None)
        self._decisions: list[Decision] = []
        self._proposals: list[Proposal] = []
        self._actions: list[Action] = []
        self._unclear: list[Unclear] = []
        for who in clerk.roll.attendance.attendees:
            self._people.add(who)
        self._reader = ActionReader(setting, self._people)

    def minutes(self) -> Minutes:
        clerk = self._clerk
        topics = [self._topic(topic) for topic in clerk.topics if topic.head or topic.lines]
        return Minutes(
            title=self._setting.title or clerk.name,
            start=clerk.start or self._first_at,
            end=clerk.end,
            topics=tuple(topics),
            decisions=tuple(self._decisions),
            proposals=tuple(self._proposals),
            actions=tuple(self._actions),
            attendees=tuple(clerk.roll.attendance.attendees.values()),
            chairs=tuple(clerk.roll.attendance.chairs),
            unclear=tuple(self._unclear),
        )

    def _topic(self, topic: TopicDraft) -> Topic:
        head = topic.head
        if head and not head.text:
            self._unclear.append(Unclear(head.place, Why.NO_TITLE))
        lines = tuple(self._line(draft) for draft in topic.lines)
        if head is None:
            return Topic("", lines=lines)
        level = 2 if head.marker is Marker.SUBTOPIC else 1
        return Topic(self._people.rendered(head.text), level, head.place, lines, head.at)

    def _line(self, draft: Draft) -> Line:
        text = self._people.rendered(draft.text)
        title = self._people.rendered(draft.topic.text) if draft.topic else ""
        if draft.marker is Marker.ACTION:
            self._act(draft, title)
        elif draft.marker is Marker.PROPOSAL:
            self._proposals.append(Proposal(draft.place, text, title, draft.speaker, draft.decided))
        elif draft.marker in _DECIDED and draft.outcome:
            self._decide(draft, text, title, draft.outcome)
        elif not text:
            self._unclear.append(Unclear(draft.place, Why.NO_TITLE))
        return Line(draft.place, draft.marker, text, draft.speaker, draft.at, draft.link)

    def _act(self, draft: Draft, title: str) -> None:
        action, unclear = self._reader.read(draft.place, draft.text, draft.at, draft.told, nicks=draft.nicks)
        self._actions.append(replace(action, topic=title, by=draft.speaker))
        self._unclear += unclear

    def _decide(self, draft: Draft, text: str, title: str, outcome: Outcome) -> None:
        votes = draft.ballot.result()
        self._decisions.append(Decision(draft.place, text, outcome, title, draft.speaker, votes, draft.at))
        if not text:
            self._unclear.append(Unclear(draft.place, Why.NO_TITLE))
        if any(not tally.side for tally in votes.tallies) and len(self._people.sides) > 1:
            self._unclear.append(Unclear(draft.place, Why.WHOSE_VOTES))
