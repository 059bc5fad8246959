"""Meetings: what may be done in which phase, by whom, and what a line of `/tft meeting` asks for."""

import re
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.rules import roster
from bot.rules.grammar import normalise
from storage.tables import Meeting, Person, Phase, Role

SILENCE = timedelta(hours=3)  # a meeting in which nobody has written for as long is over
TITLE_LIMIT = 200
PLACE_LIMIT = 200
LINE_LIMIT = 3000  # characters of a line that is written through a form
RUNNING = (Phase.LIVE, Phase.ENDED)
RECORDED = (Phase.DRAFT, Phase.FINAL)
_NUMBERED = re.compile(r"제\s?(?P<number>\d{1,4})\s?차")
_KEEPERS = (Role.LEAD, Role.DEPUTY, Role.SECRETARY)


class Word(StrEnum):
    """What can be asked for behind `meeting`."""

    SCHEDULE = "schedule"
    START = "start"
    AGENDA = "agenda"
    END = "end"
    LIST = "list"


WORDS: dict[str, Word] = {
    **dict.fromkeys(("schedule", "plan", "예약", "일정"), Word.SCHEDULE),
    **dict.fromkeys(("start", "begin", "시작", "개회"), Word.START),
    **dict.fromkeys(("agenda", "topic", "안건", "의제"), Word.AGENDA),
    **dict.fromkeys(("end", "stop", "close", "종료", "끝", "폐회"), Word.END),
    **dict.fromkeys(("list", "목록"), Word.LIST),
}


SPOKEN: dict[Word, tuple[str, str]] = {
    Word.START: ("meeting start", "회의 시작"),
    Word.SCHEDULE: ("meeting schedule", "회의 예약"),
    Word.LIST: ("meeting list", "회의 목록"),
}
"""How buttons say it, in English and Korean."""

BOT_NAMES = ("TFT봇", "TFT")  # what a line calls that is said to the bot


class Asked(NamedTuple):
    """A line behind `meeting`: `word` None: not understood, or only a number, or nothing at all."""

    word: Word | None
    rest: str


def read_asked(text: str) -> Asked:
    """`start 제3차 회의`, `시작`, `예약 …`."""
    first, _, rest = normalise(text).partition(" ")
    word = WORDS.get(first.casefold())
    return Asked(word, rest.strip() if word else normalise(text))


def may_write(person: Person | None) -> bool:
    """Whether what somebody writes is kept: observers listen, and who is not in the roster is not known."""
    return person is not None and roster.may(person.role, roster.Right.WRITE_IN_MEETINGS)


def may_keep(person: Person, meeting: Meeting) -> bool:
    """Whether somebody may put a meeting on record and change its lines: whoever keeps it, leads, deputies and secretaries."""
    return person.id == meeting.keeper_id or person.role in _KEEPERS


def ref(meeting: Meeting) -> str:
    """`M-3`."""
    return f"M-{meeting.number}"


def ordinal(ts: str) -> int:
    """A Slack ts in microseconds."""
    whole, _, part = ts.partition(".")
    return int(whole) * 1_000_000 + int(part.ljust(6, "0")[:6] or "0")


def ordinal_at(moment: datetime) -> int:
    """Where something that a person did just then stands among messages: machine time, in microseconds."""
    return int(moment.timestamp() * 1_000_000)


def link_to(permalink: str, thread_ts: str, ts: str) -> str:
    """The address of a message in a thread, from that of the thread's first message; "" if that is not known.

    https://docs.slack.dev/reference/methods/chat.getPermalink
    """
    start, mark, channel = permalink.partition("/archives/")
    channel = channel.partition("/")[0]
    if not mark or not ts.replace(".", "").isdigit():
        return ""
    return f"{start}{mark}{channel}/p{ts.replace('.', '')}?thread_ts={thread_ts}&cid={channel}"


def number_of(meeting: Meeting) -> str:
    """The number that an office knows it by: that in its title (제7차 …), else ours."""
    told = _NUMBERED.search(meeting.title)
    return told["number"] if told else str(meeting.number)
