"""Changing a budget line: its stage, amounts, shares, owners and notes; and splitting it at the year's end."""

from collections.abc import Mapping
from typing import Any

from bot.rules.budget import FIGURE_OF, Figure, carried, figure, secured
from bot.rules.items import local_date
from bot.rules.lines import tidy
from bot.services.askers import Asker
from bot.services.budget import (
    check_facts,
    check_owners,
    check_shares,
    lock,
    make_searchable,
    owner_row,
    record,
    show_board,
    tell_owner,
)
from bot.services.budget_views import sight_of, view_of
from bot.services.milestone_reminders import reckon
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Money
from storage import budget
from storage.tables import (
    BudgetLine,
    BudgetNote,
    BudgetOwner,
    BudgetShare,
    Execution,
    Origin,
    Person,
    Stage,
    TaskForce,
)


def set_stage(work: Work, asker: Asker, line: BudgetLine, stage: Stage, amount: int | None = None) -> None:
    """Move a line to a stage; the amount is the one that this stage settles."""
    line, person = lock(work, asker, line)
    which = FIGURE_OF.get(stage)
    if amount is not None and which is None:
        raise Refused("budget-stage-without-amount")
    old: dict[str, Any] = {"stage": line.stage}
    new: dict[str, Any] = {"stage": stage}
    if amount is not None and which:
        if which is Figure.REQUESTED:
            check_shares(amount, shares_of(work, line))
        old[which.value], new[which.value] = figure(line, which), amount
        _write(work, line, {which: amount}, person)
    line.stage = stage
    record(work, line, "stage", person.id, old=old, new=new)
    reckon(work, line)
    show_board(work, line)


def set_amounts(
    work: Work,
    asker: Asker,
    line: BudgetLine,
    amounts: Mapping[Figure, int | None],
    shares: Mapping[Origin, int] | None = None,
) -> None:
    """Write amounts, and where the money comes from (None: as it was). Shares that do not add up are refused."""
    line, person = lock(work, asker, line)
    before = shares_of(work, line)
    wanted = before if shares is None else {origin: part for origin, part in shares.items() if part}
    requested = amounts.get(Figure.REQUESTED, line.requested)
    check_shares(requested, wanted)
    changed = {which: amount for which, amount in amounts.items() if amount != figure(line, which)}
    old: dict[str, Any] = {which.value: figure(line, which) for which in changed}
    new: dict[str, Any] = {which.value: amount for which, amount in changed.items()}
    if wanted != before:
        write_shares(work, line, wanted)
        old["shares"], new["shares"] = plain_shares(before), plain_shares(wanted)
    if new:
        _write(work, line, changed, person)
        record(work, line, "amounts", person.id, old=old, new=new)
        reckon(work, line)
        show_board(work, line)


def set_facts(work: Work, asker: Asker, line: BudgetLine, name: str, year: int, kind: Money) -> None:
    """Change what a line is called, its year and its kind of money."""
    line, person = lock(work, asker, line)
    check_facts(name, year)
    old = {"name": line.name, "year": line.year, "kind": line.kind}
    new = {"name": tidy(name), "year": year, "kind": kind}
    changed = [key for key in new if new[key] != old[key]]
    if changed:
        line.name, line.year, line.kind = tidy(name), year, kind
        make_searchable(work, line)
        record(
            work,
            line,
            "changed",
            person.id,
            old={key: old[key] for key in changed},
            new={key: new[key] for key in changed},
        )
        reckon(work, line)
        show_board(work, line)


def set_owners(work: Work, asker: Asker, line: BudgetLine, wanted: Mapping[int, Person | None]) -> None:
    """Put sides' owners in, replace them, or take them out; at least one stays."""
    line, person = lock(work, asker, line)
    check_owners([one for one in wanted.values() if one], line.internal_to)
    have = {one.side_id: one.owner_id for one in budget.owners(work.session, [line.id or 0])}
    changed = {
        side_id: owner for side_id, owner in wanted.items() if have.get(side_id) != (owner.id if owner else None)
    }
    if not any({**have, **wanted}.values()):
        raise Refused("budget-needs-owner")
    for side_id, owner in changed.items():
        write_owner(work, line, side_id, owner.id if owner else None)
        told = {"side": side_id, "owner": owner.id if owner else None}
        record(work, line, "owner", person.id, old={"side": side_id, "owner": have.get(side_id)}, new=told)
    reckon(work, line)
    show_board(work, line)
    for owner in filter(None, changed.values()):
        tell_owner(work, line, owner, person)


