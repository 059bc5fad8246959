"""Whom a line names as an owner: for sure, or perhaps; a name that is part of a title stays a name.

For sure: after `@`, after `담당:`, and at the end of the line with 직위, 님, 에게 or 담당. Only asked about: a bare name at the
end, somebody as the subject at the start, a name that several bear, a name that nobody bears.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from unicodedata import normalize

from bot.rules.dates.folding import fold
from bot.rules.dates.tokens import scan
from storage.tables import Person

MENTION = "\x00"  # stands where a mention was: it is known already who that is
_MOST_WORDS = 5  # of a name with its title
_MOST_LIKE = 5  # people that are offered for a name nobody bears
_CLOSE = 0.7  # how alike two names are, letter by letter, from 0 to 1

_TO = r"(?:에게|께|한테)"
_PARTICLE = rf"(?:{_TO}|께서|이랑|랑|하고|와|과|은|는|이|가|을|를|의)"
_AFTER = rf"(?P<sir> ?님)?(?P<particle>{_PARTICLE})?(?P<charge> 담당)?"
_AFTER_LISTED = rf"(?P<sir> ?님)?(?P<particle>{_PARTICLE}|으로|로)?(?P<charge> 담당)?"  # `담당 A-1 한도윤 주무관으로`
_LISTED = re.compile(r"[@,;/·]|(?<=\s)(?:및|and)(?=\s)")
_LABEL = re.compile(r"(?<![^\s(\[,/])(?:담당자|담당|owners?|assignees?|assigned to)\s*:\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,/·;&]|(?:및|와|과|and)(?=\s))\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\s@,;:/·()]+")
_AT = re.compile(r"(?<!\S)@(?=[^\s@])")
_NOBODY = {"미정", "없음", "추후", "tbd", "none", "nobody"}
_LABELLED = re.compile(r"(?:^|\s)(?:담당자|담당|owner|assignee)$", re.IGNORECASE)  # `… 담당 정하늘`
_ENCLOSED = re.compile(r"[(\[（［]([^()\[\]（）［］]+)[)\]）］]$")
_MENTIONED = rf"{MENTION}(?: ?님)?{_PARTICLE}?(?![가-힣])"
_ONE = re.compile(_MENTIONED)
_MENTIONS = re.compile(  # with what belongs to them: `<@U1>님께`, `담당 <@U1>`, `(<@U1>, <@U2>)`, `for <@U1>`
    rf"(?:(?<!\S)(?:담당자?|owner|assignee|assign(?:ed)? to|by|for|to|cc)\s+)?(?:(?<=\s)[/|·–—-]\s+)?(?P<open>[(\[]\s*)?"
    rf"{_MENTIONED}(?:\s*[,/·;&|]?\s*{_MENTIONED})*(?(open)\s*[)\]])(?:\s*[,:;](?=\s|$))?",
    re.IGNORECASE,
)
_EVERYBODY = {"channel", "here", "everyone"}
_LOOSE = " \t.,;/·|:-–—→※"  # what may stand behind a name at the end
_STRIPPED = re.compile(rf"(?: ?님)?{_TO}?$")


@dataclass(frozen=True)
class Asked:
    """Words that may name an owner, and whom they may mean (nobody: the name is not known)."""

    written: str
    candidates: tuple[Person, ...]


@dataclass(frozen=True)
class Owners:
    """Who owns for sure, what must be asked, and the line without the names that stood as owners."""

    sure: tuple[Person, ...]
    asked: tuple[Asked, ...]
    rest: str


@dataclass(frozen=True)
class Roster:
    """The people whom names may mean: as the roster names them, and by aliases that were confirmed (casefolded)."""

    people: Sequence[Person] = ()
    aliases: Mapping[str, Person] | None = None
    sides: Sequence[str] = ()

    def names(self) -> list[tuple[str, Person]]:
        """Every name with who bears it."""
        return [*((one.name, one) for one in self.people), *(self.aliases or {}).items()]

    @cached_property
    def borne(self) -> Mapping[str, Sequence[tuple["_Forms", Person]]]:
        """Every name in its usual forms, by its first letter: minutes ask for hundreds of words."""
        found: dict[str, list[tuple[_Forms, Person]]] = {}
        for name, person in self.names():
            found.setdefault(_key(name)[:1], []).append((_forms(name, person.job_title), person))
        return found


@dataclass(frozen=True)
class _Naming:
    """Some words that are wholly a name with what belongs to it."""

    people: tuple[Person, ...]
    words: str
    addressed: bool  # by 직위, 님, 에게 or 담당: a title seldom ends so
    subject: bool


def read_owners(text: str, roster: Roster) -> Owners:
    """Take the owners out of a line; `MENTION` stands for people who were mentioned."""
    found: list[_Naming] = []
    text = _take_labelled(text, roster, found)
    text = _take_at(text, roster, found)
    text = _take_last(_unmentioned(text), roster, found)
    sure = [one.people[0] for one in found if len(one.people) == 1 and one.addressed]
    asked = [Asked(one.words, one.people or likes(one.words, roster)) for one in found if _is_asked(one)]
    if not found and (subject := _subject(text, roster)):
        asked.append(Asked(subject.words, subject.people))
    return Owners(
        tuple({one.id: one for one in sure}.values()), tuple({one.written: one for one in asked}.values()), text
    )


def _unmentioned(text: str) -> str:
    """Without the mentions and what belongs to them."""
    return _MENTIONS.sub(lambda match: "" if text[: match.start()].endswith(("(", "[")) else " ", text).replace(
        MENTION, " "
    )


def last_owners(title: str, roster: Roster) -> Owners:
    """The owners at the end of a title whose date has been taken away from behind them."""
    found: list[_Naming] = []
    rest = _take_last(title, roster, found)
    sure = tuple(one.people[0] for one in found if not _is_asked(one))
    return Owners(sure, tuple(Asked(one.words, one.people) for one in found if _is_asked(one)), rest)


def without_owner(title: str, written: str) -> str:
    """A title whose last words were asked about, once they are known to name the owner; a title of nothing else stays."""
    words, name = title.rstrip(_LOOSE).split(), written.split()
    if not name or words[-len(name) :] != name or len(words) == len(name):
        return title
    return re.sub(r"\s(?:및|and)$", "", " ".join(words[: -len(name)]).rstrip(_LOOSE))


def take_name(text: str, roster: Roster) -> tuple[Asked | None, str]:
    """The first name in a line, with the people whom it may mean; and the line without it."""
    for start in re.finditer(r"(?<!\S)@?(?=\S)", text):
        if head := _head(text[start.end() :], roster, _AFTER_LISTED):
            rest = f"{text[: start.start()]} {text[start.end() + head[1] :]}"
            return Asked(head[0].words, head[0].people), " ".join(rest.split())
    return None, text


def names_in(text: str, roster: Roster) -> tuple[list[Asked], list[str]]:
    """A line of nothing but names, each with the people whom it may mean; and the words that are no name."""
    found: list[Asked] = []
    strange: list[str] = []
    text = _LISTED.sub(" ", text)
    while text := text.lstrip():
        head = _head(text, roster, _AFTER_LISTED)
        if head:
            found.append(Asked(head[0].words, head[0].people))
        word = head[1] if head else len(text.split()[0])
        strange += [] if head else [text[:word]]
        text = text[word:]
    return found, strange


def is_known(words: str, roster: Roster) -> bool:
    """Whether these words are somebody's name as the roster or an alias has it, with or without what belongs to it."""
    return _naming(words, roster) is not None


