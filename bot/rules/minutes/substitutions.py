"""Corrections that people type as lines: `s/old/new/`, `i/where/what/` as scribe.perl defines them, and `#undo`."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.rules.minutes.heads import Head, narrow, read_head
from bot.rules.minutes.settling import Standing
from bot.rules.minutes.words import ALONE, HASHES, HEADS, Act

_COMMAND = re.compile(
    r"\s*(?P<what>[si])(?P<slash>[/|])(?P<old>.+?)(?P=slash)(?P<new>.*?)(?:(?P=slash)(?P<all>[gG]?)\s*)?$"
)
_NOT_UNDONE = frozenset({Act.UNDO, Act.START, Act.END, Act.NOTHING, Act.OFF})


def corrected(standing: Iterable[Standing], *, numbered: bool) -> list[Standing]:
    """The lines with these corrections done. One that fits nothing stays: it was no correction, or people should see it.

    `s/old/new/` changes the nearest line above that has `old`; with `g` all above, with `G` those below too. `i/where/what/`
    puts a line above the nearest one that has `where`. `#undo` takes back the last marked line.
    """
    kept: list[Standing] = []
    everywhere: list[re.Match[str]] = []
    for one in standing:
        if "/" in one.text or "|" in one.text:
            match = _COMMAND.match(one.text)
            if match and _done(match, one, kept):
                everywhere += [match] if match["all"] == "G" else []
                continue
        elif is_undo(one.text):
            _undo(kept, numbered=numbered)
            continue
        for match in everywhere:
            _change(one, match)
        kept.append(one)
    return kept


def is_undo(text: str) -> bool:
    return "#" in text and HASHES.get(read_head(text).word.removeprefix("#")) is Act.UNDO


def act_of(word: str, *, numbered: bool = True) -> Act | None:
    """What a head's word does: behind `#`, before a colon (`안건 1:`, `제1호 안건:` too; if `numbered`, `결정 1:`), or nothing."""
    if word.startswith("#"):
        return HASHES.get(word[1:])
    if word in HEADS or not word:
        return HEADS.get(word)
    act = HEADS.get(_NUMBER.sub("", word))
    if act in _COUNTED and not _YEAR.search(word):
        return act if numbered else None
    return act if act in _TOPICS else None


def act_in(head: Head, *, numbered: bool) -> Act | None:
    """What a line's head does; the colon of `할 일 14:00까지 제출` is a clock's."""
    is_time = numbered and head.word[-1:].isdigit() and _CLOCK.match(narrow(head.line))
    return None if is_time else act_of(head.word, numbered=numbered)


def off_word(head: Head) -> str:
    """The word by which a line is off the record, also behind whoever says it (`정하늘: 오프: …`); empty for other lines."""
    if (act := act_of(head.word, numbered=False)) is None and head.before:
        head = read_head(head.rest)
        act = act_of(head.word, numbered=False)
    return head.word.removeprefix("#") if act is Act.OFF else ""


_NUMBER = re.compile(r"^제?\d+(?:호|차)?|제?\d+(?:-\d+)?(?:호|번)?$")
_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"[^:]*\d:[0-5]\d(?=부터|까지|에|경|[\s~-]|$)")
_TOPICS = frozenset({Act.TOPIC, Act.SUBTOPIC})
_COUNTED = frozenset(
    {
        Act.DECISION,
        Act.REJECTED,
        Act.OPEN,
        Act.PROPOSAL,
        Act.ACTION,
        Act.FACT,
        Act.IDEA,
        Act.LINK,
        Act.ATTACHMENT,
    }
)


def _done(match: re.Match[str], command: Standing, kept: list[Standing]) -> bool:
    if match["what"] == "i":
        at = next((at for at in range(len(kept) - 1, -1, -1) if match["old"] in kept[at].text), None)
        if at is not None:
            kept.insert(at, replace(command, text=match["new"]))
        return at is not None
    if match["all"]:
        return sum(_change(one, match) for one in kept) > 0
    return any(_change(one, match) for one in reversed(kept))


def _change(one: Standing, match: re.Match[str]) -> bool:
    if match["old"] not in one.text:
        return False
    one.text = one.text.replace(match["old"], match["new"], 1)
    return True


def _undo(kept: list[Standing], *, numbered: bool) -> None:
    """Without the last line that a marker had put into the minutes."""
    for at in range(len(kept) - 1, -1, -1):
        head = read_head(kept[at].text)
        act = act_in(head, numbered=numbered) or ALONE.get(head.word)
        if act and act not in _NOT_UNDONE:
            del kept[at]
            return
