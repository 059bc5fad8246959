"""Many task forces in a database: one is made by the tables' own ways, the others are copied from it inside the database."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, SQLModel, text

from bot.cli.running import keep_loaded
from bot.rules.item_search import searchable
from bot.wiring import build_deps, machine_time, read_beforehand
from config.settings import Settings
from handlers.deps import Deps
from storage import schema
from storage.database import Database
from storage.tables import (
    Account,
    BoundChannel,
    Installation,
    Item,
    Part,
    Person,
    PersonAccount,
    Role,
    Side,
    TaskForce,
)

MORNING = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)  # 09:30 in Korea, a Tuesday
EACH = 98  # items of a task force
ROLES = (Role.SECRETARY, Role.MEMBER)
STREAMS = ("센터", "대학원", "인력양성", "예산")
AHEAD = timedelta(days=30)  # when parts are due next, unless they are due now


@dataclass(frozen=True)
class Stock:
    """How much there is. The first task force has `extra` items besides its own."""

    task_forces: int
    extra: int = 0
    each: int = EACH
    sides: int = 2
    due: bool = False  # all parts, that morning

    @property
    def items(self) -> int:
        return self.task_forces * self.each + self.extra


@contextmanager
def stocked(url: str, stock: Stock) -> Iterator[Deps]:
    """The bot on an empty database with so much in it, at that morning."""
    database = Database(url, exclusive=True)
    if not database.is_sqlite:
        with database.transaction() as session:
            for statement in ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
                session.execute(text(statement))
    schema.upgrade(database)
    with database.transaction() as session:
        _template(session, stock)
    with database.transaction() as session:
        _copy(session, stock)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"
        )  # as it does by itself in time
    deps = build_deps(Settings(_env_file=None, SLACK_API_URL="http://127.0.0.1:9/"), database, lambda: MORNING)
    gc.collect()
    read_beforehand()
    keep_loaded()  # as each process of the bot does
    try:
        yield deps
    finally:
        deps.background.shutdown()
        database.close()


def _template(session: Session, stock: Stock) -> None:
    session.add(Installation(team_id="T1", bot_user_id="UBOT", bot_token="xoxb", installed_at=machine_time()))
    session.flush()
    later = MORNING + AHEAD
    of = TaskForce(id=1, name="TFT", created_at=MORNING, weekly_due_at=later, channel_due_at=later)
    of.days_counted_until, of.last_item_number = later, stock.each + stock.extra
    session.add(of)
    session.flush()
    of.reckon_after = None  # only now: an insert takes no value for the column's default
    session.add(BoundChannel(id=1, channel_id="C0", task_force_id=1, speaker_id=1, bound_at=MORNING))
    session.add_all(Side(id=n + 1, task_force_id=1, name=("GIST", "영광군")[n], position=n) for n in range(2))
    session.flush()
    for number in range(4):
        user = f"U{number}X0"
        session.add(Account(user_id=user, locale="ko-KR", refreshed_at=machine_time()))
        person = Person(
            id=number + 1, task_force_id=1, side_id=number // 2 + 1, role=ROLES[number % 2], name=f"이름{number}"
        )
        person.joined_at, person.job_title = MORNING, "주무관"
        session.add(person)
        session.flush()
        session.add(PersonAccount(task_force_id=1, user_id=user, person_id=number + 1))
    session.add_all(_items(stock))
    session.flush()
    session.add_all(_parts(stock))
    session.flush()


def _items(stock: Stock) -> Iterator[Item]:
    for number in range(1, stock.each + 1):
        due = (MORNING + timedelta(days=number % 60 + 1)).date()
        if stock.due:
            due = (MORNING + timedelta(days=1 + 2 * (number % 2))).date()  # one or three working days ahead
        item = Item(
            id=number,
            task_force_id=1,
            number=number,
            title=f"센터 개소 계획서 초안 {number}",
            stream=STREAMS[number % 4],
            due_on=due,
            channel_id=1,
            created_by=1,
        )
        item.created_at, item.searchable = MORNING - timedelta(days=20), searchable(item, [])
        yield item


def _parts(stock: Stock) -> Iterator[Part]:
    for number in range(1, stock.each + 1):
        for side in range(stock.sides):
            half = number % 5 == 0 and side == 0 and stock.sides == 2
            part = Part(
                id=(number - 1) * stock.sides + side + 1, item_id=number, side_id=side + 1, owner_id=2 + 2 * side
            )
            if stock.sides == 1:
                part.side_id, part.owner_id = number % 2 + 1, number % 2 * 2 + number // 2 % 2 + 1
            part.seen_at = part.heard_until = MORNING - timedelta(days=20)
            part.confirmed_at = MORNING - timedelta(days=1) if half else None
            part.next_due_at = None if half else MORNING if stock.due else MORNING + AHEAD
            yield part


def _copy(session: Session, stock: Stock) -> None:
    """Task forces 2, 3, … and the first one's further items."""
    session.execute(text("CREATE TEMPORARY TABLE series (n INTEGER)"))
    session.execute(text("INSERT INTO series VALUES (:n)"), [{"n": n} for n in range(1, stock.task_forces)])
    is_sqlite, people, parts = session.get_bind().dialect.name == "sqlite", 4, stock.each * stock.sides
    if not is_sqlite:  # what is copied refers to what is copied
        session.execute(text("SET LOCAL session_replication_role = replica"))
    indexes = [index for table in (Item, Part) for index in SQLModel.metadata.tables[str(table.__tablename__)].indexes]
    for index in indexes:  # made of all at once in a quarter of the time
        index.drop(session.connection())
    text_of = "CAST({} AS TEXT)".format
    user = f"REPLACE(t.user_id, 'X0', 'X' || {text_of('s.n')})"
    _spread(session, TaskForce, {"id": "t.id + s.n"})
    _spread(session, Side, {"id": "t.id + s.n * 2", "task_force_id": "t.task_force_id + s.n"})
    channel = f"'C' || {text_of('s.n')}"
    _spread(
        session, BoundChannel, {"id": "t.id + s.n", "channel_id": channel, "task_force_id": "t.task_force_id + s.n"}
    )
    _spread(session, Account, {"user_id": user})
    of = {"task_force_id": "t.task_force_id + s.n"}
    _spread(session, Person, of | {"id": f"t.id + s.n * {people}", "side_id": "t.side_id + s.n * 2"})
    _spread(session, PersonAccount, of | {"user_id": user, "person_id": f"t.person_id + s.n * {people}"})
    owner = {"channel_id": "t.channel_id + s.n", "created_by": f"t.created_by + s.n * {people}"}
    _spread(session, Item, of | owner | {"id": f"t.id + s.n * {stock.each}"})
    owner = {"side_id": "t.side_id + s.n * 2", "owner_id": f"t.owner_id + s.n * {people}"}
    moved = {"id": f"t.id + s.n * {parts}", "item_id": f"t.item_id + s.n * {stock.each}"}
    _spread(session, Part, owner | moved)
    if stock.extra:
        _more(session, stock, stock.extra // stock.each)
    for index in indexes:
        index.create(session.connection())
    if not is_sqlite:
        for table in (TaskForce, Side, BoundChannel, Person, Item, Part):
            name = table.__tablename__
            sequence = f"pg_get_serial_sequence('{name}', 'id')"
            session.execute(text(f"SELECT setval({sequence}, (SELECT MAX(id) FROM {name}))"))  # noqa: S608


def _more(session: Session, stock: Stock, times: int) -> None:
    session.execute(text("DELETE FROM series"))
    session.execute(text("INSERT INTO series VALUES (:n)"), [{"n": n} for n in range(1, times + 1)])
    items, parts = stock.task_forces * stock.each, stock.task_forces * stock.each * stock.sides
    shift = f"{items} + (s.n - 1) * {stock.each}"
    mine = f"t.id <= {stock.each}"
    _spread(session, Item, {"id": f"t.id + {shift}", "number": f"t.number + s.n * {stock.each}"}, mine)
    moved = {"id": f"t.id + {parts} + (s.n - 1) * {stock.each * stock.sides}", "item_id": f"t.item_id + {shift}"}
    _spread(session, Part, moved, f"t.id <= {stock.each * stock.sides}")


def _spread(session: Session, table: type[SQLModel], changed: Mapping[str, str], where: str = "1 = 1") -> None:
    """Copy the rows of a table once for each number of the series; a column is what `changed` says, else the same."""
    found = SQLModel.metadata.tables[str(table.__tablename__)]
    names = [column.name for column in found.columns]
    values = [changed.get(name, f"t.{name}") for name in names]
    query = f"INSERT INTO {found.name} ({', '.join(names)}) SELECT {', '.join(values)} FROM {found.name} t, series s"  # noqa: S608
    session.execute(text(f"{query} WHERE {where}"))
