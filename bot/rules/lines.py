"""What stands in the line of a new item: title, owners, due date, workstream, in any order."""

import re
from dataclasses import dataclass
from datetime import datetime
from unicodedata import category

from bot.rules import slack_text
from bot.rules.calendars import Calendar
from bot.rules.dates import Due, Kind, find_due

NO_DATE = Due(Kind.NONE)  # what a line without a date has
TITLE_LIMIT = 300
STREAM_LIMIT = 40


@dataclass(frozen=True)
class AddLine:
    """A line as it was understood. `owners` are Slack user ids, `names` were typed as @name without Slack knowing whom."""

    title: str
    owners: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    stream: str = ""
    due: Due = NO_DATE
    due_text: str = ""  # what was read as the date


def read_add(text: str, now: datetime, calendar: Calendar, bot_user_id: str = "") -> AddLine:
    """The parts of `TITLE [@owner…] [date] [#stream]`, written as Slack hands text over; the title is what is left.

    `now` is aware, in the task force's zone.
    """
    owners = tuple(one for one in slack_text.mentioned(text) if one != bot_user_id)
    text = _PERSON.sub(" ", text)
    stream, text = _take_stream(text)
    text = slack_text.plain(text)
    names = tuple(match.group(1) for match in _NAME.finditer(text) if match.group(1).lower() not in _EVERYBODY)
    text = _NAME.sub(lambda match: match.group() if match.group(1).lower() in _EVERYBODY else " ", text)
    text = tidy(text)
    due, title = find_due(text, now, calendar)
    return AddLine(tidy(title), owners, names, stream, due, _part(text, due.span))


def tidy(title: str) -> str:
    """A title in one line, without spaces around it."""
    return " ".join(title.split())


def says_nothing(title: str) -> bool:
    """Whether a title has nothing to read: only spaces, characters without a shape, or a call to everybody."""
    return not any(category(char)[0] in "LNPS" and char not in _SHAPELESS for char in _CALL.sub("", title))


def _part(text: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return ""
    start, end = span
    return text[start : end + text.startswith(")", end)]


def _take_stream(text: str) -> tuple[str, str]:
    """The first `#label` or channel mention that has a name, and the text without it."""
    match = next((one for one in _STREAM.finditer(text) if one.group(1) or one.group(2)), None)
    if match is None:
        return "", text
    stream = slack_text.plain(match.group(1) or match.group(2)).strip(".,;:")
    return stream[:STREAM_LIMIT], f"{text[: match.start()]} {text[match.end() :]}"


_PERSON = re.compile(r"<@[^<>]*>")
_STREAM = re.compile(r"<#[^<>|]*\|([^<>]*)>|(?<!\S)#(?=\S*[^\W\d])([^\s#<>]+)")
_NAME = re.compile(r"(?<!\S)@([^\s@,;:]+)[,;:]?")
_EVERYBODY = {"channel", "here", "everyone"}
_CALL = re.compile(r"<![^<>]*>|@(?:channel|here|everyone)\b", re.IGNORECASE)
_SHAPELESS = "\u115f\u1160\u2800\u3164\uffa0"  # Hangul fillers and the empty Braille pattern: letters that nobody sees
