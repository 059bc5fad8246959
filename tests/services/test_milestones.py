"""Milestones of budget lines: presets, dates agreed and legal, ours to do, and what others decide."""

from datetime import date
from typing import Any

import pytest

from bot.messages.post import Reply
from bot.services import milestones
from bot.services.milestones import NewMilestone
from bot.services.refused import Refused
from config.presets import Act
from handlers.budget import other_rows
from storage import budget as storage
from storage.tables import Milestone, Outcome, Stage
from tests.services.asking import ask, buttons, told
from tests.services.team import Team, text_of
from tests.services.test_budget import SECRET, board, checked, line, press, submit

COUNTY_LINE = "예산 추가 셔틀 운영 2027 군직접사업 3억"


def steps(team: Team, number: int = 1) -> list[Milestone]:
    with team.database.reading() as session:
        return storage.milestones(session, [line(team, number).id or 0])


def joint_line(team: Team, kind: str = "군 직접사업") -> None:
    """B-1, owned by both sides."""
    view = ask(team, "gist lead", "예산 추가").view
    owners = {"owner-1": "정하늘 교수", "owner-2": "한도윤 주무관"}
    submit(
        team, "gist lead", view, name="실증센터 구축", year="2027", kind=kind, **{"figure-requested": "3억", **owners}
    )


def presets(team: Team, *words: str, handle: str = "county owner", number: int = 1) -> Reply:
    """Choose the rows whose names have these words."""
    view = checked(ask(team, handle, f"예산 일정표 B-{number}")).view
    assert view
    boxes = [block["block_id"] for block in view["blocks"] if block.get("block_id", "").startswith("rows")]
    return submit(team, handle, view, **{block_id: list(words) for block_id in boxes})


def test_the_form_shows_the_right_rows_with_weekday_rule_source_and_what_is_past(team: Team):
    joint_line(team)

    view = checked(ask(team, "county owner", "예산 일정표 B-1")).view

    shown = str(view)
    assert "2026. 12. 21.(월) · 군의회 의결" in shown
    assert "지남 · 2026. 11. 21.(토) · 군 본예산안" in shown
    assert "2026. 11. 20.(금)까지 처리 · 지방자치법 §142①, 지방재정법 §33① · 회계연도 시작 40일" in shown
    assert shown.index("군의회 의결") < shown.index("지남")
    assert "지방자치법 §142② · 회계연도 시작 10일 전까지(당일 제외)" in shown
    assert "관행(확인 필요)" in shown
    assert "연구비" not in shown
    assert "법령 확인 필요" not in shown


def test_statutes_that_were_read_long_ago_are_to_be_checked(team: Team):
    joint_line(team)
    team.later(days=300)

    shown = str(ask(team, "county owner", "예산 일정표 B-1").view)

    assert "법령 확인 필요 · 지방자치법 §142②" in shown
    assert "법령을 확인한 지 1년이 넘은" in shown


def test_another_kind_of_money_and_another_year_show_other_rows(team: Team):
    joint_line(team)
    kept = {"line": line(team).id, "kind": "research", "year": "2028"}

    with team.work() as work:
        reply = checked(other_rows(work, team.asker(work, "county owner"), kept))

    assert "연구비 단계 정산" in str(reply.view)
    assert "말일이 쉬는 날이라 2029. 4. 2.(월)까지" in str(reply.view)
    assert "군의회 의결" not in str(reply.view)


def test_chosen_rows_become_milestones_of_the_usual_side_once(team: Team):
    joint_line(team)

    said = text_of(presets(team, "군의회 의결", "본예산안", "교내 회계 마감", "정리추경").post)

    by_preset = {one.preset: one for one in steps(team)}
    assert {
        key: (one.act, one.legal_on, one.agreed_on, one.side_id, one.was_past) for key, one in by_preset.items()
    } == {
        "loc_submit": (Act.TASK, date(2026, 11, 21), date(2026, 11, 20), 2, True),
        "loc_vote": (Act.EVENT, date(2026, 12, 21), None, None, False),
        "gist_cutoff": (Act.TASK, None, None, 1, False),
        "supp_last": (Act.TASK, None, None, 2, False),
    }
    assert by_preset["loc_vote"].leads == [21, 14, 7, 3, 1]
    assert "합의일 미정" in said
    assert "지남" in said
    presets(team, "군의회 의결")
    assert len(steps(team)) == 4
    assert "등록됨 · 2026. 12. 21.(월) · 군의회 의결" in str(ask(team, "county owner", "예산 일정표 B-1").view)


