"""Names in a line, and whom they mean by the roster: with 직위, 님 and a particle, by an alias, or nearly."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import islice
from unicodedata import normalize

from storage.tables import Person

_MOST_WORDS = 5  # of a name with its title
_LOOKED_AT = 200  # letters, which hold as many words and more
_MOST_LIKE = 5  # people that are offered for a name nobody bears
_SHORTEST_FIRST = 3  # letters of a first name that says who is meant
_CLOSE = 0.7  # how alike two names are, letter by letter, from 0 to 1

_TO = r"(?:에게|께|한테)"
PARTICLE = rf"(?:{_TO}|께서|이랑|랑|하고|와|과|은|는|이|가|을|를|의)"
_AFTER = rf"(?P<sir> ?님)?(?P<particle>{PARTICLE})?(?P<charge> 담당)?"
_AFTER_LISTED = rf"(?P<sir> ?님)?(?P<particle>{PARTICLE}|으로|로)?(?P<charge> 담당)?"  # `담당 A-1 한도윤 주무관으로`
LISTED = re.compile(r"[@,;/·]|(?<=\s)(?:및|and)(?=\s)")
_STRIPPED = re.compile(rf"(?: ?님)?{_TO}?$")


@dataclass(frozen=True)
class Asked:
    """Words that may name an owner, and whom they may mean (nobody: the name is not known)."""

    written: str
    candidates: tuple[Person, ...]


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
    def parts(self) -> Mapping[str, Sequence[tuple[str, Person]]]:
        """The ways in which somebody is called by a part of the name, by its first letter."""
        found: dict[str, list[tuple[str, Person]]] = {}
        for one in self.people:
            for part, way in _ways_to_call(one.name, one.job_title):
                found.setdefault(part[:1], []).append((way, one))
        return found

    @cached_property
    def borne(self) -> Mapping[str, Sequence[tuple[str, Person]]]:
        """Every name, by its first letter: minutes ask for hundreds of words."""
        found: dict[str, list[tuple[str, Person]]] = {}
        for name, person in self.names():
            found.setdefault(_key(name)[:1], []).append((name, person))
        return found


@dataclass(frozen=True)
class Naming:
    """Some words that are wholly a name with what belongs to it."""

    people: tuple[Person, ...]
    words: str
    addressed: bool  # by 직위, 님, 에게 or 담당: a title seldom ends so
    subject: bool
    partial: bool = False  # `도윤님`, `한 주무관`, `Emma`: always asked about


def take_name(text: str, roster: Roster) -> tuple[Asked | None, str]:
    """The first name in a line, with the people whom it may mean; and the line without it."""
    for start in re.finditer(r"(?<!\S)@?(?=\S)", text):
        if head := first_name(text[start.end() :], roster, _AFTER_LISTED):
            rest = f"{text[: start.start()]} {text[start.end() + head[1] :]}"
            return Asked(head[0].words, head[0].people), " ".join(rest.split())
    return None, text


def names_in(text: str, roster: Roster) -> tuple[list[Asked], list[str]]:
    """A line of nothing but names, each with the people whom it may mean; and the words that are no name."""
    found: list[Asked] = []
    strange: list[str] = []
    text = LISTED.sub(" ", text)
    while text := text.lstrip():
        head = first_name(text, roster, _AFTER_LISTED)
        if head:
            found.append(Asked(head[0].words, head[0].people))
        word = head[1] if head else len(text.split()[0])
        strange += [] if head else [text[:word]]
        text = text[word:]
    return found, strange


def is_known(words: str, roster: Roster) -> bool:
    """Whether these words are somebody's name as the roster or an alias has it, with or without what belongs to it."""
    return read_naming(words, roster) is not None


def bearers(words: str, roster: Roster) -> tuple[Person, ...]:
    """Whom these words mean if they are wholly a name, with or without what belongs to it; nobody else."""
    found = read_naming(words, roster)
    return found.people if found else ()


def likes(written: str, roster: Roster) -> tuple[Person, ...]:
    """Who may be meant by a name that nobody bears: `하늘`, `정교수`, `단장`, `정하눌`; the likeliest first."""
    wanted = _key(written)
    rated = [(_likeness(wanted, one), one) for one in roster.people]
    rated.sort(key=lambda pair: -pair[0])
    return tuple(one for likeness, one in rated if likeness >= _CLOSE)[:_MOST_LIKE]


def _likeness(wanted: str, person: Person) -> float:
    name, title = _key(person.name), _key(person.job_title)
    if wanted in (name, title, name[:1] + title) or (len(wanted) > 1 and wanted in name):
        return 1.0
    return SequenceMatcher(None, normalize("NFD", wanted), normalize("NFD", name)).ratio()


