"""What people must be told, recomputed day by day from the specification: slow, and without any rule of the bot.

Only the library of public holidays is shared with it. What the specification leaves open is taken as follows.

1. A rung is counted in working days of the owner's side, then moved to a working day of who is reminded: one before or on
   the date to an earlier day, one after it to a later. It comes at 09:30 of that person's zone, or when their hours begin.
2. Who hears of a part on a day (it was made, given to them, opened again, its date moved) is not reminded of it that day.
3. Of the rungs of one part that passed, as after an absence or on one day, only the latest is said. Each rung of a date is
   said to a person once, and none of them with or after a later one: that has told of the date already.
4. The day's one message comes at the first moment from 09:30 on at which the receiver works and something is to be said.
   What turns up after it waits for the next working day. Only what is still true is said.
5. A snooze until a day silences what falls before it and is itself a reminder on that day, if nothing else falls on it.
   Who has nothing to hear of a part, as a deputy of one without a date, has nothing to hear on that day either.
6. A side's secretary hears of a part 3 working days overdue and of an owner who has not said "seen" after 3, its deputy of
   one 6 overdue. Where the owner is the secretary, the deputy takes the secretary's place. Leads hear on the day alone.
7. The channel is reminded on a working day of all, at the first moment from 09:30 to 18:00, of what is due that day or until
   the next working day. If nothing is due at that moment, it is not asked again that day, unless days off change.
8. There is one summary a week; a reader on leave gets it when back, and of several that waited one.
9. While the bot is away nothing is said; it is as if the moments at which it looks were fewer.
10. What was cancelled stays so when a side's "done" is taken back: that opens again only what it had closed.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from tests.year.facts import PEOPLE, ZONE, Fact, Someone

DAY = timedelta(days=1)
HERE = ZoneInfo(ZONE)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A message that must come. `about`: numbers of items; empty for a summary. `surely`: it may also be left out if not.

    `beside`: of one that came, its lines about what is not judged here.
    """

    at: datetime
    kind: str  # digest, channel, weekly
    to: str
    about: frozenset[int] = frozenset()
    surely: bool = True
    beside: int = 0


@cache
def public(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("KR", years=year))


@dataclass
class Part:
    """One side's part in an item."""

    number: int
    side: str
    owner: str
    own: date | None = None
    asked: date | None = None
    seen: bool = False
    done: bool = False
    heard: datetime = LONG_AGO
    rests: dict[str, date] = field(default_factory=dict)
    said: set[tuple[str, str, date]] = field(default_factory=set)  # person, rung, date
    latest: dict[str, datetime] = field(default_factory=dict)  # when somebody was last told


@dataclass
class Item:
    due: date | None
    parts: dict[str, Part]
    is_cancelled: bool = False

    @property
    def is_open(self) -> bool:
        return not self.is_cancelled and not all(part.done for part in self.parts.values())


