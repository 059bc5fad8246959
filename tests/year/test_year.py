"""Some of the simulated year, New Year's days off included: every message that must come comes once, and no other.

Three weeks on SQLite; on PostgreSQL, where two schedulers are truly two, those around the days off.

The whole year, on both engines: `make soak ARGS="--seed 1 year"`.
"""

from datetime import date

import pytest
from sqlalchemy import make_url

from tests.year.judging import compared, differences, problems
from tests.year.playing import town

FIRST, LAST = {"sqlite": date(2027, 1, 25), "postgresql": date(2027, 2, 3)}, date(2027, 2, 12)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_everything_that_must_be_said_is_said_once_and_nothing_else(database_url: str):
    first = FIRST[make_url(database_url).get_backend_name()]
    with town(database_url, 1, first) as place:
        begun, place.items_a_day = place.now, 2.5
        place.live(first, LAST)
        assert problems(place, begun) == []
        assert place.failed > 10, "Slack failed now and then"
        wanted, told = compared(place, begun)
        assert {one.kind for one in told} == {"digest", "channel", "weekly"}
        assert len(differences(wanted, told[1:])) == 1, "one message less would be seen"
        assert len(differences(wanted[1:], told)) == 1, "and one too many"
