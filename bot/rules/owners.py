"""Whom a line names as an owner: for sure, or perhaps; a name that is part of a title stays a name.

For sure: after `@`, after `담당:`, and at the end of the line with 직위, 님, 에게 or 담당. Only asked about: a bare name at the
end, somebody as the subject at the start, a name that several bear, a name that nobody bears.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.rules.dates.folding import fold
from bot.rules.dates.tokens import scan
from bot.rules.names import (
    LISTED,
    PARTICLE,
    Asked,
    Naming,
    Roster,
    bare,
    first_name,
    first_part,
    last_name,
    likes,
    names_in,
    read_part,
)
from storage.tables import Person

MENTION = "\x00"  # stands where a mention was: it is known already who that is

_LABEL = re.compile(r"(?<![^\s(\[,/])(?:담당자|담당|owners?|assignees?|assigned to)\s*[:：]\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,/·;&]|(?:및|와|과|and)(?=\s))\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\s@,;:/·()]+")
_AT = re.compile(r"(?<!\S)@(?=[^\s@])")
_NOBODY = {"미정", "없음", "추후", "tbd", "none", "nobody"}
_LABELLED = re.compile(r"(?:^|\s)(?:담당자|담당|owner|assignee)(?:은|는)?$", re.IGNORECASE)  # `… 담당 정하늘`
_ENCLOSED = re.compile(r"[(\[（［]([^()\[\]（）［］]+)[)\]）］]$")
_MENTIONED = rf"{MENTION}(?: ?님)?{PARTICLE}?(?![가-힣])"
_ONE = re.compile(_MENTIONED)
_MENTIONS = re.compile(  # with what belongs to them: `<@U1>님께`, `담당 <@U1>`, `(<@U1>, <@U2>)`, `for <@U1>`
    rf"(?:(?<!\S)(?:담당자?|owner|assignee|assign(?:ed)? to|by|for|to|cc)\s+)?(?:(?<=\s)[/|·–—-]\s+)?(?P<open>[(\[]\s*)?"
    rf"{_MENTIONED}(?:\s*[,/·;&|]?\s*{_MENTIONED})*(?(open)\s*[)\]])(?:\s*[,:;](?=\s|$))?",
    re.IGNORECASE,
)
_BARE_DAY = re.compile(r"[\s,·/|–—-]+\d[\d./\s월일]*(?:까지)?[)\]]?$")  # which is asked about, and stays
_CALLED = re.compile(r"\s*(?:[:：,/·;&|→]|!+|->|[-–—](?=\s)|(?:및|와|과|and)(?=\s))?\s*", re.IGNORECASE)
_CALLED_TO = re.compile(r"(?:to|will|should|please)\s", re.IGNORECASE)
_CALLS = {*":：/|-–—→", "->"}  # between names at the start of a line and its title
_TIED_TO = re.compile(r"(?:^|\s)(?:with|w|from|of|about|re|vs|for|to)$", re.IGNORECASE)
"""What ties a name at the end to the words before it: `Meeting with 박서준 과장`."""
_EVERYBODY = {"channel", "here", "everyone"}
_AND = re.compile(r"\s(?:및|and|&)$")
_LOOKED_AT = 20  # letters at the end of a line: more than such a word has, with what stands around it
_LOOSE = " \t.,;/·|:!-–—→※"  # what may stand behind a name at the end
CLOSING = f"{_LOOSE})]）］~"  # or behind a date
_ASKING = re.compile(  # how a line ends that asks somebody for something; `요청` may also tell who has asked
    r"(?:(?<=에게)|(?<=께)|(?<=한테)|(?=\s*(?:꼭\s|좀\s)?(?:부탁|please|pls|plz)))\s*(?:꼭\s+|좀\s+)?"
    r"(?:(?:부탁|요청)(?:드립니다|드려요|드리겠습니다|드림|합니다|해요)?|please|pls|plz)(?:(?![)\]])\W)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Owners:
    """Who owns for sure, what must be asked, and the line without the names that stood as owners."""

    sure: tuple[Person, ...]
    asked: tuple[Asked, ...]
    rest: str


def read_owners(text: str, roster: Roster) -> Owners:
    """Take the owners out of a line; `MENTION` stands for people who were mentioned."""
    found: list[Naming] = []
    is_mentioned = MENTION in text
    text = _take_labelled(text, roster, found)
    text = _take_at(text, roster, found)
    text = _take_last(_unmentioned(text), roster, found)
    sure = [one.people[0] for one in found if not _is_asked(one)]
    asked = [Asked(one.words, one.people or likes(one.words, roster)) for one in found if _is_asked(one)]
    if not (found or is_mentioned):
        asked += [Asked(one.words, one.people) for one in _called(text, roster)]
    return Owners(
        tuple({one.id: one for one in sure}.values()), tuple({one.written: one for one in asked}.values()), text
    )


def untitled(text: str, roster: Roster) -> str:
    """Without 직위 behind a mention, where it calls somebody: `<@U1> 주무관님께`."""
    titles = "|".join({re.escape(one.job_title) for one in roster.people if one.job_title})
    called = rf"{MENTION}\s?(?:{titles})(?=\s?님|에게|께|한테|\s*(?:[,:)]|$))"
    return re.sub(called, MENTION, text) if titles else text


def _unmentioned(text: str) -> str:
    """Without the mentions and what belongs to them."""
    return _MENTIONS.sub(lambda match: "" if text[: match.start()].endswith(("(", "[")) else " ", text).replace(
        MENTION, " "
    )


def last_owners(title: str, roster: Roster) -> Owners:
    """The owners at the end of a title whose date has been taken away from behind them."""
    found: list[Naming] = []
    rest = _take_last(title, roster, found)
    sure = tuple(one.people[0] for one in found if not _is_asked(one))
    return Owners(sure, tuple(Asked(one.words, one.people) for one in found if _is_asked(one)), rest)


def without_owner(title: str, written: str, sides: Sequence[str] = ()) -> str:
    """A title without the words that were asked about, once they are known to name the owner; a title of nothing else stays.

    They go at its end, in brackets too, and at its start before a colon or the like, with the side before them.
    """
    bare_day = _BARE_DAY.search(title)
    title, behind = (title[: bare_day.start()], bare_day.group()) if bare_day else (title, "")
    words, name = title.rstrip(_LOOSE).split(), written.split()
    separator = rf"\s*(?:[,:：/|→]|!+|->)|\s+[-–—]{'|(?<=님) ' * written.endswith('님')}"
    started = _sideless(title, Roster(sides=sides))
    if called := re.match(rf"{re.escape(written)}(?:{separator})\s*(?=\S)", started):
        return started[called.end() :] + behind
    if enclosed := re.search(rf"(?<=\S)\s*[(\[（［]\s*{re.escape(written)}\s*[)\]）］]$", title.rstrip(_LOOSE)):
        return title[: enclosed.start()] + behind
    if not name or words[-len(name) :] != name or len(words) == len(name):
        return title + behind
    left = _without_and(" ".join(words[: -len(name)]).rstrip(_LOOSE))
    return f"{left} {behind.strip(_LOOSE)}".rstrip()


def _is_asked(one: Naming) -> bool:
    return len(one.people) != 1 or not one.addressed or one.partial


def _take_labelled(text: str, roster: Roster, found: list[Naming]) -> str:
    """`담당: 정하늘 교수, 한도윤`: everybody in the list behind the label, known or not."""
    for label in reversed(list(_LABEL.finditer(text))):  # the last first: what follows a label ends at the next one
        listed: list[Naming] = []
        before = _without_side(text[: label.start()], roster)
        after = _take_list(text[label.end() :], roster, listed)
        text = f"{before}{after}" if before.endswith(("(", "[")) else f"{before} {after}"
        found[:0] = listed
    return text


def _take_list(text: str, roster: Roster, found: list[Naming]) -> str:
    """Names up to the first word that is none; after the label and after a separator any word is one."""
    any_word = True
    while text := _sideless(text.lstrip(), roster):
        head = first_name(text.removeprefix("@"), roster)
        word = _WORD.match(text.removeprefix("@"))
        at = len(text) - len(text.removeprefix("@"))
        if text.startswith(MENTION):
            text = _ONE.sub("", text, count=1) if _ONE.match(text) else text[1:]
        elif head:
            found.append(_as_owner(head[0]))
            text = text[at + head[1] :]
        elif any_word and word and word.group().casefold() in _NOBODY:
            text = text[at + word.end() :]
        elif any_word and word and not _no_name(text[at + word.end() :], word.group()):
            found.append(Naming((), bare(word.group()), addressed=True, subject=False))
            text = text[at + word.end() :]
        else:
            return text
        between = _BETWEEN.match(text)
        any_word = bool(between)
        text = text[between.end() :] if between else text
    return text


def _no_name(following: str, word: str) -> bool:
    """Another label, or a date: `담당: 정하늘, 기한: 금요일`, `담당: 정하늘, 금요일까지`."""
    return bool(re.match(r"\s*:", following)) or all(token.kind != "?" for token in scan(fold(word).text))


def _without_side(text: str, roster: Roster) -> str:
    """`… GIST 담당:`: whose owner it is, the roster knows."""
    names = [side for side in roster.sides if side]
    if not names:
        return text
    sides = "|".join(map(re.escape, names))
    side = re.compile(rf"(?:(?<=\s)|^|[/,]\s*)(?:{sides})(?:\s?측)?\s*$", re.IGNORECASE)
    match = side.search(text, max(0, len(text) - max(map(len, names)) - _LOOKED_AT))
    return text[: match.start()] if match else text


def _without_and(text: str) -> str:
    match = _AND.search(text, max(0, len(text) - _LOOKED_AT))
    return text[: match.start()] if match else text


def _take_at(text: str, roster: Roster, found: list[Naming]) -> str:
    """`@정하늘 교수님께`, `@하늘`: a name for sure, known or not."""
    at = 0
    while match := _AT.search(text, at):
        rest = text[match.end() :]
        word = _WORD.match(rest)
        if word is None or word.group().casefold() in _EVERYBODY:
            at = match.end()
            continue
        head = first_name(rest, roster)
        naming = head[0] if head else Naming((), bare(word.group()), addressed=True, subject=False)
        found.append(_as_owner(naming))
        after = rest[head[1] if head else word.end() :].lstrip(",;:/·")
        text, at = f"{text[: match.start()]} {after}", match.start()
    return text


def _take_last(text: str, roster: Roster, found: list[Naming]) -> str:
    """Names at the end of the line, one after the other; bare ones alone, behind something else, are asked about and stay.

    Before `부탁드립니다` they stand at the end too.
    """
    if asking := _ASKING.search(text):
        before = _take_last(text[: asking.start()], roster, found)
        return text if before == text[: asking.start()] else f"{before} {asking.group().strip()}"
    named: list[Naming] = []
    left = _opened(text.rstrip(_LOOSE), roster)
    while tail := last_name(left, roster):
        naming, start = tail
        before = left[:start].rstrip(_LOOSE)
        if label := _LABELLED.search(before, max(0, len(before) - _LOOKED_AT)):
            naming, before = _as_owner(naming), before[: label.start()].rstrip(_LOOSE)
        if not (naming.addressed or before):
            break
        if _TIED_TO.search(before, max(0, len(before) - _LOOKED_AT)):
            found += [replace(one, addressed=False, partial=True) for one in (*named, naming)]
            return text
        named.append(naming)
        left = _without_and(_without_side(before, roster).rstrip(_LOOSE))
    if any(one.addressed for one in named):  # `한도윤 주무관 정하늘`: who stands beside them is an owner as well
        found += map(_as_owner, named)
        return left
    found += named
    return text


def _opened(text: str, roster: Roster) -> str:
    """`… (GIST 정하늘, 영광군 한도윤)` without its brackets, if nothing but names stands in them."""
    match = _ENCLOSED.search(text)
    if match is None:
        return text
    words = [_without_side(f"{word} ", roster).strip() for word in LISTED.sub(" ", match[1]).split()]
    strange = [word for word in names_in(" ".join(words), roster)[1] if read_part(word, roster) is None]
    return text if strange or not any(words) else f"{text[: match.start()]} {match[1]}"


def beside_date(text: str, span: tuple[int, int], roster: Roster) -> Asked | None:
    """`한도윤 주무관 12/4까지 …`, `12/4까지 한도윤 주무관 …`: somebody with 직위 who stands at the start with the date may own it."""
    before, after = text[: span[0]].strip(_LOOSE), text[span[1] :].lstrip(f"{_LOOSE})")
    head = first_name(before or after, roster)
    if head is None or not head[0].addressed or (head[1] != len(before) if before else head[1] == len(after)):
        return None
    return Asked(head[0].words, head[0].people)


def _called(text: str, roster: Roster) -> list[Naming]:
    """`정하늘 교수는 …`, `정하늘: …`, `GIST 정하늘 / 영광군 한도윤 - …`: perhaps owners, perhaps only whom the title is about."""
    names: list[Naming] = []
    between, rest = "", text.strip()
    while head := first_name(_sideless(rest, roster), roster) or first_part(_sideless(rest, roster), roster):
        names.append(head[0])
        rest = _sideless(rest, roster)[head[1] :]
        between = _CALLED.match(rest).group()  # type: ignore[union-attr]  # it matches anything
        rest = rest[len(between) :]
    if not names or not rest:
        return []
    said = between.strip()
    is_called = said in _CALLS or (said == "," and all(one.addressed or one.partial for one in names))
    is_called |= names[-1].subject or names[-1].words.endswith("님") or bool(_CALLED_TO.match(rest))
    return names if is_called else []


def _sideless(text: str, roster: Roster) -> str:
    """Without the side before a name: `영광군 한도윤`, `GIST 측 정하늘`."""
    sides = "|".join(re.escape(side) for side in roster.sides if side)
    return re.sub(rf"^(?:{sides})(?:\s?측)?\s+", "", text, flags=re.IGNORECASE) if sides else text


def _as_owner(naming: Naming) -> Naming:
    """It stands where only an owner stands."""
    return replace(naming, addressed=True, subject=False)