def naming(words: str, roster: Roster) -> tuple[Person, ...]:
    """Whom these words mean if they are wholly a name, with or without what belongs to it; nobody else."""
    found = _naming(words, roster)
    return found.people if found else ()


def likes(written: str, roster: Roster) -> tuple[Person, ...]:
    """Who may be meant by a name that nobody bears: `하늘`, `정교수`, `단장`, `정하눌`; the likeliest first."""
    wanted = _key(written)
    rated = [(_likeness(wanted, one), one) for one in roster.people]
    rated.sort(key=lambda pair: -pair[0])
    return tuple(one for likeness, one in rated if likeness >= _CLOSE)[:_MOST_LIKE]


def _is_asked(one: _Naming) -> bool:
    return len(one.people) != 1 or not one.addressed


def _likeness(wanted: str, person: Person) -> float:
    name, title = _key(person.name), _key(person.job_title)
    if wanted in (name, title, name[:1] + title) or (len(wanted) > 1 and wanted in name):
        return 1.0
    return SequenceMatcher(None, normalize("NFD", wanted), normalize("NFD", name)).ratio()


def _key(name: str) -> str:
    return re.sub(r"\s", "", name).casefold()


def _naming(words: str, roster: Roster, after: str = _AFTER) -> _Naming | None:
    """Who is meant if these words are wholly a name: with 직위, 님 and a particle; several when several read so."""
    people: dict[int | None, Person] = {}
    marks = [False, False]
    for forms, person in roster.borne.get(words[:1].casefold()[:1], ()):
        if match := forms[after].fullmatch(words):
            people[person.id] = person
            addressed = match["title"] or match["sir"] or match["charge"] or re.fullmatch(_TO, match["particle"] or "")
            marks[0] |= bool(addressed)
            marks[1] |= match["particle"] in ("이", "가", "은", "는", "께서")
    return _Naming(tuple(people.values()), words, *marks) if people else None


_Forms = Mapping[str, re.Pattern[str]]  # by what may follow: `_AFTER` or `_AFTER_LISTED`


