"""Items that are one side's alone: who sees them, and with whom their cards stand."""

from collections.abc import Iterable

from sqlmodel import Session

from bot.rules import roster
from bot.rules.item_changes import OWNER, SCOPE
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items, people, postings
from storage.tables import Account, Item, OutboxRow, Person, PersonState, Side, TaskForce

CARD = "item-card"  # a kind of post


def may_see(person: Person | None, item: Item) -> bool:
    """Whether somebody of its task force sees an item: joint ones all do, internal ones that side's people but observers."""
    return item.internal_to is None or item.internal_to == roster.inside(person)


def stands_right(item: Item, channel_id: str) -> bool:
    """Whether a card in this Slack channel is the item's: an internal item's stands in direct messages, a joint one's never does."""
    return (item.internal_to is None) != channel_id.startswith("D")


def addressed(session: Session, row: OutboxRow) -> Item | None:
    """The item that an outbox row is about, its id before the first colon; None where who would read it does not see it."""
    item = session.get(Item, int(row.subject.partition(":")[0]))
    if item is None or item.internal_to is None:
        return item
    return item if may_see(reader_of(session, row, item), item) else None


def reader_of(session: Session, row: OutboxRow, item: Item) -> Person | None:
    """Who gets the direct message; nobody for a channel."""
    task_force = session.get_one(TaskForce, item.task_force_id)
    return people.person_of(session, task_force, row.user_id) if row.user_id else None


def check_scope(
    work: Work, by: Person, internal_to: int | None, sides: Iterable[int], *, in_form: bool = False
) -> None:
    """What is internal is the own side's alone, and so are its owners. `sides`: those of the owners."""
    if internal_to is None:
        return
    if internal_to != roster.inside(by):
        raise Refused("internal-own-side", field=SCOPE if in_form else None)
    elsewhere = next((one for one in sides if one != internal_to), None)
    if elsewhere:
        side, field = work.session.get_one(Side, internal_to), f"{OWNER}{elsewhere}" if in_form else None
        raise Refused("internal-owner-elsewhere", field=field, side=side.name)


def readers(session: Session, item: Item) -> list[str]:
    """With whom the card of an internal item stands: whom it concerns, and who has it already."""
    maker = session.get_one(Person, item.created_by)
    concerned = [maker, *items.owners(session, item.id or 0)]
    found = {user_id for one in concerned if may_see(one, item) for user_id in _reached(session, one)}
    return sorted(found | set(postings.held_by(session, CARD, str(item.id))))


def without_new_card(session: Session, item: Item, user_ids: list[str]) -> list[str]:
    """Without those who hear of an internal item by its card, which comes as a new message; a card that stands is updated unheard."""
    if item.internal_to is None:
        return user_ids
    holders = postings.held_by(session, CARD, str(item.id))
    return [one for one in user_ids if one in holders]


def stands_in(session: Session, reader: Person, user_id: str, owners: Iterable[Person]) -> Person | None:
    """The owner whose card somebody else gets: one without Slack, or whom Slack lets nobody write to."""
    others = [one for one in owners if one.id != reader.id]
    return next((one for one in others if user_id in _reached(session, one)), None)


def _reached(session: Session, person: Person) -> list[str]:
    """The person's account, else (without one, or where Slack lets nobody write to it) the side's secretaries'."""
    if person.state is not PersonState.ACTIVE:
        return []
    return [one for one in people.reached_through(session, person) if not _refuses(session, one)] or instead_of(
        session, person
    )


def instead_of(session: Session, person: Person) -> list[str]:
    """The secretaries of somebody's side who can be written to, but for the person."""
    found = [one for one in people.secretaries(session, person) if one not in people.user_ids(session, person.id or 0)]
    return [one for one in found if not _refuses(session, one)]


def _refuses(session: Session, user_id: str) -> bool:
    account = session.get(Account, user_id)
    return account is None or account.dm_refused_at is not None
