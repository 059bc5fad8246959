"""A whole text as a due date: everything in it must be understood, and the result must stand the checks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.rules.calendars import Calendar, next_working_day
from bot.rules.dates.composing import compose
from bot.rules.dates.due import END_OF_DAY, Due, Frame, Kind, Reading, question, refused
from bot.rules.dates.folding import fold
from bot.rules.dates.second_opinion import second_opinion
from bot.rules.dates.tokens import Token, scan

_SAYS_A_DATE = frozenset("AYMmDdRWKeEQHOUBbVTu")
_LONGEST_RUN = 9
_LONGEST_TEXT = 40
"""Tokens; no date takes more, and a pasted page must take no longer than a line."""
_FAR = dt.timedelta(days=3653)


def read_due(text: str, now: dt.datetime, calendar: Calendar, *, end_of_day: dt.time = END_OF_DAY) -> Due:
    """The due date that the whole text means, read at `now` (aware, in the task force's zone).

    A word that is not understood makes it a question, with what the rest would mean; a text without date words is no date.
    """
    frame = Frame(now, calendar, end_of_day)
    folded = fold(text)
    tokens = scan(folded.text)
    due = read_tokens(tokens, frame) if tokens else refused("empty")
    if due.kind is Kind.NONE and due.reason in {"no-date", "unclear"}:
        due = second_opinion(folded.text, frame) or due
    span = (tokens[0].start, tokens[-1].end) if tokens and due.readings else None
    return replace(due, span=folded.span(*span) if span else None)


def read_tokens(tokens: Sequence[Token], frame: Frame) -> Due:
    strange = len(tokens) > _LONGEST_TEXT or any(token.kind == "?" for token in tokens)
    whole = None if strange else compose(tokens, frame)
    return checked(whole or _partly(tokens, frame), frame)


def _partly(tokens: Sequence[Token], frame: Frame) -> Due:
    """What is left when the whole is not understood: a question about the longest part that is, or no date."""
    for token in tokens:
        if token.kind == "X":
            return compose([token], frame) or refused("unclear")
    for run in _runs(tokens[:_LONGEST_TEXT]):
        due = compose(run, frame)
        if due and due.readings:
            return question("leftover", due.readings)
    return refused("unclear" if any(token.kind in _SAYS_A_DATE for token in tokens) else "no-date")


def _runs(tokens: Sequence[Token]) -> Iterable[Sequence[Token]]:
    """Parts without unknown words, the longer first."""
    for size in range(min(len(tokens), _LONGEST_RUN), 0, -1):
        for start in range(len(tokens) - size + 1):
            run = tokens[start : start + size]
            if all(token.kind != "?" for token in run):
                yield run


def checked(due: Due, frame: Frame) -> Due:
    """No due date in the past, at an hour that the zone skips, or more than ten years ahead."""
    if due.kind is Kind.NONE:
        return due
    good = tuple(dict.fromkeys(reading for reading in due.readings if not _fault(reading, frame)))
    if good:
        return replace(due, readings=good)
    if not due.readings:
        return refused(due.key)
    fault = _fault(due.readings[0], frame)
    if fault == "far":
        return question(fault, due.readings)
    return question(fault, [r for r in _instead(due.readings[0], fault, frame) if not _fault(r, frame)])


def _fault(reading: Reading, frame: Frame) -> str:
    """Why it cannot be a due date, or nothing."""
    if reading.date < frame.today:
        return "past"
    if reading.date - frame.today > _FAR:
        return "far"
    if reading.time is None:
        return ""
    at = dt.datetime.combine(reading.date, reading.time, frame.now.tzinfo)
    if at.astimezone(dt.UTC).astimezone(frame.now.tzinfo).replace(tzinfo=None) != at.replace(tzinfo=None):
        return "no-such-time"
    return "past-time" if at <= frame.now else ""


def _instead(reading: Reading, fault: str, frame: Frame) -> list[Reading]:
    """What to offer for a date that cannot be: the next year's, the next day's hour, or the day without the hour."""
    day, one_day = reading.date, dt.timedelta(days=1)
    if fault == "past-time":
        return [Reading(next_working_day(day, frame.calendar), reading.time), Reading(day + one_day, reading.time)]
    if fault == "past":
        years = (frame.today.year, frame.today.year + 1)
        return [Reading(day.replace(year=year), reading.time) for year in years if (day.month, day.day) != (2, 29)]
    return [Reading(day)]
