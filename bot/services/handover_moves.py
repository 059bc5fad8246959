"""What moves when one person hands over to another: one mover for each noun, all of them in `MOVERS`.

A noun that people own things of adds its mover here. Every mover says what it would move, moves it, and moves it back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.rules.handovers import HANDED_BACK, HANDED_OVER, acts_for, has_role, moving, role_passed
from bot.rules.roster import take_on_role
from bot.services import handover_budget, handover_meetings
from bot.services import roster as service
from bot.services.handover_returns import KEEPING, RSVPS, returns
from bot.services.item_reminders import reckon
from bot.services.items import given, record, show_card
from bot.services.work import Work
from storage import handovers, items, meetings, questions, roster
from storage.tables import (
    BudgetLine,
    Handover,
    Item,
    ItemQuestion,
    ItemStatus,
    Meeting,
    Part,
    Person,
    PersonState,
    Role,
)

LINES = "lines"  # the word of the mover of budget lines


@dataclass(frozen=True)
class Mover:
    """`word`: what it is called in messages. `find`: what would move, as plain values that a row can keep."""

    word: str
    find: Callable[[Session, Handover], list[Any]]
    move: Callable[[Work, Handover, list[Any]], None]
    back: Callable[[Work, Handover, list[Any], Person], None]


def found(session: Session, handover: Handover) -> dict[str, list[Any]]:
    """What would move now, by the word of its mover; nothing of what has nothing."""
    all_found = {mover.word: mover.find(session, handover) for mover in MOVERS}
    return {word: values for word, values in all_found.items() if values}


def move(work: Work, handover: Handover) -> None:
    """Move everything, and keep what was moved in the row. Nothing is queued: lanes come after all rows."""
    parts = handovers.parts_of(work.session, handover.giver_id)
    handovers.lock_items(work.session, sorted({one.item_id for one in parts}))
    handover.moved = found(work.session, handover)
    for mover in MOVERS:
        mover.move(work, handover, handover.moved.get(mover.word, []))
    work.session.flush()


def back(work: Work, handover: Handover, by: Person) -> None:
    """Move back what has not changed since."""
    handovers.lock_items(work.session, sorted({one["item"] for one in handover.moved.get("items", [])}))
    for mover in MOVERS:
        mover.back(work, handover, handover.moved.get(mover.word, []), by)
    work.session.flush()


def _find_items(session: Session, handover: Handover) -> list[Any]:
    """Parts of open items, confirmed or not; whose they were, and in whose place."""
    parts = handovers.parts_of(session, handover.giver_id)
    parts = moving(parts, handover.giver_id, handover.receiver_id, is_return=returns(session, handover))
    return [
        {
            "item": one.item_id,
            "part": one.id,
            "owner": one.owner_id,
            "for": one.acting_for_id,
            "seen": bool(one.seen_at),
        }
        for one in parts
    ]


def _move_items(work: Work, handover: Handover, values: list[Any]) -> None:
    """What a side has confirmed stays confirmed; the receiver has not seen it yet."""
    for value in values:
        part = work.session.get_one(Part, value["part"])
        part.acting_for_id = acts_for(part, handover.giver_id, handover.receiver_id, acting=handover.acting)
        _give_part(work, part, handover.receiver_id, handover.asked_by)
        _record(work, handover, part, HANDED_OVER, handover.asked_by)


def _back_items(work: Work, handover: Handover, values: list[Any], by: Person) -> None:
    for value in values:
        part = work.session.get(Part, value["part"])
        item = work.session.get_one(Item, value["item"])
        if part and part.owner_id == handover.receiver_id and item.status is ItemStatus.OPEN:
            part.acting_for_id = value["for"]
            _give_part(work, part, value["owner"], by.id)
            _record(work, handover, part, HANDED_BACK, by.id)


def _give_part(work: Work, part: Part, owner_id: int, by_id: int | None) -> None:
    item = work.session.get_one(Item, part.item_id)
    part.owner_id = owner_id
    given(work, item, part, by_id)
    reckon(work, item)


def _record(work: Work, handover: Handover, part: Part, act: str, by: int | None) -> None:
    """The line of the item's history, with whoever it names."""
    item = work.session.get_one(Item, part.item_id)
    told = {"handover": handover.id, "from": handover.giver_id, "to": handover.receiver_id, "acting": handover.acting}
    record(work, item, act, by, new=told)


def _find_questions(session: Session, handover: Handover) -> list[Any]:
    return [one.id for one in questions.open_to_person(session, handover.giver_id)]


def _move_questions(work: Work, handover: Handover, values: list[Any]) -> None:
    """Who answers them from now on; who stood in as owner until the answer is the receiver as well."""
    _give_questions(work, values, handover.giver_id, handover.receiver_id)


