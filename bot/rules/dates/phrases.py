"""Neighbouring date tokens in a sentence: what they mean together, and whether something marks them as a due date."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from bot.rules.calendars import previous_working_day
from bot.rules.dates.composing import compose
from bot.rules.dates.due import Due, Frame, Kind, Reading, question
from bot.rules.dates.folding import Folded
from bot.rules.dates.grammar import kinds
from bot.rules.dates.reading import checked
from bot.rules.dates.tokens import Token

_SAYS_A_DAY = frozenset("ADdRWe")
_EDGES = "PZ|~"
_COUNTED_FROM = re.compile(r"(?:부터|후|뒤|이후|기준|시)$")
_DOUBTS = re.compile(r"(?:not|except|unless|without|over|b4|good|black|ash|easter|cyber|palm|holy|maundy|super)$")
"""Words before a day that turn it into another, or away from it: `Good Friday`, `not Monday`."""
_EVENTS = re.compile(r"자(?=$|[^가-힣])|기준|현재|시행|개정|공포|고시|개최|열리|열린|있을|예정된|접수|.*에서의?$")
"""Words after a day on which something happens or happened: it marks no due date by its weekday or by 에."""
_TIES = frozenset({"of", "for"})
"""`Minutes of 10 December`, `Plan for Friday`: the date may well belong to what stands before it."""
_LONGEST_PHRASE = 20
_LONG = dt.timedelta(days=270)
_BEHIND = {"after", "while", "until", "since"}
"""What stands behind a day or a length in Korean: 전, 내, 부터."""
_LIMITS = {"~", "through"}
_END = Token("?", -1, -1)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands around a run of date tokens: the unknown word before it, and all tokens with the run's end."""

    before: str
    tokens: Sequence[Token]
    end: int

    @property
    def word(self) -> str:
        """The unknown word behind it, if one follows."""
        following = self._behind(0)
        return following.word if following.kind == "?" else ""

    @property
    def is_event(self) -> bool:
        """`12/9 회의 전까지`: it is the day of something before which all is due."""
        following = self._behind(1)
        return bool(self.word) and (following.kind, following.word) == ("-", "until")

    def _behind(self, places: int) -> Token:
        at = self.end + places
        return self.tokens[at] if at < len(self.tokens) else _END

    @property
    def last(self) -> bool:
        """Whether only names, labels and punctuation follow."""
        following = (self.tokens[at] for at in range(self.end, len(self.tokens)))
        return all(token.kind == "?" and token.word[:1] in "#@<" for token in following)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring date tokens, what they mean together, and how they are marked as a due date.

    `led` is the `on` or `at the` before them, which goes when they go.
    """

    tokens: Sequence[Token]
    led: Sequence[Token]
    due: Due
    marked: bool
    last: bool
    """Whether only names, labels and punctuation follow."""

    @property
    def kinds(self) -> str:
        return kinds(self.tokens)

    @property
    def behind(self) -> bool:
        """Whether it is most likely a day that has passed, of which the line only tells."""
        return self.due.key in {"past", "next-year"}

    def span(self, folded: Folded) -> tuple[int, int]:
        """Its place in the original; verbs such as 제출 mark a date but belong to the sentence."""
        own = [token for token in self.tokens if token.kind != "Z"] or self.tokens
        return folded.span((*self.led, *own)[0].start, own[-1].end)


def phrases_of(tokens: Sequence[Token], frame: Frame) -> list[Phrase]:
    found: list[Phrase] = []
    start, before = 0, ""
    for at, token in enumerate([*tokens, _END]):
        end = at + (token.kind != "?")
        if start < end and (token.kind == "?" or _ends_phrase(token, tokens[end : end + 1])):
            found.extend(
                _phrase(
                    tokens[start:end],
                    _Beside(before if start and tokens[start - 1].kind == "?" else "", tokens, end),
                    frame,
                )
            )
            start = end
        if token.kind == "?":
            start, before = at + 1, token.word
    return found


def _ends_phrase(token: Token, following: Sequence[Token]) -> bool:
    """까지 closes what stands before it, unless an hour follows: `금요일까지(14:00)`."""
    return token.kind == "G" and token.word == "after" and not (following and following[0].kind in "TPZ")


def _phrase(run: Sequence[Token], beside: _Beside, frame: Frame) -> list[Phrase]:
    """The run as one phrase, or without ordinary words at its edges; a marked one that is not understood is a question."""
    run, beside = _own(run[-_LONGEST_PHRASE:], beside)
    for tokens in _trimmed(run):
        if due := compose(tokens, frame):
            due = checked(_doubted(due, tokens, beside, run[-1], frame), frame)
            if beside.is_event and due.readings:
                due = _before(due, frame)
            led = _led(run[: run.index(tokens[0])], tokens[0])
            is_tied = any(one.word in _TIES for one in led)
            return [Phrase(tokens, led, due, _is_marked(tokens, due, beside, is_tied=is_tied), beside.last)]
    for start in range(len(run)):
        due = compose(run[start:], frame)
        if due and due.readings and set("".join(t.kind for t in run[start:])) & _SAYS_A_DAY:
            asked = checked(question("leftover", due.readings), frame)
            return [Phrase(run, (), asked, any(t.kind in "GL" for t in run), beside.last)]
    return []


def _before(due: Due, frame: Frame) -> Due:
    days = [day for one in due.readings for day in (previous_working_day(one.date, frame.calendar), one.date)]
    return checked(question("before", map(Reading, days)), frame)


def _own(run: Sequence[Token], beside: _Beside) -> tuple[Sequence[Token], _Beside]:
    """Without what belongs to the words around: `검토 후 | 금요일까지`, `by Friday | to the county`."""
    start, end = 0, len(run)
    if beside.before:
        while start < end and (run[start].kind == "+" or (run[start].kind in "-IF" and run[start].word in _BEHIND)):
            start += 1
    if beside.word:
        while end > start and (run[end - 1].kind == "P" or _leads(run[end - 1])):
            end -= 1
        end = next((at for at in range(end, len(run)) if _leads(run[at])), len(run))
    if start >= end:
        return run, beside
    return run[start:end], replace(beside, before="후") if "+" in {t.kind for t in run[:start]} else beside


def _leads(token: Token) -> bool:
    """An English word that begins something: `to`, `in`, `before`, `this`, `second`."""
    return token.kind in "ijxJN" or (token.kind in "~-IF" and token.word in {"", "before", "through"})


def _doubted(due: Due, tokens: Sequence[Token], beside: _Beside, tail: Token, frame: Frame) -> Due:
    """Not sure in a sentence: a length counted from something else, and a date just past that would mean next year."""
    if due.kind is Kind.DATE and (_DOUBTS.match(beside.before) or re.match("T+G.", kinds(tokens))):
        return question("leftover", due.readings)
    counted = any(token.kind in "UB" or (token.kind == "D" and "I" in {t.kind for t in tokens}) for token in tokens)
    if due.kind is Kind.DATE and counted and (_COUNTED_FROM.search(beside.before) or tail.word == "of"):
        return question("counted-from", due.readings)
    if due.kind is Kind.DATE and due.reason == "next-year" and due.reading.date - frame.today > _LONG:
        return question("next-year", due.readings)
    return due


def _trimmed(run: Sequence[Token]) -> list[Sequence[Token]]:
    """The run, then the run from its `by` on, then without what ordinary sentences put beside dates."""
    start, end = 0, len(run)
    while (
        start < end
        and run[start].word not in _LIMITS
        and (run[start].kind in _EDGES or run[start].word in {"asap", "loose"})
    ):
        start += 1
    if end > 1 and run[end - 1].kind == "Z" and run[end - 2].word == "loose":  # `금주 내 협의 완료`
        end -= 1
    while end > start and (run[end - 1].kind in "P|" or run[end - 1].word in {"asap", "loose"}):
        end -= 1
    by = next((at for at, token in enumerate(run) if token.kind in "GL" and token.word != "after"), start)
    options: list[Sequence[Token]] = [run[start:end], run[start:], run, run[by:end], run[by:]]
    if start < by and is_fraction(run[start:by]) and set(kinds(run[by:])) & _SAYS_A_DAY:
        options.insert(0, run[by:end])  # `chapter 3.2 by Friday`
    return [option for option in options if any(t.kind not in _EDGES for t in option)]


def is_fraction(tokens: Sequence[Token]) -> bool:
    """Whether this is only `12/5` or `3.2`, which may be a share or a chapter."""
    return len(tokens) == 1 and tokens[0].kind == "A" and len(tokens[0].more) == 2


def _led(before: Sequence[Token], first: Token) -> Sequence[Token]:
    """The English words right before a date that lead to it: `on`, `at the`, `the` before `10th`; before `by` none does."""
    if first.kind in "GI":
        return []
    led = list(takewhile(lambda one: one.word in {"on", "the", *_TIES}, reversed(before)))[::-1]
    return led if first.kind in "de" or any(one.word != "the" for one in led) else []


def _spelt(tokens: Sequence[Token]) -> str:
    """The kinds of a phrase as people say days: `10 December` and `the 10th of December` alike."""
    said = [token for token in tokens if token.word != "of"]
    return "".join(
        "d" if one.kind == "n" and (after.kind, after.word) == ("M", "name") else one.kind
        for one, after in pairwise([*said, Token("", -1, -1)])
    )


def _is_marked(tokens: Sequence[Token], due: Due, beside: _Beside, *, is_tied: bool) -> bool:
    if not due.readings:
        return False
    sequence = _spelt(tokens)
    if set("GLZ") & set(sequence) or (tokens[0].word in _LIMITS and len(tokens) > 1):
        return not (set(sequence) <= set("GLZP") or (tokens[0].word == "decimal" and "W" not in sequence))
    within = any(token.kind == "I" and token.word != "while" for token in tokens) and sequence != "I"
    if within or re.search("iU|iB|[UDB]\\+", sequence) or (re.search("V-|-[VT]|T-", sequence) and _until(tokens)):
        return True
    if beside.word and _EVENTS.match(beside.word):
        return False
    if _ends_with_at(tokens):
        return True
    if is_tied:
        return False
    if re.search("AW|M[Ddn]Y?W|[Dd]MY?W|WA|WM[Ddn]|W[Ddn]?M", sequence):
        return True
    return beside.last and _whole_date(tokens, sequence)


def _until(tokens: Sequence[Token]) -> bool:
    """`추석 전까지`, `before Christmas`; a bare `추석 전` may only tell when something happens."""
    return any(token.kind == "-" and token.word in {"until", "before"} for token in tokens)


def _ends_with_at(tokens: Sequence[Token]) -> bool:
    """`금요일에 제출`: the particle 에 says when."""
    return tokens[-1].kind == "P" and len(tokens) > 1 and tokens[-2].kind in "DWRKeTE" and tokens[-1].word == "at"


def _whole_date(tokens: Sequence[Token], sequence: str) -> bool:
    """A form that can hardly be anything else: with a year, in words, a weekday, tomorrow, the end of a period."""
    first = next((token for token in tokens if token.kind == "A"), None)
    if first and len(first.more) == 2:
        return False
    return bool(first or re.search("M[Ddn]|[Dd]M|[RWKe]|[mMYQH]E|EM|Em", sequence))


def worth_asking(phrase: Phrase) -> bool:
    """Unmarked, but it says a day: anywhere if in words, at the end also in figures; hours and periods are not."""
    if not phrase.due.readings:
        return False
    if phrase.behind and not phrase.last and not set(phrase.kinds) & set("GLI"):
        return False  # `minutes (Nov 20) to English`
    sequence = _spelt(phrase.tokens)
    if phrase.tokens[0].kind == "A" and len(phrase.tokens[0].more) == 2 and set(sequence) <= {"A", "|"}:
        return phrase.due.key == "before" or (phrase.last and phrase.tokens[0].word != "decimal")
    return bool(
        set(sequence) & set("RWe")
        or re.search("A|M[Ddn]|[Dd]M|K|V-", sequence)
        or (phrase.last and sequence in {"D", "d", "T"})
    )
