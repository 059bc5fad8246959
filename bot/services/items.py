"""Action items: made, found, shown, and told to their owners."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from bot.rules import roster
from bot.rules.item_search import searchable
from bot.services import item_internals
from bot.services.askers import Asker, require_member
from bot.services.hours import tell
from bot.services.item_internals import check_scope, may_see, readers, without_new_card
from bot.services.item_reminders import heard, reckon
from bot.services.refused import Refused
from bot.services.work import Work
from storage import history, items, people
from storage.outbox import Lane
from storage.tables import BoundChannel, Item, Part, Person, TaskForce

CARD, ASSIGNED, MOVED = item_internals.CARD, "item-assigned", "item-moved"  # kinds of posts
TWIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Draft:
    """What an item is to be: at most one owner of each side; none at all means whoever makes it."""

    title: str
    owners: tuple[Person, ...] = ()
    due_on: date | None = None
    due_at: time | None = None
    stream: str = ""
    description: str = ""
    link: str = ""
    tasks: Mapping[int, str] = field(default_factory=dict)  # what is a side's own part, by the side's id
    own_dues: Mapping[int, date] = field(default_factory=dict)  # an own date, likewise
    internal_to: int | None = None  # the maker's side, if it is to be that side's alone
    ladder: str | None = None  # own reminders before the date


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
    check_scope(work, person, draft.internal_to, [one.side_id for one in owners])
    task_force = items.lock_numbers(work.session, task_force.id or 0)
    inside = roster.inside(person)
    twin = items.twin(work.session, task_force.id or 0, draft.title, work.now - TWIN, inside)
    if twin and not again:
        raise SameTitle(twin)
    task_force.last_item_number += 1
    channel = _channel_for(work, asker, task_force)
    item = keep(work, channel, person, draft, task_force.last_item_number)
    for owner in owners:
        tell_owner(work, item, owner, by=person, is_new=True)
    return item


def keep(
    work: Work, channel: BoundChannel, person: Person, draft: Draft, number: int, meeting_id: int | None = None
) -> Item:
    """Keep a new item under a number that was reserved for it, and show its card. Owners and scope were checked."""
    owners = draft.owners or (person,)
    item = Item(
        task_force_id=channel.task_force_id,
        number=number,
        title=draft.title,
        internal_to=draft.internal_to,
        stream=draft.stream,
        description=draft.description,
        link=draft.link,
        ladder=draft.ladder,
        due_on=draft.due_on,
        due_at=draft.due_at,
        channel_id=channel.id or 0,
        created_by=person.id or 0,
        created_at=work.now,
        meeting_id=meeting_id,
    )
    item.searchable = searchable(item, [])  # nothing was noted yet
    work.session.add(item)
    work.session.flush()
    parts = [_part(work, item, owner, draft, by=person) for owner in owners]
    work.session.add_all(parts)
    reckon(work, item, parts, is_new=True)
    made = {"title": item.title, "due_on": str(item.due_on or ""), "stream": item.stream}
    record(work, item, "created", person.id, new={**made, "owners": [one.id for one in owners]})
    show_card(work, item)
    return item


def _part(work: Work, item: Item, owner: Person, draft: Draft, by: Person) -> Part:
    task, due_on = draft.tasks.get(owner.side_id, ""), draft.own_dues.get(owner.side_id)
    part = Part(item_id=item.id or 0, side_id=owner.side_id, owner_id=owner.id or 0, task=task, due_on=due_on)
    given(work, item, part, by.id)
    return part


def given(work: Work, item: Item, part: Part, by_id: int | None) -> None:
    """A part has become its owner's; who did not take it on oneself is asked to say that it was seen."""
    part.seen_at, part.asked_at = None, work.now if part.owner_id != by_id else None
    heard(work, item, part)


def make_searchable(work: Work, item: Item) -> None:
    """Let a search find an item by what it says now; to be called whenever that changes."""
    item.searchable = searchable(item, [one.text for one in items.notes(work.session, item.id or 0)])


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
    """The item with this number in the asker's task force; another's, and what is another side's alone, is not there."""
    task_force, person = require_member(asker)
    item = items.by_number(work.session, task_force.id or 0, number, roster.inside(person))
    if item is None:
        raise Refused("item-not-found", ref=f"A-{number}", name=task_force.name)
    return item


def find_by_id(work: Work, asker: Asker, item_id: int) -> Item:
    """The item of a button, if the asker may see it; a forged or foreign one shows nothing."""
    task_force, person = require_member(asker)
    item = work.session.get(Item, item_id)
    if item is None or item.task_force_id != task_force.id or not may_see(person, item):
        raise Refused("item-gone")
    return item


def lock(work: Work, asker: Asker, item: Item) -> Item:
    """The item as it is now, nobody else's to change until this transaction ends: gone if it became another side's alone."""
    _, person = require_member(asker)
    locked = items.lock(work.session, item.id or 0)
    if not may_see(person, locked):
        raise Refused("item-gone")
    return locked


def show_card(work: Work, item: Item) -> None:
    """Have the item's card made true: in its channel, or where it is one side's alone, with those whom it concerns."""
    channel = items.channel_of(work.session, item)
    lane = Lane(channel.speaker_id, channel.channel_id)
    if item.internal_to is None:
        work.queue(lane, CARD, item.id)
    else:
        work.hold(lane)  # the channel's lane before people's, as everywhere: two orders would lock each other out
        show_to(work, item, readers(work.session, item))


def show_to(work: Work, item: Item, user_ids: Iterable[str]) -> None:
    """Have the card made true in direct messages."""
    speaker = items.channel_of(work.session, item).speaker_id
    for user_id in sorted(set(user_ids)):
        work.queue(Lane(speaker, user_id=user_id), CARD, item.id)


def tell_owner(work: Work, item: Item, owner: Person, by: Person, *, is_new: bool = False) -> None:
    """Tell somebody that an item is theirs now; who takes one on oneself knows. Without Slack, the side's secretaries hear it."""
    if owner.id == by.id:
        return
    speaker, of = items.channel_of(work.session, item).speaker_id, work.session.get_one(TaskForce, item.task_force_id)
    for user_id in without_new_card(work.session, item, people.reached_through(work.session, owner)):
        lane, args = Lane(speaker, user_id=user_id), {"by": by.id}
        tell(work, of, lane, ASSIGNED, f"{item.id}:{owner.id}", args, is_new=is_new)


def tell_moved(work: Work, item: Item, owner: Person, old: str, by: Person, side_id: int | None = None) -> None:
    """Tell an owner that the due date, or a side's own, has moved from `old`, a due date as a word."""
    speaker, of = items.channel_of(work.session, item).speaker_id, work.session.get_one(TaskForce, item.task_force_id)
    subject = f"{item.id}:{owner.id}:{side_id}" if side_id else f"{item.id}:{owner.id}"
    for user_id in people.reached_through(work.session, owner):
        tell(work, of, Lane(speaker, user_id=user_id), MOVED, subject, {"old": old, "by": by.id})


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
