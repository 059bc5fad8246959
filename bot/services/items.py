"""Action items: made, confirmed for a side, taken back, opened again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from bot.rules import items as rules
from bot.rules import roster
from bot.services.askers import Asker, require_member
from bot.services.refused import Refused
from bot.services.work import Work
from storage import history, items, people
from storage.outbox import Lane
from storage.tables import BoundChannel, Confirmation, Item, ItemStatus, Part, Person, Reaction, Source, TaskForce

CARD, ASSIGNED = "item-card", "item-assigned"  # kinds of posts
TWIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Draft:
    """What an item is to be: at most one owner of each side; none at all means whoever makes it."""

    title: str
    owners: tuple[Person, ...] = ()
    due_on: date | None = None
    due_at: time | None = None
    stream: str = ""


class TooLate(Exception):  # it is an answer to a person, not an error of the program
    """The item is not open any more; nothing was changed."""


class SameTitle(Exception):  # it is a question to a person, not an error of the program
    """An item with this title was made less than a minute ago; nothing was made."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.item = item


def create(work: Work, asker: Asker, draft: Draft, *, again: bool = False) -> Item:
    """Make an item, show its card, and tell its owners. Without an owner it is the asker's own.

    The same title within a minute is `SameTitle`, unless it is asked for `again`.
    """
    task_force, person = require_changer(asker)
    owners = draft.owners or (person,)
    check_owners(owners)
    task_force = items.lock_numbers(work.session, task_force.id or 0)
    twin = items.twin(work.session, task_force.id or 0, draft.title, work.now - TWIN)
    if twin and not again:
        raise SameTitle(twin)
    task_force.last_item_number += 1
    item = Item(
        task_force_id=task_force.id or 0,
        number=task_force.last_item_number,
        title=draft.title,
        stream=draft.stream,
        due_on=draft.due_on,
        due_at=draft.due_at,
        channel_id=_channel_for(work, asker, task_force).id or 0,
        created_by=person.id or 0,
        created_at=work.now,
    )
    work.session.add(item)
    work.session.flush()
    work.session.add_all(Part(item_id=item.id or 0, side_id=one.side_id, owner_id=one.id or 0) for one in owners)
    made = {"title": item.title, "due_on": str(item.due_on or ""), "stream": item.stream}
    record(work, item, "created", person.id, new={**made, "owners": [one.id for one in owners]})
    show_card(work, item)
    for owner in owners:
        tell_owner(work, item, owner, by=person)
    return item


def require_changer(asker: Asker) -> tuple[TaskForce, Person]:
    """The task force and the person, if that person may make and change items."""
    task_force, person = require_member(asker)
    if not roster.may(person.role, roster.Right.CHANGE_ITEMS):
        raise Refused("item-observer-may-not")
    return task_force, person


def check_owners(owners: Iterable[Person]) -> None:
    """At most one owner per side, each of them somebody who may own."""
    sides: dict[int, Person] = {}
    for owner in owners:
        if not roster.may(owner.role, roster.Right.CONFIRM_OWN_ITEMS):
            raise Refused("item-owner-observer", name=owner.name)
        other = sides.setdefault(owner.side_id, owner)
        if other.id != owner.id:
            raise Refused("item-owners-of-one-side", one=other.name, other=owner.name)


def find(work: Work, asker: Asker, number: int) -> Item:
    """The item with this number in the asker's task force; another task force's is as if it were not there."""
    task_force, _ = require_member(asker)
    item = items.by_number(work.session, task_force.id or 0, number)
    if item is None:
        raise Refused("item-not-found", ref=f"A-{number}", name=task_force.name)
    return item


def find_by_id(work: Work, asker: Asker, item_id: int) -> Item:
    """The item of a button, if it belongs to the asker's task force; a forged or foreign one shows nothing."""
    task_force, _ = require_member(asker)
    item = work.session.get(Item, item_id)
    if item is None or item.task_force_id != task_force.id:
        raise Refused("item-gone")
    return item


def require_open(item: Item) -> None:
    """Only an open item is changed or confirmed; `TooLate` else."""
    if item.status is not ItemStatus.OPEN:
        raise TooLate


def done(work: Work, asker: Asker, item: Item) -> Part:
    """Confirm by a button or a command for the asker's side; gives that side's part."""
    _, person = require_member(asker)
    item = items.lock(work.session, item.id or 0)
    require_open(item)
    return confirm(work, item, person, Source.BUTTON)


