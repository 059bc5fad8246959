from collections.abc import Iterator

import pytest

from tests.delivery.office import Office, opened


@pytest.fixture
def office(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """No rate limits: tests of the pace have their own."""
    with opened(database_url, monkeypatch) as office:
        yield office
