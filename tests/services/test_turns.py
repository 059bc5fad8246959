"""A card that counts the days of a side's turn is true on every day."""

from datetime import timedelta

import pytest
from sqlmodel import delete

from bot.services import turns
from bot.services.items import CARD
from bot.services.turns import count_days
from storage.tables import OutboxRow, TaskForce
from tests.services.team import MONDAY, Team, text_of


def days_counted(team: Team) -> list[str]:
    """The items whose cards are to be shown anew when the clock ticks now."""
    with team.work() as work:
        work.session.execute(delete(OutboxRow))
    while True:
        with team.work() as work:
            more = count_days(work)
        if not more:
            return [row.subject for row in team.queued(CARD)]


def half_done(team: Team) -> str:
    item = team.joint_item()
    team.press("gist owner")
    assert days_counted(team) == [str(item.id)]  # the first tick ever
    return str(item.id)


def test_the_next_working_day_shows_the_next_number(team: Team):
    item = half_done(team)
    assert "차례: 영광군(1일째)" in text_of(team.card())

    team.later(days=1)

    assert days_counted(team) == [item]
    assert "차례: 영광군(2일째)" in text_of(team.card())


def test_nothing_is_shown_again_on_the_same_day_or_on_a_weekend(team: Team):
    half_done(team)
    team.later(hours=10)
    assert days_counted(team) == []
    team.now = MONDAY + timedelta(days=4)
    assert days_counted(team)
    for days in (5, 6):
        team.now = MONDAY + timedelta(days=days)
        assert days_counted(team) == []
    team.now = MONDAY + timedelta(days=7)
    assert days_counted(team)


def test_a_month_that_was_slept_through_is_one_update(team: Team):
    item = half_done(team)
    team.later(days=30)
    assert days_counted(team) == [item]


def test_what_is_open_or_closed_counts_no_days(team: Team):
    team.joint_item()
    team.later(days=1)
    assert days_counted(team) == []
    team.press("gist owner")
    team.press("county owner")
    team.later(days=1)
    assert days_counted(team) == []


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_every_task_force_is_seen_to(team: Team, at_once: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turns, "AT_ONCE", at_once)
    half_done(team)
    team.later(days=1)
    days_counted(team)
    with team.database.reading() as session:
        for task_force in (session.get_one(TaskForce, 1), session.get_one(TaskForce, 2)):
            assert task_force.days_counted_until
            assert task_force.days_counted_until > team.now