def test_nothing_ticked_is_said_at_the_boxes(team: Team):
    joint_line(team)

    with pytest.raises(Refused) as refused:
        presets(team)

    assert refused.value.key == "preset-none-chosen"
    assert (refused.value.field or "").startswith("rows-county-project-2027")


@pytest.mark.parametrize(
    ("words", "act", "on"),
    [
        ("군의회 의결 12월 21일", Act.EVENT, date(2026, 12, 21)),
        ("정산 자료 제출 12/4까지", Act.TASK, date(2026, 12, 4)),
        ("정산 12/4", Act.TASK, date(2026, 12, 4)),
        ("2단계 정산 2026. 12. 4.(금)", Act.TASK, date(2026, 12, 4)),
    ],
)
def test_a_milestone_is_added_by_a_line(team: Team, words: str, act: Act, on: date):
    ask(team, "county owner", COUNTY_LINE)

    said = told(team, "county owner", f"예산 일정 B-1 {words}")

    (one,) = steps(team)
    assert (one.act, one.agreed_on) == (act, on)
    assert "B-1-1" in said
    assert f"2026. {on.month}. {on.day}." in said
    assert f"B-1-1 {one.name}" in text_of(board(team))


@pytest.mark.parametrize("words", ["", "정산 자료 제출", "정산 자료 제출 3월 15일(금)"])
def test_a_milestone_without_a_certain_date_opens_the_form(team: Team, words: str):
    ask(team, "county owner", COUNTY_LINE)

    view = checked(ask(team, "county owner", f"예산 일정 B-1 {words}")).view

    assert view
    submit(team, "county owner", view, name="정산 자료 제출", agreed="2026-12-04", legal="2026-12-31", leads="30, 7")
    (one,) = steps(team)
    assert (one.agreed_on, one.legal_on, one.leads) == (date(2026, 12, 4), date(2026, 12, 31), [30, 7])


def test_an_agreed_date_after_the_legal_one_is_asked_about_in_the_form(team: Team):
    ask(team, "county owner", COUNTY_LINE)
    view = ask(team, "county owner", "예산 일정 B-1").view
    answers = {"name": "정산", "agreed": "2027-01-05", "legal": "2026-12-31"}

    again = submit(team, "county owner", view, **answers).view

    assert steps(team) == []
    assert "법정 기한보다 늦습니다" in str(again)
    submit(team, "county owner", again)
    assert [(one.agreed_on, one.legal_on) for one in steps(team)] == [(date(2027, 1, 5), date(2026, 12, 31))]


