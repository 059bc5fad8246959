"""The only place that builds things: settings in, a bot that can be started and stopped out."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from typing import Protocol

import structlog
from slack_bolt import App

from bot.rules.calendars import Calendar, public_holidays
from bot.rules.lines import read_add
from config.apps import SlackApp
from config.presets import presets
from config.settings import Settings
from config.words import Words
from handlers import app as slack_app
from handlers import (
    handovers,
    housekeeping,
    installations,
    nudges,
    silence,
    tokens,
    turns,
)
from handlers.clock import WorkspaceClock
from handlers.delivery import Delivery
from handlers.deps import Deps
from handlers.profiles import Profiles
from handlers.schedule import Schedule, Tick
from handlers.slack import TIMEOUT_S, Slack
from handlers.sockets import Sockets
from handlers.sweep import Sweep
from handlers.tokens import Tokens
from handlers.web import Web
from storage import schema
from storage.database import Database, is_missing
from storage.seal import Seal

log = structlog.get_logger()
# What is said before what is only shown.
TICKS: tuple[Tick, ...] = (
    handovers.TICK,
    nudges.TICK,
    turns.TICK,
    silence.TICK,
    tokens.TICK,
    housekeeping.TICK,
)


class OldDatabase(RuntimeError):
    """The tables are not those of this version; `key` is the word key that says whether they are older or newer."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Part(Protocol):
    """Something that runs until it is stopped."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def machine_time() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """Business time: the workspace's clock where one is set, else machine time."""
    return WorkspaceClock(settings.clock_url, "tft", machine_time) if settings.clock_url else machine_time


def build_deps(
    settings: Settings,
    database: Database,
    clock: Callable[[], datetime] = machine_time,
    wake_delivery: Callable[[], None] = lambda: None,
) -> Deps:
    """What listeners and workers share."""
    patience_s = min(TIMEOUT_S, settings.reconcile_s / 3)  # a lane's lease outlasts the calls that are made under it
    token_of = Tokens(database, Seal(settings.secret_keys), settings.apps, settings.slack_api_url, machine_time)
    slack = Slack(settings.slack_api_url, token_of, patience_s)
    return Deps(
        database, Words(), settings, slack, Profiles(database, slack, machine_time), clock, machine_time, wake_delivery
    )


def build_apps(deps: Deps) -> dict[str, App]:
    """The Bolt app of each Slack app, by its name."""
    return {app.name: build_app(deps, app) for app in deps.settings.apps}


def build_app(deps: Deps, app: SlackApp | None = None) -> App:
    """The Bolt app of one Slack app, by default the first."""
    app = app or deps.settings.apps[0]
    secret = app.signing_secret.get_secret_value() if app.signing_secret else ""
    return slack_app.build(deps, app.name, secret)


def read_beforehand() -> None:
    """Make what is made when a date is first read: patterns, and the holidays of all countries, which the library loads.

    It would be three quarters of what the first command computes, for each of many that come at once. On a busy machine
    whoever wrote first would wait for it longer than the three seconds after which Slack says that the bot did not respond.
    """
    now = machine_time()
    for year in (now.year, now.year + 1):
        public_holidays("KR", year)
    for line in ("- 초안 @김민지 12월 5일(토)까지 #센터", "Draft by next Friday, 12/5"):
        read_add(line, now, Calendar())


class Bot:
    """One process of the bot. It is built but does nothing until it is started; then it is stopped once."""

    def __init__(self, settings: Settings, database: Database) -> None:
        presets()  # a mistake in the file is found at start, not when somebody chooses a row
        read_beforehand()
        self._settings = settings
        self.deps = build_deps(settings, database, clock_of(settings), self._wake)
        self._delivery = Delivery(self.deps)
        self._sweep = Sweep(self.deps)
        self._running: list[Part] = []

    @cached_property
    def apps(self) -> dict[str, App]:
        """The Bolt apps; every listener is registered when they are first asked for."""
        return build_apps(self.deps)

    @property
    def app(self) -> App:
        """The first Bolt app, for whoever has only one."""
        return next(iter(self.apps.values()))

    def web(self, *, several_processes: bool = False) -> Web:
        """The same app as a WSGI application."""
        return Web(self.deps, self.apps, several_processes=several_processes)

    def enrol(self) -> None:
        """Learn from Slack where the bot tokens belong to; raises `TokenRefused` or `SlackUnreachable`."""
        require_newest(self.deps.database)
        self.deps.clock()  # asked once before anything needs it
        for app in self._settings.apps:
            installations.enrol(self.deps, app, Seal(self._settings.secret_keys))

    def start(self) -> None:
        """Take up work: deliver, keep the schedule, hear Slack. All of it or, when something fails, nothing."""
        try:
            for part in self._parts():
                part.start()
                self._running.append(part)
        except BaseException:
            self.stop()  # threads that nobody stops would keep the process alive
            raise
        log.info("ready")

    def stop(self) -> None:
        """Stop hearing, finish what was begun, give back the database."""
        while self._running:
            self._running.pop().stop()
        self.deps.background.shutdown(wait=True)
        self.deps.database.close()
        log.info("stopped")

    def _parts(self) -> Iterator[Part]:
        """In the order in which they start; they stop in the opposite one."""
        yield self._delivery
        yield Schedule(self.deps, TICKS)
        yield self._sweep
        hears = [app for app in self._settings.apps if app.app_token]
        for app in hears:
            token = app.app_token.get_secret_value() if app.app_token else ""
            yield Sockets(self.apps[app.name], token, self._settings.slack_api_url, self._connected)
        if not hears:
            self._sweep.request()  # what comes by HTTP comes again for minutes only

    def _connected(self) -> None:
        log.info("connected")
        self._sweep.request()

    def _wake(self) -> None:
        """Something was queued. Asked for each time: the bot is built before its delivery."""
        self._delivery.wake()


def require_there(settings: Settings) -> None:
    """A command that looks into the database makes no SQLite file that is not there: the address may be mistyped."""
    if is_missing(settings.database_url):
        raise OldDatabase("database-missing")


def require_newest(database: Database) -> None:
    """Bring a SQLite file to the newest tables (this process has it alone); of PostgreSQL demand that it is."""
    at = schema.current(database)
    if at == schema.newest():
        return
    if at is not None and not schema.is_known(at):
        raise OldDatabase("database-newer")
    if not database.is_sqlite:
        raise OldDatabase("database-behind")
    schema.upgrade(database)


def has_display() -> bool:
    """Whether a browser could open a window here."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