def _key(name: str) -> str:
    return re.sub(r"\s", "", name).casefold()


def read_naming(words: str, roster: Roster, after: str = _AFTER) -> Naming | None:
    """Who is meant if these words are wholly a name: with 직위, 님 and a particle; several when several read so."""
    people: dict[int | None, Person] = {}
    marks = [False, False]
    for name, person in roster.borne.get(words[:1].casefold()[:1], ()):
        if match := _forms(name, person.job_title)[after].fullmatch(words):
            people[person.id] = person
            addressed = match["title"] or match["sir"] or match["charge"] or re.fullmatch(_TO, match["particle"] or "")
            marks[0] |= bool(addressed)
            marks[1] |= match["particle"] in ("이", "가", "은", "는", "께서")
    return Naming(tuple(people.values()), words, *marks) if people else None


def read_part(words: str, roster: Roster) -> Naming | None:
    """Who may be meant by `도윤님`, `한 주무관`, `정교수님께`, `Emma`; a given name alone may be any word."""
    ways = roster.parts.get(words[:1], ())
    found = [(match, person) for way, person in ways if (match := re.fullmatch(way, words))]
    people = {person.id: person for _, person in found}
    is_subject = any(match["subject"] for match, _ in found)
    return Naming(tuple(people.values()), words, addressed=False, subject=is_subject, partial=True) if people else None


def _ways_to_call(name: str, job_title: str) -> list[tuple[str, str]]:
    """Parts with patterns: family name with 직위, given name with 직위 or 님; of a name in Latin letters the first word."""
    first, *others = name.split()
    if first.isascii() and others:
        return [(first, rf"{re.escape(first)}(?P<subject>(?!))?")] if len(first) >= _SHORTEST_FIRST else []
    if not re.fullmatch("[가-힣]{3,4}", name):
        return []
    family, given = name[:-2], name[-2:]
    title = re.escape(job_title) if job_title else "(?!)"
    after = rf"(?:{_TO}|(?P<subject>께서|이|가|은|는))?"
    return [
        (family, rf"{family}\s?{title}(?: ?님)?{after}"),
        (given, rf"{given}(?:\s?{title}(?: ?님)?| ?님){after}"),
    ]


_Forms = Mapping[str, re.Pattern[str]]  # by what may follow: `_AFTER` or `_AFTER_LISTED`


@lru_cache(maxsize=4096)  # a roster is read anew for each line
def _forms(name: str, job_title: str) -> _Forms:
    """A name as it is written: spaces anywhere in it, with 직위, 님 and a particle."""
    title = re.escape(job_title) if job_title else "(?!)"
    letters = r"\s?".join(map(re.escape, re.sub(r"\s", "", name)))
    head = rf"{letters}(?P<title>\s?{title})?"
    return {after: re.compile(head + after, re.IGNORECASE) for after in (_AFTER, _AFTER_LISTED)}


def first_name(text: str, roster: Roster, after: str = _AFTER) -> tuple[Naming, int] | None:
    """The longest name at the start of a text, and where it ends."""
    ends = [match.end() for match in islice(re.finditer(r"[^\s,;:/·()→!]+", text), _MOST_WORDS)]
    for end in reversed(ends):
        if found := read_naming(" ".join(text[:end].split()), roster, after):
            return found, end
    return None


def first_part(text: str, roster: Roster) -> tuple[Naming, int] | None:
    """The same for a part of a name."""
    ends = [match.end() for match in islice(re.finditer(r"[^\s,;:/·()→!]+", text), _MOST_WORDS)]
    found = ((read_part(" ".join(text[:end].split()), roster), end) for end in reversed(ends))
    return next(((naming, end) for naming, end in found if naming), None)


def last_name(text: str, roster: Roster) -> tuple[Naming, int] | None:
    """The longest name at the end of a text, and where it begins; names may be joined by · or /."""
    starts = _last_words(text)
    for start in starts:
        words = " ".join(text[start:].split())
        if found := read_naming(words, roster):
            return found, start
    parts = ((read_part(" ".join(text[start:].split()), roster), start) for start in starts)
    return next(((naming, start) for naming, start in parts if naming), None)


def _last_words(text: str) -> list[int]:
    """Where the last words begin, found from the end: who names many is asked of the same text for each of them."""
    size = _LOOKED_AT
    while True:
        behind = max(0, len(text) - size)
        starts = [behind + match.start() for match in re.finditer(r"[^\s/·,]+", text[behind:])]
        if not behind or len(starts) > _MOST_WORDS:  # the first of them may be a part of a word
            return starts[-_MOST_WORDS:]
        size *= 4


def bare(written: str) -> str:
    """A name without 님 and 에게."""
    return _STRIPPED.sub("", written) or written
