"""What the amounts of a budget line amount to: what is secured, cut and spent; and what cannot be right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bot.rules.money import WON
from config.presets import Money
from storage.tables import BudgetLine, Execution, Milestone, Origin, Person, Side, Stage, TaskForce


class Figure(StrEnum):
    """The amounts that are kept apart; each is a column of a line."""

    REQUESTED = "requested"
    DRAFTED = "drafted"
    APPROVED = "approved"
    GRANTED = "granted"
    EXECUTED = "executed"
    CARRIED_EXPLICIT = "carried_explicit"
    CARRIED_ACCIDENT = "carried_accident"
    RETURNED = "returned"


# The amount that a stage settles, where there is one.
FIGURE_OF: dict[Stage, Figure] = {
    Stage.REQUESTED: Figure.REQUESTED,
    Stage.DRAFTED: Figure.DRAFTED,
    Stage.APPROVED: Figure.APPROVED,
    Stage.GRANTED: Figure.GRANTED,
    Stage.EXECUTING: Figure.EXECUTED,
    Stage.SETTLED: Figure.EXECUTED,
}
NATIONAL = frozenset({Money.NATIONAL_SUBSIDY, Money.RESEARCH})  # secured only when it is granted
NAME_LIMIT, NOTE_LIMIT = 120, 1000
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class LineView:
    """A line with everything that is told about it; `owners` in the order of the sides."""

    line: BudgetLine
    task_force: TaskForce
    shares: Mapping[Origin, int] = field(default_factory=dict)
    owners: tuple[tuple[Side, Person], ...] = ()
    milestones: tuple[Milestone, ...] = ()
    executions: tuple[Execution, ...] = ()
    internal_to: Side | None = None
    split_from: BudgetLine | None = None  # the line of the year before whose rest it is
    away: Mapping[int, Person] = field(default_factory=dict)  # side → in whose place its owner owns it
    # milestone → a person's id → from when on there are reminders again
    rests: Mapping[int, Mapping[int, date]] = field(default_factory=dict)


@dataclass(frozen=True)
class Totals:
    """Sums over lines of one currency."""

    currency: str
    count: int
    requested: int
    secured: int
    executed: int

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.executed, self.secured) if self.secured else None


def figure(line: BudgetLine, which: Figure) -> int | None:
    """One amount of a line; None: not known."""
    value: int | None = getattr(line, which.value)
    return value


def cut(line: BudgetLine) -> int | None:
    """What the council took away: 편성 − 의결."""
    return line.drafted - line.approved if line.drafted is not None and line.approved is not None else None


def secured(line: BudgetLine, shares: Mapping[Origin, int]) -> int:
    """What is certain: national money once it is granted (교부결정), all other once it is voted (의결).

    With shares, each part up to its own; without, the kind of money says whose it is.
    """
    approved, granted = line.approved or 0, line.granted or 0
    if not shares:
        return granted if line.kind in NATIONAL else approved
    national = shares.get(Origin.NATIONAL, 0)
    return min(granted, national) + min(approved, sum(shares.values()) - national)


def rate(view: LineView) -> Fraction | None:
    """What was spent of what is secured; None while nothing is."""
    base = secured(view.line, view.shares)
    return Fraction(view.line.executed or 0, base) if base else None


def totals(views: Iterable[LineView]) -> list[Totals]:
    """The sums for each currency, won first. What went over to another of these lines counts there alone."""
    wanted = list(views)
    split_up = {view.line.split_from for view in wanted}
    by_currency: dict[str, list[LineView]] = {}
    for view in wanted:
        by_currency.setdefault(view.line.currency, []).append(view)
    ordered = sorted(by_currency.items(), key=lambda pair: (pair[0] != WON, pair[0]))
    return [
        Totals(
            currency,
            len(mine),
            sum(view.line.requested or 0 for view in mine),
            sum(_kept(view, is_split=view.line.id in split_up) for view in mine),
            sum(view.line.executed or 0 for view in mine),
        )
        for currency, mine in ordered
    ]


def _kept(view: LineView, *, is_split: bool) -> int:
    return secured(view.line, view.shares) - (carried(view.line) if is_split else 0)


def by_stage(views: Iterable[LineView]) -> list[tuple[Stage, list[LineView]]]:
    """The lines of each stage that has some, in the order of the stages."""
    wanted = list(views)
    grouped = [(stage, [view for view in wanted if view.line.stage is stage]) for stage in Stage]
    return [(stage, mine) for stage, mine in grouped if mine]


def shares_problem(requested: int | None, shares: Mapping[Origin, int]) -> tuple[int, int] | None:
    """The request and the sum of the shares where they differ; without shares nothing has to add up."""
    total = sum(shares.values())
    return (requested or 0, total) if shares and total != (requested or 0) else None


def odd(line: BudgetLine, shares: Mapping[Origin, int]) -> list[str]:
    """Keys of sentences about amounts that hardly can be right: they are kept, and said."""
    base, executed = secured(line, shares), line.executed or 0
    rest = carried(line) + (line.returned or 0)
    wrong = {
        "budget-odd-executed": executed > base > 0,
        "budget-odd-rest": rest > 0 and base > 0 and executed + rest != base,
        "budget-odd-approved": bool(line.drafted and line.approved and line.approved > line.drafted),
    }
    return [key for key, is_wrong in wrong.items() if is_wrong]


def trend(executions: Iterable[Execution]) -> list[Execution]:
    """What was told last for each day, oldest first."""
    latest = {one.as_of: one for one in executions}
    return [latest[day] for day in sorted(latest)]


def carried(line: BudgetLine) -> int:
    """What goes over to the next year (명시이월, 사고이월)."""
    return (line.carried_explicit or 0) + (line.carried_accident or 0)
