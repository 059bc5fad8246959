"""An item is done for a side, that is taken back, and a closed item is opened again."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bot.rules import items as rules
from bot.rules.roster import counts_for, inside
from bot.services.askers import Asker, require_member
from bot.services.awaited import delegation_of
from bot.services.item_reminders import heard, reckon
from bot.services.items import lock, record, require_changer, show_card
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items
from storage.tables import Confirmation, Item, ItemStatus, Part, Person, Reaction, Source, TaskForce


class TooLate(Exception):  # it is an answer to a person, not an error of the program
    """The item is not open any more; nothing was changed."""


def require_open(item: Item) -> None:
    """Only an open item is changed or confirmed; `TooLate` else."""
    if item.status is not ItemStatus.OPEN:
        raise TooLate


def done(work: Work, asker: Asker, item: Item) -> Part:
    """Confirm by a button or a command for the asker's side; gives that side's part."""
    _, person = require_member(asker)
    item = lock(work, asker, item)
    require_open(item)
    return confirm(work, item, person, Source.BUTTON).part


class Confirmed(NamedTuple):
    """A side's part, and whether this person had confirmed it before."""

    part: Part
    again: bool


def confirm(work: Work, item: Item, person: Person, source: Source, reaction: Reaction | None = None) -> Confirmed:
    """Record that a person confirms for the own side. The item is locked already."""
    parts, standing = items.parts(work.session, item.id or 0), items.standing(work.session, item.id or 0)
    mine = [one for one in standing if one.person_id == person.id]
    delegation = delegation_of(work.session, person, _today(work, item))
    if no := rules.why_not_confirm(person, parts, standing, is_delegate=delegation is not None):
        raise Refused(no, ref=f"A-{item.number}")
    part = next(part for part in parts if part.side_id == person.side_id)
    new = Confirmation(
        item_id=item.id or 0,
        side_id=person.side_id,
        person_id=person.id or 0,
        source=source,
        reaction_id=reaction.id if reaction else None,
        confirmed_at=work.now,
    )
    work.session.add(new)
    if not mine:
        by_delegation = bool(delegation) and not counts_for(person, part.side_id, part.owner_id)
        said = {"side": person.side_id, "by": source} | ({"delegated": True} if by_delegation else {})
        record(work, item, "confirmed", person.id, new=said)
    settle(work, item, parts, person.id, [*standing, new])
    return Confirmed(part, bool(mine))


def _today(work: Work, item: Item) -> date:
    return rules.local_date(work.now, work.session.get_one(TaskForce, item.task_force_id))


def undo(work: Work, asker: Asker, item: Item) -> int:
    """Take back everything by which the asker confirmed this item; gives the side."""
    _, person = require_member(asker)
    item = lock(work, asker, item)
    mine = [one for one in items.standing(work.session, item.id or 0) if one.person_id == person.id]
    if not mine:
        raise Refused("item-nothing-to-undo", ref=f"A-{item.number}")
    withdraw(work, item, mine, person.id)
    return mine[0].side_id


def last_confirmed(work: Work, asker: Asker) -> Item:
    """The item that the asker confirmed last and has not taken back."""
    task_force, person = require_member(asker)
    item = items.last_confirmed_by(work.session, person.id or 0, inside(person))
    if item is None:
        raise Refused("item-nothing-done", name=task_force.name)
    return item


def withdraw(work: Work, item: Item, confirmations: Iterable[Confirmation], person_id: int | None) -> None:
    """Take confirmations of one person back; the item opens again if they had closed it. The item is locked already."""
    side_id = 0
    for one in confirmations:
        one.withdrawn_at, side_id = work.now, one.side_id
    work.session.flush()
    if not any(one.person_id == person_id for one in items.standing(work.session, item.id or 0)):
        record(work, item, "unconfirmed", person_id, old={"side": side_id})
    settle(work, item, items.parts(work.session, item.id or 0), person_id)


def reopen(work: Work, asker: Asker, item: Item) -> Item:
    """Open a closed or cancelled item again: what confirmed it is set aside, and reactions from before never count again."""
    _, person = require_changer(asker)
    item = lock(work, asker, item)
    if item.status is ItemStatus.OPEN:
        raise Refused("item-open-already", ref=f"A-{item.number}")
    for one in items.standing(work.session, item.id or 0):
        one.withdrawn_at = work.now
    if item.status is ItemStatus.CANCELLED:
        item.status, item.cancel_reason = ItemStatus.OPEN, ""
        record(work, item, "reopened", person.id)
    item.reopened_at, item.counts_from = work.now, work.machine_now
    work.session.flush()
    parts = items.parts(work.session, item.id or 0)
    for part in parts:
        heard(work, item, part)
    settle(work, item, parts, person.id)
    return item


def settle(
    work: Work, item: Item, parts: list[Part], person_id: int | None, standing: list[Confirmation] | None = None
) -> None:
    """Derive from what stands (read, unless it was) which sides have confirmed and whether the item is closed, and show it."""
    work.session.flush()
    first = rules.first_confirmations(standing or items.standing(work.session, item.id or 0))
    for part in parts:
        one = first.get(part.side_id)
        if part.confirmed_at and not one:
            heard(work, item, part)
        part.confirmed_at, part.confirmed_by = (one.confirmed_at, one.person_id) if one else (None, None)
    rule = work.session.get_one(TaskForce, item.task_force_id).closing_rule
    is_done = rules.is_done(rule, [part.side_id for part in parts], first)
    if is_done and item.status is ItemStatus.OPEN:
        item.status, item.closed_at = ItemStatus.CLOSED, work.now
        record(work, item, "closed", person_id)
    elif not is_done and item.status is ItemStatus.CLOSED:
        item.status, item.closed_at = ItemStatus.OPEN, None
        record(work, item, "reopened", person_id)
    reckon(work, item, parts)
    show_card(work, item)
