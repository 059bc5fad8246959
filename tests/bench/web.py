"""Figures: signed HTTP commands of 20 clients, each in a task force of its own; the floor is the same transaction under the same server.

SQLite has one process, PostgreSQL two. `python -m tests.bench.web bot|floor PORT URL` is the server.
"""

import http.client
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from sqlmodel import func, select

from bot.cli.running import keep_loaded
from bot.wiring import build_apps, build_deps, read_beforehand
from config.settings import Settings
from handlers.logs import set_up_logging
from handlers.server import Server
from handlers.web import Web
from storage.database import Database
from storage.tables import Item
from tests.bench import floors
from tests.bench.stock import MORNING, Stock, stocked

CLIENTS, SECONDS, WARM_UP_S, PATIENCE_S = 20, 6.0, 3.0, 30.0  # each process has to get warm
SECRET, PATH = "signing-secret-of-the-bench", "/slack/events"
OWNED = Stock(CLIENTS, each=20)
Figures = dict[str, tuple[float, float]]


def measure(url: str) -> Figures:
    """Commands a second, and their worst of a hundred and of all in milliseconds."""
    bot, floor = (_taken(what, url) for what in ("bot", "floor"))
    return {
        "signed HTTP, commands a second": (len(bot) / SECONDS, len(floor) / SECONDS),
        "signed HTTP, p99 ms": (_worst_of_hundred(bot), _worst_of_hundred(floor)),
        "signed HTTP, slowest ms": (max(bot), max(floor)),
    }


def _worst_of_hundred(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[-1]


def _taken(what: str, url: str) -> list[float]:
    """Milliseconds of each command, after some to get warm."""
    url = f"{url}.{what}" if url.startswith("sqlite") else url
    with stocked(url, OWNED):
        pass
    with _serving(what, url) as port, ThreadPoolExecutor(CLIENTS) as clients:
        first = _client(port, 0, time.perf_counter() + 0.01, first=1_000_000)  # alone: it loads what is loaded late
        began = time.perf_counter()
        sent = list(clients.map(lambda number: _client(port, number, began + WARM_UP_S + SECONDS), range(CLIENTS)))
    _check(url, sum(map(len, [first, *sent])))
    return [took for one in sent for at, took in one if at >= began + WARM_UP_S]


def _client(port: int, number: int, until: float, first: int = 0) -> list[tuple[float, float]]:
    """One command after the other; when each was answered, and what it took."""
    connection, taken = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S), list[tuple[float, float]]()
    for turn in count(first):
        body = urllib.parse.urlencode(_command(number, turn))
        began = time.perf_counter()
        if began >= until:
            return taken
        connection.request("POST", PATH, body, _signed(body))
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(answer.status)
        taken.append((time.perf_counter(), (time.perf_counter() - began) * 1000))
    raise AssertionError


def _command(number: int, turn: int) -> dict[str, str]:
    return {
        "command": "/tft",
        "text": f"add 센터 개소 계획서 {number}x{turn} <@U1X{number}> <@U3X{number}> 2027-12-05 #센터",
        "user_id": f"U0X{number}",
        "team_id": "T1",
        "channel_id": f"C{number}",
        "trigger_id": f"{number}.{turn}",
        "response_url": "http://127.0.0.1:9/",
    }


def _signed(body: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature or "",
    }


def _check(url: str, commands: int) -> None:
    """A figure of something that was not done would be worth nothing."""
    database = Database(url)
    with database.reading() as session:
        made = session.exec(select(func.count()).select_from(Item)).one() - OWNED.items
    database.close()
    if made != commands:
        raise RuntimeError(f"{commands} commands made {made} items")


@contextmanager
def _serving(what: str, url: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "tests.bench.web", what, str(port), url]
    process = subprocess.Popen(command)
    try:
        until = time.monotonic() + PATIENCE_S
        while not _listens(port):
            if time.monotonic() > until or process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


# --- the server ----------------------------------------------------------------------------------------------------


def bot(database: Database) -> Any:
    """The bot's own WSGI application in working hours, when owners are told at once, as the floor tells them.

    The private line that follows the acknowledgement is left out.
    """
    settings = Settings(_env_file=None, SLACK_SIGNING_SECRET=SECRET, SLACK_API_URL="http://127.0.0.1:9/")
    deps = build_deps(settings, database, lambda: MORNING)
    object.__setattr__(deps, "later", lambda _answer: None)
    return Web(deps, build_apps(deps))


def floor(database: Database) -> Any:
    """The same transaction without rules, words or blocks."""
    return SlackRequestHandler(floors.build(database, SECRET), PATH)


SERVED: dict[str, Callable[[Database], Any]] = {"bot": bot, "floor": floor}


def main() -> None:
    """Serve until it is ended, the one and the other as `tft web` does."""
    what, port, url = sys.argv[1:]
    set_up_logging("WARNING")

    def build() -> Any:
        served = SERVED[what](Database(url))
        read_beforehand()
        keep_loaded()
        return served

    server = Server(int(port), build, lambda: None, one_process=url.startswith("sqlite"))
    server.cfg.set("workers", 1 if url.startswith("sqlite") else 2)
    server.run()


if __name__ == "__main__":
    main()
