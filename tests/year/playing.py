"""A task force of twelve at work for some time, two schedulers, and a Slack that fails one call in twenty.

Both clocks are ours, so that a year takes minutes; everything else is real: the database, the wire, the local workspace.
Slack's stamps stay real and our machine's clock lies behind them, as looking for one's own messages needs it.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError
from sqlmodel import SQLModel, col, select

from bot import wiring
from bot.services.confirmations import TooLate
from bot.services.milestone_ticks import MILESTONE_NUDGE
from bot.services.reactions import NUDGE
from bot.services.refused import Refused
from bot.services.work import Work
from config.settings import Settings
from handlers.delivery import Delivery
from handlers.deps import Deps
from playground import Workspace
from storage.database import Database
from storage.outbox import WAITING
from storage.tables import (
    Account,
    BoundChannel,
    Installation,
    OutboxLane,
    OutboxRow,
    OutboxState,
    Person,
    PersonAccount,
    Role,
    Side,
    TaskForce,
)
from tests import cast
from tests.year.acts import Office
from tests.year.expected import Told
from tests.year.facts import PEOPLE, SIDES, ZONE

T = TypeVar("T")
HERE = ZoneInfo(ZONE)
TRIES = 20
LOOKS = "00:10 08:30 09:00 09:30 10:30 13:00 14:30 16:30 17:30 18:30 22:00".split()
FAILS = 0.05
KINDS = ("ratelimited", "http_500", "http_500_after", "drop_before", "drop_after", "error")
DIGESTS = (NUDGE, MILESTONE_NUDGE, "nudges")
KNOWN = {"channel-nudges": "channel", "weekly": "weekly", **dict.fromkeys(DIGESTS, "digest")}
AHEAD = 20  # faults that are asked for ahead
MEETINGS = 24 / 365  # a day


@dataclass(frozen=True)
class Message:
    """A message as it stands in Slack, and when that was in business time."""

    at: datetime
    kind: str
    to: str
    subject: str
    text: str

    def told(self) -> Told:
        found = re.findall(r"\*([A-Z])-(\d+)\*", self.text)
        about = frozenset(int(number) for noun, number in found if noun == "A")
        kind = KNOWN.get(self.kind, "other")
        kind = "other" if kind == "digest" and not about else kind  # of meetings, decisions or money alone
        beside = sum(noun != "A" for noun, _ in found)
        return Told(self.at, kind, self.to, about if kind != "weekly" else frozenset(), beside=beside)


@dataclass
class Town:
    """The workspace, its task force, and the bot's two processes."""

    workspace: Workspace
    databases: list[Database]
    office: Office
    chance: random.Random
    faults: random.Random  # how often Slack is asked hangs on threads: what people do must not
    now: datetime
    warp: timedelta = timedelta()
    bots: list[tuple[Deps, Delivery]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    looks: list[datetime] = field(default_factory=list)
    restarts: int = 0
    items_a_day: float = 300 / 365
    called: int = 0
    away_until: datetime | None = None
    items: float = 0.0  # so many there should be by now
    meetings: float = 0.0
    _last_ts: str = "0"
    _asked: int = 0

    def __post_init__(self) -> None:
        self._begun = self.now
        self._machine = wiring.machine_time() - timedelta(days=500)
        self.start()

    def machine(self) -> datetime:
        """Always behind the real one."""
        return self._machine + (self.now - self._begun) + self.warp

    def start(self) -> None:
        """Two processes, built anew."""
        self.stop()
        settings: dict[str, Any] = {
            "SLACK_API_URL": self.workspace.api_url,
            "TFT_RECONCILE_S": 30,
            "SLACK_BOT_TOKEN": "xoxb-test",
        }
        for database in (self.databases * 2)[:2]:
            deps = wiring.build_deps(Settings(_env_file=None, **settings), database, lambda: self.now)
            object.__setattr__(deps, "machine_clock", self.machine)
            self.bots.append((deps, Delivery(deps, workers=1)))

    def stop(self) -> None:
        while self.bots:
            self.bots.pop()[0].background.shutdown()

    # time

    def live(self, first: date, last: date) -> None:
        """From one day to another, both included."""
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            self.items, self.meetings = self.items + self.items_a_day, self.meetings + MEETINGS
            for moment, is_act in self._moments(day):
                if self.away_until and moment < self.away_until:
                    continue
                if self.away_until:
                    self.start()
                    self.restarts, self.away_until = self.restarts + 1, None
                self.now = moment
                if is_act:
                    self._act(day)
                else:
                    self.look()
                if self.chance.random() < 0.003:
                    self.away_until = self.now + timedelta(hours=self.chance.choice([2, 7, 20, 40, 70]))

    def _moments(self, day: date) -> list[tuple[datetime, bool]]:
        looks = [datetime.combine(day, time.fromisoformat(at), HERE) for at in LOOKS]
        count = self.chance.randrange(4, 9) if day.weekday() < 5 else self.chance.randrange(2)
        begins = datetime.combine(day, time(), HERE) + timedelta(hours=7)
        acts = [begins + timedelta(seconds=30 + 60 * self.chance.randrange(15 * 60)) for _ in range(count)]
        found = [(moment, False) for moment in looks] + [(moment, True) for moment in set(acts)]
        return sorted((moment.astimezone(UTC), acts) for moment, acts in found)

    def _act(self, today: date) -> None:
        office = self.office
        makes = self.items - len(office.things) > self.chance.random()
        meets = self.meetings - len(office.meetings) - len(office.cancelled) > self.chance.random()
        name = "make" if makes else "meet" if meets else "act"
        deps, _ = self.chance.choice(self.bots)
        facts = len(self.office.facts)
        with suppress(Refused, TooLate), deps.work() as work:
            getattr(self.office, name)(work, today)
            facts = len(self.office.facts)
        assert len(self.office.facts) == facts, "what was refused did not happen"
        self.deliver()

    def look(self) -> None:
        """Both schedulers at once do what is due, then both deliver it."""
        self.looks.append(self.now)
        ticks = [tick for tick in wiring.TICKS if tick.dues]

        def act(deps: Deps) -> None:
            for tick in ticks:
                _patiently(lambda: tick.act(deps))  # noqa: B023  # called at once

        with ThreadPoolExecutor(2) as both:
            list(both.map(act, [deps for deps, _ in self.bots]))
        self.deliver()

    def deliver(self) -> None:
        """Until nothing waits; the machine's clock goes to where something is to be done next."""
        while wait := self._waits_until():
            self.warp += max(timedelta(), wait - self.machine())
            self._ask_for_faults()
            with ThreadPoolExecutor(2) as both:
                self.called += sum(both.map(_deliver, [delivery for _, delivery in self.bots]))
        self._collect()

    def _waits_until(self) -> datetime | None:
        with self.databases[0].reading() as session:
            lanes = session.exec(select(OutboxLane).where(col(OutboxLane.next_at).is_not(None))).all()
            moments = [max(m for m in (one.next_at, one.free_at, one.leased_until) if m) for one in lanes]
            again = select(OutboxRow.look_again_at).where(col(OutboxRow.look_again_at).is_not(None))
            moments += [at for at in session.exec(again) if at]
        return min(moments, default=None)

    def _ask_for_faults(self) -> None:
        """Each call fails by chance; what the workspace is asked for is after how many calls that is."""
        waiting = self.workspace.run(lambda: list(self.workspace.hub.faults._calls))
        after = waiting[-1].after if waiting else 0
        for _ in range(AHEAD - len(waiting)):
            while self.faults.random() >= FAILS:
                after += 1
            self.workspace.fault(kind=self.faults.choice(KINDS), after=after, retry_after=1)
            after, self._asked = after + 1, self._asked + 1

    @property
    def failed(self) -> int:
        """How many calls Slack failed."""
        return self._asked - len(self.workspace.run(lambda: list(self.workspace.hub.faults._calls)))

    # what people see

    def _collect(self) -> None:
        found = messages(self.workspace, self.databases[0], self._last_ts)
        self._last_ts = found[-1][0] if found else self._last_ts
        self.messages += [
            Message(self.now, row.kind, row.user_id or "channel", row.subject, text) for _, row, text in found
        ]

    def amiss(self) -> list[str]:
        """What stands in Slack twice, and what never came or was given up."""
        return amiss(self.workspace, self.databases[0])


def messages(workspace: Workspace, database: Database, after: str) -> list[tuple[str, OutboxRow, str]]:
    """The bot's messages in Slack that are newer than a stamp: the stamp, the row that it was, and how it reads."""
    query = "SELECT ts, body, metadata FROM messages WHERE ts > ? AND metadata IS NOT NULL ORDER BY ts"
    found = workspace.run(lambda: workspace.hub.db.all(query, after))
    keys = [_key(row["metadata"]) for row in found]
    with database.reading() as session:
        known = {one.key: one for one in session.exec(select(OutboxRow).where(col(OutboxRow.key).in_(keys)))}
    return [(row["ts"], known[key], json.loads(row["body"])["text"]) for row, key in zip(found, keys, strict=True)]


def amiss(workspace: Workspace, database: Database) -> list[str]:
    """What stands in Slack twice, and what never came or was given up."""
    query = "SELECT metadata FROM messages WHERE metadata IS NOT NULL"
    keys = Counter(_key(row["metadata"]) for row in workspace.run(lambda: workspace.hub.db.all(query)))
    never = select(OutboxRow).where(col(OutboxRow.state).in_([*WAITING, OutboxState.PARKED]))
    with database.reading() as session:
        unsent = session.exec(never).all()
    return [
        *(f"twice in Slack: {key}" for key, count in keys.items() if count > 1),
        *(f"never sent: {row.kind} {row.subject} {row.error}" for row in unsent),
    ]


def _key(metadata: str) -> str:
    return str(json.loads(metadata)["event_payload"]["key"])


def _deliver(delivery: Delivery) -> int:
    """Until there is nothing to do; gives how many things were done."""
    done = 0
    while _patiently(delivery.step):
        done += 1
    return done


def _patiently(act: Callable[[], T]) -> T:
    """As the scheduler and the workers do it: what the busy database refused is done again."""
    for _ in range(TRIES):
        with suppress(OperationalError):
            return act()
    return act()


@contextmanager
def town(url: str, seed: int, begins: date) -> Iterator[Town]:
    """A task force that was set up on the evening before."""
    now = (datetime.combine(begins, time(), HERE) - timedelta(hours=2)).astimezone(UTC)
    with Workspace(world()) as workspace:
        databases = [Database(url)] if url.startswith("sqlite") else [Database(url), Database(url)]
        found_here(databases[0], now)
        dice = [random.Random(seed + number) for number in range(3)]
        town = Town(workspace, databases, Office(dice[1]), dice[0], dice[2], now)
        try:
            yield town
        finally:
            town.stop()
            for database in databases:
                database.close()
        assert workspace.violations == []


def world() -> dict[str, Any]:
    made = cast.world()
    users = [
        {**made["users"][0], "id": one.user, "name": one.user.lower(), "real_name": one.name, "tz": one.zone}
        for one in PEOPLE.values()
    ]
    made["users"] = users
    made["channels"] = made["channels"][:1]
    made["channels"][0]["members"] = list(PEOPLE)
    made["apps"][0]["installs"][0]["channels"] = [cast.CHANNEL]
    return made | {"enforce_limits": False}


def found_here(database: Database, now: datetime) -> None:
    SQLModel.metadata.create_all(database.engine)
    with database.transaction() as session:
        session.add(Installation(team_id=cast.GIST, bot_user_id=cast.BOT, bot_token="xoxb-test", installed_at=now))
        task_force = TaskForce(name="스마트 모빌리티 TFT", created_at=now)
        session.add(task_force)
        session.flush()
        of = task_force.id or 0
        session.add(BoundChannel(channel_id=cast.CHANNEL, task_force_id=of, speaker_id=1, bound_at=now))
        sides = {name: Side(task_force_id=of, name=name, position=at) for at, name in enumerate(SIDES)}
        session.add_all(sides.values())
        session.flush()
        for one in PEOPLE.values():
            account = Account(user_id=one.user, name=one.name, locale="ko-KR", zone=one.zone)
            account.hours_from, account.hours_until = time(one.opens), time(one.closes)
            session.add(account)
            person = Person(
                task_force_id=of,
                side_id=sides[one.side].id or 0,
                role=Role(one.role),
                name=one.name,
                job_title="주무관",
                joined_at=now,
            )
            session.add(person)
            session.flush()
            session.add(PersonAccount(task_force_id=of, user_id=one.user, person_id=person.id or 0))


__all__ = ["Message", "Town", "Work", "town"]
