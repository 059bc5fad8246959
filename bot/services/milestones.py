"""Milestones of budget lines: written down, moved, done, and what came of events that others decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.rules import roster
from bot.rules.budget import NAME_LIMIT
from bot.rules.items import local_date
from bot.rules.lines import says_nothing, tidy
from bot.rules.milestones import due_of, is_open, is_too_late
from bot.rules.nudges import end_of_day
from bot.services.askers import Asker, require_member
from bot.services.awaited import delegation_of
from bot.services.budget import find, make_searchable, record, require_changer, show_board
from bot.services.budget_changes import set_stage
from bot.services.budget_views import sight_of
from bot.services.milestone_reminders import reckon
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Act
from storage import budget
from storage.tables import BudgetLine, Milestone, Outcome, Person, Stage, TaskForce


@dataclass(frozen=True)
class NewMilestone:
    """What a milestone is to be. `side_id` None: it is every owner's."""

    name: str
    act: Act
    agreed_on: date | None = None
    legal_on: date | None = None
    leads: tuple[int, ...] = ()
    side_id: int | None = None
    preset: str = ""


class AfterLimit(Exception):  # it is a question to a person, not an error of the program
    """The agreed date lies after the legal limit; nothing was changed."""

    def __init__(self, agreed: date, legal: date) -> None:
        super().__init__(agreed)
        self.agreed, self.legal = agreed, legal


def add(work: Work, asker: Asker, line: BudgetLine, new: NewMilestone, *, anyway: bool = False) -> Milestone:
    """Write a milestone down. One whose date is past stays silent; an agreed date after the legal limit is `AfterLimit`."""
    task_force, person = require_changer(asker)
    line = budget.lock(work.session, line)
    if says_nothing(new.name):
        raise Refused("budget-name-missing", field="name")
    if len(tidy(new.name)) > NAME_LIMIT:
        raise Refused("budget-name-long", field="name", limit=str(NAME_LIMIT), length=str(len(tidy(new.name))))
    if new.agreed_on and new.legal_on and is_too_late(new.agreed_on, new.legal_on) and not anyway:
        raise AfterLimit(new.agreed_on, new.legal_on)
    due = new.agreed_on or new.legal_on
    one = Milestone(
        task_force_id=line.task_force_id,
        line_id=line.id or 0,
        number=budget.next_step(work.session, line.id or 0),
        name=tidy(new.name),
        act=new.act,
        preset=new.preset,
        legal_on=new.legal_on,
        agreed_on=new.agreed_on,
        leads=list(new.leads),
        side_id=new.side_id,
        was_past=due is not None and due < local_date(work.now, task_force),
        created_by=person.id or 0,
        created_at=work.now,
    )
    work.session.add(one)
    make_searchable(work, line)
    note(work, line, one, "milestone-added", person, new={"day": due.isoformat() if due else ""})
    _changed(work, line)
    return one


def find_step(work: Work, asker: Asker, number: int, step: int) -> tuple[BudgetLine, Milestone]:
    """`B-2-1`, if the asker may see the line."""
    line = find(work, asker, number)
    one = next((each for each in budget.milestones(work.session, [line.id or 0]) if each.number == step), None)
    if one is None:
        raise Refused("milestone-not-found", ref=f"B-{number}-{step}")
    return line, one


def find_milestone(work: Work, asker: Asker, milestone_id: int) -> tuple[BudgetLine, Milestone]:
    """The milestone of a button with its line, if the asker may see it; a forged or foreign one shows nothing."""
    _, person = require_member(asker)
    one = budget.milestone(work.session, sight_of(person), milestone_id)
    line = budget.by_id(work.session, sight_of(person), one.line_id) if one else None
    if one is None or line is None:
        raise Refused("budget-gone")
    return line, one


def move(work: Work, asker: Asker, one: Milestone, agreed: date | None, *, anyway: bool = False) -> None:
    """Agree on another date, or on none. After the legal limit it is `AfterLimit`, unless that is meant."""
    task_force, person = require_changer(asker)
    line, one = lock(work, asker, one)
    require_open(line, one)
    if agreed and agreed < local_date(work.now, task_force):
        raise Refused("item-due-past", field="agreed")
    if agreed and one.legal_on and is_too_late(agreed, one.legal_on) and not anyway:
        raise AfterLimit(agreed, one.legal_on)
    before = due_of(one)
    if agreed == one.agreed_on:
        return
    was = {**_day(before), **_agreed(one), "was_past": one.was_past, "moves": one.moves}
    one.agreed_on, one.was_past = agreed, False
    one.moves += before is not None
    one.heard_until = end_of_day(work.now, task_force.zone)  # whoever moves it knows of it today
    note(work, line, one, "milestone-moved", person, old=was, new={**_day(due_of(one)), **_agreed(one)})
    _changed(work, line)


