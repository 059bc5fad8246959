"""The demo's budget lines: made, moved and dated by the services that do it for anybody."""

from typing import Protocol

from sqlmodel import select

from bot.messages.preset_forms import value_of
from bot.rules.budget import Figure
from bot.services import budget, budget_changes, budget_presets, milestones
from bot.services.askers import Asker, require_member
from bot.services.milestones import NewMilestone
from bot.services.work import Work
from config.demo import PastBudget, PastBudgetAct
from config.presets import Act, Money
from storage.tables import BudgetLine, Milestone, Origin, Person, Side, Stage


class Troupe(Protocol):
    """Whoever brings the people of a story to the door."""

    def asker(self, work: Work, handle: str) -> Asker: ...

    def person(self, work: Work, handle: str) -> Person: ...


def add(troupe: Troupe, past: PastBudget, work: Work) -> None:
    """Somebody adds a line."""
    asker, by = troupe.asker(work, past.by), troupe.person(work, past.by)
    draft = budget.Draft(
        past.name,
        past.year,
        Money(past.kind),
        internal_to=work.session.get_one(Side, by.side_id) if past.internal else None,
        owners=tuple(troupe.person(work, handle) for handle in past.owners),
        requested=past.requested,
        shares={Origin(origin): amount for origin, amount in past.shares.items()},
    )
    budget.create(work, asker, draft)


def act(troupe: Troupe, past: PastBudget, deed: PastBudgetAct, work: Work) -> None:
    """Somebody does something with a line."""
    asker, line = troupe.asker(work, deed.by), _line(work, past)
    if deed.stage:
        budget_changes.set_stage(work, asker, line, Stage(deed.stage), deed.amount)
    elif deed.spent is not None:
        budget_changes.set_amounts(work, asker, line, {Figure.EXECUTED: deed.spent})
    elif deed.preset:
        _choose(work, asker, line, deed)
    elif deed.task:
        milestones.add(work, asker, line, NewMilestone(deed.task, Act.TASK, agreed_on=deed.agreed))
    elif deed.done:
        milestones.done(work, asker, _milestone(work, line, deed.done))
    else:
        budget_changes.note(work, asker, line, deed.note)


def _choose(work: Work, asker: Asker, line: BudgetLine, deed: PastBudgetAct) -> None:
    task_force, _ = require_member(asker)
    year = deed.year or line.year
    rows = budget_presets.dated_rows(work, task_force, line.kind, year)
    values = [value_of(one) for one in rows if one.row.key in deed.preset]
    budget_presets.choose(work, asker, line, line.kind, year, values)
    if deed.agreed:
        milestones.move(work, asker, _milestone(work, line, deed.preset[0]), deed.agreed)


def _line(work: Work, past: PastBudget) -> BudgetLine:
    return work.session.exec(select(BudgetLine).where(BudgetLine.name == past.name)).one()


def _milestone(work: Work, line: BudgetLine, key: str) -> Milestone:
    query = select(Milestone).where(Milestone.line_id == line.id, Milestone.preset == key)
    return work.session.exec(query).one()
