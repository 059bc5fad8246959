"""What the W3C's programs say that belongs in minutes: the topic taken up, the meeting's name, who has been there."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.rules.minutes.logs.chat import ChatLine

BOTS = frozenset({"rrsagent", "zakim", "trackbot", "ghurlbot", "github-bot", "agendabot"})
_AGENDUM = re.compile(
    r'agendum \d+(?:\. "(?P<quoted>.+?)"? taken up\b.*| -- (?P<plain>(?!.* -- closed$).+?)(?: --(?: taken up.*)?)?)$'
)
_ATTENDEES = re.compile(r"As of this point the attendees (?:were|have been) (?P<names>.+?)[,.]?$")
_REGRETS = re.compile(r"\s*regrets?\s?(?:\+\s?:?|:)(?P<names>.*)", re.IGNORECASE)
_OF_THE_MEETING = re.compile(r"(?:topic|meeting):|present\+", re.IGNORECASE)


def is_w3c_bot(nick: str) -> bool:
    return nick.lower() in BOTS


def is_minuted(line: ChatLine) -> bool:
    """Whether a program's line, as `as_typed` has it, is one of the record."""
    return is_w3c_bot(line.nick) and _OF_THE_MEETING.match(line.text) is not None


def as_typed(lines: Sequence[ChatLine]) -> list[ChatLine]:
    """Zakim's announcements as a person would type them; `... ` goes on with its line before."""
    away = {name for line in lines if (match := _REGRETS.match(line.text)) for name in _names(match["names"])}
    return [
        replace(line, text=_typed(line.text, away)) if line.nick.lower() == "zakim" else line for line in _whole(lines)
    ]


def _whole(lines: Sequence[ChatLine]) -> list[ChatLine]:
    whole, last = list(lines), -1
    for at, line in enumerate(lines):
        if line.nick.lower() != "zakim":
            continue
        if last >= 0 and line.text.startswith("... "):
            whole[last] = replace(whole[last], text=f"{whole[last].text} {line.text[4:]}")
            whole[at] = replace(line, system=True)
        else:
            last = at
    return whole


def _typed(text: str, away: set[str]) -> str:
    if match := _AGENDUM.match(text):
        return f"topic: {match['quoted'] or match['plain']}"
    if match := _ATTENDEES.match(text):
        names = [name for key, name in _names(match["names"]).items() if key not in away and name != "(no one)"]
        return f"present+ {', '.join(names)}" if names else text
    return text


def _names(listed: str) -> dict[str, str]:
    """By how they are compared; `Ann_Lee` is `Ann Lee`."""
    names: Iterable[str] = (name.strip() for name in listed.split(","))
    return {name.casefold().replace("_", " "): name for name in names if name}
