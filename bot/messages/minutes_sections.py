"""The sections of a document of minutes; each in the order of the record."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages.dates import due
from bot.rules.document_text import document_text, item_number
from bot.rules.minutes import (
    Attendee,
    Decision,
    Line,
    Marker,
    Minutes,
    Outcome,
    Presence,
    Topic,
    Unclear,
    Who,
    Why,
)
from bot.rules.minutes_doc import Item, Row, Section, Table
from config.words import Say

_SAID = {Marker.REMARK, Marker.FACT, Marker.IDEA, Marker.LINK, Marker.HELP, Marker.PROPOSAL}
_ATTENDANCE = (
    "minutes-doc-presence",
    "minutes-doc-side",
    "minutes-doc-department",
    "minutes-doc-job-title",
    "minutes-doc-person",
    "minutes-doc-signature",
)
_ACTIONS = ("minutes-doc-count", "minutes-doc-action", "minutes-doc-owners", "minutes-doc-due", "minutes-doc-topic")


def _clean(text: str, say: Say) -> str:
    return document_text(text, say.language)


def _items(texts: Iterable[str], say: Say) -> tuple[Item, ...]:
    return tuple(Item(2, item_number(2, at, say.language), text) for at, text in enumerate(texts, start=1))


def attendance(minutes: Minutes, say: Say) -> Section:
    """Who was there, to be signed; who was not, below."""
    there = [one for one in minutes.attendees if one.presence is not Presence.ABSENT]
    absent = [_absent(one, say) for one in minutes.attendees if one.presence is Presence.ABSENT]
    table = Table(
        tuple(map(say, _ATTENDANCE)), (15, 17, 22, 14, 16, 16), tuple(_attendee(one, minutes, say) for one in there)
    )
    notes = (say("minutes-doc-absent", names=", ".join(absent)),) if absent else ()
    return Section("", say("minutes-doc-attendance"), table=table, notes=notes)


def _attendee(one: Attendee, minutes: Minutes, say: Say) -> Row:
    who = one.who
    presence = say(
        "minutes-doc-presence-chair" if who in minutes.chairs else f"minutes-doc-presence-{one.presence.value}"
    )
    if one.for_whom:
        presence = say("minutes-doc-for-whom", name=_clean(one.for_whom, say))
    elif one.note:
        presence = f"{presence}({_clean(one.note, say)})"
    cells = (who.side, who.department, who.title, who.name)
    return Row((presence, *(_clean(cell, say) for cell in cells), ""))


def _absent(one: Attendee, say: Say) -> str:
    name = _clean(one.who.full, say)
    return f"{name}({_clean(one.note, say)})" if one.note else name


def agenda(minutes: Minutes, say: Say) -> Section | None:
    """제1호, 제2호 …, with what belongs to each."""
    items: list[Item] = []
    numbering, numbers = _Numbering(say.language), agenda_numbers(minutes)
    for topic in _titled(minutes):
        title, level = _clean(topic.title, say), 3 if topic.level == 2 and items else 2
        text = say("minutes-doc-agenda-item", number=str(numbers[topic.title]), title=title) if level == 2 else title
        items.append(Item(level, numbering.next(level), text, topic.place.anchor if topic.place else ""))
    return Section("", say("minutes-doc-agenda"), tuple(items)) if items else None


def _titled(minutes: Minutes) -> list[Topic]:
    return [topic for topic in minutes.topics if topic.title]


def agenda_numbers(minutes: Minutes) -> dict[str, int]:
    """The number of the item of the agenda that a topic or subtopic of this title belongs to."""
    numbers: dict[str, int] = {}
    number = 0
    for topic in _titled(minutes):
        number += topic.level == 1 or not number
        numbers.setdefault(topic.title, number)
    return numbers


def order(minutes: Minutes, zone: str, say: Say) -> Section:
    """진행 순서: opening, the topics, closing, with the hour of each if it is known."""
    numbers = agenda_numbers(minutes)
    steps = [(minutes.start, say("minutes-doc-opening"))]
    steps += [
        (topic.at, say("minutes-doc-agenda-item", number=str(numbers[topic.title]), title=_clean(topic.title, say)))
        for topic in _titled(minutes)
        if topic.level == 1
    ]
    if minutes.end:
        steps.append((minutes.end, say("minutes-doc-closing")))
    return Section("", say("minutes-doc-order"), _items((_timed(at, text, zone) for at, text in steps), say))


def _timed(at: datetime | None, text: str, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M} {text}" if at else text


def remarks(minutes: Minutes, say: Say) -> Section | None:
    """발언 요지: by topic, who said what; decisions, actions and votes have sections of their own."""
    items = list(_remark_items(minutes, say))
    return Section("", say("minutes-doc-remarks"), tuple(items)) if items else None


def _remark_items(minutes: Minutes, say: Say) -> Iterator[Item]:
    numbers, numbering = agenda_numbers(minutes), _Numbering(say.language)
    waiting: list[tuple[int, str]] = []  # a topic is named once something was said on it
    for topic in minutes.topics:
        is_sub = topic.level == 2 and bool(numbers)
        waiting = [*waiting, (3, _clean(topic.title, say))] if is_sub else [(2, _topic_title(topic, numbers, say))]
        for line in topic.lines:
            if line.marker in _SAID and line.text:
                yield from (Item(level, numbering.next(level), text) for level, text in waiting)
                waiting = []
                level = 4 if is_sub else 3
                yield Item(level, numbering.next(level), _said(line, say), line.place.anchor, line.link)


class _Numbering:
    """Counts on each level; a new number begins the levels below anew."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._at = [0] * 5

    def next(self, level: int) -> str:
        self._at[level:] = [self._at[level] + 1, *[0] * (4 - level)]
        return item_number(level, self._at[level], self._language)


