"""Budget lines: made, found, changed, and shown. What is internal to a side is found by that side's people alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.rules import roster
from bot.rules.budget import (
    FIRST_YEAR,
    LAST_YEAR,
    NAME_LIMIT,
    shares_problem,
)
from bot.rules.item_search import folded
from bot.rules.lines import says_nothing, tidy
from bot.rules.money import WON
from bot.services.askers import Asker, require_member
from bot.services.budget_views import sight_of
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Money
from storage import budget, history, people
from storage.outbox import Lane
from storage.tables import (
    BoundChannel,
    BudgetLine,
    BudgetOwner,
    BudgetShare,
    Origin,
    Person,
    PersonState,
    Side,
    TaskForce,
)

BOARD, OWNED = "budget-board", "budget-owned"  # kinds of posts
SUBJECT = "budget"  # of the history


@dataclass(frozen=True)
class Draft:
    """What a line is to be. Without an owner of the own side that is whoever makes it."""

    name: str
    year: int
    kind: Money
    currency: str = WON
    internal_to: Side | None = None
    owners: tuple[Person, ...] = ()
    requested: int | None = None
    shares: Mapping[Origin, int] = field(default_factory=dict)


def create(work: Work, asker: Asker, draft: Draft) -> BudgetLine:
    """Make a line, tell its owners, and (a joint one) show it on the board."""
    task_force, person = require_changer(asker)
    check_facts(draft.name, draft.year)
    check_shares(draft.requested, draft.shares)
    owners = _with_own(draft.owners, person)
    check_owners(owners, draft.internal_to.id if draft.internal_to else None)
    line = BudgetLine(
        task_force_id=task_force.id or 0,
        number=budget.lock_numbers(work.session, task_force.id or 0),
        name=tidy(draft.name),
        year=draft.year,
        kind=draft.kind,
        currency=draft.currency,
        internal_to=draft.internal_to.id if draft.internal_to else None,
        requested=draft.requested,
        created_by=person.id or 0,
        created_at=work.now,
    )
    work.session.add(line)
    work.session.flush()
    work.session.add_all(
        BudgetShare(line_id=line.id or 0, origin=one, amount=part) for one, part in draft.shares.items()
    )
    work.session.add_all(owner_row(line, owner) for owner in owners)
    make_searchable(work, line)
    record(work, line, "created", person.id, new={"name": line.name, "requested": line.requested})
    show_board(work, line)
    for owner in owners:
        tell_owner(work, line, owner, person)
    return line


def require_changer(asker: Asker) -> tuple[TaskForce, Person]:
    """The task force and the person, if that person may make and change budget lines."""
    task_force, person = require_member(asker)
    if not roster.may(person.role, roster.Right.CHANGE_ITEMS):
        raise Refused("budget-observer-may-not")
    return task_force, person


def find(work: Work, asker: Asker, number: int) -> BudgetLine:
    """The line with this number that the asker may see; any other is as if it were not there."""
    task_force, person = require_member(asker)
    line = budget.by_number(work.session, sight_of(person), number)
    if line is None:
        raise Refused("budget-not-found", ref=f"B-{number}", name=task_force.name)
    return line


def find_by_id(work: Work, asker: Asker, line_id: int) -> BudgetLine:
    """The line of a button, if the asker may see it; a forged or foreign one shows nothing."""
    _, person = require_member(asker)
    line = budget.by_id(work.session, sight_of(person), line_id)
    if line is None:
        raise Refused("budget-gone")
    return line


def lock(work: Work, asker: Asker, line: BudgetLine) -> tuple[BudgetLine, Person]:
    """The line to be changed in this transaction, and who changes it."""
    _, person = require_changer(asker)
    return budget.lock(work.session, line), person


def check_facts(name: str, year: int) -> None:
    """A line has a name that can be read in a list, and a year of our time."""
    if says_nothing(name):
        raise Refused("budget-name-missing", field="name")
    if len(tidy(name)) > NAME_LIMIT:
        raise Refused("budget-name-long", field="name", limit=str(NAME_LIMIT), length=str(len(tidy(name))))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused("budget-year-strange", field="year")


def check_shares(requested: int | None, shares: Mapping[Origin, int]) -> None:
    """What comes from where makes up the request, to the last won."""
    if problem := shares_problem(requested, shares):
        wanted, total = problem
        field = f"share-{next(iter(shares))}"
        raise Refused("budget-shares-differ", field=field, requested=f"{wanted:,}", total=f"{total:,}")


def check_owners(owners: Iterable[Person], internal_to: int | None) -> None:
    """Each owner may own; of an internal line only people of that side."""
    for owner in owners:
        field = f"owner-{owner.side_id}"
        if owner.state is not PersonState.ACTIVE:
            raise Refused("item-owner-gone", field=field)
        if not roster.may(owner.role, roster.Right.CONFIRM_OWN_ITEMS):
            raise Refused("item-owner-observer", field=field, name=owner.name)
        if internal_to is not None and owner.side_id != internal_to:
            raise Refused("budget-owner-other-side", field=field, name=owner.name)


def make_searchable(work: Work, line: BudgetLine) -> None:
    """Called by each change of its name, notes or milestones."""
    work.session.flush()
    notes = [one.text for one in budget.notes(work.session, line.id or 0)]
    steps = [one.name for one in budget.milestones(work.session, [line.id or 0])]
    line.searchable = folded("\n".join([line.name, *notes, *steps]))


def channel_of(work: Work, line: BudgetLine) -> BoundChannel:
    """The task force's channel."""
    channel = people.main_channel(work.session, line.task_force_id)
    if channel is None:
        raise Refused("no-task-force-here")
    return channel


def show_board(work: Work, line: BudgetLine) -> None:
    """Have the channel's board made true; an internal line is none of its business."""
    if line.internal_to is None:
        channel = channel_of(work, line)
        work.queue(Lane(channel.speaker_id, channel.channel_id), BOARD, line.task_force_id)


def tell_owner(work: Work, line: BudgetLine, owner: Person, by: Person) -> None:
    """Tell somebody that they look after a line now; who takes it on knows."""
    if owner.id == by.id:
        return
    speaker = channel_of(work, line).speaker_id
    for user_id in people.reached_through(work.session, owner):
        work.queue(Lane(speaker, user_id=user_id), OWNED, f"{line.id}:{owner.id}", {"by": by.id})


def record(
    work: Work,
    line: BudgetLine,
    act: str,
    person_id: int | None,
    *,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """One line in the history."""
    subject = (SUBJECT, line.id or 0)
    history.record(
        work.session, subject, act, task_force_id=line.task_force_id, at=work.now, person_id=person_id, old=old, new=new
    )


def _with_own(owners: tuple[Person, ...], person: Person) -> tuple[Person, ...]:
    """One owner of each side at most; whoever makes a line owns it if nobody of the own side does."""
    named = {owner.side_id: owner for owner in owners}
    return tuple({person.side_id: person, **named}.values())


def owner_row(line: BudgetLine, owner: Person) -> BudgetOwner:
    """The row by which somebody owns a line for the own side."""
    return BudgetOwner(line_id=line.id or 0, side_id=owner.side_id, owner_id=owner.id or 0)
