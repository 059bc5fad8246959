"""A side's word is awaited, to a decision or to the draft of minutes: who is reminded of it, and when.

Once, after three working days of silence; from then on the weekly summary says so, which all who may confirm receive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.rules.hours import Receiver, digest_moment
from bot.rules.ladders import Rung, shifted, step_day
from bot.rules.nudges import Due
from storage.tables import Role

AWAITED = "awaited"  # a rung's name
AFTER = 3  # working days of silence


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who may confirm for a side; by a delegation up to and with a day."""

    receiver: Receiver
    until: date | None = None


def timeline(asked_on: date, speakers: Iterable[Speaker], answer_by: date | None = None) -> Iterator[Due]:
    """The reminder of everybody who may speak for a side that is silent.

    A lead hears of it on the day it is due: the last day for comments, where there is one.
    """
    for speaker in speakers:
        one = speaker.receiver
        day = _day(asked_on, one, answer_by)
        if day and (speaker.until is None or day <= speaker.until):
            yield Due(digest_moment(day, one), Rung(AWAITED, day, asked_on), one)


def _day(asked_on: date, one: Receiver, answer_by: date | None) -> date | None:
    if answer_by and answer_by > asked_on and one.role is Role.LEAD:
        return shifted(0, answer_by, one.own)
    return shifted(AFTER, step_day(asked_on, AFTER, one.base), one.own)
