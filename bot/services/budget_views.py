"""Budget lines as somebody may see them, with everything that is told about them, read together."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from sqlmodel import Session

from bot.rules import roster
from bot.rules.budget import LineView
from storage import budget, people, snoozes
from storage.budget import Sight
from storage.tables import BudgetLine, BudgetOwner, BudgetShare, Execution, Milestone, Person, Side, TaskForce

Row = TypeVar("Row", BudgetShare, BudgetOwner, Milestone, Execution)


def sight_of(person: Person) -> Sight:
    """What a person of the roster may see: joint lines; and the own side's internal ones, unless an observer."""
    internal = roster.may(person.role, roster.Right.SEE_INTERNAL)
    return Sight(person.task_force_id, person.side_id if internal else None)


def sight_of_user(session: Session, task_force_id: int, user_id: str | None) -> Sight | None:
    """What the receiver of a message may see when it is sent: of a channel (None) joint lines; None: nothing any more."""
    if user_id is None:
        return Sight(task_force_id)
    person = people.person_of(session, session.get_one(TaskForce, task_force_id), user_id)
    return sight_of(person) if person else None


def view_of(session: Session, line: BudgetLine) -> LineView:
    """One line with everything that is told about it."""
    return views_of(session, [line])[0]


def views_of(session: Session, lines: Iterable[BudgetLine]) -> list[LineView]:
    """Lines of one task force in the given order; they were loaded for the eyes of whoever is to see them."""
    wanted = list(lines)
    ids = [line.id or 0 for line in wanted]
    if not wanted:
        return []
    task_force = session.get_one(TaskForce, wanted[0].task_force_id)
    sides = {side.id or 0: side for side in people.sides(session, task_force.id or 0)}
    shares = {
        line_id: {one.origin: one.amount for one in found} for line_id, found in _grouped(budget.shares(session, ids))
    }
    owning = dict(_grouped(budget.owners(session, ids)))
    owners = {line_id: _owners(session, found, sides) for line_id, found in owning.items()}
    milestones = dict(_grouped(budget.milestones(session, ids)))
    steps = [one.id for found in milestones.values() for one in found]
    rests = snoozes.of_milestones(session, steps) if steps else {}
    executions = dict(_grouped(budget.executions(session, ids)))
    return [
        LineView(
            line,
            task_force,
            shares.get(line.id or 0, {}),
            owners.get(line.id or 0, ()),
            tuple(milestones.get(line.id or 0, ())),
            tuple(executions.get(line.id or 0, ())),
            sides[line.internal_to] if line.internal_to else None,
            session.get(BudgetLine, line.split_from) if line.split_from else None,
            {
                one.side_id: session.get_one(Person, one.acting_for_id)
                for one in owning.get(line.id or 0, ())
                if one.acting_for_id
            },
            {one.id: rests[one.id] for one in milestones.get(line.id or 0, ()) if one.id in rests},
        )
        for line in wanted
    ]


def _grouped(rows: Iterable[Row]) -> Iterable[tuple[int, list[Row]]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.line_id].append(row)
    return grouped.items()


def _owners(session: Session, rows: list[BudgetOwner], sides: dict[int, Side]) -> tuple[tuple[Side, Person], ...]:
    found = [(sides[one.side_id], session.get_one(Person, one.owner_id)) for one in rows]
    return tuple(sorted(found, key=lambda pair: pair[0].position))
