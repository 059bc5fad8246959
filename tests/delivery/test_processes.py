"""Several processes on one PostgreSQL send everything once, in order."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import wiring
from config.settings import Settings
from handlers.delivery import Delivery
from storage import outbox
from storage.database import Database
from storage.outbox import Lane
from tests.delivery.office import PATIENT_S, Office, opened, settings

pytestmark = pytest.mark.timeout(180)  # these wait for what takes its time

ROOT = Path(__file__).parents[2]
LANES, EACH = ("C1", "C2", "C3"), 8


@pytest.fixture
def office(postgresql_url: str, monkeypatch: pytest.MonkeyPatch):
    with opened(postgresql_url, monkeypatch, channels=3) as office:
        yield office


def queue_all(office: Office) -> None:
    for number in range(EACH):
        for lane in LANES:
            with office.deps.work() as work:
                outbox.queue(
                    work.session,
                    Lane(1, lane),
                    "answer",
                    f"{number}",
                    work.machine_now,
                    {"text": str(number), "blocks": []},
                )


@pytest.mark.slow
@pytest.mark.postgresql
def test_two_processes_on_one_database_send_once(office: Office, postgresql_url: str):
    queue_all(office)
    command = [sys.executable, "-m", "tests.delivery.test_processes", office.workspace.api_url, postgresql_url]
    processes = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE) for _ in range(2)]
    try:
        office.done(55)
    finally:
        for process in processes:
            process.communicate()

    assert [office.texts(lane) for lane in LANES] == [[str(number) for number in range(EACH)]] * 3
    assert len(office.calls("chat.postMessage")) == EACH * len(LANES)
    assert [process.returncode for process in processes] == [0, 0]


def deliver(given: Settings) -> None:
    """A process that only delivers, until its standard input is closed."""
    database = Database(given.database_url)
    delivery = Delivery(wiring.build_deps(given, database), workers=2)
    delivery.start()
    sys.stdin.read()
    delivery.stop()
    database.close()


if __name__ == "__main__":
    deliver(settings(sys.argv[1], sys.argv[2], PATIENT_S))
