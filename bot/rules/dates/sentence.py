"""A due date inside a sentence: only when something marks it, and then taken out of the text."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.rules.calendars import Calendar
from bot.rules.dates.composing import compose
from bot.rules.dates.cutting import cut
from bot.rules.dates.due import END_OF_DAY, Due, Frame, Kind, Reading, question, refused
from bot.rules.dates.folding import Folded, fold
from bot.rules.dates.phrases import Phrase, is_fraction, phrases_of, worth_asking
from bot.rules.dates.reading import checked, read_due
from bot.rules.dates.tokens import scan

_TOLD_BY_OTHERS = frozenset({"counted-from", "start", "next-year", "leftover"})
"""Questions whose answer depends on words outside the phrase, so that it stays in the text."""
_NO_DUE_DATE = frozenset({"asap", "context", "lead", "recurrence", "undecided"})
"""Words that stand for no due date by themselves, but also in lines that have one: `긴급 점검 금요일까지`."""


def find_due(text: str, now: dt.datetime, calendar: Calendar, *, end_of_day: dt.time = END_OF_DAY) -> tuple[Due, str]:
    """The due date marked in `text`, and the text without it; `now` is aware, in the task force's zone.

    Marks are 까지, 에, by, due, 제출 and the like, a weekday beside the date, or a whole date at the end. A date that might
    be meant is a question and stays in the text; a bare `12/5` in the middle is none.
    """
    frame = Frame(now, calendar, end_of_day)
    folded = fold(text)
    phrases = phrases_of(scan(folded.text), frame)
    marked = [phrase for phrase in phrases if phrase.marked]
    marked = [phrase for phrase in marked if set(phrase.kinds) & set("GLI") or not phrase.behind] or marked
    if len({phrase.due.readings for phrase in marked}) > 1:
        return question("several", [r for phrase in marked for r in phrase.due.readings]), text
    if marked:
        return _taken(marked[0], phrases, folded, text, frame)
    asked_about = next((phrase for phrase in reversed(phrases) if worth_asking(phrase)), None)
    if asked_about:
        why = asked_about.due.key if asked_about.due.key == "before" else "unmarked"
        return replace(question(why, asked_about.due.readings), span=asked_about.span(folded)), text
    refusals = [one.due for one in phrases if one.due.kind is Kind.NONE and (one.last or not is_fraction(one.tokens))]
    return (refusals[0] if refusals else refused("unmarked" if phrases else "no-date")), text


def understand(text: str, now: dt.datetime, calendar: Calendar, *, end_of_day: dt.time = END_OF_DAY) -> Due:
    """What the bot makes of an expression or of a whole line: the expression first, then a marked date in the line."""
    due = read_due(text, now, calendar, end_of_day=end_of_day)
    if due.key not in {"leftover", "unclear", *_NO_DUE_DATE}:
        return due
    found = find_due(text, now, calendar, end_of_day=end_of_day)[0]
    if due.key in _NO_DUE_DATE:
        return found if found.kind is Kind.DATE else due
    if due.kind is Kind.NONE:
        return due if found.kind is Kind.NONE else found
    return found if found.kind is Kind.DATE or not _says_only_dates(text) else due


def _says_only_dates(text: str) -> bool:
    """Whether nothing else is in it, so that what is not understood as a whole is no sentence."""
    return all(token.kind != "?" for token in scan(fold(text).text))


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
    told = due.kind is Kind.QUESTION and due.key in _TOLD_BY_OTHERS
    return replace(due, span=(start, end)), text if told else cut(text, start, end)


def _rival(phrase: Phrase, other: Phrase, frame: Frame) -> tuple[Reading, ...]:
    """What else the marked phrase may mean beside another date: `다음 주 회의 자료 금요일까지`, `내일 회의 3시까지`."""
    if set(phrase.kinds) & set("AMmRK") or phrase.due.kind is not Kind.DATE or other.behind:
        return ()
    if other.due.readings == phrase.due.readings:
        return ()
    joined = compose([*other.tokens, *phrase.tokens], frame) if not set(other.kinds) <= set("YTU") else None
    if is_fraction(other.tokens) and (
        other.tokens[0].word == "decimal" or joined is None or joined.kind is not Kind.DATE
    ):
        return ()  # `12/5 비율`, `chapter 3.2`
    if joined and joined.readings:
        return () if joined.reason == "next-year" else checked(joined, frame).readings
    return other.due.readings if set(other.kinds) & set("ARWe") else ()
