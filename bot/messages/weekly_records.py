"""The weekly summary's lines about decisions, meetings and minutes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.messages import dates
from bot.messages.decision_nudges import DecisionReminder
from bot.messages.decisions import ref
from bot.messages.escape import escape_within
from bot.messages.meeting_nudges import MeetingReminder
from bot.messages.roster import name_and_title
from config.words import Say
from storage.tables import Decision, Meeting, Person

TEXT_SHOWN, NAMES_SHOWN = 90, 300  # characters, escaped

Awaited = DecisionReminder | MeetingReminder


@dataclass(frozen=True)
class Records:
    """What a reader is told of them; to a channel nothing of whose word is awaited."""

    zone: str
    awaited: Sequence[Awaited] = ()  # the reader may give the side's word
    silent: Sequence[Awaited] = ()  # somebody else of the side has to
    speakers: Sequence[Person] = ()  # who that is
    unanswered: Sequence[MeetingReminder] = ()
    meetings: Sequence[Meeting] = ()
    reviews: Sequence[Decision] = ()
    in_force: Sequence[Decision] = ()  # since the last summary


def silent(records: Records, say: Say) -> Iterator[str]:
    """A line for each thing to which others of the own side owe a word; escaped."""
    names = escape_within(", ".join(map(name_and_title, records.speakers)) or "-", NAMES_SHOWN)
    for one in records.silent:
        yield say("weekly-silent", what=one.line(say), names=names)


def dated(records: Records, say: Say) -> Iterator[tuple[date, str]]:
    """What comes, with its day; escaped."""
    for meeting in records.meetings:
        if meeting.planned_for:
            at = dates.moment(say, meeting.planned_for, records.zone)
            line = say("weekly-meeting", meeting=f"M-{meeting.number} {escape_within(meeting.title, TEXT_SHOWN)}")
            yield _day(meeting.planned_for, records), f"*{at}* · {line}"
    for decision in records.reviews:
        if decision.review_on:
            line = say("weekly-review", decision=f"{ref(decision)} {escape_within(_text(decision), TEXT_SHOWN)}")
            yield decision.review_on, f"*{dates.day(say, decision.review_on)}* · {line}"


def plain(records: Records, say: Say) -> Iterator[tuple[date, str]]:
    """The same to paste into a report; not escaped."""
    for meeting in records.meetings:
        if meeting.planned_for:
            at = dates.moment(say, meeting.planned_for, records.zone)
            yield _day(meeting.planned_for, records), f"{at} {meeting.title} (M-{meeting.number})"
    for decision in records.reviews:
        if decision.review_on:
            line = say("report-review", decision=f"{_text(decision)} ({ref(decision)})")
            yield decision.review_on, f"{dates.day(say, decision.review_on)} {line}"


def _day(moment: datetime, records: Records) -> date:
    return moment.astimezone(ZoneInfo(records.zone)).date()


def _text(decision: Decision) -> str:
    return " ".join(decision.text.split())
