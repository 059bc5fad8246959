"""Who is meant: by an account, by `이름`, `이름 직위`, by an alias, or as somebody who attends this meeting."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape

from bot.rules.minutes.heads import narrow, word_key
from bot.rules.minutes.lines import Known
from bot.rules.minutes.tree import Who
from bot.rules.minutes.words import DEPARTMENT_ENDS, PROXY_WORDS, TITLES
from bot.rules.names import Roster
from bot.rules.slack_text import TOKEN
from storage.tables import Person

_TITLES = frozenset(TITLES)
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}")
_MENTIONS = re.compile(r"(?<=>)\s+(?=<@)")  # between two of them: Slack's users put only spaces there
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_NO_NAMES = frozenset("담당 각 양 해당 전체 주관 참고 비고 관련 신임 전임".split())
_JOINED = datetime(2000, 1, 1, tzinfo=UTC)  # a `Person` needs one; nothing reads it


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a line names one: who that is, and what stood in parentheses beside the name."""

    who: Who
    note: str = ""
    for_whom: str = ""


class People:
    """Everybody whom this meeting's lines may mean; grows by those who attend without being in the roster."""

    def __init__(self, known: Iterable[Known], sides: Iterable[str]) -> None:
        self._by_account: dict[str, Who] = {}
        self._by_name: dict[str, list[Who]] = {}
        self._everybody: list[Who] = []
        self._aliases: dict[str, Who] = {}
        known = list(known)
        self.sides = list(dict.fromkeys([*sides, *(one.side for one in known if one.side)]))
        for one in known:
            who = Who(one.name, one.title, one.department, one.side, one.key)
            self._everybody.append(who)
            self._by_account |= dict.fromkeys((one.key, *one.accounts), who)
            self._aliases |= dict.fromkeys(one.aliases, who)
            for name in (one.name, one.name + one.title, *one.aliases):
                self._enter(name, who)
        self._roster: Roster | None = None

    def _enter(self, name: str, who: Who) -> None:
        listed = self._by_name.setdefault(_name_key(name), [])
        if who not in listed:
            listed.append(who)

    def add(self, who: Who) -> None:
        """Somebody attends who is not in the roster."""
        if who not in self._everybody:
            self._everybody.append(who)
            for name in (who.name, who.name + who.title, *_first_names(who)):
                self._enter(name, who)
            self._roster = None

    def writer(self, writer: str) -> Who | None:
        """Who wrote a line: an account, or a name as a log has it."""
        if not writer:
            return None
        return self._by_account.get(writer) or self.known(writer) or Who(writer)

    def alias(self, writer: str, name: str) -> None:
        """What somebody who writes under a nickname is called."""
        who = self.known(name) or Who(name)
        self._by_account[writer] = who
        self.add(who)
        self._enter(writer, who)

    def account(self, user_id: str) -> Who | None:
        return self._by_account.get(user_id)

    def known(self, words: str) -> Who | None:
        """The one person whom these words name as the roster, an alias or this meeting has it."""
        found = self._by_name.get(_name_key(words), ())
        return found[0] if len(found) == 1 else None

    def has(self, who: Who) -> bool:
        """Whether this is somebody of the roster or of this meeting."""
        return who in self._everybody

    def named(self, words: str) -> Who | None:
        """Who is named before a colon: somebody known, in any usual form, or a Korean name with a 직위 that there is."""
        if (who := self.known(words)) is not None:
            return who
        if match := TOKEN.fullmatch(words.strip()):
            return self.account(match[2])
        named = self.read(words)
        if named is None:
            return None
        who = named.who
        if self.has(who):
            return who
        return who if who.title and _HANGUL_NAME.fullmatch(who.name) and who.name not in _NO_NAMES else None

    def read(self, words: str, side: str = "") -> Named | None:
        """`GIST 정하늘 교수(화상)`: who that is, known or not; `side` for those who name none."""
        notes = [note.strip() for note in _PARENTHESES.findall(narrow(words))]
        plain = _PARENTHESES.sub(" ", narrow(words)).replace("@", " ").strip(" .*_~")
        tokens = [part for token in plain.split() if (part := token.removesuffix("님"))]
        if not tokens:
            return None
        who = self._somebody(tokens, side)
        note, for_whom, who = _noted(notes, who, self.sides)
        if for_whom and not who.side and (absent := self.named(for_whom)):
            who = replace(who, side=absent.side)
        return Named(who, note, for_whom)

    def _somebody(self, tokens: Sequence[str], side: str) -> Who:
        """The known person at the end of the words, else one made of 소속, name and 직위."""
        for start in range(len(tokens)):
            if (who := self.known(" ".join(tokens[start:]))) is not None:
                return who
        tokens = [part for token in tokens for part in _unglued(token)]
        title = tokens[-1] if len(tokens) > 1 and is_title(tokens[-1]) else ""
        rest = tokens[: len(tokens) - bool(title)]
        for start in range(len(rest)):
            if (who := self.known(" ".join(rest[start:]))) is not None:
                return who if who.title or not title else replace(who, title=title)
        if rest[0] in self.sides or rest[0].removesuffix("측") in self.sides:
            side, rest = rest[0] if rest[0] in self.sides else rest[0].removesuffix("측"), rest[1:] or rest
        split = len(rest) - 1 if title or rest[-1].isascii() is False else 0
        while split > 0 and not rest[split - 1].endswith(DEPARTMENT_ENDS) and not title:
            split -= 1
        return Who(" ".join(rest[split:]), title, " ".join(rest[:split]), side)

    def read_list(self, text: str, *, by_spaces: bool = False) -> list[Named]:
        """Everybody in a list: `GIST 정하늘 교수, 한도윤 연구원 / 영광군 이도현 팀장`; a side holds until the next one."""
        found, side = [], ""
        for part in _parts(unescape(self._render_mentions(_MENTIONS.sub(", ", text)))):
            side, rest = self._side_of(part) or (side, part)
            each = (self.read(words, side) for words in self._split(rest, by_spaces=by_spaces))
            found += [named for named in each if named is not None]
        return found

    def _split(self, part: str, *, by_spaces: bool) -> list[str]:
        tokens = part.split()
        if len(tokens) > 1 and self.known(part) is None and (by_spaces or all(map(self.known, tokens))):
            return tokens
        return [part]

    def _side_of(self, part: str) -> tuple[str, str] | None:
        """A side at the start of a list's part, and what follows it."""
        for side in self.sides:
            if match := re.match(rf"[(\[]?{re.escape(side)}(?:\s?측)?[)\]]?\s*:?\s+(?=\S)|{re.escape(side)}\s?:", part):
                return side, part[match.end() :].strip()
        return None

    def _render_mentions(self, text: str) -> str:
        return TOKEN.sub(lambda match: self._shown(match[1], match[2], match[3]), text)

    def _shown(self, kind: str, target: str, label: str | None) -> str:
        if kind == "@":
            who = self.account(target)
            return who.full if who else label or target
        if kind == "#":
            return "#" + (label or target)
        if kind == "!":
            return (label or target.partition("^")[0]).lstrip("@")
        return target if not label or label == target else f"{label} ({target})"

    def rendered(self, text: str) -> str:
        """What a line says to a reader: people by their names, links by their words and address, no entities."""
        if "<" in text:
            text = self._render_mentions(text)
        return unescape(text) if "&" in text else text

    def roster(self) -> tuple[Roster, list[Who]]:
        """For the parser of action lines, whose people have their place in the list as their id."""
        if self._roster is None:
            records = [_record(at, who) for at, who in enumerate(self._everybody)]
            places = dict(zip(self._everybody, records, strict=True))
            aliases = {alias.casefold(): places[who] for alias, who in self._aliases.items()}
            self._roster = Roster(records, aliases, self.sides)
        return self._roster, self._everybody


