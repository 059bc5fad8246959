"""When people are reminded of a milestone: calendar days before its date, shifted earlier on days off, and after it.

A task of ours becomes overdue and goes on as items do. An event that others decide never does: its owners are asked for
the result on its day, once more after three working days, and then it only stands in the weekly summary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.rules.calendars import Calendar, add_working_days, working_day_from, working_day_until, working_days_between
from config.presets import Act
from storage.tables import Milestone

LEADS = (60, 30, 14, 7, 3, 1)  # calendar days before the date; a milestone's own win; the day itself always counts
CHANNEL_LEADS = frozenset({30, 7, 1})
LEADERS_FROM = 3  # leads of a side hear of money at D-3 or less
OVERDUE_EVERY, OVERDUE_TIMES = 3, 5  # working days
ASK_AGAIN_AFTER = 3  # working days
LONGEST_LEAD, MOST_LEADS = 120, 10


class Step(StrEnum):
    """What a rung is for."""

    AHEAD = "ahead"
    TODAY = "today"
    OVERDUE = "overdue"
    ASK = "ask"
    ASK_AGAIN = "ask-again"


@dataclass(frozen=True, slots=True)
class Rung:
    """A day on which something is said about a milestone.

    `lead`: how many days before the date the ladder means, calendar days; after it as a negative number of working days.
    `anchor`: the date that it counts from, which with the lead makes the rung unique.
    """

    step: Step
    lead: int
    day: date
    anchor: date


def due_of(milestone: Milestone) -> date | None:
    """The date that reminders follow: the agreed one, else the legal limit."""
    return milestone.agreed_on or milestone.legal_on


def is_open(milestone: Milestone) -> bool:
    return milestone.outcome is None


def is_alive(milestone: Milestone) -> bool:
    """Whether anything is ever said about it: it is open, has a date, and was not over when it was written down."""
    return is_open(milestone) and not milestone.was_past and due_of(milestone) is not None


def is_overdue(milestone: Milestone, today: date) -> bool:
    """Only what is ours to do can be, and was not over when it was written down."""
    due = due_of(milestone)
    return is_alive(milestone) and milestone.act is Act.TASK and due is not None and due < today


def awaits_result(milestone: Milestone, today: date) -> bool:
    """An event whose day has come and of which nobody has said what came of it."""
    due = due_of(milestone)
    return is_alive(milestone) and milestone.act is Act.EVENT and due is not None and due <= today


def is_too_late(agreed: date, legal: date | None) -> bool:
    """Whether an agreed date must be asked about: the law allows it no longer."""
    return legal is not None and agreed > legal


def leads_of(milestone: Milestone) -> tuple[int, ...]:
    """The days before the date, the earliest first, and the day itself."""
    return tuple(sorted({*(milestone.leads or LEADS), 0}, reverse=True))


def rungs(milestone: Milestone, base: Calendar, own: Calendar) -> list[Rung]:
    """Every rung in the order of the days, past ones too; of several that fall on one day only the nearest to the date.

    `base` counts working days, `own` is when the receiver works.
    """
    due = due_of(milestone)
    if due is None or not is_alive(milestone):
        return []
    by_day = {rung.day: rung for rung in _before(milestone, due, own)}
    after = [rung for rung in _after(milestone, due, base, own) if rung.day not in by_day]
    return sorted([*by_day.values(), *after], key=lambda rung: rung.day)


def due_rungs(
    milestones: Sequence[Milestone], day: date, base: Calendar, own: Calendar
) -> list[tuple[Milestone, Rung]]:
    """What is said on a day about these milestones, the most urgent first."""
    found = [(one, rung) for one in milestones for rung in rungs(one, base, own) if rung.day == day]
    return sorted(found, key=lambda pair: (pair[1].anchor, pair[0].number))


def channel_hears(rung: Rung) -> bool:
    """Whether the channel's one message of the day has this rung, if the line is joint."""
    return rung.step is Step.AHEAD and rung.lead in CHANNEL_LEADS


def leader_hears(rung: Rung) -> bool:
    """Leads hear of money only when it is near or late; of an event's result those are asked who own it."""
    return rung.step is Step.TODAY or (rung.step is Step.AHEAD and rung.lead <= LEADERS_FROM)


def days_left(rung: Rung, today: date) -> int:
    """Calendar days to the date: what a message says, whatever day the rung was moved to."""
    return (rung.anchor - today).days


def overdue_days(milestone: Milestone, today: date, calendar: Calendar) -> int:
    """Working days since the date; 0 for what is not overdue."""
    due = due_of(milestone)
    return working_days_between(due, today, calendar) if due and is_overdue(milestone, today) else 0


def read_leads(text: str) -> list[int]:
    """`60,30,14,7`; nothing means the usual ones; anything else is a `ValueError`."""
    days = {int(word) for word in text.replace(",", " ").split()}
    if any(not 0 <= day <= LONGEST_LEAD for day in days) or len(days) > MOST_LEADS:
        raise ValueError(text)
    return sorted(days, reverse=True)


def _before(milestone: Milestone, due: date, own: Calendar) -> list[Rung]:
    """The earliest first, so that of one day the last stands."""
    on_day = Step.ASK if milestone.act is Act.EVENT else Step.TODAY
    return [
        Rung(Step.AHEAD if lead else on_day, lead, _moved(due, lead, milestone, own), due)
        for lead in leads_of(milestone)
    ]


def _moved(due: date, lead: int, milestone: Milestone, own: Calendar) -> date:
    """Earlier on a day off; but nobody knows the result of an event before its day."""
    if lead == 0 and milestone.act is Act.EVENT:
        return working_day_from(due, own)
    return working_day_until(due - timedelta(days=lead), own)


def _after(milestone: Milestone, due: date, base: Calendar, own: Calendar) -> list[Rung]:
    if milestone.act is Act.EVENT:
        day = working_day_from(add_working_days(due, ASK_AGAIN_AFTER, base), own)
        return [Rung(Step.ASK_AGAIN, -ASK_AGAIN_AFTER, day, due)]
    steps = [OVERDUE_EVERY * times for times in range(1, OVERDUE_TIMES + 1)]
    return [Rung(Step.OVERDUE, -step, working_day_from(add_working_days(due, step, base), own), due) for step in steps]
