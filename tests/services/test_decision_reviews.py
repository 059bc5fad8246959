"""Review dates on both engines: told once, that morning where the task force works, to the thread and to few."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import delete

from bot.messages.decision_forms import Fields
from bot.services import decisions
from bot.services.decision_reviews import tell_reviews
from bot.services.decisions import derive_reviews
from storage.decisions import next_review
from storage.tables import Decision, OutboxRow, TaskForce
from tests.services.asking import ask
from tests.services.deciding import TEXT, agreed, proposed, send, the
from tests.services.team import CHANNEL, Team, text_of, user_of

MORNING = datetime(2027, 3, 2, 0, 30, tzinfo=UTC)


@pytest.fixture
def decided(team: Team) -> Decision:
    proposed(team, line=f"{TEXT} 재검토 2027-03-02")
    return agreed(team)


def ticks(team: Team, now: datetime) -> list[str]:
    """The tick comes; gives where something is said."""
    team.now = now
    with team.work() as work:
        assert not tell_reviews(work)
    said = sorted(row.user_id or row.channel_id or "" for row in team.queued(decisions.REVIEW))
    with team.work() as work:  # all of it is sent
        work.session.execute(delete(OutboxRow))
    return said


def test_it_fires_that_morning_once_to_thread_maker_and_secretaries(team: Team, decided: Decision):
    assert the(team).review_due_at == MORNING
    assert ticks(team, datetime(2027, 3, 2, 0, 29, tzinfo=UTC)) == []

    assert ticks(team, MORNING) == sorted([CHANNEL, user_of("gist owner"), user_of("county secretary")])
    assert ticks(team, MORNING) == []


def test_it_says_the_real_date_and_what_can_be_done(team: Team, decided: Decision):
    team.now = MORNING
    with team.work() as work:
        tell_reviews(work)

    said = text_of(team.rendered(team.queued(decisions.REVIEW)[0]))

    assert "재검토일이 되었습니다(2027. 3. 2.(화)): R-1" in said
    assert "변경 제안" in said


def test_after_a_long_sleep_it_is_told_once(team: Team, decided: Decision):
    assert len(ticks(team, datetime(2027, 6, 1, tzinfo=UTC))) == 3
    assert ticks(team, datetime(2027, 6, 2, tzinfo=UTC)) == []


def test_a_proposal_or_a_replaced_decision_is_not_reviewed(team: Team, decided: Decision):
    ask(team, "gist owner", "결정 아직 제안 재검토 2027-03-02")
    ask(team, "gist owner", "변경 R-1 셔틀은 4월부터")
    agreed(team, 3)

    assert ticks(team, MORNING) == []


def test_another_review_date_fires_again(team: Team, decided: Decision):
    ticks(team, MORNING)
    memory = {"decision": the(team).id, "wording": 1, "in_force": True}
    send(team, "gist owner", memory, Fields(review_on=date(2027, 9, 1)))

    assert the(team).review_due_at == datetime(2027, 9, 1, 0, 30, tzinfo=UTC)
    assert len(ticks(team, datetime(2027, 9, 1, 1, tzinfo=UTC))) == 3


def test_the_column_is_what_a_recomputation_gives_and_follows_the_zone(team: Team, decided: Decision):
    with team.database.reading() as session:
        assert next_review(session) == MORNING
    with team.work() as work:
        task_force = work.session.get_one(TaskForce, 1)
        task_force.zone = "UTC"
        derive_reviews(work, task_force)

    assert the(team).review_due_at == datetime(2027, 3, 2, 9, 30, tzinfo=UTC)
