"""Review dates on both engines: told once, that morning where the task force works, in the thread and to few."""

from datetime import UTC, date, datetime

import pytest

from bot.messages.decision_forms import Fields
from bot.services import reckoning
from bot.services.decision_reminders import REVIEW
from storage.tables import Decision, TaskForce
from tests.services.asking import ask
from tests.services.deciding import TEXT, agreed, proposed, send, the
from tests.services.mornings import REMINDERS, Sent, sent, tick
from tests.services.team import CHANNEL, Team

MORNING = datetime(2027, 3, 2, 0, 30, tzinfo=UTC)


@pytest.fixture
def decided(team: Team) -> Decision:
    proposed(team, line=f"{TEXT} 재검토 2027-03-02")
    decision = agreed(team)
    sent(team)
    return decision


def ticks(team: Team, now: datetime) -> dict[str, str]:
    """The tick comes; gives where something is said of the review, and how it reads."""
    team.now = now
    tick(team)
    return {one.to: one.text for one in sent(team) if _is_of_review(one)}


def _is_of_review(one: Sent) -> bool:
    return one.kind == REVIEW or (one.kind in REMINDERS and "재검토일이 되었습니다" in one.text)


def test_it_fires_that_morning_once_in_the_thread_and_to_maker_and_secretaries(team: Team, decided: Decision):
    assert the(team).next_due_at == MORNING
    assert ticks(team, datetime(2027, 3, 2, 0, 29, tzinfo=UTC)) == {}

    assert ticks(team, MORNING).keys() == {CHANNEL, "UGOWN", "UCSEC"}
    assert ticks(team, MORNING) == {}
    assert the(team).next_due_at is None


def test_it_says_the_real_date_and_what_can_be_done(team: Team, decided: Decision):
    for text in ticks(team, MORNING).values():
        assert "재검토일이 되었습니다(2027. 3. 2.(화)): R-1" in text
        assert "변경 제안" in text


def test_after_a_long_sleep_it_is_told_once(team: Team, decided: Decision):
    assert len(ticks(team, datetime(2027, 6, 1, 1, tzinfo=UTC))) == 3
    assert ticks(team, datetime(2027, 6, 2, 1, tzinfo=UTC)) == {}


def test_a_proposal_or_a_replaced_decision_is_not_reviewed(team: Team, decided: Decision):
    ask(team, "gist owner", "결정 아직 제안 재검토 2027-03-02")
    ask(team, "gist owner", "변경 R-1 셔틀은 4월부터")
    agreed(team, 3)
    assert the(team).next_due_at is None

    assert ticks(team, MORNING) == {}


def test_what_is_replaced_between_planning_and_sending_is_not_told(team: Team, decided: Decision):
    team.now = MORNING
    tick(team)
    ask(team, "gist owner", "변경 R-1 셔틀은 4월부터")
    agreed(team, 2)

    assert [one for one in sent(team) if _is_of_review(one)] == []


def test_another_review_date_fires_again(team: Team, decided: Decision):
    ticks(team, MORNING)
    memory = {"decision": the(team).id, "wording": 1, "in_force": True}
    send(team, "gist owner", memory, Fields(review_on=date(2027, 9, 1)))

    assert the(team).next_due_at == datetime(2027, 9, 1, 0, 30, tzinfo=UTC)
    assert len(ticks(team, datetime(2027, 9, 1, 1, tzinfo=UTC))) == 3


def test_leads_see_it_coming_in_the_weekly_summary_and_get_no_message_of_its_own(team: Team, decided: Decision):
    team.now = datetime(2027, 2, 22, 0, tzinfo=UTC)  # Monday 09:00
    tick(team)
    weekly = {one.to: one.text for one in sent(team) if one.kind == "weekly"}

    assert "*2027. 3. 2.(화)* · 재검토일: R-1" in weekly["UGLEAD"]
    assert {"UGLEAD", "UCLEAD", "UCDEP"}.isdisjoint(ticks(team, MORNING))


def test_the_column_follows_the_zone_once_the_schedule_has_reckoned(team: Team, decided: Decision):
    with team.work() as work:
        task_force = work.session.get_one(TaskForce, 1)
        task_force.zone = "Asia/Tokyo"
        reckoning.reckon_later(task_force)
    tick(team)

    assert the(team).next_due_at == MORNING
    with team.database.reading() as session:
        assert reckoning.misreckoned(session, 100) == 0
