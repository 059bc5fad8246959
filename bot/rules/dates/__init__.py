"""Due dates in words, Korean and English: a date, a question, or no date; never a wrong date.

`read_due` takes the whole text as a date; `find_due` takes a marked date out of a sentence. `now` is aware and in the
task force's zone. Numbers and words become tokens, the grammar says which sequences mean a day, and everything in the
text must be part of it.
"""

from bot.rules.dates.due import END_OF_DAY, Due, Kind, Reading, describe, offered, offered_days
from bot.rules.dates.echo import Echo, echo
from bot.rules.dates.reading import read_due
from bot.rules.dates.sentence import find_due, understand, why_asked

__all__ = [
    "END_OF_DAY",
    "Due",
    "Echo",
    "Kind",
    "Reading",
    "describe",
    "echo",
    "find_due",
    "offered",
    "offered_days",
    "read_due",
    "understand",
    "why_asked",
]
