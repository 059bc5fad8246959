"""Votes as people write them: `찬성`, `+1`, `찬성 5, 반대 1`, `GIST 찬성 3 / 영광군 찬성 2`, `만장일치`. Counted per side, never pooled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.rules.minutes.heads import narrow, word_key
from bot.rules.minutes.people import People, is_title
from bot.rules.minutes.tree import Choice, Consent, Outcome, Tally, Votes, Who
from bot.rules.minutes.words import CHOICES, CONSENTS

_SEPARATED = re.compile(r"(?P<sign>[+±-]\s?[01](?!\d))|(?P<number>\d+)|(?P<word>[^\W\d]+)|(?P<other>[^\s,·/;:()|.、])")
_ZERO = frozenset({"없음", "none"})
_FILL = frozenset("측 명 표 인 총 각 및 and".split())
_SIGNED = re.compile(r"([+-])\s?([01])(?!\S)|(±)\s?0(?!\S)")


@dataclass(slots=True)
class Ballot:
    """Votes as they come in; who votes again changes the vote."""

    named: dict[Who, Choice] = field(default_factory=dict)
    counted: dict[tuple[str, Choice], int] = field(default_factory=dict)
    consent: Consent | None = None

    def __bool__(self) -> bool:
        return bool(self.named or self.counted or self.consent)

    def add(self, cast: "Cast", voter: Who | None) -> None:
        """What one line says; `voter` wrote or said it."""
        if cast.own and voter:
            self.named[voter] = cast.own
        self.named |= cast.named
        self.counted |= cast.counted
        self.consent = cast.consent or self.consent

    def result(self) -> Votes:
        """Per side; people without a side are counted under no side's name."""
        totals: dict[str, dict[Choice, int]] = {}
        for (side, choice), count in self.counted.items():
            if not side and not count:
                continue  # `기권: 없음` beside votes by name
            totals.setdefault(side, {})[choice] = count
        for who, choice in self.named.items():
            if who.side not in {side for side, _ in self.counted}:
                total = totals.setdefault(who.side, {})
                total[choice] = total.get(choice, 0) + 1
        tallies = tuple(Tally(side, *(count.get(choice, 0) for choice in Choice)) for side, count in totals.items())
        return Votes(tallies, tuple(self.named.items()), self.consent)

    def outcome(self) -> Outcome | None:
        """What the votes decide if somebody closes them: each side counted for itself; None without votes."""
        if self.consent:
            return Outcome.AGREED
        verdicts = {_verdict(tally) for tally in self.result().tallies}
        if len(verdicts) > 1:
            return Outcome.OPEN
        return verdicts.pop() if verdicts else None


def _verdict(tally: Tally) -> Outcome:
    if tally.yes == tally.no:
        return Outcome.OPEN
    return Outcome.AGREED if tally.yes > tally.no else Outcome.REJECTED


@dataclass(frozen=True, slots=True)
class Cast:
    """What one line votes: for its speaker, for people named in it, or as counts."""

    own: Choice | None = None
    named: dict[Who, Choice] = field(default_factory=dict)
    counted: dict[tuple[str, Choice], int] = field(default_factory=dict)
    consent: Consent | None = None


def read_short(text: str) -> Cast | None:
    """A line that is wholly a vote of its speaker, or says how all agreed."""
    key = word_key(text).rstrip(".!~")
    if len(key) > 16:
        return _signed(text)
    if key in CONSENTS:
        return Cast(consent=CONSENTS[key])
    return Cast(own=CHOICES[key]) if key in CHOICES and len(key) > 1 else _signed(text)


def _signed(text: str) -> Cast | None:
    """`+1`, with or without words behind it."""
    match = _SIGNED.match(narrow(text))
    if match is None:
        return None
    yes, no = match[1] == "+" and match[2] == "1", match[1] == "-" and match[2] == "1"
    return Cast(own=Choice.YES if yes else Choice.NO if no else Choice.ABSTAIN)


def may_be_counts(text: str) -> bool:
    """Whether it is worth reading as counts."""
    return ("찬성" in text or "반대" in text or "기권" in text) and any(char.isdigit() for char in text)


def read_counts(text: str, people: People, side: str = "") -> Cast | None:
    """Counts or names per choice, of each side; None if anything in the text is something else."""
    reader = _Counts(people, side)
    pieces = [match[0] for match in _SEPARATED.finditer(narrow(people.rendered(text)))]
    while pieces:
        used = reader.take(pieces)
        if not used:
            return None
        pieces = pieces[used:]
    return Cast(named=reader.named, counted=reader.counted) if reader.named or reader.counted else None


class _Counts:
    def __init__(self, people: People, side: str) -> None:
        self._people, self._side = people, side
        self._choice: Choice | None = None
        self.named: dict[Who, Choice] = {}
        self.counted: dict[tuple[str, Choice], int] = {}

    def take(self, pieces: Sequence[str]) -> int:
        """How many of the pieces were understood, from the first."""
        piece = pieces[0]
        if piece.isdigit() or piece.casefold() in _ZERO:
            return self._count(int(piece) if piece.isdigit() else 0)
        if piece in _FILL:
            return 1
        if (side := self._side_named(piece)) is not None:
            self._side = side
            return 1
        if (choice := CHOICES.get(word_key(piece))) is not None:
            self._choice = choice
            return 1
        return self._name(pieces)

    def _count(self, number: int) -> int:
        if self._choice is None:
            return 0
        self.counted[self._side, self._choice] = number
        return 1

    def _side_named(self, piece: str) -> str | None:
        return next((side for side in self._people.sides if piece in (side, side + "측")), None)

    def _name(self, pieces: Sequence[str]) -> int:
        for size in (3, 2, 1):
            words = " ".join(pieces[:size])
            if self._choice and len(pieces) >= size and (who := self._people.known(words)):
                self.named[who] = self._choice
                return size + (len(pieces) > size and is_title(pieces[size]))
        return 0
