"""Business time: the workspace's clock, which people move, and what is done when they do."""

import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.wiring import build_deps, clock_of, machine_time
from config.settings import Settings
from handlers import clock as clock_module
from handlers.clock import WorkspaceClock
from handlers.deps import Deps
from handlers.schedule import Schedule, Tick
from playground import Workspace
from storage import schema
from storage.database import Database
from tests.cast import world
from tests.windows import eventually

START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 09:00 in Korea
TOLERANCE = timedelta(milliseconds=1)  # of binary fractions


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace({**world({"display_information": {"name": "x"}}), "clock": START.isoformat()}) as running:
        yield running


@pytest.fixture
def clock(workspace: Workspace) -> WorkspaceClock:
    return WorkspaceClock(f"{workspace.url}/_clock", "tft", machine_time)


@pytest.fixture
def deps(tmp_path: Any, clock: WorkspaceClock) -> Iterator[Deps]:
    database = Database(f"sqlite:///{tmp_path}/tft.db")
    schema.upgrade(database)
    yield build_deps(Settings(_env_file=None), database, clock)
    database.close()


def move(workspace: Workspace, body: str) -> None:
    request = urllib.request.Request(  # noqa: S310  # the workspace on this machine
        f"{workspace.url}/_clock", body.encode(), {"Content-Type": "application/json"}, method="POST"
    )
    urllib.request.urlopen(request, timeout=20).close()  # noqa: S310


def agree(clock: WorkspaceClock, workspace: Workspace) -> bool:
    """To the fraction of a second: what is due at nine must not be found undone by a bot that reads a bit before nine."""
    before = workspace.hub.clock.now()
    now = clock()
    return before - TOLERANCE <= now <= workspace.hub.clock.now() + TOLERANCE


def test_without_a_clock_it_is_machine_time():
    assert clock_of(Settings(_env_file=None, TFT_CLOCK_URL=None)) is machine_time


def test_it_is_the_workspaces_time_and_moves_with_it(workspace: Workspace, clock: WorkspaceClock):
    assert agree(clock, workspace)
    move(workspace, '{"advance_s": 90000}')
    assert workspace.hub.clock.now() > START + timedelta(hours=25)
    eventually(lambda: agree(clock, workspace) or None, "the next day")


def test_it_asks_at_most_twice_a_second(clock: WorkspaceClock, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    real = urllib.request.urlopen

    def counted(request: urllib.request.Request, **more: Any) -> Any:
        asked.append("")
        return real(request, **more)

    monkeypatch.setattr(urllib.request, "urlopen", counted)
    until = time.monotonic() + 1
    while time.monotonic() < until:
        clock()
    assert 1 <= len(asked) <= 3


def test_it_runs_on_when_the_workspace_is_away():
    with Workspace({**world({"display_information": {"name": "x"}}), "clock": START.isoformat()}) as running:
        clock = WorkspaceClock(f"{running.url}/_clock", "tft", machine_time)
        assert agree(clock, running)
    time.sleep(clock_module.FRESH_S)
    assert agree(clock, running)


def test_a_jump_stops_where_something_is_due_and_goes_on_when_it_is_done(
    workspace: Workspace, deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("handlers.schedule.WATCH_S", 0.05)
    dues = [START + timedelta(hours=hours) for hours in (1, 5, 26, 100)]
    done: list[datetime] = []

    def act(deps: Deps) -> None:
        now = deps.clock()
        done.extend(due for due in dues if due <= now and due not in done)

    due_later = Tick("due", 3600, act, lambda deps: [due for due in dues if due > deps.clock()])
    schedule = Schedule(deps, [due_later])
    schedule.start()

    move(workspace, '{"advance_s": 180000}')  # 50 hours

    assert done == dues[:3]
    schedule.stop()


def test_a_jump_stops_at_what_becomes_known_only_at_a_stop(
    workspace: Workspace, deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    """Each day names the next one alone: the stop is named before the jump goes on."""
    monkeypatch.setattr("handlers.schedule.WATCH_S", 0.05)
    days = [START + timedelta(days=day) for day in range(1, 9)]
    done: list[datetime] = []

    def act(deps: Deps) -> None:
        now = deps.clock()
        done.extend(day for day in days if day <= now and day not in done)

    def following(deps: Deps) -> list[datetime]:
        return [day for day in days if day > deps.clock()][:1]

    others: list[str] = []
    schedule = Schedule(deps, [Tick("day", 3600, act, following), Tick("shown", 3600, lambda _deps: others.append(""))])
    schedule.start()

    move(workspace, '{"advance_s": 450000}')  # five days and some hours

    assert done == days[:5]
    assert others == [""]  # at the start alone: what only shows the present does not keep a jump waiting
    schedule.stop()


def test_a_jump_waits_until_what_was_queued_at_a_stop_is_sent(
    workspace: Workspace, deps: Deps, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("handlers.schedule.WATCH_S", 0.05)
    due = START + timedelta(hours=1)
    asked: list[datetime] = []

    def idle(*_args: object) -> bool:
        asked.append(deps.clock())
        return len(asked) > 3

    monkeypatch.setattr("storage.outbox.is_idle", idle)
    schedule = Schedule(deps, [Tick("due", 3600, lambda _deps: None, lambda _deps: [due])])
    schedule.start()

    move(workspace, '{"advance_s": 7200}')

    assert len(asked) == 4
    assert set(asked) == {due}
    schedule.stop()


def test_a_tick_that_fails_comes_again_and_does_not_stop_the_others(deps: Deps):
    seen = threading.Event()
    failures: list[int] = []

    def fail(_deps: Deps) -> None:
        failures.append(1)
        if len(failures) > 1:
            seen.set()
        raise RuntimeError("no luck")

    other = threading.Event()
    schedule = Schedule(deps, [Tick("bad", 0.05, fail), Tick("good", 0.05, lambda _deps: other.set())])
    schedule.start()
    assert seen.wait(5)
    assert other.wait(5)
    schedule.stop()


def test_a_running_tick_is_waited_for(deps: Deps):
    began, finished = threading.Event(), threading.Event()

    def slow(_deps: Deps) -> None:
        began.set()
        time.sleep(0.3)
        finished.set()

    schedule = Schedule(deps, [Tick("slow", 60, slow)])
    schedule.start()
    assert began.wait(5)
    schedule.stop()
    assert finished.is_set()