def _back_questions(work: Work, handover: Handover, values: list[Any], _by: Person) -> None:
    _give_questions(work, values, handover.receiver_id, handover.giver_id)


def _give_questions(work: Work, values: list[Any], from_id: int, to_id: int) -> None:
    for value in values:
        question = work.session.get(ItemQuestion, value)
        if question and question.person_id == from_id and question.answered_at is None:
            question.person_id = to_id
            question.stand_in_id = to_id if question.stand_in_id == from_id else question.stand_in_id


def _find_role(session: Session, handover: Handover) -> list[Any]:
    """Who gets which role: the receiver the giver's, who passes it on for good, and takes it back from who acted."""
    giver, receiver = _people(session, handover)
    if not (handover.with_role and has_role(giver)):
        return []
    roles = {receiver.id or 0: role_passed(giver, receiver)}
    if not handover.acting:
        if giver.state is PersonState.ACTIVE:
            roles[giver.id or 0] = Role.MEMBER
        for lent in handovers.role_lent(session, handover.giver_id):
            given = {one["person"]: one for one in lent.moved.get("role", [])}.get(lent.receiver_id)
            if given and lent.receiver_id not in roles:
                roles[lent.receiver_id] = Role(given["old"])
    changes = [(session.get_one(Person, key), role) for key, role in roles.items()]
    return [{"person": one.id, "old": one.role, "new": role} for one, role in changes if one.role is not role]


def _move_role(work: Work, handover: Handover, values: list[Any]) -> None:
    """The receiver's first: the side has a keeper at every moment."""
    by = work.session.get_one(Person, handover.asked_by)
    for value in values:
        _give_role(work, by, value["person"], value["old"], value["new"])


def _back_role(work: Work, _handover: Handover, values: list[Any], by: Person) -> None:
    for value in reversed(values):
        _give_role(work, by, value["person"], value["new"], value["old"])


def _give_role(work: Work, by: Person, person_id: int, before: str, role: str) -> None:
    """Not where the role was changed meanwhile, nor from the side's last keeper who can be reached."""
    person = roster.lock(work.session, person_id)
    if person is None or person.role != before:
        return
    others = [one for one in service.keepers(work, person.side_id) if one.id != person.id]
    if take_on_role(person, Role(role), others, 0):
        return
    old = service.facts(person)
    person.role = Role(role)
    service.record(work, person, "role", by, old)


def _people(session: Session, handover: Handover) -> tuple[Person, Person]:
    return session.get_one(Person, handover.giver_id), session.get_one(Person, handover.receiver_id)


def moved_items(session: Session, handover: Handover) -> list[Item]:
    """The items of which something moved or would move, by number."""
    values = (handover.moved or found(session, handover)).get("items", [])
    found_items = [session.get_one(Item, value["item"]) for value in values]
    return sorted({one.id: one for one in found_items}.values(), key=lambda one: one.number)


def moved_lines(session: Session, handover: Handover) -> list[BudgetLine]:
    """The budget lines likewise."""
    values = (handover.moved or found(session, handover)).get(LINES, [])
    lines = [session.get_one(BudgetLine, value["line"]) for value in values]
    return sorted((one for one in lines if one.withdrawn_at is None), key=lambda one: one.number)


def moved_meetings(session: Session, handover: Handover, word: str) -> list[Meeting]:
    """The meetings of one kind of mover likewise."""
    values = (handover.moved or found(session, handover)).get(word, [])
    return sorted((session.get_one(Meeting, value["meeting"]) for value in values), key=lambda one: one.number)


def show(work: Work, handover: Handover) -> None:
    """Have what stands in channels made true, in the order of the channels: two orders would lock each other out."""
    acts: list[tuple[str, Callable[[], None]]] = [
        (items.channel_of(work.session, one).channel_id, partial(show_card, work, one))
        for one in moved_items(work.session, handover)
    ]
    for word in (RSVPS, KEEPING):
        for meeting in moved_meetings(work.session, handover, word):
            channel = meetings.channel_of(work.session, meeting).channel_id
            acts.append((channel, partial(handover_meetings.show, work, word, meeting)))
    for _, act in sorted(acts, key=lambda pair: pair[0]):
        act()


MOVERS = (
    Mover("items", _find_items, _move_items, _back_items),
    Mover(LINES, handover_budget.find, handover_budget.move, handover_budget.back),
    Mover(RSVPS, handover_meetings.find_rsvps, handover_meetings.move_rsvps, handover_meetings.back_rsvps),
    Mover(KEEPING, handover_meetings.find_keeping, handover_meetings.move_keeping, handover_meetings.back_keeping),
    Mover("questions", _find_questions, _move_questions, _back_questions),
    Mover("role", _find_role, _move_role, _back_role),
)