def confirm(work: Work, item: Item, person: Person, source: Source, reaction: Reaction | None = None) -> Part:
    """Record that a person confirms for the own side; gives that side's part. The item is locked already."""
    parts, standing = items.parts(work.session, item.id or 0), items.standing(work.session, item.id or 0)
    mine = [one for one in standing if one.person_id == person.id]
    no = rules.why_not_confirm(person, parts, standing)
    if no:
        raise Refused(no, ref=f"A-{item.number}")
    part = next(part for part in parts if part.side_id == person.side_id)
    work.session.add(
        Confirmation(
            item_id=item.id or 0,
            side_id=person.side_id,
            person_id=person.id or 0,
            source=source,
            reaction_id=reaction.id if reaction else None,
            confirmed_at=work.now,
        )
    )
    if not mine:
        record(work, item, "confirmed", person.id, new={"side": person.side_id, "by": source})
    settle(work, item, parts, person.id)
    return part


def undo(work: Work, asker: Asker, item: Item) -> int:
    """Take back everything by which the asker confirmed this item; gives the side."""
    _, person = require_member(asker)
    item = items.lock(work.session, item.id or 0)
    mine = [one for one in items.standing(work.session, item.id or 0) if one.person_id == person.id]
    if not mine:
        raise Refused("item-nothing-to-undo", ref=f"A-{item.number}")
    withdraw(work, item, mine, person.id)
    return mine[0].side_id


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
    """Open a closed item again: what confirmed it is set aside, and reactions from before never count again."""
    _, person = require_changer(asker)
    item = items.lock(work.session, item.id or 0)
    if item.status is ItemStatus.OPEN:
        raise Refused("item-open-already", ref=f"A-{item.number}")
    for one in items.standing(work.session, item.id or 0):
        one.withdrawn_at = work.now
    item.reopened_at, item.counts_from = work.now, work.machine_now
    work.session.flush()
    settle(work, item, items.parts(work.session, item.id or 0), person.id)
    return item


def settle(work: Work, item: Item, parts: list[Part], person_id: int | None) -> None:
    """Derive from what stands which sides have confirmed and whether the item is closed, and show it."""
    work.session.flush()
    first = rules.first_confirmations(items.standing(work.session, item.id or 0))
    for part in parts:
        one = first.get(part.side_id)
        part.confirmed_at, part.confirmed_by = (one.confirmed_at, one.person_id) if one else (None, None)
    rule = work.session.get_one(TaskForce, item.task_force_id).closing_rule
    is_done = rules.is_done(rule, [part.side_id for part in parts], first)
    if is_done and item.status is ItemStatus.OPEN:
        item.status, item.closed_at = ItemStatus.CLOSED, work.now
        record(work, item, "closed", person_id)
    elif not is_done and item.status is ItemStatus.CLOSED:
        item.status, item.closed_at = ItemStatus.OPEN, None
        record(work, item, "reopened", person_id)
    show_card(work, item)


def show_card(work: Work, item: Item) -> None:
    """Have the item's card made true in its channel."""
    channel = items.channel_of(work.session, item)
    work.queue(Lane(channel.speaker_id, channel.channel_id), CARD, item.id)


def tell_owner(work: Work, item: Item, owner: Person, by: Person) -> None:
    """Tell somebody that an item is theirs now; who takes one on oneself knows. Without Slack, the side's secretaries hear it."""
    if owner.id == by.id:
        return
    speaker = items.channel_of(work.session, item).speaker_id
    for user_id in people.reached_through(work.session, owner):
        work.queue(Lane(speaker, user_id=user_id), ASSIGNED, f"{item.id}:{owner.id}", {"by": by.id})


def record(
    work: Work,
    item: Item,
    act: str,
    person_id: int | None,
    *,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> None:
    """One line in the item's history."""
    subject = ("item", item.id or 0)
    history.record(
        work.session, subject, act, task_force_id=item.task_force_id, at=work.now, person_id=person_id, old=old, new=new
    )


def _channel_for(work: Work, asker: Asker, task_force: TaskForce) -> BoundChannel:
    if asker.channel:
        return asker.channel
    channel = people.main_channel(work.session, task_force.id or 0)
    if channel is None:
        raise Refused("no-task-force-here")
    return channel
