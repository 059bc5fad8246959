"""What every test has: it stays on this machine, and it gets a database if it asks for one, SQLite and PostgreSQL."""

import fcntl
import gc
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog
from sqlalchemy import Engine, event, make_url

from tests import browser, network, postgres, stores, turns

pytest_plugins = ["tests.towns"]
hypothesis.settings.register_profile("default", deadline=None)  # two busy cores: a time says nothing here
hypothesis.settings.load_profile("default")


stores.throw_data_away()
stores.share_between_engines()
gc.set_threshold(100_000, 20, 20)  # most of what is made is gone by itself, or stays: looking through it takes a tenth
# Plain lines, as far as a test does not ask for something else: the library's own tracebacks take a second each.
structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])


def pytest_collection_finish() -> None:
    """What is there now stays until the end: it need not be looked through each time that memory is tidied up."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not browser.executable():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=browser.MISSING))
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    items[:] = turns.slow_ones_first(items, workers)


@pytest.fixture(scope="session")
def network_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the network guard writes; it watches from here on, this process and its children."""
    log = tmp_path_factory.mktemp("network") / "refused"
    network.guard(log)
    event.listen(Engine, "do_connect", _refuse_foreign_databases)
    return log


def _refuse_foreign_databases(_dialect: object, _record: object, _args: object, options: dict[str, object]) -> None:
    """PostgreSQL's library connects by itself, unseen by Python: look at what it is told."""
    host = str(options.get("host") or "")
    if not (host.startswith("/") or network.is_here(host) or host == _given_database_host()):
        raise network.LeavesThisMachine(f"database at {host}")


def _given_database_host() -> str | None:
    given = os.environ.get("TFT_TEST_DATABASE_URL")
    return make_url(given).host if given else None


@pytest.fixture(autouse=True)
def stays_on_this_machine(network_log: Path) -> Iterator[None]:
    """Fails the test that tried to reach another machine, even if the code under test swallowed the refusal."""
    network.attempts(network_log)
    yield
    if refused := network.attempts(network_log):
        pytest.fail("tried to leave this machine:\n" + "\n".join(refused))


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The URL of the run's PostgreSQL: `TFT_TEST_DATABASE_URL`, or one of our own that all workers share."""
    if given := os.environ.get("TFT_TEST_DATABASE_URL"):
        return given
    folder, run = tmp_path_factory.getbasetemp(), os.getpid()
    if worker_id != "master":
        folder, run = folder.parent, os.getppid()
    with (folder / "postgresql").open("a+") as shared:  # the first worker starts it, under this lock
        fcntl.flock(shared, fcntl.LOCK_EX)
        shared.seek(0)
        if not (url := shared.read()):
            url = postgres.start_for(run)
            shared.write(url)
    return url


@pytest.fixture(scope="session")
def postgresql_database(postgresql_server: str, worker_id: str) -> Iterator[str]:
    """The URL of this worker's own database."""
    with stores.postgresql_database(postgresql_server, f"{make_url(postgresql_server).database}_{worker_id}") as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: str, worker_id: str) -> Iterator[stores.PostgresTables]:
    """Another one, which has the newest tables."""
    name = f"{make_url(postgresql_server).database}_{worker_id}_tables"
    with stores.postgresql_database(postgresql_server, name) as url:
        tables = stores.PostgresTables(url)
        yield tables
        tables.close()


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> stores.SqliteFiles:
    return stores.SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """The URL of an empty PostgreSQL database; what an earlier test left in it, connections included, is gone."""
    stores.drop_everything(postgresql_database)
    return postgresql_database


@pytest.fixture
def postgresql_tables_url(postgresql_tables: stores.PostgresTables) -> str:
    """The URL of a PostgreSQL database with the newest tables and nothing in them; a test must not change the tables."""
    postgresql_tables.empty()
    return postgresql_tables.url


@pytest.fixture
def sqlite_tables_url(sqlite_files: stores.SqliteFiles, tmp_path: Path) -> str:
    """The same as a SQLite file."""
    return sqlite_files.copy(tmp_path / "tft.db")


ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: the test runs on a SQLite file and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tft.db'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture(params=ENGINES)
def tables_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the newest tables and nothing in them, on both as well."""
    url: str = request.getfixturevalue(f"{request.param}_tables_url")
    return url