def write_owner(
    work: Work, line: BudgetLine, side_id: int, owner_id: int | None, acting_for: int | None = None
) -> None:
    """Who owns a line for a side from now on; None: nobody."""
    row = next((one for one in budget.owners(work.session, [line.id or 0]) if one.side_id == side_id), None)
    if owner_id is None:
        if row:
            work.session.delete(row)
        return
    row = row or BudgetOwner(line_id=line.id or 0, side_id=side_id, owner_id=owner_id)
    row.owner_id, row.acting_for_id = owner_id, acting_for
    work.session.add(row)
    work.session.flush()


def make_joint(work: Work, asker: Asker, line: BudgetLine) -> None:
    """A line that was internal to the asker's side is shown to all; there is no way back."""
    line, person = lock(work, asker, line)
    line.internal_to = None
    record(work, line, "joint", person.id)
    reckon(work, line)
    show_board(work, line)


def note(work: Work, asker: Asker, line: BudgetLine, text: str) -> None:
    """Write down how it goes on."""
    line, person = lock(work, asker, line)
    written = BudgetNote(line_id=line.id or 0, person_id=person.id or 0, text=text, written_at=work.now)
    work.session.add(written)
    make_searchable(work, line)
    record(work, line, "noted", person.id, new={"note": written.id, "text": text})


def split(work: Work, asker: Asker, line: BudgetLine) -> BudgetLine:
    """At the year's end: what goes over (명시이월, 사고이월) becomes a line of the next year, with the same owners.

    Refused unless what was spent, goes over and is given back makes up what was secured.
    """
    line, person = lock(work, asker, line)
    view = view_of(work.session, line)
    base, over = secured(line, view.shares), carried(line)
    if not over:
        raise Refused("budget-split-nothing", ref=f"B-{line.number}")
    if any(one.split_from == line.id for one in budget.lines(work.session, sight_of(person))):
        raise Refused("budget-split-already", ref=f"B-{line.number}")
    if (line.executed or 0) + over + (line.returned or 0) != base:
        raise Refused("budget-split-uneven", ref=f"B-{line.number}")
    rest = BudgetLine(
        task_force_id=line.task_force_id,
        number=budget.lock_numbers(work.session, line.task_force_id),
        name=line.name,
        year=line.year + 1,
        kind=line.kind,
        currency=line.currency,
        stage=Stage.EXECUTING,
        internal_to=line.internal_to,
        approved=over,
        granted=over,
        split_from=line.id,
        created_by=person.id or 0,
        created_at=work.now,
    )
    work.session.add(rest)
    work.session.flush()
    work.session.add_all(owner_row(rest, owner) for _, owner in view.owners)
    make_searchable(work, rest)
    record(work, line, "split", person.id, new={"ref": f"B-{rest.number}", "amount": over})
    record(work, rest, "created", person.id, new={"name": rest.name, "requested": None})
    reckon(work, rest)
    show_board(work, rest)
    return rest


def shares_of(work: Work, line: BudgetLine) -> dict[Origin, int]:
    """Where the money comes from."""
    return {one.origin: one.amount for one in budget.shares(work.session, [line.id or 0])}


def _write(work: Work, line: BudgetLine, amounts: Mapping[Figure, int | None], person: Person) -> None:
    """What was spent is also kept with its day: it makes the trend."""
    for which, amount in amounts.items():
        setattr(line, which.value, amount)
    spent = amounts.get(Figure.EXECUTED)
    if spent is not None:
        today = local_date(work.now, work.session.get_one(TaskForce, line.task_force_id))
        told = Execution(line_id=line.id or 0, as_of=today, amount=spent, person_id=person.id or 0, told_at=work.now)
        work.session.add(told)
    work.session.flush()


def write_shares(work: Work, line: BudgetLine, wanted: Mapping[Origin, int]) -> None:
    """Where the money comes from, from now on."""
    have = {one.origin: one for one in budget.shares(work.session, [line.id or 0])}
    for origin, one in have.items():
        if origin not in wanted:
            work.session.delete(one)
    for origin, part in wanted.items():
        row = have.get(origin) or BudgetShare(line_id=line.id or 0, origin=origin, amount=part)
        row.amount = part
        work.session.add(row)
    work.session.flush()


def plain_shares(shares: Mapping[Origin, int]) -> dict[str, int]:
    """As the history keeps them."""
    return {origin.value: part for origin, part in shares.items()}
