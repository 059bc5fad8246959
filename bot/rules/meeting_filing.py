"""What a line of the record is filed as: the reaction that says so, and the number that it gets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.rules.item_search import folded
from bot.rules.minutes import Action, Decision, Marker, Minutes, Outcome, Place

ITEM, DECISION = "A", "R"  # whose number a line gets

# Slack's names of the emoji. A remark is kept as well; only what was filed is marked.
EMOJI: dict[Marker, str] = {
    Marker.TOPIC: "clipboard",
    Marker.SUBTOPIC: "clipboard",
    Marker.DECISION: "pushpin",
    Marker.REJECTED: "x",
    Marker.OPEN: "hourglass",
    Marker.PROPOSAL: "speech_balloon",
    Marker.ACTION: "memo",
    Marker.FACT: "information_source",
    Marker.IDEA: "bulb",
    Marker.LINK: "link",
    Marker.HELP: "question",
    Marker.VOTE: "raised_hand",
    Marker.ATTACHMENT: "paperclip",
}


@dataclass(frozen=True)
class Filed:
    """A line that becomes something when the meeting is put on record, with its number."""

    noun: str
    number: int
    place: Place
    decision: Decision | None = None
    action: Action | None = None

    @property
    def ref(self) -> str:
        """`R-7`."""
        return f"{self.noun}-{self.number}"


def marks_of(minutes: Minutes) -> set[tuple[str, str]]:
    """Message and emoji of all that was filed. Who is there is told by the card, not by a mark on each line."""
    heads = [(topic.place, Marker.TOPIC) for topic in minutes.topics if topic.place]
    lines = [(line.place, line.marker) for line in minutes.lines()]
    return {(place.key, EMOJI[marker]) for place, marker in [*heads, *lines] if marker in EMOJI}


def places_of(minutes: Minutes) -> list[tuple[str, Place]]:
    """What needs a number, in the order of the record. What was rejected or left open needs none."""
    agreed = [(DECISION, one.place) for one in minutes.decisions if one.outcome is Outcome.AGREED]
    return agreed + [(ITEM, one.place) for one in minutes.actions]


def filed(minutes: Minutes, numbers: Mapping[tuple[str, Place], int]) -> list[Filed]:
    """The decisions and actions that have a number, each in their order."""
    decisions = (
        Filed(DECISION, numbers[DECISION, one.place], one.place, decision=one)
        for one in minutes.decisions
        if one.outcome is Outcome.AGREED and (DECISION, one.place) in numbers
    )
    actions = (
        Filed(ITEM, numbers[ITEM, one.place], one.place, action=one)
        for one in minutes.actions
        if (ITEM, one.place) in numbers
    )
    return [*decisions, *actions]


def of_noun(noun: str, every: Iterable[Filed]) -> list[Filed]:
    """Only decisions, or only items."""
    return [one for one in every if one.noun == noun]


def said_lines(minutes: Minutes) -> list[str]:
    """Every line as it can be read, with who said it; topics first."""
    said = [f"{line.speaker.full}: {line.text}" if line.speaker else line.text for line in minutes.lines()]
    return [" ".join(one.split()) for one in [*(topic.title for topic in minutes.topics), *said]]


def lines_with(minutes: Minutes, words: Iterable[str]) -> list[str]:
    """The lines that have some of these words (normalised), those with the most of them first."""
    wanted = list(words)
    counted = [(sum(word in folded(line) for word in wanted), line) for line in said_lines(minutes)]
    return [line for count, line in sorted(counted, key=lambda one: -one[0]) if count]