def _forms(name: str, job_title: str) -> _Forms:
    """A name as it is written: spaces anywhere in it, with 직위, 님 and a particle."""
    title = re.escape(job_title) if job_title else "(?!)"
    letters = r"\s?".join(map(re.escape, re.sub(r"\s", "", name)))
    head = rf"{letters}(?P<title>\s?{title})?"
    return {after: re.compile(head + after, re.IGNORECASE) for after in (_AFTER, _AFTER_LISTED)}


def _head(text: str, roster: Roster, after: str = _AFTER) -> tuple[_Naming, int] | None:
    """The longest name at the start of a text, and where it ends."""
    ends = [match.end() for match in re.finditer(r"[^\s,;:/·()]+", text)][:_MOST_WORDS]
    for end in reversed(ends):
        if found := _naming(" ".join(text[:end].split()), roster, after):
            return found, end
    return None


def _take_labelled(text: str, roster: Roster, found: list[_Naming]) -> str:
    """`담당: 정하늘 교수, 한도윤`: everybody in the list behind the label, known or not."""
    for label in reversed(list(_LABEL.finditer(text))):  # the last first: what follows a label ends at the next one
        listed: list[_Naming] = []
        before = _without_side(text[: label.start()], roster)
        after = _take_list(text[label.end() :], roster, listed)
        text = f"{before}{after}" if before.endswith(("(", "[")) else f"{before} {after}"
        found[:0] = listed
    return text


def _take_list(text: str, roster: Roster, found: list[_Naming]) -> str:
    """Names up to the first word that is none; after the label and after a separator any word is one."""
    any_word = True
    while text := text.lstrip():
        head = _head(text.removeprefix("@"), roster)
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
            found.append(_Naming((), bare(word.group()), addressed=True, subject=False))
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
    sides = "|".join(re.escape(side) for side in roster.sides if side)
    return re.sub(rf"(?:(?<=\s)|^|[/,]\s*)(?:{sides})(?:\s?측)?\s*$", "", text, flags=re.IGNORECASE) if sides else text


def _take_at(text: str, roster: Roster, found: list[_Naming]) -> str:
    """`@정하늘 교수님께`, `@하늘`: a name for sure, known or not."""
    at = 0
    while match := _AT.search(text, at):
        rest = text[match.end() :]
        word = _WORD.match(rest)
        if word is None or word.group().casefold() in _EVERYBODY:
            at = match.end()
            continue
        head = _head(rest, roster)
        naming = head[0] if head else _Naming((), bare(word.group()), addressed=True, subject=False)
        found.append(_as_owner(naming))
        after = rest[head[1] if head else word.end() :].lstrip(",;:/·")
        text, at = f"{text[: match.start()]} {after}", match.start()
    return text


def _take_last(text: str, roster: Roster, found: list[_Naming]) -> str:
    """Names at the end of the line, one after the other; bare ones alone, behind something else, are asked about and stay."""
    named: list[_Naming] = []
    left = _opened(text.rstrip(_LOOSE), roster)
    while tail := _tail(left, roster):
        naming, start = tail
        before = left[:start].rstrip(_LOOSE)
        if label := _LABELLED.search(before):
            naming, before = _as_owner(naming), before[: label.start()].rstrip(_LOOSE)
        if not (naming.addressed or before):
            break
        named.append(naming)
        left = re.sub(r"\s(?:및|and)$", "", _without_side(before, roster).rstrip(_LOOSE))
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
    words = [_without_side(f"{word} ", roster).strip() for word in _LISTED.sub(" ", match[1]).split()]
    strange = names_in(" ".join(words), roster)[1]
    return text if strange or not any(words) else f"{text[: match.start()]} {match[1]}"


def _tail(text: str, roster: Roster) -> tuple[_Naming, int] | None:
    """The longest name at the end of a text, and where it begins; names may be joined by · or /."""
    starts = [match.start() for match in re.finditer(r"[^\s/·,]+", text)][-_MOST_WORDS:]
    for start in starts:
        words = " ".join(text[start:].split())
        if found := _naming(words, roster):
            return found, start
    return None


def _subject(text: str, roster: Roster) -> _Naming | None:
    """`정하늘 교수는 …`, `정하늘: …`: perhaps the owner, perhaps only whom the title is about."""
    head = _head(text.lstrip(), roster)
    if head is None:
        return None
    following = text.lstrip()[head[1] :].lstrip()
    return head[0] if following and (head[0].subject or following.startswith(":")) else None


def _as_owner(naming: _Naming) -> _Naming:
    """It stands where only an owner stands."""
    return _Naming(naming.people, naming.words, addressed=True, subject=False)


def bare(written: str) -> str:
    """A name without 님 and 에게."""
    return _STRIPPED.sub("", written) or written
