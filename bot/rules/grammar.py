"""What people type after `/tft`, after the bot's mention, or in a direct message: the verb, and the rest."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from unicodedata import normalize


class Verb(StrEnum):
    """What can be asked. English and Korean words mean the same everywhere; see `WORDS`."""

    MENU = "menu"
    HELP = "help"
    SETUP = "setup"
    JOIN = "join"
    ROSTER = "roster"
    MEMBER = "member"
    SETTINGS = "settings"
    ADD = "add"
    LIST = "list"
    MINE = "mine"
    SHOW = "show"
    DONE = "done"
    UNDO = "undo"
    REOPEN = "reopen"
    HISTORY = "history"
    ASSIGN = "assign"
    DUE = "due"
    EDIT = "edit"
    POSTPONE = "postpone"
    SNOOZE = "snooze"
    CANCEL = "cancel"
    NOTE = "note"
    SEARCH = "search"
    SUMMARY = "summary"
    PREVIEW = "preview"
    BUDGET = "budget"


# The first English and the first Korean word are the ones that help shows.
WORDS: dict[Verb, tuple[str, ...]] = {
    Verb.MENU: ("menu", "메뉴"),
    Verb.HELP: ("help", "도움말", "도움", "?"),
    Verb.SETUP: ("setup", "설정", "시작하기"),
    Verb.JOIN: ("join", "참여", "참가"),
    Verb.ROSTER: ("roster", "명단", "members"),
    Verb.MEMBER: ("member", "구성원"),
    Verb.SETTINGS: ("settings", "내설정"),
    Verb.ADD: ("add", "추가", "new", "할일추가"),
    Verb.LIST: ("list", "목록", "할일목록"),
    Verb.MINE: ("mine", "내할일", "내것"),
    Verb.SHOW: ("show", "보기"),
    Verb.DONE: ("done", "완료"),
    Verb.UNDO: ("undo", "되돌리기"),
    Verb.REOPEN: ("reopen", "다시열기"),
    Verb.HISTORY: ("history", "이력"),
    Verb.ASSIGN: ("assign", "담당", "담당변경"),
    Verb.DUE: ("due", "기한", "기한변경", "마감"),
    Verb.EDIT: ("edit", "수정"),
    Verb.POSTPONE: ("postpone", "미루기", "미룸"),
    Verb.SNOOZE: ("snooze", "나중에알림", "나중에"),
    Verb.CANCEL: ("cancel", "취소"),
    Verb.NOTE: ("note", "진행", "진행기록"),
    Verb.SEARCH: ("search", "검색", "찾기", "find"),
    Verb.SUMMARY: ("summary", "요약", "주간요약"),
    Verb.PREVIEW: ("preview", "미리보기"),
    Verb.BUDGET: ("budget", "예산"),
}
_VERB_OF = {word: verb for verb, words in WORDS.items() for word in words}
_BY_LETTERS = {normalize("NFD", word): verb for word, verb in _VERB_OF.items()}
_LONGEST = max(map(len, _VERB_OF))

_REF = re.compile(r"(?:a\s*-?\s*|#)?\s*(\d{1,9})(?!\S)", re.IGNORECASE)
_BUDGET_REF = re.compile(
    r"b\s*-?\s*\d{1,6}(?:\s*-\s*\d{1,4})?(?!\S)", re.IGNORECASE
)  # a budget line, or a milestone of it
_OF_BUDGET = (Verb.SHOW, Verb.DONE, Verb.HISTORY, Verb.EDIT, Verb.NOTE, Verb.DUE)  # what can be done with both
_SMART = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "：": ":", "\u3000": " ", "\u00a0": " "})


@dataclass(frozen=True)
class Line:
    """`verb` None: not understood; then `nearest` may hold what was probably meant."""

    verb: Verb | None
    rest: str
    nearest: Verb | None = None


def normalise(text: str) -> str:
    """What a person typed, in one spelling: NFC, full-width ASCII and smart quotes made plain, ends trimmed."""
    narrow = "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in normalize("NFC", text))
    return narrow.translate(_SMART).strip()


def read_line(text: str) -> Line:
    """The verb at the start (spaces inside a Korean verb do not matter), or after an item's number: `A-12 완료`."""
    text = normalise(text)
    if not text:
        return Line(Verb.MENU, "")
    found = _leading_verb(text)
    if _BUDGET_REF.match(found.rest if found else text) and (found is None or found.verb in _OF_BUDGET):
        return Line(Verb.BUDGET, text)  # `B-2 단계 의결`, `보기 B-2`: the verbs of budget lines
    if found:
        return found
    ref = _REF.match(text)
    if ref:
        after = _leading_verb(text[ref.end() :].strip())
        if after and after.verb:
            return Line(after.verb, f"{ref.group().strip()} {after.rest}".strip())
        if not text[ref.end() :].strip():
            return Line(Verb.SHOW, text)
    return Line(None, text, _nearest(text.split()[0].lower()))


def read_ref(text: str) -> tuple[int, str] | None:
    """The item number at the start (`A-12`, `a12`, `#12`, `12`) and what follows it."""
    match = _REF.match(normalise(text))
    return (int(match.group(1)), normalise(text)[match.end() :].strip()) if match else None


def _leading_verb(text: str) -> Line | None:
    """The longest verb whose letters start the text, whatever spaces stand between them, and that ends at a space."""
    best: Line | None = None
    letters = ""
    for index, char in enumerate(text):
        if not char.isspace():
            letters += char.lower()
            at_end = index + 1 == len(text) or text[index + 1].isspace()
            if at_end and letters in _VERB_OF:
                best = Line(_VERB_OF[letters], text[index + 1 :].strip())
        if len(letters) > _LONGEST:
            break
    return best


def _nearest(word: str) -> Verb | None:
    """The verb that was probably meant; Hangul is compared letter by letter, not syllable by syllable."""
    close = get_close_matches(normalize("NFD", word), _BY_LETTERS, n=1, cutoff=0.65)
    if close:
        return _BY_LETTERS[close[0]]
    glued = [known for known in _VERB_OF if len(known) > 1 and word.startswith(known)]
    return _VERB_OF[max(glued, key=len)] if glued else None
