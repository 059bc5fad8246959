"""Killing the bot while it plans and sends a morning's reminders: what comes is compared with the recomputation of `tests.year`."""

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from handlers.nudges import is_anything_due
from playground import Workspace
from storage import part_dues, reckoning, schema
from storage.database import Database
from storage.outbox import WAITING
from storage.tables import BoundChannel, Item, OutboxRow, Part, Person, PersonAccount, TaskForce
from tests.delivery.asking import ask
from tests.ops.processes import Process
from tests.soak.kills import KINDS, Point, settings_of
from tests.year.expected import LONG_AGO, Expectation
from tests.year.facts import PEOPLE, SIDES, Fact
from tests.year.judging import differences
from tests.year.playing import HERE, KNOWN, Message, amiss, found_here, messages, world

BEGINS = date(2027, 1, 4)  # a Monday
ITEMS, DAYS = 600, 60
LOOKS = ("09:30", "13:00", "17:30")  # the morning of most, of one who wants it later, of one in Berlin
KILLS_A_MORNING = 10  # at most: none once all is said
AFTERWARDS = "afterwards"
PATIENCE_S = 240.0
CLOCKS_DIFFER = timedelta(seconds=2)  # the bot's own rounds: what it has just planned may be due a moment ahead of ours
METHODS = {"chat.postMessage": 6, "conversations.open": 4, "reactions.add": 2, "conversations.history": 0}


@dataclass
class Mornings:
    """The workspace, the bot's database, and what must be said in it."""

    workspace: Workspace
    url: str
    folder: Path
    chance: random.Random
    wanted: Expectation
    counts: Counter[str] = field(default_factory=Counter)  # by what the bot was asked to die on
    during: Counter[str] = field(default_factory=Counter)  # by what it had to do still
    said: int = 0
    _after: str = "0"
    _took_s: float = 6.0

    def morning(self, day: date, kills: int, looks: Sequence[str] = LOOKS) -> list[str]:
        """Kill it so often while it tells people, let it finish; everything that is not as it must be."""
        found = []
        for look in looks:
            moment = datetime.fromisoformat(f"{day} {look}").replace(tzinfo=HERE).astimezone(UTC)
            self.workspace.run(lambda: self.workspace.hub.clock.set_stops("tft", []))
            ask(self.workspace.url + "/_clock", {"to": moment.isoformat()})
            for _ in range(kills if look == looks[0] else 0):
                if self._kill() == AFTERWARDS:
                    break
            found += self._finish(moment)
        return found

    def _kill(self) -> str:
        """Gives how far it had come."""
        point = self._point()
        began = time.time()
        if point.method:
            delay_s = 1.0 if point.when == "lands late" else 20.0
            self.workspace.fault(method=point.method, kind=KINDS[point.when], after=point.after, delay_s=delay_s)
        with self._bot() as bot:
            bot.wait_for('"ready"')
            until = time.monotonic() + self._took_s * self.chance.random() * self.chance.random()  # sooner more often
            while time.monotonic() < until and not self._reached(began):
                assert bot.running.poll() is None, bot.log
                time.sleep(0.002)
            bot.stop(signal.SIGKILL)
        self.counts[str(point) if self._reached(began) or not point.method else "at random, before that call"] += 1
        self.during[phase := self._phase()] += 1
        ask(self.workspace.url + "/_faults", method="DELETE")
        return phase

    @property
    def kills(self) -> int:
        """How often it was killed that had something to do still."""
        return sum(self.during.values()) - self.during[AFTERWARDS]

    def _reached(self, began: float) -> bool:
        return any(call["fault"] and call["at"] >= began for call in self.workspace.calls[-50:])

    def _point(self) -> Point:
        if self.chance.random() < 0.5:
            return Point()
        method, most = self.chance.choice(list(METHODS.items()))
        return Point(method, self.chance.choice(list(KINDS)), self.chance.randint(0, most))

    def _phase(self) -> str:
        """How far it had come."""
        database, now = Database(self.url), self.workspace.run(self.workspace.hub.clock.now)
        try:
            with database.reading() as session:
                if part_dues.is_any_due(session, now) or reckoning.is_anything_waiting(session):
                    return "planning"
                if is_anything_due(session, now):
                    return "gathering"
                waits = session.exec(select(OutboxRow.id).where(col(OutboxRow.state).in_(WAITING))).first()
                return "sending" if waits else AFTERWARDS
        finally:
            database.close()

    def _finish(self, moment: datetime) -> list[str]:
        """Let it say the rest, and compare."""
        with self._bot() as bot:
            bot.wait_for('"ready"')
            began, database = time.monotonic(), Database(self.url)
            while not self._is_quiet(database):
                assert time.monotonic() < began + PATIENCE_S, bot.log[-3000:]
                time.sleep(0.2)
            self._took_s = max(2.0, min(12.0, time.monotonic() - began))
            bot.stop(signal.SIGKILL)
        found = messages(self.workspace, database, self._after)
        self._after = found[-1][0] if found else self._after
        problems = amiss(self.workspace, database)
        database.close()
        told = [Message(moment, row.kind, row.user_id or "channel", row.subject, text) for _, row, text in found]
        self.said += len(told)
        others = [f"what was that? {one.kind}" for one in told if one.kind not in KNOWN]
        return [*problems, *others, *differences(list(self.wanted.look(moment)), [one.told() for one in told])]

    def _is_quiet(self, database: Database) -> bool:
        now = self.workspace.run(self.workspace.hub.clock.now) + CLOCKS_DIFFER
        with database.reading() as session:
            if is_anything_due(session, now):  # asked first: what is due becomes a row, never the other way round
                return False
            waiting = select(OutboxRow.id).where(col(OutboxRow.state).in_(WAITING))
            again = select(OutboxRow.id).where(col(OutboxRow.look_again_at).is_not(None))
            return not any(session.exec(query.limit(1)).first() for query in (waiting, again))

    @contextmanager
    def _bot(self) -> Iterator[Process]:
        process = Process(
            self.folder, "run", **settings_of(self.workspace, self.url), TFT_CLOCK_URL=f"{self.workspace.url}/_clock"
        )
        try:
            yield process
        finally:
            if process.running.poll() is None:
                process.running.kill()
                process.running.wait()


