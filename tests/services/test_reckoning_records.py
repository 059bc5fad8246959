"""When decisions and meetings are reminded of is derived: after whatever people did it is what a recomputation from nothing gives."""

import random
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import col, select, update

from bot.messages.decision_forms import Fields
from bot.services import meeting_clock, meeting_plans, reckoning
from bot.services.decision_votes import Reworded
from bot.services.meeting_plans import Plan
from bot.services.refused import Refused
from storage.tables import Answer, Decision, DecisionStatus, Meeting, Phase, TaskForce
from tests.services import test_reckoning as of_items
from tests.services.asking import ask
from tests.services.deciding import send as send_decision
from tests.services.meeting import begun, confirmed, on_record, say
from tests.services.mornings import tick
from tests.services.team import PEOPLE, Team
from tests.services.verb_lines import also_on_postgresql

LEADS = ("gist lead", "county lead", "county deputy")


def decisions(team: Team) -> list[Decision]:
    with team.database.reading() as session:
        return list(session.exec(select(Decision).order_by(col(Decision.id))))


def meetings(team: Team, *phases: Phase) -> list[Meeting]:
    with team.database.reading() as session:
        return [one for one in session.exec(select(Meeting).order_by(col(Meeting.id))) if one.phase in phases]


def propose(team: Team, chance: random.Random) -> None:
    review = (team.now.date() + timedelta(days=chance.randrange(2, 40))).isoformat()
    ask(team, "gist owner", chance.choice(["결정 셔틀을 운행한다", f"결정 센터를 연다 재검토 {review}"]))


def vote(team: Team, chance: random.Random) -> None:
    ref = f"R-{chance.choice(decisions(team)).number}"
    ask(
        team,
        chance.choice(LEADS),
        chance.choice([f"확인 {ref}", f"확인 {ref}", f"이의 {ref} 예산 미확보", f"되돌리기 {ref}"]),
    )


def reword(team: Team, chance: random.Random) -> None:
    one = chance.choice(decisions(team))
    memory = {"decision": one.id, "wording": one.wording, "in_force": one.status is DecisionStatus.IN_FORCE}
    review = team.now.date() + timedelta(days=chance.randrange(3, 30))
    send_decision(team, "gist owner", memory, Fields(f"{one.text}.", one.decided_on, review, one.stream))


def replace_or_give_up(team: Team, chance: random.Random) -> None:
    ref = f"R-{chance.choice(decisions(team)).number}"
    ask(team, "gist owner", chance.choice([f"변경 {ref} 다르게 한다", f"취소 {ref} 철회"]))


def delegate(team: Team, chance: random.Random) -> None:
    until = (team.now.date() + timedelta(days=chance.randrange(1, 9))).isoformat()
    ask(team, "county lead", chance.choice([f"위임 최유진 주무관 {until}까지", "위임 종료 최유진 주무관"]))


def plan(team: Team, chance: random.Random) -> None:
    with team.work() as work:
        meeting_plans.plan(work, team.asker(work, "gist member"), _wish(team, chance))


def _wish(team: Team, chance: random.Random) -> Plan:
    on: date = team.now.date() + timedelta(days=chance.randrange(1, 20))
    return Plan("실무회의", on, time(chance.choice([9, 14, 19])), people=chance.choice(["", "정하늘, 이강민, 한도윤"]))


def move_or_cancel(team: Team, chance: random.Random) -> None:
    one = chance.choice(meetings(team, Phase.PLANNED))
    with team.work() as work:
        asker = team.asker(work, "gist member")
        if chance.random() < 0.7:
            meeting_plans.change(work, asker, one, _wish(team, chance))
        else:
            meeting_plans.cancel(work, asker, one)


def answer(team: Team, chance: random.Random) -> None:
    one = chance.choice(meetings(team, Phase.PLANNED))
    with team.work() as work:
        asker = team.asker(work, chance.choice([*PEOPLE]))
        meeting_plans.answer(work, asker, one, chance.choice([*Answer]), ("문하린", "주무관"))


def hold(team: Team, chance: random.Random) -> None:
    """Held and put on record; only once, for it is the meeting that `confirm_minutes` is about."""
    if not meetings(team, *Phase):
        begun(team)
        say(team, "gist member", "결정: 센터 이름을 정함")
        on_record(team)


def confirm_minutes(team: Team, chance: random.Random) -> None:
    if meetings(team, Phase.DRAFT):
        confirmed(team, chance.choice(LEADS))


def consent(team: Team, chance: random.Random) -> None:
    with team.work() as work:
        task_force = work.session.get_one(TaskForce, 1)
        task_force.silence_is_consent = not task_force.silence_is_consent
        reckoning.reckon_later(task_force)


def others(team: Team, chance: random.Random) -> None:
    act = chance.choice([of_items.days_off, of_items.roster, of_items.zone, of_items.settings])
    with team.work() as work:
        act(team, work, chance)


ACTS = [propose, propose, vote, vote, vote, reword, replace_or_give_up, delegate, others, others]
ACTS += [hold, plan, plan, answer, answer, move_or_cancel, confirm_minutes, consent]


@also_on_postgresql("seed", *range(3))
def test_it_is_what_a_recomputation_gives_whatever_people_did(team: Team, seed: int):
    chance = random.Random(seed)
    hold(team, chance) if seed == 0 else None
    propose(team, chance)
    for _ in range(25):
        try:
            chance.choice(ACTS)(team, chance)
        except (Refused, Reworded, IndexError):
            continue  # not everybody may do everything, and not at any time: nothing was changed
        if chance.random() < 0.3:
            team.later(hours=chance.randrange(1, 60))
            tick(team)
        expect_right(team)


def expect_right(team: Team) -> None:
    """What stands there, once what waits is reckoned, is what reckoning everything from nothing gives."""
    reckon(team)
    stands = dues(team)
    with team.database.reading() as session:
        assert reckoning.misreckoned(session, 1000) == 0
    with team.work() as work:
        work.session.execute(update(Decision).values(next_due_at=datetime(2026, 11, 1, tzinfo=UTC)))
        open_ones = col(Meeting.phase).in_([Phase.PLANNED, Phase.DRAFT])
        work.session.execute(update(Meeting).where(open_ones).values(next_due_at=None))
        reckoning.repair(work.session)
    reckon(team)
    assert dues(team) == stands


def reckon(team: Team) -> None:
    more = True
    while more:
        with team.work() as work:
            more = reckoning.reckon_some(work)


def dues(team: Team) -> list[tuple[str, int | None, datetime | None]]:
    found: list[tuple[str, int | None, datetime | None]] = [("R", one.id, one.next_due_at) for one in decisions(team)]
    return found + [("M", one.id, one.next_due_at) for one in meetings(team, *Phase)]


def test_a_wrong_time_is_found_and_mended(team: Team):
    ask(team, "gist owner", "결정 셔틀을 운행한다")
    with team.work() as work:
        meeting_plans.plan(work, team.asker(work, "gist member"), Plan("회의", date(2026, 12, 10), time(14)))
    tick(team)
    right = dues(team)
    with team.work() as work:
        work.session.execute(update(Decision).values(next_due_at=None))
        work.session.execute(update(Meeting).values(next_due_at=datetime(2027, 1, 1, tzinfo=UTC)))
    with team.database.reading() as session:
        assert reckoning.misreckoned(session, 1000) == 2

    with team.work() as work:
        reckoning.repair(work.session)
    tick(team)

    assert dues(team) == right
    with team.work() as work:
        assert not meeting_clock.plan_meetings(work)
