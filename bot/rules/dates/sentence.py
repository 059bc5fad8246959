"""A due date inside a sentence: only when something marks it, and then taken out of the text."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from bot.rules.calendars import Calendar
from bot.rules.dates.composing import compose
from bot.rules.dates.due import END_OF_DAY, Due, Frame, Kind, Reading, question, refused
from bot.rules.dates.folding import Folded, fold
from bot.rules.dates.grammar import kinds
from bot.rules.dates.reading import checked, read_due
from bot.rules.dates.tokens import Token, scan

_SAYS_A_DAY = frozenset("ADdRWe")
_EDGES = "PZ|~"
_COUNTED_FROM = re.compile(r"(?:부터|후|뒤|이후|기준|시)$")
_TOLD_BY_OTHERS = frozenset({"counted-from", "start", "next-year", "leftover"})
"""Questions whose answer depends on words outside the phrase, so that it stays in the text."""
_TIES = frozenset({"of", "for"})
"""`Minutes of 10 December`, `Plan for Friday`: the date may well belong to what stands before it."""
_LONGEST_PHRASE = 20
_LONG = dt.timedelta(days=270)
_NO_TITLE_END = re.compile(r"[\s,;:(\[\-–—（［：，/·]+$")
_TIED = " \t\u3000.,:．，："
_OPENING, _CLOSING = frozenset("([（［"), frozenset(")]）］")
_CLOSED = re.compile(r"^[^(\[（［]*[)\]）］]")


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

    def span(self, folded: Folded) -> tuple[int, int]:
        """Its place in the original; verbs such as 제출 mark a date but belong to the sentence."""
        own = [token for token in self.tokens if token.kind != "Z"] or self.tokens
        return folded.span((*self.led, *own)[0].start, own[-1].end)


def find_due(text: str, now: dt.datetime, calendar: Calendar, *, end_of_day: dt.time = END_OF_DAY) -> tuple[Due, str]:
    """The due date marked in `text`, and the text without it; `now` is aware, in the task force's zone.

    Marks are 까지, 에, by, due, 제출 and the like, a weekday beside the date, or a whole date at the end. A date that might
    be meant is a question and stays in the text; a bare `12/5` in the middle is none.
    """
    frame = Frame(now, calendar, end_of_day)
    folded = fold(text)
    phrases = _phrases(scan(folded.text), frame)
    marked = [phrase for phrase in phrases if phrase.marked]
    if len(marked) > 1:
        return question("several", [r for phrase in marked for r in phrase.due.readings]), text
    if marked:
        return _taken(marked[0], phrases, folded, text, frame)
    asked_about = next((phrase for phrase in reversed(phrases) if _worth_asking(phrase)), None)
    if asked_about:
        return replace(question("unmarked", asked_about.due.readings), span=asked_about.span(folded)), text
    refusals = [phrase.due for phrase in phrases if phrase.due.kind is Kind.NONE]
    return (refusals[0] if refusals else refused("unmarked" if phrases else "no-date")), text


def understand(text: str, now: dt.datetime, calendar: Calendar, *, end_of_day: dt.time = END_OF_DAY) -> Due:
    """What the bot makes of an expression or of a whole line: the expression first, then a marked date in the line."""
    due = read_due(text, now, calendar, end_of_day=end_of_day)
    if due.key not in {"leftover", "unclear"}:
        return due
    found = find_due(text, now, calendar, end_of_day=end_of_day)[0]
    return due if found.kind is due.kind is Kind.NONE else found


def why_asked(written: str, line: str, choices: int, now: dt.datetime, calendar: Calendar) -> str:
    """Why a date was asked about, as the key of a reason, by reading again the words that were kept; `now` is when it was asked.

    Words that are in the `line` still are read in it. `choices`: how many readings there were.
    """
    if written in line and (due := find_due(line, now, calendar)[0]).kind is Kind.QUESTION:
        return due.key
    due = read_due(written, now, calendar)
    return due.key if due.kind is Kind.QUESTION else "several" if choices > 1 else "unmarked"


def _taken(phrase: Phrase, phrases: Sequence[Phrase], folded: Folded, text: str, frame: Frame) -> tuple[Due, str]:
    start, end = phrase.span(folded)
    others = [reading for other in phrases if other is not phrase for reading in _rival(phrase, other, frame)]
    due = question("several", [*phrase.due.readings, *others]) if set(others) - set(phrase.due.readings) else phrase.due
    return replace(due, span=(start, end)), text if due.key in _TOLD_BY_OTHERS else _cut(text, start, end)


def _rival(phrase: Phrase, other: Phrase, frame: Frame) -> tuple[Reading, ...]:
    """What else the marked phrase may mean beside another date: `다음 주 회의 자료 금요일까지`, `내일 회의 3시까지`."""
    if set(phrase.kinds) & set("AMmRK") or phrase.due.kind is not Kind.DATE:
        return ()
    joined = compose([*other.tokens, *phrase.tokens], frame) if other.kinds not in {"Y", "T"} else None
    if joined and joined.readings:
        return () if joined.reason == "next-year" else checked(joined, frame).readings
    return other.due.readings if set(other.kinds) & set("ARWe") else ()


def _cut(text: str, start: int, end: int) -> str:
    """Without the phrase, the brackets that hold nothing else, and the punctuation that tied it on."""
    head, phrase, tail = text[:start].rstrip(), text[start:end], text[end:].lstrip(_TIED)
    if _open(phrase) and tail[:1] in _CLOSING:  # `12. 5.(토)`
        tail = tail[1:].lstrip(_TIED)
    if tail[:1] in _CLOSING and head[-1:] in _OPENING:
        head, tail = head[:-1].rstrip(), tail[1:].lstrip(_TIED)
    if tail[:1] in _CLOSING:
        if _open(head):  # `(한도윤 주무관, 12/4까지)`
            return _NO_TITLE_END.sub("", head) + tail
        tail = tail[1:].lstrip(_TIED)
    if head[-1:] in _OPENING and _CLOSED.search(tail):
        return head + tail
    if not tail:
        head = _NO_TITLE_END.sub("", head)
    return " ".join(part for part in (head.rstrip("([（［"), tail) if part)


def _open(text: str) -> bool:
    """Whether a bracket was opened in it and not closed."""
    return sum(char in _OPENING for char in text) > sum(char in _CLOSING for char in text)


def _worth_asking(phrase: Phrase) -> bool:
    """Unmarked, but it says a day: anywhere if in words, at the end also in figures; hours and periods are not."""
    if not phrase.due.readings:
        return False
    sequence = _spelt(phrase.tokens)
    if phrase.tokens[0].kind == "A" and len(phrase.tokens[0].more) == 2 and len(sequence) == 1:
        return phrase.last and phrase.tokens[0].word != "decimal"
    return bool(
        set(sequence) & set("RWe")
        or re.search("A|M[Ddn]|[Dd]M|K", sequence)
        or (phrase.last and sequence in {"D", "d", "T"})
    )


def _phrases(tokens: Sequence[Token], frame: Frame) -> list[Phrase]:
    found: list[Phrase] = []
    run: list[Token] = []
    before = ""
    for at, token in enumerate([*tokens, Token("?", -1, -1)]):
        if token.kind != "?":
            run.append(token)
        if run and (token.kind == "?" or _ends_phrase(token, tokens[at + 1 :])):
            last = _nothing_after(tokens[at:] if token.kind == "?" else tokens[at + 1 :])
            found.extend(_phrase(run, before, last, frame))
            run = []
        before = token.word if token.kind == "?" else before
    return found


def _ends_phrase(token: Token, following: Sequence[Token]) -> bool:
    """까지 closes what stands before it, unless an hour follows: `금요일까지(14:00)`."""
    return token.kind == "G" and token.word == "after" and not (following and following[0].kind in "TPZ")


def _nothing_after(tokens: Sequence[Token]) -> bool:
    return all(token.kind == "?" and token.word[:1] in "#@<" for token in tokens)


def _phrase(run: Sequence[Token], before: str, last: bool, frame: Frame) -> list[Phrase]:
    """The run as one phrase, or without ordinary words at its edges; a marked one that is not understood is a question."""
    run = run[-_LONGEST_PHRASE:]
    for tokens in _trimmed(run):
        if due := compose(tokens, frame):
            due = checked(_doubted(due, tokens, before, run[-1], frame), frame)
            led = _led(run[: run.index(tokens[0])], tokens[0])
            is_tied = any(one.word in _TIES for one in led)
            return [Phrase(tokens, led, due, _is_marked(tokens, due, last, is_tied=is_tied), last)]
    for start in range(len(run)):
        due = compose(run[start:], frame)
        if due and due.readings and set(kinds(run[start:])) & _SAYS_A_DAY:
            asked = checked(question("leftover", due.readings), frame)
            return [Phrase(run, (), asked, any(t.kind in "GL" for t in run), last)]
    return []


def _led(before: Sequence[Token], first: Token) -> Sequence[Token]:
    """The English words right before a date that lead to it: `on`, `at the`, `the` before `10th`."""
    led = list(takewhile(lambda one: one.word in {"on", "the", *_TIES}, reversed(before)))[::-1]
    return led if first.kind in "de" or any(one.word != "the" for one in led) else []


def _doubted(due: Due, tokens: Sequence[Token], before: str, tail: Token, frame: Frame) -> Due:
    """Not sure in a sentence: a length counted from something else, and a date just past that would mean next year."""
    counted = any(token.kind in "UB" or (token.kind == "D" and "I" in {t.kind for t in tokens}) for token in tokens)
    if due.kind is Kind.DATE and counted and (_COUNTED_FROM.search(before) or tail.word == "of"):
        return question("counted-from", due.readings)
    if due.kind is Kind.DATE and due.reason == "next-year" and due.reading.date - frame.today > _LONG:
        return question("next-year", due.readings)
    return due


def _trimmed(run: Sequence[Token]) -> list[Sequence[Token]]:
    """The run, then the run from its `by` on, then without what ordinary sentences put beside dates."""
    start, end = 0, len(run)
    while (
        start < end and run[start].word != "~" and (run[start].kind in _EDGES or run[start].word in {"asap", "loose"})
    ):
        start += 1
    while end > start and (run[end - 1].kind in "P|" or run[end - 1].word in {"asap", "loose"}):
        end -= 1
    by = next((at for at, token in enumerate(run) if token.kind in "GL" and token.word != "after"), start)
    options: list[Sequence[Token]] = [run[start:end], run[start:], run, run[by:end], run[by:]]
    return [option for option in options if any(t.kind not in _EDGES for t in option)]


def _spelt(tokens: Sequence[Token]) -> str:
    """The kinds of a phrase as people say days: `10 December` and `the 10th of December` alike."""
    said = [token for token in tokens if token.word != "of"]
    return "".join(
        "d" if one.kind == "n" and (after.kind, after.word) == ("M", "name") else one.kind
        for one, after in pairwise([*said, Token("", -1, -1)])
    )


def _is_marked(tokens: Sequence[Token], due: Due, last: bool, *, is_tied: bool) -> bool:
    if not due.readings:
        return False
    sequence = _spelt(tokens)
    if set("GLZ") & set(sequence) or (tokens[0].word == "~" and len(tokens) > 1):
        return not (set(sequence) <= set("GLZP") or tokens[0].word == "decimal")
    within = any(token.kind == "I" and token.word != "while" for token in tokens) and sequence != "I"
    if within or re.search("iU|[UDB]\\+", sequence) or _ends_with_at(tokens):
        return True
    if is_tied:
        return False
    if re.search("AW|M[Ddn]Y?W|[Dd]MY?W|WA|WM[Ddn]|W[Ddn]?M", sequence):
        return True
    return last and _whole_date(tokens, sequence)


def _ends_with_at(tokens: Sequence[Token]) -> bool:
    """`금요일에 제출`: the particle 에 says when."""
    return tokens[-1].kind == "P" and len(tokens) > 1 and tokens[-2].kind in "DWRKeTE" and tokens[-1].word == "at"


def _whole_date(tokens: Sequence[Token], sequence: str) -> bool:
    """A form that can hardly be anything else: with a year, in words, a weekday, tomorrow, the end of a period."""
    first = next((token for token in tokens if token.kind == "A"), None)
    if first and len(first.more) == 2:
        return False
    return bool(first or re.search("M[Ddn]|[Dd]M|[RWKe]|[mMYQH]E|EM|Em", sequence))
