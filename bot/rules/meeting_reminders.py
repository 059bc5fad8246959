"""Who is reminded of a planned meeting, and when: of an answer that is missing, the day before, the day itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.rules.hours import Receiver, digest_moment
from bot.rules.ladders import Rung, shifted, step_day
from bot.rules.nudges import Due, is_among
from storage.tables import Answer, Role

# Names of rungs.
ANSWER, DAY_BEFORE, DAY = "answer", "-1", "0"
ANSWER_BEFORE = 3  # working days: when the agenda is in the channel
HOUR = timedelta(hours=1)
STAYS_AWAY = (Answer.NO, Answer.PROXY)


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is expected at a meeting, with what they have answered."""

    receiver: Receiver
    answer: Answer | None = None

    @property
    def comes(self) -> bool:
        """As far as is known."""
        return self.answer not in STAYS_AWAY


def timeline(planned_for: datetime, asked_on: date, expected: Iterable[Expected]) -> Iterator[Due]:
    """Every reminder of one meeting, past ones too. Leads hear on the day itself, others on the working day before.

    `asked_on`: the day on which it was planned, or moved: nobody is asked for an answer again that day.
    """
    for one in expected:
        if one.comes:
            yield from _answer(planned_for, asked_on, one)
            yield from _soon(planned_for, one.receiver)


def is_true(
    planned_for: datetime, found: Iterable[Due], name: str, anchor: date, person_id: int, now: datetime
) -> bool:
    """Whether what was planned may still be said: nothing moved it, and neither the meeting nor its last hour has begun."""
    left = planned_for - now
    return left > (timedelta() if name == DAY else HOUR) and is_among(found, person_id, name, anchor)


def _answer(planned_for: datetime, asked_on: date, one: Expected) -> Iterator[Due]:
    receiver = one.receiver
    on = planned_for.astimezone(receiver.zone).date()
    day = shifted(-ANSWER_BEFORE, step_day(on, -ANSWER_BEFORE, receiver.base), receiver.own)
    if one.answer is None and day and day > asked_on:
        yield Due(digest_moment(day, receiver), Rung(ANSWER, day, on), receiver)


def _soon(planned_for: datetime, receiver: Receiver) -> Iterator[Due]:
    """On the day for a lead, unless the day's message would come too late for it; else on the working day before."""
    on = planned_for.astimezone(receiver.zone).date()
    if receiver.role is Role.LEAD and shifted(0, on, receiver.own) == on:
        at = digest_moment(on, receiver)
        if at <= planned_for - HOUR:
            yield Due(at, Rung(DAY, on, on), receiver)
            return
    if day := shifted(-1, step_day(on, -1, receiver.base), receiver.own):
        yield Due(digest_moment(day, receiver), Rung(DAY_BEFORE, day, on), receiver)