def done(work: Work, asker: Asker, one: Milestone) -> None:
    """Close what is ours to do: by an owner of the side whose it is, or that side's lead, deputy or delegate."""
    _, person = require_member(asker)
    line, one = lock(work, asker, one)
    close(work, line, one, person)


def close(work: Work, line: BudgetLine, one: Milestone, person: Person) -> None:
    """The same by a person alone. Line and milestone are locked already."""
    require_open(line, one)
    if one.act is Act.EVENT:
        raise Refused("milestone-is-event", ref=_ref(line, one))
    is_of_side = one.side_id in (None, person.side_id)
    by_delegation = is_of_side and not _is_own(work, person, one)
    if not is_of_side or (by_delegation and not _is_delegate(work, person, one)):
        raise Refused("milestone-not-yours", ref=_ref(line, one))
    _end(work, line, one, Outcome.DONE, person, {"delegated": True} if by_delegation else None)


def _is_delegate(work: Work, person: Person, one: Milestone) -> bool:
    today = local_date(work.now, work.session.get_one(TaskForce, one.task_force_id))
    return delegation_of(work.session, person, today) is not None


def _is_own(work: Work, person: Person, one: Milestone) -> bool:
    """Whether a milestone of the person's side is theirs to close: as an owner of its line, or as lead or deputy."""
    owner = next(
        (row.owner_id for row in budget.owners(work.session, [one.line_id]) if row.side_id == person.side_id), None
    )
    return roster.counts_for(person, person.side_id, owner)


def voted(work: Work, asker: Asker, one: Milestone, amount: int | None, stage: Stage | None) -> None:
    """An event came: what was decided, and (asked for) the stage that its line has reached by it, with that amount."""
    _, person = require_changer(asker)
    line, one = lock(work, asker, one)
    require_open(line, one)
    one.result = amount
    _end(work, line, one, Outcome.VOTED, person, {"amount": amount})
    if stage:
        set_stage(work, asker, line, stage, amount)


def drop(work: Work, asker: Asker, one: Milestone) -> None:
    """It does not apply."""
    _, person = require_changer(asker)
    line, one = lock(work, asker, one)
    require_open(line, one)
    _end(work, line, one, Outcome.DROPPED, person)


def reopen(work: Work, asker: Asker, one: Milestone) -> None:
    """It had ended by mistake."""
    _, person = require_changer(asker)
    line, one = lock(work, asker, one)
    if is_open(one):
        raise Refused("milestone-open-already", ref=_ref(line, one))
    open_again(work, line, one, person)


def open_again(work: Work, line: BudgetLine, one: Milestone, person: Person) -> None:
    """The same by a person alone. Line and milestone are locked already."""
    was = {"outcome": one.outcome, "amount": one.result, "by": one.ended_by}
    one.outcome, one.result, one.ended_at, one.ended_by = None, None, None, None
    note(work, line, one, "milestone-reopened", person, old=was)
    _changed(work, line)


def _end(
    work: Work, line: BudgetLine, one: Milestone, outcome: Outcome, person: Person, new: Mapping[str, Any] | None = None
) -> None:
    one.outcome, one.ended_at, one.ended_by = outcome, work.now, person.id
    note(work, line, one, f"milestone-{outcome}", person, new=new)
    _changed(work, line)


def _changed(work: Work, line: BudgetLine) -> None:
    """Say when there is something to say next, and have the board made true."""
    reckon(work, line)
    show_board(work, line)


def lock(work: Work, asker: Asker, one: Milestone) -> tuple[BudgetLine, Milestone]:
    """The line before its milestone, as everywhere: two orders would lock each other out."""
    line, _ = find_milestone(work, asker, one.id or 0)
    line = budget.lock(work.session, line)
    return line, budget.lock_milestone(work.session, one)


def require_open(line: BudgetLine, one: Milestone) -> None:
    """What has ended can only be opened again."""
    if not is_open(one):
        raise Refused("milestone-ended-already", ref=_ref(line, one))


def note(
    work: Work,
    line: BudgetLine,
    one: Milestone,
    act: str,
    person: Person,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
) -> None:
    """One line in the history of the milestone's line."""
    told = {"ref": _ref(line, one), "name": one.name, **(new or {})}
    record(work, line, act, person.id, old=dict(old) if old else None, new=told)


def _ref(line: BudgetLine, one: Milestone) -> str:
    return f"B-{line.number}-{one.number}"


def _agreed(one: Milestone) -> dict[str, str]:
    return {"agreed": one.agreed_on.isoformat() if one.agreed_on else ""}


def _day(value: date | None) -> dict[str, str]:
    return {"day": value.isoformat() if value else ""}