def test_a_date_is_moved_in_words_and_counted_and_after_the_legal_limit_asked_about(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")

    reply = checked(ask(team, "county owner", "예산 옮기기 B-1-1 12월 4일"))

    assert steps(team)[0].agreed_on is None
    assert "합의일(2026. 12. 4.(금))이 법정 기한(2026. 12. 1.(화))보다 늦습니다" in text_of(reply.post)
    said = text_of(press(team, "county owner", buttons(reply.post)["그래도 이 날짜로"]).post)
    assert "2026. 12. 4.(금) · 법정 2026. 12. 1.(화)" in said
    assert "날짜 변경 1회" in said
    assert "2026. 11. 30.(월)" in told(team, "county owner", "예산 옮기기 B-1-1 11/30")
    assert "날짜 변경 2회" in told(team, "county owner", "예산 보기 B-1-1")
    assert "법정" not in told(team, "county owner", "예산 옮기기 B-1-1 없음")


def test_a_date_that_can_be_read_in_two_ways_is_asked_about(team: Team):
    ask(team, "county owner", COUNTY_LINE)
    ask(team, "county owner", "예산 일정 B-1 정산 12/4")

    reply = checked(ask(team, "county owner", "예산 옮기기 B-1-1 3월 15일(금)"))

    assert steps(team)[0].agreed_on == date(2026, 12, 4)
    assert "한 가지로 읽을 수 없어" in text_of(reply.post)
    offered = {label: button for label, button in buttons(reply.post).items() if label.startswith("2027. 3.")}
    assert list(offered) == ["2027. 3. 12.(금)", "2027. 3. 15.(월)", "2027. 3. 19.(금)"]
    choice = next(iter(offered.values()))
    press(team, "county owner", choice)
    assert steps(team)[0].agreed_on != date(2026, 12, 4)
    with pytest.raises(Refused, match="item-due-past"):
        press(team, "county owner", {**choice, "value": choice["value"].rsplit(":", 1)[0] + ":2026-01-05"})


@pytest.mark.parametrize(
    ("handle", "counts"),
    [
        ("county owner", True),
        ("county lead", True),
        ("county deputy", True),
        ("county secretary", False),
        ("gist owner", False),
        ("gist lead", False),
        ("observer", False),
    ],
)
def test_ours_to_do_is_closed_by_an_owner_lead_or_deputy_of_the_side_whose_it_is(team: Team, handle: str, counts: bool):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    (one,) = steps(team)
    assert one.side_id == 2

    if counts:
        assert "완료로 기록했습니다" in told(team, handle, "예산 완료 B-1-1")
        assert steps(team)[0].outcome is Outcome.DONE
    else:
        with pytest.raises(Refused, match="milestone-not-yours"):
            ask(team, handle, "예산 완료 B-1-1")
        assert steps(team)[0].outcome is None


def test_a_secretary_closes_what_others_own_by_delegation_and_the_history_says_so(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출", "분기 집행률 점검")
    ask(team, "county lead", "위임 최유진 2026-11-24")
    ask(team, "gist lead", "구성원 <@UGMEM> 간사")
    ask(team, "gist lead", "위임 <@UGMEM>")

    with pytest.raises(Refused, match="milestone-not-yours"):
        ask(team, "gist member", "예산 완료 B-1-1")  # the county's
    ask(team, "county secretary", "예산 완료 B-1-1")
    ask(team, "gist member", "예산 완료 B-1-2")  # every owner's

    past = told(team, "gist owner", "이력 B-1")
    assert "최유진 주무관 · B-1-1 중기지방재정계획 행안부 제출 · 완료 · 위임에 따라" in past
    assert "김민지 연구원 · B-1-2 분기 집행률 점검 · 완료 · 위임에 따라" in past
    ask(team, "county secretary", "예산 되돌리기")
    assert steps(team)[0].outcome is None
    team.later(days=2)
    with pytest.raises(Refused, match="milestone-not-yours"):
        ask(team, "county secretary", "예산 완료 B-1-1")


def test_an_owner_needs_no_delegation_and_the_history_names_none(team: Team):
    joint_line(team)
    presets(team, "중기지방재정계획 행안부 제출")
    ask(team, "county lead", "위임 최유진")

    ask(team, "county owner", "예산 완료 B-1-1")

    assert "위임" not in told(team, "gist owner", "이력 B-1")


def test_what_is_every_owners_is_closed_by_any_of_them_once(team: Team):
    joint_line(team)
    presets(team, "분기 집행률 점검")
    assert [one.side_id for one in steps(team)] == [None] * 4

    assert "완료" in told(team, "gist owner", "예산 완료 B-1-1")
    with pytest.raises(Refused, match="milestone-ended-already"):
        ask(team, "county owner", "예산 완료 B-1-1")
    with pytest.raises(Refused, match="milestone-not-yours"):
        ask(team, "gist member", "예산 완료 B-1-2")


def test_what_others_decide_gets_its_result_with_an_amount_and_a_stage(team: Team):
    joint_line(team)
    presets(team, "군의회 의결")

    view = checked(ask(team, "county owner", "예산 완료 B-1-1")).view
    reply = submit(team, "county owner", view, amount="2억 5천만원", stage="의결")

    (one,) = steps(team)
    assert (one.outcome, one.result) == (Outcome.VOTED, 250_000_000)
    assert (line(team).stage, line(team).approved) == (Stage.APPROVED, 250_000_000)
    assert "의결: 250,000,000원 (2억 5,000만원)" in text_of(reply.post)
    assert "군의회 의결 · 의결 · 250,000,000원" in told(team, "gist owner", "이력 B-1")


def test_an_event_not_voted_gets_a_new_date_and_one_that_does_not_apply_ends(team: Team):
    joint_line(team)
    presets(team, "군의회 의결")
    shown = ask(team, "county owner", "예산 보기 B-1-1").post

    moved = submit(
        team, "county owner", press(team, "county owner", buttons(shown)["미의결 → 새 날짜"]).view, agreed="2026-12-18"
    )
    assert "2026. 12. 18.(금)" in text_of(moved.post)
    ended = press(team, "gist owner", buttons(shown)["해당 없음"])

    assert "해당 없음" in text_of(ended.post)
    assert steps(team)[0].outcome is Outcome.DROPPED
    again = press(team, "gist owner", buttons(ended.post)["다시 열기"])
    assert steps(team)[0].outcome is None
    assert "예정" in text_of(again.post)  # its day has not come yet


def test_a_milestone_of_an_internal_line_is_as_hidden_as_its_line(team: Team):
    ask(team, "county owner", SECRET)
    reply = ask(team, "county owner", "예산 일정 B-1 비밀 협의 12/21")

    for words in ("예산 완료 B-1-1", "예산 보기 B-1-1", "예산 옮기기 B-1-1 12/22"):
        with pytest.raises(Refused, match="budget-not-found"):
            ask(team, "gist lead", words)
    for button in buttons(reply.post).values():
        with pytest.raises(Refused, match="budget-gone"):
            press(team, "gist lead", button)
    assert team.queued("budget-board") == []


def test_the_number_of_a_milestone_that_is_not_there_is_said(team: Team):
    ask(team, "county owner", COUNTY_LINE)

    with pytest.raises(Refused, match="milestone-not-found"):
        ask(team, "county owner", "예산 완료 B-1-7")


def test_an_observer_ends_nothing(team: Team):
    joint_line(team)
    presets(team, "군의회 의결")
    shown = ask(team, "observer", "예산 보기 B-1-1").post

    with pytest.raises(Refused, match="budget-observer-may-not"):
        press(team, "observer", buttons(shown)["해당 없음"])


def test_a_milestone_that_was_over_when_it_was_written_down_comes_alive_with_a_new_date(team: Team):
    joint_line(team)
    presets(team, "본예산안")
    assert steps(team)[0].was_past

    with team.work() as work:
        asker = team.asker(work, "county owner")
        milestones.move(work, asker, steps(team)[0], date(2026, 12, 1), anyway=True)

    assert not steps(team)[0].was_past


def test_a_name_that_says_nothing_or_too_much_is_refused(team: Team):
    ask(team, "county owner", COUNTY_LINE)
    for name, key in (("\u200b", "budget-name-missing"), ("가" * 121, "budget-name-long")):
        with pytest.raises(Refused, match=key), team.work() as work:
            milestones.add(work, team.asker(work, "county owner"), line(team), NewMilestone(name, Act.TASK))


def answers_of(view: dict[str, Any] | None) -> set[str]:
    assert view
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def test_leads_that_are_no_numbers_are_said_at_their_field(team: Team):
    ask(team, "county owner", COUNTY_LINE)
    view = ask(team, "county owner", "예산 일정 B-1").view
    assert "leads" in answers_of(view)

    with pytest.raises(Refused) as refused:
        submit(team, "county owner", view, name="정산", leads="가끔")

    assert (refused.value.field, refused.value.key) == ("leads", "milestone-leads-strange")
