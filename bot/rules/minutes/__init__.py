"""Minutes are a pure function of a meeting's raw lines.

Fed twice, in other chunks or in another order of arrival, the same lines make the same minutes. Corrections are raw lines
themselves, so nothing but the lines, the people known and the meeting's setting is needed to make the minutes again.
"""

from bot.rules.minutes.lines import Known, LineKind, Place, RawLine, Setting, place_of
from bot.rules.minutes.making import Record, make
from bot.rules.minutes.screening import Screened, screen
from bot.rules.minutes.tree import (
    Action,
    Attendee,
    Choice,
    Consent,
    Decision,
    Line,
    Marker,
    Minutes,
    Outcome,
    Presence,
    Proposal,
    Tally,
    Topic,
    Unclear,
    Votes,
    Who,
    Why,
)

__all__ = [
    "Action",
    "Attendee",
    "Choice",
    "Consent",
    "Decision",
    "Known",
    "Line",
    "LineKind",
    "Marker",
    "Minutes",
    "Outcome",
    "Place",
    "Presence",
    "Proposal",
    "RawLine",
    "Record",
    "Screened",
    "Setting",
    "Tally",
    "Topic",
    "Unclear",
    "Votes",
    "Who",
    "Why",
    "make",
    "place_of",
    "screen",
]