def _topic_title(topic: Topic, numbers: dict[str, int], say: Say) -> str:
    if not topic.title:
        return say("minutes-doc-before-agenda")
    return say("minutes-doc-agenda-item", number=str(numbers[topic.title]), title=_clean(topic.title, say))


def _said(line: Line, say: Say) -> str:
    """`정하늘 교수: (제안) …`."""
    text = _clean(line.text, say)
    if line.marker is not Marker.REMARK:
        text = f"({say(f'minutes-doc-kind-{line.marker.value}')}) {text}"
    return f"{_clean(line.speaker.full, say)}: {text}" if line.speaker else text


def decisions(minutes: Minutes, say: Say) -> Section:
    """Numbered, in the wording that was decided."""
    links = _links(minutes)
    items = [
        Item(
            2,
            item_number(2, at, say.language),
            _decision(one, minutes, say),
            one.place.anchor,
            links.get(one.place.anchor, ""),
        )
        for at, one in enumerate(minutes.decisions, start=1)
    ]
    notes = () if items else (say("minutes-doc-no-decisions"),)
    return Section("", say("minutes-doc-decisions"), tuple(items), notes=notes)


def _links(minutes: Minutes) -> dict[str, str]:
    return {line.place.anchor: line.link for line in minutes.lines() if line.link}


def _decision(one: Decision, minutes: Minutes, say: Say) -> str:
    text = _clean(one.text, say)
    number = agenda_numbers(minutes).get(one.topic)
    if number:
        text = say("minutes-doc-of-agenda", number=str(number), text=text)
    return text if one.outcome is Outcome.AGREED else f"{text} {say(f'minutes-doc-outcome-{one.outcome.name.lower()}')}"


def actions(minutes: Minutes, say: Say) -> Section:
    """조치 사항 as a table: what, who, until when, by which item of the agenda: its title stands above already."""
    links, numbers = _links(minutes), agenda_numbers(minutes)
    rows = [
        Row(
            (
                str(at),
                _clean(one.text, say),
                ", ".join(_owner(who, say) for who in one.owners) or say("minutes-doc-nobody"),
                due(say, one.due, one.due_time),
                say("minutes-doc-agenda-number", number=str(numbers[one.topic])) if one.topic in numbers else "",
            ),
            one.place.anchor,
            links.get(one.place.anchor, ""),
        )
        for at, one in enumerate(minutes.actions, start=1)
    ]
    if not rows:
        return Section("", say("minutes-doc-actions"), notes=(say("minutes-doc-no-actions"),))
    return Section(
        "", say("minutes-doc-actions"), table=Table(tuple(map(say, _ACTIONS)), (7, 36, 25, 20, 12), tuple(rows))
    )


def _owner(who: Who, say: Say) -> str:
    name = _clean(who.full, say)
    return f"{name}({_clean(who.side, say)})" if who.side else name


def unclear(minutes: Minutes, say: Say) -> Section | None:
    """What is still to be asked; in a draft only."""
    lines = {line.place: line.text for line in minutes.lines()}
    texts = [_question(one, _clean(lines.get(one.place, ""), say), say) for one in minutes.unclear]
    return Section("", say("minutes-doc-unclear"), _items(texts, say)) if texts else None


def _question(one: Unclear, text: str, say: Say) -> str:
    written = _clean(one.written, say)
    if one.why is Why.OWNER:
        return say("minutes-doc-ask-owner", text=text, written=written)
    return say(f"minutes-doc-ask-{one.why.value}", text=text)


def next_meeting(text: str, say: Say) -> Section | None:
    return Section("", say("minutes-doc-next"), notes=(_clean(text, say),)) if text else None