@dataclass
class Expectation:
    """The state of things, moved on by facts and by looks at them."""

    since: datetime
    off: dict[int, Fact] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    waiting: dict[str, dict[tuple[int, str], tuple[str, date]]] = field(default_factory=dict)
    had: set[tuple[str, date]] = field(default_factory=set)  # who had the message of which day
    asked_channel: date | None = None
    channel_may_change: bool = False
    last_week: date | None = None
    summaries: set[str] = field(default_factory=set)  # for whom one waits
    kept: dict[Hashable, list[tuple[datetime, str, date]]] = field(default_factory=dict)  # while days off stay the same

    # days

    def works(self, day: date, side: str = "", person: str = "") -> bool:
        if day.weekday() >= 5 or day in public(day.year):
            return False
        return not any(
            (one.day or day) <= day <= (one.last or day) and one.side in ("", side) and one.person in ("", person)
            for one in self.off.values()
        )

    def step(self, day: date, count: int, side: str) -> date:
        """So many working days of a side later, or earlier."""
        while count:
            day += DAY if count > 0 else -DAY
            if self.works(day, side):
                count -= 1 if count > 0 else -1
        return day

    def moved(self, day: date, later: bool, one: Someone) -> date:
        while not self.works(day, one.side, one.user):
            day += DAY if later else -DAY
        return day

    # what happened

    def learn(self, fact: Fact) -> None:
        getattr(self, f"_{fact.act}")(fact)

    def _made(self, fact: Fact) -> None:
        parts = {}
        for owner in fact.owners:
            part = Part(fact.item, PEOPLE[owner].side, owner)
            self._given(part, fact)
            parts[part.side] = part
        self.items[fact.item] = Item(fact.day, parts)

    def _given(self, part: Part, fact: Fact) -> None:
        part.asked = fact.at.astimezone(HERE).date() if part.owner != fact.by else None
        part.seen, part.heard = False, _night(fact.at)

    def _due(self, fact: Fact) -> None:
        item = self.items[fact.item]
        item.due = fact.day
        for part in item.parts.values():
            part.heard = _night(fact.at)

    def _own_due(self, fact: Fact) -> None:
        part = self.items[fact.item].parts[fact.side]
        part.own, part.heard = fact.day, _night(fact.at)

    def _owner(self, fact: Fact) -> None:
        part = self.items[fact.item].parts[fact.side]
        part.owner = fact.person
        self._given(part, fact)

    def _done(self, fact: Fact) -> None:
        self.items[fact.item].parts[fact.side].done = True

    def _undone(self, fact: Fact) -> None:
        part = self.items[fact.item].parts[fact.side]
        part.done, part.heard = False, _night(fact.at)

    def _cancelled(self, fact: Fact) -> None:
        self.items[fact.item].is_cancelled = True

    def _reopened(self, fact: Fact) -> None:
        item = self.items[fact.item]
        item.is_cancelled = False
        for part in item.parts.values():
            part.done, part.heard = False, _night(fact.at)

    def _seen(self, fact: Fact) -> None:
        self.items[fact.item].parts[fact.side].seen = True

    def _snoozed(self, fact: Fact) -> None:
        part = self.items[fact.item].parts.get(PEOPLE[fact.by].side)
        if part and fact.day:
            part.rests[fact.by] = fact.day

    def _off(self, fact: Fact) -> None:
        self.off[fact.item] = fact
        self.channel_may_change = True
        self.kept.clear()

    def _on(self, fact: Fact) -> None:
        del self.off[fact.item]
        self.channel_may_change = True
        self.kept.clear()

    def had_already(self, at: datetime, user: str) -> None:
        """Somebody had the day's message."""
        self.had.add((user, at.astimezone(ZoneInfo(PEOPLE[user].zone)).date()))

    # what follows

    def look(self, now: datetime) -> Iterator[Told]:
        """Everything that must be said now."""
        for item in self.items.values():
            for part in item.parts.values():
                if item.is_open and not part.done:
                    self._remind(item, part, now)
        for user in sorted(self.waiting):
            yield from self._digest(PEOPLE[user], now)
        yield from self._channel(now)
        yield from self._weekly(now)

    def _remind(self, item: Item, part: Part, now: datetime) -> None:
        for one in PEOPLE.values():
            if not self._concerns(part, one):
                continue
            due = part.own or item.due
            begun = max(part.heard, part.latest.get(one.user, LONG_AGO))
            passed = [
                (moment, rung, anchor)
                for moment, rung, anchor in self._remembered(part, due, one)
                if begun < moment <= now
            ]
            if not passed:
                continue
            last = max(moment for moment, _, _ in passed)
            rung, anchor = [(rung, anchor) for moment, rung, anchor in passed if moment == last][-1]
            if (one.user, rung, anchor) not in part.said:
                part.said.add((one.user, rung, anchor))
                part.latest[one.user] = now
                self.waiting.setdefault(one.user, {})[part.number, part.side] = rung, anchor

    def _remembered(self, part: Part, due: date | None, one: Someone) -> list[tuple[datetime, str, date]]:
        key = (one.user, part.side, part.owner, due, part.asked, part.seen, part.rests.get(one.user))
        if key not in self.kept:
            self.kept[key] = self.timeline(part, due, one)
        return self.kept[key]

    def timeline(self, part: Part, due: date | None, one: Someone) -> list[tuple[datetime, str, date]]:
        days = sorted(self._days(part, due, one), key=lambda found: found[0])
        if (rest := part.rests.get(one.user)) and days:
            days = [found for found in days if found[0] >= rest]
            back = self.moved(rest, True, one)
            if back not in [day for day, _, _ in days]:
                days.append((back, "snoozed", rest))
        return [(_at(day, max(time(9, 30), time(one.opens)), one), rung, anchor) for day, rung, anchor in days]

    def _days(self, part: Part, due: date | None, one: Someone) -> Iterator[tuple[date, str, date]]:
        if one.side != part.side:
            return
        if one.user == part.owner and due:
            for count in (7, 3, 1) if one.role != "lead" else ():
                yield self.moved(self.step(due, -count, part.side), False, one), f"-{count}", due
            last = due
            while not self.works(last, part.side):
                last -= DAY
            yield self.moved(last, False, one), "0", due
            for count in (3, 6, 9, 12, 15) if one.role != "lead" else ():
                yield self.moved(self.step(due, count, part.side), True, one), f"+{count}", due
        if one.user == part.owner:
            return
        stands_in = one.role == "deputy" and PEOPLE[part.owner].role == "secretary"
        if (one.role == "secretary" or stands_in) and part.asked and not part.seen:
            yield self.moved(self.step(part.asked, 3, part.side), True, one), "unseen", part.asked
        if (one.role == "secretary" or stands_in) and due:
            yield self.moved(self.step(due, 3, part.side), True, one), "late+3", due
        if one.role == "deputy" and due:
            yield self.moved(self.step(due, 6, part.side), True, one), "late+6", due

    def _concerns(self, part: Part, one: Someone) -> bool:
        if one.side != part.side:
            return False
        return one.user == part.owner or one.role in ("secretary", "deputy")

    def _digest(self, one: Someone, now: datetime) -> Iterator[Told]:
        local = now.astimezone(ZoneInfo(one.zone))
        if not self.is_open(one, now) or local.time() < time(9, 30) or (one.user, local.date()) in self.had:
            return
        standing = {
            number
            for (number, side), (rung, anchor) in self.waiting.pop(one.user).items()
            if self._stands(self.items[number], side, rung, anchor, one, local.date())
        }
        if standing:
            self.had.add((one.user, local.date()))
            yield Told(now, "digest", one.user, frozenset(standing))

    def _stands(self, item: Item, side: str, rung: str, anchor: date, one: Someone, today: date) -> bool:
        part = item.parts[side]
        if not item.is_open or part.done or part.rests.get(one.user, today) > today:
            return False
        if rung == "snoozed":
            return part.rests.get(one.user) == anchor
        if rung == "unseen":
            return part.asked == anchor and not part.seen and one.user != part.owner
        is_owner = one.user == part.owner
        return (part.own or item.due) == anchor and is_owner != rung.startswith("late")

    def is_open(self, one: Someone, now: datetime) -> bool:
        """Whether somebody may be written to."""
        local = now.astimezone(ZoneInfo(one.zone))
        return time(one.opens) <= local.time() < time(one.closes) and self.works(local.date(), one.side, one.user)

    def _channel(self, now: datetime) -> Iterator[Told]:
        local = now.astimezone(HERE)
        today, again = local.date(), self.channel_may_change
        if not (self.works(today) and time(9, 30) <= local.time() < time(18)) or ("channel", today) in self.had:
            return
        first = self.asked_channel != today
        if not (first or again):
            return
        self.asked_channel, self.channel_may_change = today, False
        until = self.step(today, 1, "")
        due = {
            number for number, item in self.items.items() if item.is_open and item.due and today <= item.due <= until
        }
        if due:
            self.had.add(("channel", today))
            yield Told(now, "channel", "channel", frozenset(due), surely=first)

    def _weekly(self, now: datetime) -> Iterator[Told]:
        today = now.astimezone(HERE).date()
        monday = today - today.weekday() * DAY
        for week in (monday - 7 * DAY, monday):
            day = week
            while not self.works(day):
                day += DAY
            moment = datetime.combine(day, time(9), HERE)
            if day < week + 7 * DAY and self.since < moment <= now and (self.last_week or date.min) < week:
                self.last_week = week
                self.summaries |= {one.user for one in PEOPLE.values() if one.role != "member"}
        for user in sorted(self.summaries):
            if self.is_open(PEOPLE[user], now):
                self.summaries.discard(user)
                yield Told(now, "weekly", user)


def _at(day: date, at: time, one: Someone) -> datetime:
    return datetime.combine(day, at, ZoneInfo(one.zone))


def _night(at: datetime) -> datetime:
    """The end of the day, in the task force's zone."""
    return datetime.combine(at.astimezone(HERE).date() + DAY, time(), HERE) - timedelta(microseconds=1)


def expected(
    facts: Iterable[Fact], looks: Iterable[datetime], since: datetime, others: Iterable[tuple[datetime, str]] = ()
) -> list[Told]:
    """Everything that must be said at the moments at which the bot looks, given what happened.

    `others`: when somebody had the day's message for things that are not judged here.
    """
    state, ahead, taken = Expectation(since), list(facts), list(others)
    told: list[Told] = []
    for now in looks:
        while ahead and ahead[0].at <= now:
            state.learn(ahead.pop(0))
        while taken and taken[0][0] < now:
            state.had_already(*taken.pop(0))
        told += state.look(now)
    return told
