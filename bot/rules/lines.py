"""What stands in the line of a new item: title, owners, due date, workstream, in any order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import reduce
from html import unescape
from unicodedata import category

from bot.rules import slack_text
from bot.rules.calendars import Calendar
from bot.rules.dates import END_OF_DAY, Due, Kind, find_due
from bot.rules.item_internals import take_mark
from bot.rules.names import Asked, Roster
from bot.rules.owners import CLOSING, MENTION, beside_date, last_owners, read_owners, untitled, without_owner
from storage.tables import Person

NO_DATE = Due(Kind.NONE)  # what a line without a date has
NOBODY_KNOWN = Roster()
TITLE_LIMIT = 300
STREAM_LIMIT = 40


@dataclass(frozen=True)
class AddLine:
    """A line as it was understood. `owners` are Slack user ids, `people` were named, `asked` may have been."""

    title: str
    owners: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    asked: tuple[Asked, ...] = ()
    stream: str = ""
    due: Due = NO_DATE
    due_text: str = ""  # what was read as the date
    link: str = ""  # to a message in Slack
    internal: bool = False  # for the writer's own side alone


def read_add(
    text: str,
    now: datetime,
    calendar: Calendar,
    bot_user_id: str = "",
    roster: Roster = NOBODY_KNOWN,
    *,
    end_of_day: time = END_OF_DAY,
) -> AddLine:
    """The parts of `[내부:] TITLE [@owner…] [date] [#stream]`, written as Slack hands text over; the title is what is left.

    `now` is aware, in the task force's zone.
    """
    internal, text = take_mark(_WIDE.sub(lambda match: "@#"["＠＃".index(match[0])], text))
    owners = tuple(one for one in slack_text.mentioned(text) if one != bot_user_id)
    link, text = _take_link(_PERSON.sub(f" {MENTION}", text.replace(MENTION, " ")))
    stream, text = take_stream(text)
    text = untitled(_unlabelled(_bulletless(tidy(slack_text.plain(text)))), roster)
    named = read_owners(_opened(text, lambda part: _is_told(part, now, calendar, roster)), roster)
    text = tidy(named.rest)
    due, title = find_due(text, now, calendar, end_of_day=end_of_day)
    title = tidy(title)
    due_text, asked = _part(text, due.span), named.asked
    if due.span and not (owners or named.sure or asked) and (one := beside_date(text, due.span, roster)):
        asked = (one,)
    read = AddLine(title, owners, named.sure, asked, stream, due, due_text, link, internal)
    stays = due.span is not None and title == text and not text[due.span[1] :].strip(CLOSING)
    behind = len(title[: due.span[0]].rstrip("([（［ ")) if due.span and stays else len(title)
    if title == text and not stays:
        return read
    last = last_owners(title[:behind], roster)  # the date stood behind the names, or stands there still
    if not (last.sure or last.asked):
        return read
    people = {one.id: one for one in (*named.sure, *last.sure)}
    every = {one.written: one for one in (*asked, *last.asked)}
    return replace(
        read, title=tidy(f"{last.rest} {title[behind:]}"), people=tuple(people.values()), asked=tuple(every.values())
    )


def tidy(title: str) -> str:
    """A title in one line, without spaces around it."""
    return " ".join(title.split())


def without_label(words: str) -> str:
    """A reason without the word that says that it is one: `사유: 중복`."""
    return _REASON.sub("", words, count=1)


def says_nothing(title: str) -> bool:
    """Whether a title has nothing to read: only spaces, characters without a shape, or a call to everybody."""
    return not any(category(char)[0] in "LNPS" and char not in _SHAPELESS for char in _CALL.sub("", title))


def _part(text: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return ""
    start, end = span
    part = text[start:end].rstrip()
    return f"{part})" if part.count("(") > part.count(")") and text.startswith(")", end) else part


def _bulletless(text: str) -> str:
    """Without a bullet that was pasted along; a number may belong to the title."""
    return re.sub(r"^[□■○●◦▪▫▶▷◆◇※•·ㆍ–—-]\s+(?=\S)", "", text)


def _unlabelled(text: str) -> str:
    """Without the word that says that it is a title: `제목: 초안`, `할 일: 초안`."""
    return _LABELLED.sub("", text, count=1) or text


def _opened(text: str, is_told: Callable[[str], bool]) -> str:
    """Brackets that hold nothing but owners and a date go to the end of the line without them: `초안(정하늘 교수, 12/4까지)`."""
    for match in _BRACKETS.finditer(text):
        inside = next(part for part in match.groups() if part is not None)
        if is_told(inside):
            return tidy(f"{text[: match.start()]} {text[match.end() :].strip(CLOSING)} {inside}")
    return text


def _is_told(part: str, now: datetime, calendar: Calendar, roster: Roster) -> bool:
    """Whether a part of a line is wholly read as owners together with a date, or as owners behind a label."""
    line = f"{_TITLE} {part}"
    named = read_owners(line, roster)
    due, rest = find_due(told := tidy(named.rest), now, calendar)
    if due.span and rest == told:  # `12/4`, which is asked about
        rest = f"{told[: due.span[0]]} {told[due.span[1] :]}"
    last = last_owners(rest, roster)
    names = (*last.asked, *named.asked, *last.sure, *named.sure)
    rest = reduce(without_owner, [one.written for one in names if isinstance(one, Asked)], last.rest)
    if rest.strip(" ,;/|·") != _TITLE:
        return False
    if names or MENTION in part:
        return bool(due.readings) or ":" in part
    within = f"{told} {_TITLE}"  # `회의록(12월 3일) 정리`: only at the end of a line a date needs no mark
    return bool(due.readings) and find_due(within, now, calendar)[1] != within


def _take_link(text: str) -> tuple[str, str]:
    """The first address of a message in Slack, and the text without it."""
    match = _PERMALINK.search(text)
    return (unescape(match.group(1)), f"{text[: match.start()]} {text[match.end() :]}") if match else ("", text)


def is_permalink(address: str) -> bool:
    """Whether this is the address of a message in Slack, and nothing else."""
    match = _PERMALINK.fullmatch(address)
    return bool(match and match.group(1) == address)


def take_stream(text: str) -> tuple[str, str]:
    """The first `#label` or channel mention that has a name, and the text without it."""
    match = next((one for one in _STREAM.finditer(text) if one.group(1) or one.group(2)), None)
    if match is None:
        return "", text
    stream = slack_text.plain(match.group(1) or match.group(2)).strip(".,;:")
    return stream[:STREAM_LIMIT], f"{text[: match.start()]} {text[match.end() :]}"


_PERMALINK = re.compile(
    r"<?(https://[a-z0-9-]+(?:\.enterprise)?\.slack\.com/archives/[A-Z0-9]+/p\d{10,20}(?:\?[\w.=&;%-]*)?)(?:\|[^<>]*)?>?"
)
_WIDE = re.compile(r"(?<!\S)[＠＃](?=\S)")
_LABELLED = re.compile(r"^(?:제목|할 ?일|과제|title|task|to-?do|action(?: item)?)\s*[:：]\s*", re.IGNORECASE)
_TITLE = "\ue000"  # stands for a title
_BRACKETS = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)|\[([^\[\]]*)\]|［([^［］]*)］|（([^（）]*)）|【([^【】]*)】")
_REASON = re.compile(r"^\s*(?:취소\s*)?(?:사유|이유|reason)\s*[:：]\s*", re.IGNORECASE)
_PERSON = re.compile(r"<@[^<>]*>")
_STREAM = re.compile(r"<#[^<>|]*\|([^<>]*)>|(?<!\S)#(?=\S*[^\W\d])([^\s#<>]+)")
_CALL = re.compile(r"<![^<>]*>|@(?:channel|here|everyone)\b", re.IGNORECASE)
_SHAPELESS = "\u115f\u1160\u2800\u3164\uffa0"  # Hangul fillers and the empty Braille pattern: letters that nobody sees
