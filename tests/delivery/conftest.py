from collections.abc import Iterator

import pytest

from tests.delivery.office import RECONCILE_S, Office, opened


@pytest.fixture
def database_url(tables_url: str) -> str:
    """With the newest tables: delivery does not make them."""
    return tables_url


@pytest.fixture
def postgresql_url(postgresql_tables_url: str) -> str:
    return postgresql_tables_url


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """No rate limits and no pace: tests of the pace have their own."""
    with opened(database_url, monkeypatch) as office:
        yield office


@pytest.fixture
def hurried(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The same, which waits a second and a half before it looks for a message, and half a second for Slack's answer."""
    with opened(database_url, monkeypatch, reconcile_s=RECONCILE_S) as office:
        yield office


@pytest.fixture
def crowded(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The same with three more channels, `C1` to `C3`."""
    with opened(database_url, monkeypatch, channels=3) as office:
        yield office


@pytest.fixture
def postgresql_office(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with opened(postgresql_url, monkeypatch) as office:
        yield office
