"""Confirming by delegation, on both engines: who gives it to whom, until when, how it shows, and that it ends."""

from datetime import date

import pytest
from sqlmodel import select

from bot.services import delegations
from bot.services.askers import Surface
from bot.services.refused import Refused
from storage.tables import DecisionStatus, Delegation, Person
from tests.services.asking import ask, buttons, last_told, told
from tests.services.deciding import card, proposed, the
from tests.services.team import OTHER_CHANNEL, Team, text_of, user_of


def refusal(team: Team, handle: str, line: str) -> str:
    with pytest.raises(Refused) as raised:
        ask(team, handle, line)
    return raised.value.key


def person_id(team: Team, name: str) -> int:
    with team.database.reading() as session:
        return session.exec(select(Person).where(Person.name == name)).one().id or 0


def test_a_secretary_confirms_by_delegation_and_it_shows(team: Team):
    proposed(team)
    ask(team, "gist lead", "확인 R-1")

    ask(team, "county lead", "위임 <@UCSEC> 2026-12-31")

    assert "2026. 12. 31.(목)까지" in last_told(team, delegations.TOLD)[user_of("county secretary")]
    whispers = team.press("county secretary")
    assert "영광군 측 확인으로 기록했습니다" in text_of(whispers[0].post)
    assert "영광군 측: ✅ 확인 · 최유진 주무관 (위임: 박서준 과장)" in card(team)
    assert the(team).status is DecisionStatus.IN_FORCE
    assert "위임에 따라" in told(team, "gist lead", "이력 R-1")


def test_taken_back_it_gives_no_right_and_what_was_said_stays(team: Team):
    proposed(team)
    ask(team, "county deputy", "위임 최유진 주무관")
    ask(team, "county secretary", "확인 R-1")

    answer = told(team, "county lead", "위임 회수 최유진")

    assert "지금은 위임이 없습니다" in answer
    assert "회수되었습니다" in last_told(team, delegations.TOLD)[user_of("county secretary")]
    assert "최유진 주무관 (위임: 서다은 팀장)" in card(team)
    ask(team, "gist owner", "결정 다른 것")
    assert refusal(team, "county secretary", "확인 R-2") == "decision-vote-not-delegated"


def test_it_ends_with_its_day_where_the_task_force_works(team: Team):
    ask(team, "county lead", "위임 최유진 2026-11-23")
    ask(team, "gist owner", "결정 하나")
    ask(team, "gist owner", "결정 둘")
    team.later(hours=14)  # 23:00
    ask(team, "county secretary", "확인 R-1")
    team.later(hours=2)

    assert refusal(team, "county secretary", "확인 R-2") == "decision-vote-not-delegated"
    assert "지금은 위임이 없습니다" in told(team, "gist owner", "위임")


def test_a_secretary_confirms_an_item_that_others_own_by_delegation_alone(team: Team):
    team.joint_item()
    with pytest.raises(Refused, match="item-confirm-not-owner"):
        team.done("county secretary")

    ask(team, "county lead", "위임 <@UCSEC> 2026-11-24")
    team.done("county secretary")

    assert "영광군 완료 · 차례: GIST" in text_of(team.card())
    assert "영광군 측 완료 기록 (버튼 또는 명령, 위임에 따라)" in told(team, "gist lead", "이력 A-1")
    team.undo("county secretary")
    team.later(days=2)
    with pytest.raises(Refused, match="item-confirm-not-owner"):
        team.done("county secretary")


@pytest.mark.parametrize(
    ("handle", "line", "why"),
    [
        ("county secretary", "위임 한도윤", "delegation-leads-only"),
        ("county owner", "위임 최유진", "delegation-leads-only"),
        ("county lead", "위임 한도윤", "delegation-not-secretary"),
        ("gist lead", "위임 최유진", "delegation-not-secretary"),
        ("county lead", "위임 최유진 2026-11-20", "delegation-until-unread"),
        ("county lead", "위임 최유진 언젠가", "delegation-until-unread"),
        ("county lead", "위임 회수 최유진", "delegation-not-given"),
        ("county lead", "위임 나그네", "item-owner-not-in-roster"),
    ],
)
def test_only_leads_delegate_and_only_to_the_own_sides_secretary(team: Team, handle: str, line: str, why: str):
    assert refusal(team, handle, line) == why
    with team.database.reading() as session:
        assert session.exec(select(Delegation)).all() == []


def test_by_the_form_and_its_buttons(team: Team):
    with team.work() as work:
        lead = team.asker(work, "county lead", Surface.FORM)
        view = delegations.form(work, lead).view
        assert view
        assert "최유진 주무관" in str(view)
        delegations.submitted(work, lead, person_id(team, "최유진"), date(2026, 12, 31))

    shown = ask(team, "county lead", "위임").post
    assert "최유진 주무관 위임 회수" in buttons(shown)
    assert "최유진 주무관 위임 회수" not in buttons(ask(team, "gist lead", "위임").post)
    for when, key in ((date(2026, 11, 20), "delegation-until-past"), (None, "delegation-not-secretary")):
        who = "최유진" if when else "한도윤"
        named = person_id(team, who)
        with team.work() as work:
            asker = team.asker(work, "county lead", Surface.FORM)
            with pytest.raises(Refused) as raised:
                delegations.submitted(work, asker, named, when)
        assert (raised.value.key, bool(raised.value.field)) == (key, True)


def test_another_side_or_task_force_ends_nothing(team: Team):
    ask(team, "county lead", "위임 최유진")

    for handle, channel, why in (("gist lead", "C1", "other-side"), ("other team", OTHER_CHANNEL, "gone")):
        with team.work() as work, pytest.raises(Refused, match=why):
            delegations.end(work, team.asker(work, handle, channel=channel), 1)
    ask(team, "county lead", "위임 최유진 2026-12-31")  # another date takes the place of the first
    with team.database.reading() as session:
        assert len([one for one in session.exec(select(Delegation)) if one.ended_at is None]) == 1
    assert told(team, "gist lead", "위임").count("최유진 주무관") == 2  # once in the text, once in its block
