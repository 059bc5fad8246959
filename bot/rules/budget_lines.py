"""What stands after `budget`: the act, which line or milestone it is about, and what else was given."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.rules import slack_text
from bot.rules.budget import Figure
from bot.rules.grammar import normalise
from bot.rules.item_internals import take_mark
from bot.rules.money import read_won
from config.presets import Money
from storage.tables import Stage

Kind = TypeVar("Kind", Stage, Figure)


class BudgetAct(StrEnum):
    """What can be asked; `WORDS` says how."""

    ADD = "add"
    LIST = "list"
    SHOW = "show"
    STAGE = "stage"
    AMOUNT = "amount"
    DONE = "done"
    PRESET = "preset"
    MILESTONE = "milestone"
    MOVE = "move"
    SNOOZE = "snooze"
    EDIT = "edit"
    NOTE = "note"
    LINK = "link"
    SPLIT = "split"
    HISTORY = "history"
    UNDO = "undo"


# The first English and the first Korean word are the ones that help shows.
WORDS: dict[BudgetAct, tuple[str, ...]] = {
    BudgetAct.ADD: ("add", "추가", "new"),
    BudgetAct.LIST: ("list", "목록", "board", "현황", "현황판"),
    BudgetAct.SHOW: ("show", "보기"),
    BudgetAct.STAGE: ("stage", "단계"),
    BudgetAct.AMOUNT: ("amount", "금액", "amounts"),
    BudgetAct.DONE: ("done", "완료"),
    BudgetAct.PRESET: ("preset", "일정표", "presets"),
    BudgetAct.MILESTONE: ("milestone", "일정", "일정추가"),
    BudgetAct.MOVE: ("move", "옮기기", "일정변경", "due", "기한"),
    BudgetAct.SNOOZE: ("snooze", "나중에알림", "나중에"),
    BudgetAct.EDIT: ("edit", "수정"),
    BudgetAct.NOTE: ("note", "메모", "진행"),
    BudgetAct.LINK: ("link", "연결"),
    BudgetAct.SPLIT: ("split", "이월", "나누기"),
    BudgetAct.HISTORY: ("history", "이력"),
    BudgetAct.UNDO: ("undo", "되돌리기"),
}
STAGES: dict[Stage, tuple[str, ...]] = {
    Stage.PLANNED: ("planned", "구상", "plan"),
    Stage.REQUESTED: ("requested", "요구", "request"),
    Stage.DRAFTED: ("drafted", "편성", "draft"),
    Stage.APPROVED: ("approved", "의결", "voted", "vote"),
    Stage.GRANTED: ("granted", "교부", "교부결정", "grant"),
    Stage.EXECUTING: ("executing", "집행", "execution"),
    Stage.SETTLED: ("settled", "정산", "settlement"),
}
FIGURES: dict[Figure, tuple[str, ...]] = {
    Figure.REQUESTED: ("requested", "요구", "요구액", "request"),
    Figure.DRAFTED: ("drafted", "편성", "편성액", "draft"),
    Figure.APPROVED: ("approved", "의결", "의결액", "voted"),
    Figure.GRANTED: ("granted", "교부", "교부액", "교부결정액", "grant"),
    Figure.EXECUTED: ("executed", "집행", "집행액", "spent"),
    Figure.CARRIED_EXPLICIT: ("carried", "명시이월", "명시이월액"),
    Figure.CARRIED_ACCIDENT: ("carried-by-accident", "사고이월", "사고이월액"),
    Figure.RETURNED: ("returned", "반납", "반납액"),
}
KINDS: dict[Money, tuple[str, ...]] = {
    Money.NATIONAL_SUBSIDY: ("national subsidy", "국고보조금", "국고보조"),
    Money.LOCAL_SUBSIDY: ("local subsidy", "지방보조금", "지방보조"),
    Money.CONTRIBUTION: ("contribution", "출연금", "출연"),
    Money.COMMISSION: ("commission", "위탁·대행", "위탁/대행", "위탁", "대행"),
    Money.RESEARCH: ("research", "국가r&d", "r&d", "연구개발"),
    Money.COUNTY_PROJECT: ("county project", "군 직접사업", "군직접사업", "직접사업"),
}
INTERNAL = ("internal", "내부")
EVENT_ENDINGS = ("의결", "통보", "통지", "발표", "결과", "심사", "심의", "vote", "result", "notice")
_ACT_OF = {word: act for act, words in WORDS.items() for word in words}
_LONGEST = max(map(len, _ACT_OF))
_REF = re.compile(r"(?:b\s*-?\s*|#)?(\d{1,6})(?:\s*-\s*(\d{1,4}))?(?!\S)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\S)(?:FY\s?)?(20\d\d)\s?(?:년도|년)?(?!\S)", re.IGNORECASE)
_ABOUT_ITEM = re.compile(r"([ar])\s*-?\s*(\d{1,9})(?!\S)", re.IGNORECASE)
_MOST_WORDS = 5  # of an amount


@dataclass(frozen=True)
class Asked:
    """`act` None: not understood. `number`: of a line; `step`: of a milestone in it."""

    act: BudgetAct | None
    number: int | None = None
    step: int | None = None
    rest: str = ""


@dataclass(frozen=True)
class NewLine:
    """What a line for a new budget line gave."""

    name: str = ""
    year: int | None = None
    kind: Money | None = None
    amount: str = ""  # as it was written
    is_internal: bool = False


def read_asked(text: str) -> Asked:
    """`stage B-2 의결 3억`, `B-2 단계 의결`, `B-2`, `2027`, nothing: the board."""
    text = normalise(text)
    if not text:
        return Asked(BudgetAct.LIST)
    act, rest = _act(text)
    if act in (BudgetAct.ADD, BudgetAct.LIST):
        return Asked(act, rest=rest)
    ref = _REF.match(rest)
    if act:
        return _about(act, ref, rest)
    if _YEAR.fullmatch(text):
        return Asked(BudgetAct.LIST, rest=text)
    if not ref:
        return Asked(None, rest=text)
    act, behind = _act(rest[ref.end() :].strip())
    asked = _about(act or BudgetAct.SHOW, ref, rest)
    return Asked(None, rest=text) if not act and behind else Asked(asked.act, asked.number, asked.step, behind)


def read_stage(text: str) -> tuple[Stage | None, str]:
    """The stage at the start, and what follows it (an amount)."""
    return _first(text, STAGES)


def read_figure(text: str) -> tuple[Figure | None, str]:
    """Which amount is meant, and what follows it."""
    return _first(text, FIGURES)


def read_new(text: str) -> NewLine:
    """`NAME 2027년도 국고보조 요구 12억 5,000만원 내부`, in any order but the amount at the end of what is left.

    Internal is what begins with `내부:` as an item does, or has the word behind its name; `내부 공사` is a name.
    """
    internal, text = take_mark(" ".join(normalise(slack_text.plain(text)).split()))
    year = _YEAR.search(text)
    if year:
        text = f"{text[: year.start()]} {text[year.end() :]}"
    kind = next((kind for kind, words in KINDS.items() if _take_word(text, words)[1]), None)
    if kind:
        text, _ = _take_word(text, KINDS[kind])
    words, at_end = _without_internal(text.split())
    name, amount = _take_amount(words)
    named, behind = _without_internal(name.split())
    return NewLine(
        " ".join(named), int(year.group(1)) if year else None, kind, amount, is_internal=internal or at_end or behind
    )


def read_link(text: str) -> tuple[str, int] | None:
    """`A-12`, `R-7`: an item or a decision."""
    match = _ABOUT_ITEM.fullmatch(normalise(text))
    return (match.group(1).upper(), int(match.group(2))) if match else None


def read_year(text: str) -> int | None:
    """`2027`, `2027년도`."""
    match = _YEAR.fullmatch(normalise(text))
    return int(match.group(1)) if match else None


def is_event(name: str) -> bool:
    """Whether a milestone of this name is probably decided by others: `군의회 의결`."""
    return name.casefold().rstrip(" .").endswith(EVENT_ENDINGS)


def _about(act: BudgetAct, ref: re.Match[str] | None, rest: str) -> Asked:
    if ref is None:
        return Asked(act, rest=rest)
    step = int(ref.group(2)) if ref.group(2) else None
    return Asked(act, int(ref.group(1)), step, rest[ref.end() :].strip())


def _act(text: str) -> tuple[BudgetAct | None, str]:
    """The longest act whose letters start the text, whatever spaces stand between them, and that ends at a space."""
    best: tuple[BudgetAct | None, str] = (None, text)
    letters = ""
    for index, char in enumerate(text):
        if not char.isspace():
            letters += char.lower()
            at_end = index + 1 == len(text) or text[index + 1].isspace()
            if at_end and letters in _ACT_OF:
                best = (_ACT_OF[letters], text[index + 1 :].strip())
        if len(letters) > _LONGEST:
            break
    return best


def _first(text: str, table: dict[Kind, tuple[str, ...]]) -> tuple[Kind | None, str]:
    word, _, rest = normalise(text).partition(" ")
    found = next((kind for kind, words in table.items() if word.casefold().rstrip(":") in words), None)
    return (found, rest.strip()) if found else (None, normalise(text))


def _take_word(text: str, words: tuple[str, ...]) -> tuple[str, str]:
    """The text without the last of these words that stands alone in it, and that word."""
    for word in sorted(words, key=len, reverse=True):
        found = list(re.finditer(rf"(?<!\S){re.escape(word)}(?!\S)", text, re.IGNORECASE))
        if found:
            last = found[-1]
            return f"{text[: last.start()]} {text[last.end() :]}".strip(), last.group()
    return text, ""


def _without_internal(words: list[str]) -> tuple[list[str], bool]:
    """The words without the one that says so at their end, and whether it was there."""
    is_internal = bool(words) and words[-1].casefold() in INTERNAL
    return (words[:-1], True) if is_internal else (words, False)


def _take_amount(words: list[str]) -> tuple[str, str]:
    """The name, and the words at the end that are an amount, certain or not."""
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        tail = " ".join(words[-count:])
        amount = read_won(tail)
        if amount.won is not None or (amount.reason in ("unit-missing", "about") and not tail.isdigit()):
            before = words[:-count]
            if before and before[-1].casefold() in FIGURES[Figure.REQUESTED]:
                before = before[:-1]
            return " ".join(before), tail
    return " ".join(words), ""
