"""The bot is killed on its calls to Slack and at random moments: a few of the kills of `make soak`, each kind once, on one engine or the other."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.soak.kills import Point, soaking
from tests.soak.mornings import BEGINS, mornings

POINTS = {
    "sqlite": [
        Point("chat.postMessage", "before"),
        Point("chat.postMessage", "after"),
        Point("reactions.add", "after"),
        Point(),
    ],
    "postgresql": [
        Point("chat.postMessage", "lands late"),
        Point("chat.update", "before"),
        Point("chat.update", "after"),
        Point("reactions.get", "before"),
    ],
}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_however_the_bot_is_killed(database_url: str, tmp_path: Path):
    points = POINTS[make_url(database_url).get_backend_name()]
    with soaking(database_url, tmp_path, seed=1) as soak:
        for point in points:
            soak.round(point)
        soak.check()
        assert sum(soak.counts.values()) == len(points)
        assert any(soak.story.added.values()), "some additions came through"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_morning_is_told_once_however_the_bot_is_killed_while_it_tells(tmp_path: Path):
    with mornings(f"sqlite:///{tmp_path / 'tft.db'}", tmp_path, seed=1, items=200) as soak:
        assert soak.morning(BEGINS, kills=2, looks=["09:30"]) == []
        assert soak.said > 10
