"""What tests of services share."""

from collections.abc import Iterator

import pytest

from storage.database import Database
from tests.services.team import Team, set_up


@pytest.fixture
def team(database_url: str) -> Iterator[Team]:
    database = Database(database_url)
    yield set_up(database)
    database.close()
