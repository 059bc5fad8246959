"""What stands after all corrections: the lines of messages as they say now, in the order in which they are to be read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import normalize

from bot.rules.minutes.lines import LineKind, Place, RawLine, place_of


@dataclass(slots=True)
class Standing:
    """One line of a message as it stands. `told` is what was said about it, by kind: the last of each counts."""

    place: Place
    text: str
    writer: str
    at: datetime | None
    link: str
    told: dict[LineKind, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Message:
    raw: RawLine
    lines: list[str]


_STAYS = frozenset({LineKind.SPEAKER, LineKind.MARK, LineKind.OMIT})  # whatever the writer's text says now


def in_order(lines: Iterable[RawLine]) -> list[RawLine]:
    """Each line once, by its ordinal, however they arrived."""
    return sorted({line.key: line for line in lines}.values(), key=lambda line: (line.ordinal, line.key))


def settle(lines: Iterable[RawLine]) -> list[Standing]:
    """The lines that stand; empty ones are left out, but counted as parts of their message."""
    messages: dict[str, _Message] = {}
    answers: dict[Place, dict[LineKind, str]] = {}
    moves: list[tuple[Place, str]] = []
    for raw in in_order(lines):
        if raw.kind is LineKind.MESSAGE:
            messages.setdefault(raw.key, _Message(raw, _split(raw.text)))
        elif raw.kind is LineKind.CHANGED:
            _change(raw, messages, answers)
        elif raw.kind is LineKind.DELETED:
            messages.pop(raw.of, None)
        elif raw.kind is LineKind.ORDER:
            moves.append((Place(raw.of, raw.part), raw.text))
        else:
            _answer(raw, answers.setdefault(Place(raw.of, raw.part), {}))
    standing = [one for key, message in messages.items() for one in _lines_of(key, message, answers)]
    for place, behind in moves:
        _move(standing, place, behind)
    return standing


def _split(text: str) -> list[str]:
    """The lines in one spelling: some phones and macOS send jamo apart."""
    return normalize("NFC", text).splitlines()


def _change(raw: RawLine, messages: dict[str, _Message], answers: dict[Place, dict[LineKind, str]]) -> None:
    """The writer's new text; what was told about a line whose words are others now no longer holds."""
    message = messages.setdefault(raw.of, _Message(raw, []))  # a message that was never heard of begins here
    before, message.lines = message.lines, _split(raw.text)
    for part in range(len(before)):
        if before[part : part + 1] != message.lines[part : part + 1]:
            told = answers.get(Place(raw.of, part), {})
            answers[Place(raw.of, part)] = {kind: text for kind, text in told.items() if kind in _STAYS}


def _answer(raw: RawLine, told: dict[LineKind, str]) -> None:
    if raw.kind is LineKind.RESTORE:
        told.pop(LineKind.OMIT, None)
    elif raw.kind is LineKind.MARK and not raw.text:
        told.pop(LineKind.MARK, None)
    else:
        told[raw.kind] = normalize("NFC", raw.text)


def _lines_of(key: str, message: _Message, answers: dict[Place, dict[LineKind, str]]) -> Iterable[Standing]:
    raw = message.raw
    for part, text in enumerate(message.lines):
        told = answers.get(Place(key, part), {}) if answers else {}
        if text.strip() and LineKind.OMIT not in told:
            yield Standing(Place(key, part), text, raw.writer, raw.at, raw.link, told)


def _move(standing: list[Standing], place: Place, behind: str) -> None:
    """Put a line behind another one, or at the start; a line that no longer stands is not moved."""
    places = [one.place for one in standing]
    if place not in places or (behind and (place_of(behind) not in places or place_of(behind) == place)):
        return
    moved = standing.pop(places.index(place))
    at = [one.place for one in standing].index(place_of(behind)) + 1 if behind else 0
    standing.insert(at, moved)
