"""What people type after `/tft`, after the bot's mention, or in a direct message: the verb, and the rest."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple
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
    HOLIDAY = "holiday"
    LEAVE = "leave"
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
    DECIDE = "decide"
    DECISIONS = "decisions"
    CONFIRM = "confirm"
    OBJECT = "object"
    SUPERSEDE = "supersede"
    DELEGATE = "delegate"
    EXPORT = "export"
    HANDOVER = "handover"
    SUMMARY = "summary"
    PREVIEW = "preview"
    BUDGET = "budget"
    MEETING = "meeting"
    MINUTES = "minutes"


# The first English and the first Korean word are the ones that help shows.
WORDS: dict[Verb, tuple[str, ...]] = {
    Verb.MENU: ("menu", "메뉴"),
    Verb.HELP: ("help", "도움말", "도움", "?"),
    Verb.SETUP: ("setup", "설정", "시작하기"),
    Verb.JOIN: ("join", "참여", "참가"),
    Verb.ROSTER: ("roster", "명단", "members"),
    Verb.MEMBER: ("member", "구성원"),
    Verb.SETTINGS: ("settings", "내설정"),
    Verb.HOLIDAY: ("holiday", "휴일", "휴무", "holidays"),
    Verb.LEAVE: ("leave", "휴가"),
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
    Verb.NOTE: ("note", "진행", "진행기록", "메모"),
    Verb.SEARCH: ("search", "검색", "찾기", "find"),
    Verb.DECIDE: ("decide", "결정", "결정기록"),
    Verb.DECISIONS: ("decisions", "결정목록", "결정사항"),
    Verb.CONFIRM: ("confirm", "확인"),
    Verb.OBJECT: ("object", "이의", "이의제기"),
    Verb.SUPERSEDE: ("supersede", "변경", "결정변경"),
    Verb.DELEGATE: ("delegate", "위임"),
    Verb.EXPORT: ("export", "내보내기", "다운로드"),
    Verb.HANDOVER: ("handover", "인계", "인수인계"),
    Verb.SUMMARY: ("summary", "요약", "주간요약"),
    Verb.PREVIEW: ("preview", "미리보기"),
    Verb.BUDGET: ("budget", "예산"),
    Verb.MEETING: ("meeting", "회의"),
    Verb.MINUTES: ("minutes", "회의록"),
}
_VERB_OF = {word: verb for verb, words in WORDS.items() for word in words}
_BY_LETTERS = {normalize("NFD", word): verb for word, verb in _VERB_OF.items()}
# Words that are understood without a space before them: `목록지연`, `회의시작`.
GLUED: dict[Verb, tuple[str, ...]] = {
    Verb.LIST: ("진행", "내것", "지연", "차례", "완료", "전체"),
    Verb.MINE: ("지연", "차례", "완료"),
    Verb.MEETING: ("예약", "시작", "안건", "종료", "목록"),
    Verb.BUDGET: ("추가", "목록", "보기", "단계", "금액", "완료", "일정표"),
    Verb.HOLIDAY: ("추가", "목록"),
    Verb.LEAVE: ("추가", "목록"),
    Verb.PREVIEW: ("주간", "알림"),
}
_WITH_MORE = {WORDS[verb][1] + more: (verb, more) for verb, after in GLUED.items() for more in after}
_LONGEST = max(map(len, [*_VERB_OF, *_WITH_MORE]))


class Noun(StrEnum):
    """What has a number of its own; the value is the letter before it."""

    ITEM = "A"
    DECISION = "R"
    MEETING = "M"


# How a number is written, for each noun: around the digits. What none of them fits may mean whatever has numbers.
REFS: dict[Noun, tuple[str, ...]] = {
    Noun.ITEM: (r"a\s*-?\s*{}",),
    Noun.DECISION: (r"r\s*-?\s*{}", r"결정(?:\s*사항)?\s*{}\s*호?"),
    Noun.MEETING: (r"m\s*-?\s*{}",),
}
_DIGITS = r"\s*(\d{1,9})"
_REFS = [
    (noun, re.compile(form.format(_DIGITS) + r"(?!\S)", re.IGNORECASE))
    for noun, forms in REFS.items()
    for form in forms
]
_BARE = re.compile(rf"#?{_DIGITS}(?!\S)")
# Verbs that say something about one numbered thing: `결정 7 보기` is about R-7, `결정 7 노선 추가` records a decision.
_ABOUT_ONE = frozenset(
    {
        *(Verb.SHOW, Verb.HISTORY, Verb.EDIT, Verb.NOTE, Verb.CANCEL, Verb.UNDO, Verb.DONE, Verb.REOPEN),
        *(Verb.CONFIRM, Verb.OBJECT, Verb.SUPERSEDE),
    }
)
# A budget line (`B-2`), or a milestone of it (`B-2-1`), and what can be done with both.
_BUDGET_REF = re.compile(r"b\s*-?\s*\d{1,6}(?:\s*-\s*\d{1,4})?(?!\S)", re.IGNORECASE)
_OF_BUDGET = (Verb.SHOW, Verb.DONE, Verb.HISTORY, Verb.EDIT, Verb.NOTE, Verb.DUE, Verb.SNOOZE, Verb.UNDO)
_SMART = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "：": ":", "\u3000": " ", "\u00a0": " "})


# A number may be glued to these, `완료A-12`; `결정3건` is no decision, and `추가2차` is asked about.
_NUMBERED = _ABOUT_ONE | {Verb.ASSIGN, Verb.DUE, Verb.POSTPONE, Verb.SNOOZE, Verb.MINUTES, Verb.MEETING, Verb.BUDGET}
_COLON = re.compile(r"\s*:(?![\w+-]+:)")  # `결정：문구`, but no `:tada:`


@dataclass(frozen=True)
class Line:
    """`verb` None: not understood; then `nearest` may hold what was probably meant, and `nearest_rest` what follows it."""

    verb: Verb | None
    rest: str
    nearest: Verb | None = None
    nearest_rest: str = ""


def normalise(text: str) -> str:
    """What a person typed, in one spelling: NFC, full-width ASCII and smart quotes made plain, ends trimmed."""
    narrow = "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in normalize("NFC", text))
    return narrow.translate(_SMART).strip()


class Ref(NamedTuple):
    """A number as it was written; `noun` None: the number alone, which means whatever can be meant."""

    noun: Noun | None
    number: int
    rest: str  # what follows it

    def __str__(self) -> str:
        return f"{self.noun or Noun.ITEM}-{self.number}"


def read_line(text: str) -> Line:
    """The verb at the start (spaces inside a Korean verb do not matter), or after a number: `A-12 완료`, `결정 7 보기`."""
    text = normalise(text)
    if not text:
        return Line(Verb.MENU, "")
    found, ref = _leading_verb(text), read_ref(text)
    after = _leading_verb(ref.rest) if ref else None
    if _BUDGET_REF.match(found.rest if found else text) and (found is None or found.verb in _OF_BUDGET):
        found = Line(Verb.BUDGET, text)  # `B-2 단계 의결`, `보기 B-2`: the verbs of budget lines
    if ref and found is None:
        found = Line(after.verb, f"{_written(text, ref)} {after.rest}".strip()) if after else None
        found = found or (None if ref.rest else Line(Verb.SHOW, text))
    elif ref and not ref.rest:
        return Line(Verb.SHOW, str(ref))
    elif ref and after and after.verb in _ABOUT_ONE:
        return Line(after.verb, f"{ref} {after.rest}".strip())
    return found or _nearest(text)


def read_ref(text: str) -> Ref | None:
    """The number at the start (`A-12`, `a12`, `#12`, `12`, `R-7`, `결정 7`, `결정7호`) and what follows it."""
    text = normalise(text)
    for noun, form in _REFS:
        if match := form.match(text):
            return Ref(noun, int(match.group(1)), text[match.end() :].strip())
    match = _BARE.match(text)
    return Ref(None, int(match.group(1)), text[match.end() :].strip()) if match else None


def _written(text: str, ref: Ref) -> str:
    """The number as it stands at the start of the text."""
    return text[: len(text) - len(ref.rest)].strip() if ref.rest else text


def _leading_verb(text: str) -> Line | None:
    """The longest verb whose letters start the text, whatever spaces stand between them, and that ends there."""
    best: Line | None = None
    letters = ""
    for index, char in enumerate(text):
        if not char.isspace():
            letters += char.lower()
            verb, more = _WITH_MORE.get(letters) or (_VERB_OF.get(letters), "")
            rest = text[index + 1 :]
            if verb and _ends(verb, char, rest):
                colon = _COLON.match(rest)
                best = Line(verb, f"{more} {rest[colon.end() if colon else 0 :].strip()}".strip())
        if len(letters) > _LONGEST:
            break
    return best


def _ends(verb: Verb, last: str, rest: str) -> bool:
    """Whether a verb ends here: at a space, a colon or a mention, and a Korean one at a number or a Latin letter too."""
    if not rest or rest[0].isspace() or rest[0] in "#@<" or _COLON.match(rest):
        return True
    return verb in _NUMBERED and not last.isascii() and rest[0].isascii() and rest[0].isalnum()


def _nearest(text: str) -> Line:
    """The verb that was probably meant; Hangul is compared letter by letter, not syllable by syllable."""
    word, *others = text.split()
    known = max((one for one in _VERB_OF if len(one) > 1 and word.lower().startswith(one)), key=len, default="")
    if known and len(word) - len(known) > 1 and not known.isascii():  # a space is missing: `추가센터`
        return Line(None, text, _VERB_OF[known], " ".join([word[len(known) :], *others]))
    close = get_close_matches(normalize("NFD", word.lower()), _BY_LETTERS, n=1, cutoff=0.65)
    verb = _BY_LETTERS[close[0]] if close else _VERB_OF.get(known)
    return Line(None, text, verb, " ".join(others))