def _name_key(name: str) -> str:
    """`Ann_Lee` is how tools without spaces in names write `Ann Lee`."""
    return word_key(name).replace("_", "")


def _first_names(who: Who) -> list[str]:
    """`Ann` is enough for `Ann Lee` among those who attend, unless two are called so."""
    return [who.name.replace("_", " ").split()[0]] if who.name.isascii() and who.name.strip("_ ") else []


def _record(at: int, who: Who) -> Person:
    return Person(id=at, task_force_id=0, side_id=0, name=who.name, job_title=who.title, joined_at=_JOINED)


def _parts(text: str) -> list[str]:
    parts = re.split(r"(?:[,、，;；]|\s/\s|\s및\s|\sand\s)(?![^()]*\))", text)
    return [part.strip() for part in parts if part.strip()]


def is_title(word: str) -> bool:
    """Whether a word is a 직위."""
    return word.casefold() in _TITLES or (
        len(word) > 2 and any(word.endswith(title) for title in TITLES if len(title) > 1)
    )


def _unglued(token: str) -> list[str]:
    """`이도현팀장` is a name and a 직위; most names have three syllables."""
    if not token.endswith(DEPARTMENT_ENDS) and not is_title(token[:4]):
        for fits in (_TITLES.__contains__, is_title):
            for size in (3, 2, 4):
                if _HANGUL_NAME.fullmatch(token[:size]) and fits(token[size:]):
                    return [token[:size], token[size:]]
    return [token]


def _noted(notes: Iterable[str], who: Who, sides: Sequence[str]) -> tuple[str, str, Who]:
    """What stands in parentheses: for whom somebody stands in, 소속 and 직위, or a plain note."""
    left, for_whom = [], ""
    for note in (part.strip() for one in notes for part in one.split(",") if part.strip()):
        words = note.split()
        if words[-1].casefold() in PROXY_WORDS:
            for_whom = " ".join(words[:-1])
        elif who.key or (words[0] not in sides and not is_title(words[-1]) and not note.endswith(DEPARTMENT_ENDS)):
            left.append(note)
        else:
            who = _placed(words, who, sides)
    return ", ".join(left), for_whom, who


def _placed(words: list[str], who: Who, sides: Sequence[str]) -> Who:
    """With the side, 소속 and 직위 that these words tell: `GIST 모빌리티연구소`, `군의회 의원`."""
    side, words = (words[0], words[1:]) if words[0] in sides else (who.side, words)
    title, words = (words[-1], words[:-1]) if words and is_title(words[-1]) else (who.title, words)
    return replace(who, side=side, title=title, department=" ".join(words) or who.department)