def days(first: date) -> Iterator[date]:
    """The days of work from one on, without end, as the calendar of the recomputation has them."""
    calendar = Expectation(LONG_AGO)
    while True:
        if calendar.works(first):
            yield first
        first += timedelta(days=1)


@contextmanager
def mornings(url: str, folder: Path, seed: int, items: int = ITEMS) -> Iterator[Mornings]:
    """A task force of twelve with many items, in a workspace whose bot is not running yet."""
    evening = datetime.fromisoformat(f"{BEGINS - timedelta(days=3)} 18:00").replace(tzinfo=HERE).astimezone(UTC)
    chance, wanted = random.Random(seed), Expectation(evening)
    database = Database(url)
    schema.upgrade(database)
    found_here(database, evening)
    for fact in _stock(database, evening, chance, items):
        wanted.learn(fact)
    database.close()
    with Workspace(world() | {"clock": evening.isoformat()}, folder / "workspace.db") as workspace:
        yield Mornings(workspace, url, folder, chance, wanted)
        assert workspace.violations == []


def _stock(database: Database, now: datetime, chance: random.Random, items: int) -> list[Fact]:
    """Items whose owners have seen them."""
    facts = []
    with database.transaction() as session:
        of = session.exec(select(PersonAccount.user_id, Person).join(Person)).all()
        people = dict(of)
        channel = session.exec(select(BoundChannel)).one()
        # Cards on which days are counted are another promise, and would keep the channel busy for hours.
        session.get_one(TaskForce, channel.task_force_id).days_counted_until = now + timedelta(days=DAYS + 365)
        for number in range(1, items + 1):
            owners = [chance.choice([one.user for one in PEOPLE.values() if one.side == side]) for side in SIDES]
            due, by = BEGINS + timedelta(days=chance.randrange(DAYS)), people[owners[0]].id or 0
            item = Item(
                task_force_id=channel.task_force_id,
                number=number,
                title=f"할 일 {number:03}",
                due_on=due,
                channel_id=channel.id or 0,
                created_by=by,
                created_at=now,
            )
            session.add(item)
            session.flush()
            for user in owners:
                part = Part(item_id=item.id or 0, side_id=people[user].side_id, owner_id=people[user].id or 0)
                part.asked_at = part.seen_at = now
                session.add(part)
            facts.append(Fact(now, "made", number, day=due, owners=tuple(owners)))
            facts += [Fact(now, "seen", number, side=side) for side in SIDES]
    return facts
