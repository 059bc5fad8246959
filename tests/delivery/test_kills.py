"""The bot is killed on its calls to Slack and at random moments: a few of the kills of `make soak`."""

from pathlib import Path

import pytest

from tests.soak.kills import Point, soaking

POINTS = [
    Point("chat.postMessage", "before"),
    Point("chat.postMessage", "after"),
    Point("chat.postMessage", "lands late"),
    Point("chat.update", "before"),
    Point("chat.update", "after"),
    Point("reactions.add", "after"),
    Point("reactions.get", "before"),
    Point(),
]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nothing_is_lost_or_doubled_however_the_bot_is_killed(database_url: str, tmp_path: Path):
    with soaking(database_url, tmp_path, seed=1) as soak:
        for point in POINTS:
            soak.round(point)
        soak.check()
        assert sum(soak.counts.values()) == len(POINTS)
        assert any(soak.story.added.values()), "some additions came through"
