"""People at work: random acts by the services' own ways, each written down as a fact if the bot let it happen."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from bot.rules.days_off import Span
from bot.rules.item_changes import OWN_DUE, OWNER
from bot.services import confirmations, days_off, item_changes, item_endings, item_reactions, item_snoozes, items
from bot.services import meeting_plans as plans
from bot.services.askers import Asker, Surface, Who, find_asker
from bot.services.items import Draft
from bot.services.refused import Refused
from bot.services.work import Work
from storage import installations
from storage.items import by_number
from storage.tables import Answer, DaysOff, Item, Meeting, Person, PersonAccount, Side, TaskForce
from tests.cast import CHANNEL
from tests.year.facts import PEOPLE, SIDES, Fact

KEEPERS = [one.user for one in PEOPLE.values() if one.role != "member"]


@dataclass
class Thing:
    """What people remember of an item."""

    number: int
    owners: dict[str, str]
    due: date | None
    done: dict[str, str] = field(default_factory=dict)  # side → by whom
    is_given_up: bool = False

    @property
    def is_open(self) -> bool:
        return not self.is_given_up and len(self.done) < len(self.owners)


@dataclass
class Office:
    """Who acts at random; `facts` is what happened."""

    chance: random.Random
    facts: list[Fact] = field(default_factory=list)
    things: dict[int, Thing] = field(default_factory=dict)
    meetings: dict[int, datetime] = field(default_factory=dict)  # those that will take place
    cancelled: dict[int, datetime] = field(default_factory=dict)
    off: dict[int, tuple[str, date]] = field(default_factory=dict)  # by whom, and until when

    def act(self, work: Work, today: date) -> None:
        """Somebody does something; what the bot refuses did not happen."""
        chosen: Callable[[Work, date], None] = self.chance.choices(
            [act for act, _ in ACTS], [weight for _, weight in ACTS]
        )[0].__get__(self)
        chosen(work, today)

    def note(self, work: Work, act: str, item: int, by: str, **more: object) -> None:
        self.facts.append(Fact(work.now, act, item, by, **more))  # type: ignore[arg-type]

    # items

    def make(self, work: Work, today: date) -> None:
        number, by = len(self.things) + 1, self.person()
        owners = {side: self.person(side) for side in self.chance.choice([SIDES, SIDES, SIDES[:1], SIDES[1:]])}
        due = self.some_day(today, 40) if self.chance.random() < 0.92 else None
        found = tuple(_person(work.session, user) for user in owners.values())
        item = items.create(work, _asker(work, by), Draft(f"할 일 {number:03}", found, due))
        assert item.number == number
        self.things[number] = Thing(number, owners, due)
        self.note(work, "made", number, by, day=due, owners=tuple(owners.values()))

    def finish(self, work: Work, today: date) -> None:
        opened = [one for one in self.things.values() if one.is_open]
        if not opened:
            return
        thing = min(self.chance.sample(opened, min(4, len(opened))), key=lambda one: one.due or date.max)
        side = self.chance.choice([side for side in thing.owners if side not in thing.done])
        by = self.chance.choice([thing.owners[side], thing.owners[side], self.lead(side)])
        confirmations.done(work, _asker(work, by), _item(work, thing))
        thing.done[side] = by
        self.note(work, "done", thing.number, by, side=side)

    def undo(self, work: Work, today: date) -> None:
        done = [one for one in self.things.values() if one.done]
        if not done:
            return
        thing = self.chance.choice(done[-12:])
        side, by = self.chance.choice(list(thing.done.items()))
        confirmations.undo(work, _asker(work, by), _item(work, thing))
        del thing.done[side]
        self.note(work, "undone", thing.number, by, side=side)

    def give_up(self, work: Work, today: date) -> None:
        if thing := self.open_one():
            by = self.person()
            item_endings.cancel(work, _asker(work, by), _item(work, thing), "예산 미반영")
            thing.is_given_up = True
            self.note(work, "cancelled", thing.number, by)

    def open_again(self, work: Work, today: date) -> None:
        closed = [one for one in self.things.values() if not one.is_open]
        if not closed:
            return
        thing, by = self.chance.choice(closed[-12:]), self.person()
        confirmations.reopen(work, _asker(work, by), _item(work, thing))
        thing.is_given_up, thing.done = False, {}
        self.note(work, "reopened", thing.number, by)

    def slip(self, work: Work, today: date) -> None:
        if thing := self.open_one():
            by, due = self.person(), self.some_day(today, 30) if self.chance.random() < 0.95 else None
            wished = {"due": due.isoformat() if due else ""}
            if item_changes.change_now(work, _asker(work, by), _item(work, thing), wished):
                thing.due = due
                self.note(work, "due", thing.number, by, day=due)

    def slip_alone(self, work: Work, today: date) -> None:
        if thing := self.open_one():
            by, side, due = self.person(), self.chance.choice(list(thing.owners)), self.some_day(today, 30)
            wished = {f"{OWN_DUE}{_side(work.session, side)}": due.isoformat()}
            if item_changes.change_now(work, _asker(work, by), _item(work, thing), wished):
                self.note(work, "own_due", thing.number, by, side=side, day=due)

    def hand_on(self, work: Work, today: date) -> None:
        if thing := self.open_one():
            side = self.chance.choice(list(thing.owners))
            by, to = self.person(), self.person(side)
            wished = {f"{OWNER}{_side(work.session, side)}": str(_person(work.session, to).id)}
            if item_changes.change_now(work, _asker(work, by), _item(work, thing), wished):
                thing.owners[side] = to
                self.note(work, "owner", thing.number, by, side=side, person=to)

    def look(self, work: Work, today: date) -> None:
        if thing := self.open_one():
            side, by = self.chance.choice(list(thing.owners.items()))
            if item_reactions.seen(work, _item(work, thing), _person(work.session, by)):
                self.note(work, "seen", thing.number, by, side=side)

    def snooze(self, work: Work, today: date) -> None:
        if thing := self.open_one():
            side = self.chance.choice(list(thing.owners))
            by = self.chance.choice([thing.owners[side], thing.owners[side], self.person(side)])
            day = self.some_day(today + timedelta(days=1), 10)
            item_snoozes.snooze(work, _asker(work, by), _item(work, thing), day.isoformat())
            self.note(work, "snoozed", thing.number, by, day=day)

    # days off

    def leave(self, work: Work, today: date) -> None:
        by = self.person()
        first = self.some_day(today, 20)
        self._off(work, by, first, first + timedelta(days=self.chance.randrange(6)), "", by)

    def holiday(self, work: Work, today: date) -> None:
        by = self.chance.choice(KEEPERS)
        first = self.some_day(today, 25)
        self._off(work, by, first, first, "", "")

    def side_off(self, work: Work, today: date) -> None:
        by = self.chance.choice(KEEPERS)
        first = self.some_day(today, 25)
        self._off(work, by, first, first + timedelta(days=self.chance.randrange(2)), PEOPLE[by].side, "")

    def _off(self, work: Work, by: str, first: date, last: date, side: str, person: str) -> None:
        side_id = _side(work.session, side) if side else None
        whose = _person(work.session, person) if person else None
        days_off.add(work, _asker(work, by), Span(first, last), whose.side_id if whose else side_id, whose)
        row = work.session.exec(select(DaysOff).order_by(col(DaysOff.id).desc()).limit(1)).one()
        self.off[row.id or 0] = (by, last)
        whose_side = PEOPLE[person].side if person else side
        self.note(work, "off", row.id or 0, by, side=whose_side, person=person, day=first, last=last)

    def back(self, work: Work, today: date) -> None:
        ahead = [number for number, (_, last) in self.off.items() if last >= today]
        if ahead:
            number = self.chance.choice(ahead)
            by = self.off.pop(number)[0]
            days_off.remove(work, _asker(work, by), number)
            self.note(work, "on", number, by)

    # meetings

    def meet(self, work: Work, today: date) -> None:
        by, day = self.person(), self.some_day(today + timedelta(days=4), 20)
        wish = plans.Plan("실무회의", day, time(self.chance.randrange(10, 17)), "대마산단")
        meeting = plans.plan(work, _asker(work, by), wish)
        assert meeting.planned_for
        self.meetings[meeting.id or 0] = meeting.planned_for

    def answer(self, work: Work, today: date) -> None:
        if ahead := [key for key, at in self.meetings.items() if at > work.now]:
            meeting = work.session.get_one(Meeting, self.chance.choice(ahead))
            plans.answer(work, _asker(work, self.person()), meeting, self.chance.choice([Answer.YES, Answer.NO]))

    def call_off(self, work: Work, today: date) -> None:
        if ahead := [key for key, at in self.meetings.items() if at > work.now]:
            key = self.chance.choice(ahead)
            plans.cancel(work, _asker(work, self.person()), work.session.get_one(Meeting, key))
            del self.meetings[key]
            self.cancelled[key] = work.now

    # choosing

    def person(self, side: str = "") -> str:
        return self.chance.choice([one.user for one in PEOPLE.values() if side in ("", one.side)])

    def lead(self, side: str) -> str:
        return next(one.user for one in PEOPLE.values() if one.side == side and one.role == "lead")

    def open_one(self) -> Thing | None:
        opened = [one for one in self.things.values() if one.is_open]
        return self.chance.choice(opened) if opened else None

    def some_day(self, first: date, within: int) -> date:
        return first + timedelta(days=self.chance.randrange(within))


ACTS = (
    (Office.finish, 24),
    (Office.look, 14),
    (Office.slip, 10),
    (Office.snooze, 8),
    (Office.slip_alone, 4),
    (Office.hand_on, 4),
    (Office.undo, 3),
    (Office.give_up, 3),
    (Office.open_again, 3),
    (Office.leave, 3),
    (Office.back, 1),
    (Office.side_off, 0.7),
    (Office.holiday, 0.7),
    (Office.answer, 4),
    (Office.call_off, 0.3),
)


def _asker(work: Work, user: str) -> Asker:
    return find_asker(work, Who(user, CHANNEL, installations.standing(work.session)[0], Surface.COMMAND))


def _person(session: Session, user: str) -> Person:
    query = select(Person).join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
    return session.exec(query.where(PersonAccount.user_id == user)).one()


def _side(session: Session, name: str) -> int:
    return session.exec(select(Side.id).where(Side.name == name)).one() or 0


def _item(work: Work, thing: Thing) -> Item:
    of = work.session.exec(select(TaskForce.id)).one() or 0
    item = by_number(work.session, of, thing.number)
    assert item
    return item


__all__ = ["ACTS", "Office", "Refused", "Thing"]
