"""What tests of services share."""

from collections.abc import Iterator

import pytest

from tests import stores
from tests.services.team import Team, set_up


@pytest.fixture
def database_url(tables_url: str) -> str:
    """With the newest tables: no service makes them."""
    return tables_url


@pytest.fixture
def postgresql_url(postgresql_tables_url: str) -> str:
    return postgresql_tables_url


@pytest.fixture
def team(database_url: str) -> Iterator[Team]:
    database = stores.made_once(database_url, set_up)
    yield Team(database)
    database.close()
