"""Figure: `/tft add`, `/tft list`, a ✅: from Bolt's dispatch to committed and answered, in CPU time."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from slack_bolt import App
from slack_bolt.request import BoltRequest
from sqlmodel import col, select

from bot.wiring import build_app, build_deps, machine_time
from config.settings import Settings
from storage import schema
from storage.database import Database
from storage.tables import Account, Installation, Item, Posting
from tests.bench import floors
from tests.bench.stock import MORNING
from tests.bots import found

ROUNDS, PER_ROUND, WARM_UP = 12, 25, 30
numbers = count(1)


def measure(url: str) -> dict[str, tuple[float, float]]:
    """For each act the median CPU milliseconds of the bot and of its floor, taken in turns."""
    last_item["id"] = 0
    with office(url) as (database, bot):
        floor = floors.build(database)
        return {name: in_turns(database, prepare, bot, floor) for name, prepare in ACTS.items()}


@contextmanager
def office(url: str) -> Iterator[tuple[Database, App]]:
    """A task force in working hours, its people known, and the bot's app; nothing is delivered: that is another figure."""
    database = Database(url, exclusive=True)
    schema.upgrade(database)
    deps = build_deps(Settings(_env_file=None, SLACK_API_URL="http://127.0.0.1:9/"), database, lambda: MORNING)
    with database.transaction() as session:
        session.add(Installation(team_id="T0GIST", bot_user_id="U0BOT", bot_token="xoxb", installed_at=machine_time()))
    found(deps)
    with database.transaction() as session:
        for account in session.exec(select(Account)):
            account.refreshed_at = machine_time()
    deps.background.shutdown()
    object.__setattr__(deps, "later", lambda _answer: None)  # the private line goes out after the acknowledgement
    yield database, build_app(deps)
    database.close()


def in_turns(
    database: Database, prepare: Callable[[Database], dict[str, Any]], bot: App, floor: App
) -> tuple[float, float]:
    """Medians of rounds of the one and the other."""
    took: dict[App, list[float]] = {bot: [], floor: []}
    for app in (bot, floor):
        batch(database, prepare, app, WARM_UP)
    for _ in range(ROUNDS):
        for app, times in took.items():
            times.append(batch(database, prepare, app, PER_ROUND))
    return statistics.median(took[bot]), statistics.median(took[floor])


def batch(database: Database, prepare: Callable[[Database], dict[str, Any]], app: App, size: int) -> float:
    """CPU milliseconds of this thread for one act."""
    bodies = [prepare(database) for _ in range(size)]
    began = time.thread_time()
    for body in bodies:
        response = app.dispatch(BoltRequest(mode="socket_mode", body=body))
        if response.status != 200:
            raise RuntimeError(response.body)
    return (time.thread_time() - began) * 1000 / size


def command(text: str) -> dict[str, Any]:
    return {
        "command": "/tft",
        "text": text,
        "user_id": "U0GISTSEC",
        "team_id": "T0GIST",
        "channel_id": "C0TFT",
        "trigger_id": f"t{next(numbers)}",
        "response_url": "http://127.0.0.1:9/",
    }


def an_add(_database: Database) -> dict[str, Any]:
    return command(f"add 센터 개소 계획서 x{next(numbers)} <@U0GISTOWN> <@U0CTYOWN> 2026-12-04 #센터")


def a_list(_database: Database) -> dict[str, Any]:
    return command("list")


def a_tick(database: Database) -> dict[str, Any]:
    """A ✅ on a card of an item that nobody has confirmed."""
    ts = f"1795000000.{next(numbers):06}"
    with database.transaction() as session:
        item = session.exec(select(Item).where(col(Item.id) > last_item["id"]).order_by(col(Item.id)).limit(1)).one()
        last_item["id"] = item.id or 0
        session.add(
            Posting(
                installation_id=1,
                channel_id="C0TFT",
                ts=ts,
                kind="item-card",
                subject=str(item.id),
                posted_at=item.created_at,
            )
        )
    event = {
        "type": "reaction_added",
        "user": "U0GISTOWN",
        "reaction": "white_check_mark",
        "item_user": "U0BOT",
        "item": {"type": "message", "channel": "C0TFT", "ts": ts},
        "event_ts": f"1795500000.{next(numbers):06}",
    }
    authorizations = [{"team_id": "T0GIST", "user_id": "U0BOT", "is_bot": True}]
    return {
        "type": "event_callback",
        "team_id": "T0GIST",
        "event_id": ts,
        "authorizations": authorizations,
        "event": event,
    }


last_item = {"id": 0}
ACTS = {"/tft add": an_add, "/tft list": a_list, "a ✅": a_tick}
