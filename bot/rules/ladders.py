"""The rungs of a due date: how many working days before and after it somebody is reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.rules.calendars import Calendar, NoWorkingDay, add_working_days, working_day_from, working_day_until
from storage.tables import Role, TaskForce

LONGEST, MOST = 60, 10  # working days before a date, and rungs before it


@dataclass(frozen=True, slots=True)
class Ladder:
    """Working days before a date (0: the day itself), and after it every so many, so often."""

    before: tuple[int, ...] = (7, 3, 1, 0)
    every: int = 3
    times: int = 5


@dataclass(frozen=True, slots=True)
class Rung:
    """A day on which somebody is reminded. `anchor`: the date that it counts from; name and anchor make it unique."""

    name: str
    day: date
    anchor: date


USUAL, ON_THE_DAY = Ladder(), Ladder((0,), 0, 0)


def ladder_of(task_force: TaskForce, own: str | None) -> Ladder:
    """An item's own days before the date, else the task force's."""
    before = read_ladder(task_force.ladder if own is None else own)
    return Ladder(before, task_force.overdue_every, task_force.overdue_times)


def for_role(ladder: Ladder, role: Role) -> Ladder:
    """Leads hear of what is due from themselves on its day, and in the weekly summary."""
    return ON_THE_DAY if role is Role.LEAD else ladder


@lru_cache(maxsize=256)
def read_ladder(text: str) -> tuple[int, ...]:
    """`7,3,1,0` as numbers, the earliest rung first; anything else is a `ValueError`."""
    days = {int(word) for word in text.replace(" ", ",").split(",") if word}
    if any(not 0 <= day <= LONGEST for day in days) or len(days) > MOST:
        raise ValueError(text)
    return tuple(sorted(days, reverse=True))


def is_ladder(text: str) -> bool:
    """Whether it is one, with a rung at least."""
    try:
        return bool(read_ladder(text))
    except ValueError:
        return False


def rungs(due: date, ladder: Ladder, base: Calendar, own: Calendar) -> list[Rung]:
    """Every rung of a date in the order of the days, counted in working days of the side (`base`).

    Where the receiver is off (`own`), one before or on the date moves earlier, one after it to the next working day.
    """
    days: Iterable[tuple[int, date | None]] = steps_of(due, ladder, base)
    if own is not base:
        days = ((step, shifted(step, day, own)) for step, day in steps_of(due, ladder, base))
    return [Rung(f"{step:+d}" if step else "0", day, due) for step, day in days if day]


@lru_cache(maxsize=4096)
def steps_of(due: date, ladder: Ladder, base: Calendar) -> tuple[tuple[int, date], ...]:
    """Working days from the date (negative: before it), each with its day in the side's calendar."""
    before = [-count for count in ladder.before]
    after = [ladder.every * number for number in range(1, ladder.times + 1)] if ladder.every else []
    return tuple((step, step_day(due, step, base)) for step in [*before, *after])


def step_day(due: date, step: int, base: Calendar) -> date:
    """The day that is `step` working days from a date; for 0 the date, or the working day before it."""
    return add_working_days(due, step, base) if step else working_day_until(due, base)


def shifted(step: int, day: date, own: Calendar) -> date | None:
    """The same day, moved to where the receiver works: earlier up to the date, later after it; None: away for a year."""
    try:
        return working_day_from(day, own) if step > 0 else working_day_until(day, own)
    except NoWorkingDay:
        return None
