"""Decisions on both engines: proposed, confirmed, objected to, reworded, replaced, given up; by whom, and what is told."""

from datetime import date

import pytest

from bot.messages.decision_forms import Fields
from bot.services import decisions, posts
from bot.services.decision_cards import MENTION
from bot.services.decision_votes import confirm_many
from bot.services.decisions import Draft, record, reserve_number
from bot.services.refused import Refused
from storage import people
from storage.tables import DecisionStatus, Person
from tests.services.asking import ask, buttons, told
from tests.services.deciding import TEXT, acts, agreed, card, press, proposed, send, the, told_once
from tests.services.mornings import go
from tests.services.team import CHANNEL, OTHER_CHANNEL, Team, text_of, user_of


def refusal(team: Team, handle: str, line: str, **where: str) -> str:
    with pytest.raises(Refused) as raised:
        ask(team, handle, line, **where)  # type: ignore[arg-type]
    return raised.value.key


def test_a_proposal_waits_for_both_sides_and_is_told_to_who_may_confirm(team: Team):
    decision = proposed(team, line=f"{TEXT} #센터 결정일 2026-11-20 재검토 2027-03-02")

    assert (decision.text, decision.stream, decision.status) == (TEXT, "센터", DecisionStatus.PROPOSED)
    assert (decision.decided_on, decision.review_on) == (date(2026, 11, 20), date(2027, 3, 2))
    assert "결정일: 2026. 11. 20.(금)" in card(team)
    assert "기록: 2026. 11. 23.(월) 09:00 · 정하늘 교수" in card(team)
    assert "제안 · 확인 대기: GIST, 영광군" in card(team)
    assert "✅ 우리 측은 이 결정에 동의합니다" in card(team)
    assert told_once(team, decisions.AWAITS) == [user_of("county deputy")]  # leads hear of it when it is due


def test_who_proposes_is_not_told_but_still_has_to_confirm(team: Team):
    shown = ask(team, "county lead", f"결정 {TEXT}").post

    assert "확인" in buttons(shown)
    assert told_once(team, decisions.AWAITS) == [user_of("county deputy")]
    press(team, "county lead", buttons(shown)["확인"])
    assert "제안 · 확인 대기: GIST" in card(team)
    assert told_once(team, decisions.AWAITS) == []  # the deputy's side has spoken


def test_who_may_confirm_is_told_within_the_hours_of_work(team: Team):
    team.later(hours=13)
    proposed(team)

    assert told_once(team, decisions.AWAITS) == []
    assert [one.to for one in go(team, "11-24 09:00") if one.kind == decisions.AWAITS] == [user_of("county deputy")]


def test_in_force_once_both_sides_have_confirmed(team: Team):
    proposed(team)
    ask(team, "gist lead", "확인 R-1")
    half = card(team)
    answer = told(team, "county deputy", "R-1 확인")

    assert "GIST 측: ✅ 확인 · 이강민 단장" in half
    assert "제안 · 확인 대기: 영광군" in half
    assert "모든 측이 확인해 확정되었습니다" in answer
    assert "확정 · 2026. 11. 23.(월) 09:00" in card(team)
    assert "영광군 측: ✅ 확인 · 서다은 팀장" in card(team)
    assert told_once(team, decisions.NEWS) == [""]  # one line in the thread
    assert acts(team) == ["proposed", "confirmed", "confirmed", "in-force"]


def test_two_people_of_one_side_are_one_side(team: Team):
    proposed(team)
    ask(team, "county lead", "확인 R-1")
    ask(team, "county deputy", "확인 R-1")

    assert the(team).status is DecisionStatus.PROPOSED


@pytest.mark.parametrize(
    ("handle", "why"),
    [
        ("gist owner", "decision-vote-no-right"),
        ("county owner", "decision-vote-no-right"),
        ("county secretary", "decision-vote-not-delegated"),
        ("observer", "decision-vote-observer"),
        ("stranger", "not-in-roster"),
        ("other team", "not-in-roster"),
    ],
)
@pytest.mark.parametrize("line", ["확인 R-1", "이의 R-1 예산 미확보"])
def test_nobody_else_confirms_or_objects(team: Team, handle: str, why: str, line: str):
    proposed(team)

    assert refusal(team, handle, line) == why
    assert acts(team) == ["proposed"]


def test_who_may_not_is_told_who_may(team: Team):
    proposed(team)

    with pytest.raises(Refused) as raised:
        ask(team, "county owner", "확인 R-1")

    assert raised.value.args_of_key["names"] == "박서준 과장, 서다은 팀장"


def test_another_task_forces_people_see_and_change_nothing_with_real_ids(team: Team):
    shown = ask(team, "gist owner", f"결정 {TEXT}").post

    for line in (
        "R-1",
        "이력 R-1",
        "확인 R-1",
        "이의 R-1 안 됩니다",
        "변경 R-1 다른 문구",
        "수정 R-1",
        "취소 R-1 사유",
    ):
        assert refusal(team, "other team", line, channel=OTHER_CHANNEL) == "decision-not-found"
    for button in buttons(shown).values():
        with pytest.raises(Refused, match="decision-gone"):
            press(team, "other team", button, OTHER_CHANNEL)
        with pytest.raises(Refused, match="not-in-roster"):
            press(team, "other team", button, CHANNEL)
    assert "0건" in told(team, "other team", "결정목록 전체", channel=OTHER_CHANNEL)
    assert "0건" in told(team, "other team", "검색 셔틀", channel=OTHER_CHANNEL)
    assert acts(team) == ["proposed"]


def test_an_objection_blocks_with_name_and_reason_until_its_maker_withdraws_it(team: Team):
    proposed(team)
    ask(team, "gist lead", "확인 R-1")

    answer = ask(team, "county lead", "이의 R-1 예산이 없습니다 <!channel>").post

    assert "이의로 보류 · 이의: 영광군" in card(team)
    assert "영광군 측: 이의 · 박서준 과장" in card(team)
    assert "예산이 없습니다 @channel" in card(team)
    assert "<!channel>" not in card(team)
    with pytest.raises(Refused, match="decision-objection-not-yours"):
        press(team, "county deputy", buttons(answer)["이의 철회"])
    press(team, "county lead", buttons(answer)["이의 철회"])
    assert "제안 · 확인 대기: 영광군" in card(team)
    assert acts(team) == ["proposed", "confirmed", "objected", "objection-withdrawn"]


def test_the_latest_word_of_a_side_counts(team: Team):
    proposed(team)
    ask(team, "gist lead", "확인 R-1")
    ask(team, "county lead", "이의 R-1 예산 미확보")

    ask(team, "county deputy", "확인 R-1")

    assert the(team).status is DecisionStatus.IN_FORCE


def test_a_reason_is_asked_for_and_must_say_something(team: Team):
    proposed(team)

    assert ask(team, "county lead", "이의 R-1").view["callback_id"] == "decision-words"  # type: ignore[index]
    assert ask(team, "county lead", "이의 R-1 \u3164").view["callback_id"] == "decision-words"  # type: ignore[index]
    assert acts(team) == ["proposed"]


def test_another_wording_needs_every_confirmation_anew(team: Team):
    proposed(team)
    ask(team, "gist lead", "확인 R-1")
    stale = buttons(ask(team, "county lead", "R-1").post)["확인"]
    memory = {"decision": the(team).id, "wording": 1, "in_force": False}

    reply = send(team, "gist owner", memory, Fields("셔틀은 4월부터 운행한다", date(2026, 11, 20)))

    assert "각 측에 다시 확인을 요청했습니다" in text_of(reply.post)
    assert "제안 · 확인 대기: GIST, 영광군" in card(team)
    assert "문구가 바뀌어 전에 누른 ✅는 세지 않습니다" in card(team)
    assert len(told_once(team, decisions.AWAITS)) == 1
    shown = text_of(press(team, "county lead", stale).post)
    assert "보신 뒤에 문구가 바뀌어 세지 않았습니다" in shown
    assert "셔틀은 4월부터 운행한다" in shown
    assert acts(team) == ["proposed", "confirmed", "changed"]
    assert agreed(team).status is DecisionStatus.IN_FORCE


def test_a_new_wording_may_follow_an_objection(team: Team):
    proposed(team)
    ask(team, "county lead", "이의 R-1 3월은 이릅니다")

    send(team, "county lead", {"decision": the(team).id, "wording": 1, "in_force": False}, Fields("4월부터 운행한다"))

    assert the(team).status is DecisionStatus.PROPOSED
    assert "3월은 이릅니다" not in card(team)
    assert "3월은 이릅니다" in told(team, "gist lead", "이력 R-1")


def test_only_a_review_date_or_a_workstream_changes_nothing_of_what_was_said(team: Team):
    proposed(team)
    ask(team, "gist lead", "확인 R-1")
    memory = {"decision": the(team).id, "wording": 1, "in_force": False}

    send(team, "gist owner", memory, Fields(TEXT, the(team).decided_on, date(2027, 3, 2), "센터"))

    assert "GIST 측: ✅ 확인" in card(team)
    assert "재검토일: 2027. 3. 2.(화)" in card(team)


def test_a_form_that_was_overtaken_shows_what_stands_and_keeps_what_was_typed(team: Team):
    proposed(team)
    memory = {"decision": the(team).id, "wording": 1, "in_force": False}
    send(team, "gist owner", memory, Fields("4월부터", the(team).decided_on))

    reply = send(team, "county owner", memory, Fields("5월부터", the(team).decided_on))

    assert the(team).text == "4월부터"
    assert "4월부터" in str(reply.view)
    assert "5월부터" in str(reply.view)


def test_in_force_a_text_is_changed_only_by_a_successor(team: Team):
    proposed(team)
    agreed(team)
    memory = {"decision": the(team).id, "wording": 1, "in_force": True}

    send(team, "gist owner", memory, Fields("몰래 바꾼 문구", date(2026, 11, 1), date(2027, 3, 2)))

    assert (the(team).text, the(team).decided_on, the(team).review_on) == (TEXT, date(2026, 11, 23), date(2027, 3, 2))
    late = send(team, "gist owner", memory | {"in_force": False}, Fields("늦은 문구"))
    assert "그사이 확정되어 저장하지 않았습니다" in text_of(late.post)
    assert refusal(team, "county lead", "이의 R-1 늦은 이의") == "decision-in-force-already"
    assert refusal(team, "county lead", "되돌리기 R-1") == "decision-stays"
    assert refusal(team, "gist lead", "취소 R-1 사유") == "decision-in-force-already"


def test_the_replaced_one_stays_in_force_until_the_new_one_is(team: Team):
    proposed(team)
    agreed(team)

    ask(team, "county owner", "변경 R-1 셔틀은 4월부터 운행한다")

    assert "변경 제안 중: R-2" in card(team)
    assert "확정되면 R-1 → R-2로 변경" in card(team, 2)
    assert (the(team).status, the(team, 2).status) == (DecisionStatus.IN_FORCE, DecisionStatus.PROPOSED)
    assert refusal(team, "gist owner", "변경 R-1 셔틀은 5월부터 운행한다") == "decision-replaced-already"
    assert refusal(team, "gist owner", "변경 R-2 셔틀은 5월부터 운행한다") == "decision-replace-open"

    agreed(team, 2)

    assert (the(team).status, the(team, 2).status) == (DecisionStatus.SUPERSEDED, DecisionStatus.IN_FORCE)
    assert "R-1 → R-2로 변경" in card(team)
    assert "R-1 → R-2로 변경" in card(team, 2)
    assert "R-2 보기" in card(team)
    assert "R-1 보기" in card(team, 2)
    assert acts(team)[-1] == "superseded"


def test_a_successor_that_is_given_up_leaves_the_old_one_free(team: Team):
    proposed(team)
    agreed(team)
    ask(team, "county owner", "변경 R-1 셔틀은 4월부터 운행한다")
    assert refusal(team, "gist owner", "취소 R-2 다음에") == "decision-give-up-whose"

    ask(team, "county secretary", "취소 R-2 다음에 다시")

    assert the(team, 2).status is DecisionStatus.WITHDRAWN
    assert "제안 철회 · 사유: 다음에 다시" in card(team, 2)
    assert "변경 제안 중" not in card(team)
    ask(team, "county owner", "변경 R-1 셔틀은 5월부터 운행한다")
    assert the(team, 3).replaces_id == the(team).id


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("결정 운행 결정일 2026-11-23 재검토 2026-11-23", "decision-review-past"),
        ("변경 운행한다", "decision-which"),
        ("변경 R-9 운행한다", "decision-not-found"),
        ("기한 R-1 내일", "ref-other-noun"),
        ("변경 A-1 운행한다", "ref-other-noun"),
        ("결정목록 어제 것", "decisions-which"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_type(team: Team, line: str, why: str):
    proposed(team)

    assert refusal(team, "gist owner", line) == why


def test_a_date_that_is_not_sure_is_asked_about_in_the_form(team: Team):
    reply = ask(team, "gist owner", "결정 셔틀 운행 재검토 12/5(월)")

    assert reply.view
    assert "12/5(월)" in str(reply.view["blocks"])
    assert "한 가지로 읽을 수 없어" in str(reply.view["blocks"])
    assert "아래 버튼을 누르면" in text_of(reply.unopened)


def test_an_observer_proposes_nothing(team: Team):
    assert refusal(team, "observer", f"결정 {TEXT}") == "item-observer-may-not"
    assert refusal(team, "observer", "결정") == "item-observer-may-not"


def test_lists_by_state_and_workstream_a_page_at_a_time(team: Team):
    for n in range(12):
        ask(team, "gist owner", f"결정 {n}번 안 #{'센터' if n % 2 else '예산'}")
    agreed(team, 3)
    ask(team, "county lead", "이의 R-4 예산 미확보")

    first = ask(team, "gist owner", "결정목록").post
    assert "12건 · 1/2쪽" in text_of(first)
    assert "*R-12*" in text_of(first)
    assert "*R-2*" not in text_of(first)
    assert "1건" in told(team, "gist owner", "결정목록 확정")
    assert "*R-4*" in told(team, "gist owner", "결정목록 이의")
    assert "10건" in told(team, "gist owner", "결정목록 대기")
    assert "6건" in told(team, "gist owner", "decisions #센터")


def test_search_finds_decisions_and_their_notes_beside_items(team: Team):
    team.joint_item()
    proposed(team, ts="1.1")
    ask(team, "gist owner", "메모 R-1 정류장은 센터 앞")

    found = told(team, "gist owner", "검색 센터")

    assert "2건" in found
    assert "*A-1*" in found
    assert "*R-1*" in found
    assert "정류장은 센터 앞" in told(team, "gist owner", "R-1")


def test_one_number_means_the_noun_of_its_letter(team: Team):
    team.joint_item()
    proposed(team, ts="1.1")

    for text in ("R-1", "r1", "결정 1", "결정1호", "보기 결정 1"):
        assert TEXT in told(team, "gist owner", text)
    for text in ("A-1", "1", "#1", "보기 1"):
        assert "센터 개소 계획서 초안" in told(team, "gist owner", text)
    assert "GIST 측 확인으로 기록했습니다" in told(team, "gist lead", "완료 R-1")
    assert "R-1 영광군 측 확인으로 기록했습니다" in told(
        team, "county lead", "확인 1"
    )  # only decisions are confirmed so


def test_a_meeting_records_with_a_reserved_number_and_tells_nobody_by_itself(team: Team):
    with team.work() as work:
        channel = people.bound_channel(work.session, CHANNEL)
        maker = team.asker(work, "county secretary").person
        assert channel
        assert maker
        number = reserve_number(work, 1)
        assert reserve_number(work, 1) == number + 1
        record(work, channel, maker, Draft(TEXT, date(2026, 11, 20)), number=number, meeting_id=3, tell=False)

    assert (the(team, 1).meeting_id, the(team, 1).status) == (3, DecisionStatus.PROPOSED)
    assert told_once(team, decisions.AWAITS) == []
    ask(team, "gist owner", "결정 다음 것")
    assert the(team, 3).text == "다음 것"  # the other reserved number stays reserved


def test_confirming_many_at_once_leaves_alone_what_is_settled(team: Team):
    for text in ("하나", "둘", "셋", "넷"):
        ask(team, "gist owner", f"결정 {text}")
    agreed(team, 1)
    ask(team, "gist lead", "확인 R-2")
    ask(team, "gist owner", "취소 R-4 철회")
    ids = [the(team, n).id or 0 for n in (3, 2, 1, 4)]

    with team.work() as work:
        lead = team.asker(work, "county lead").person
        assert lead
        confirmed = confirm_many(work, lead, ids)
        assert [one.number for one in confirmed] == [2, 3]
    with team.work() as work:
        lead = team.asker(work, "county lead").person
        assert lead
        assert confirm_many(work, lead, ids) == []

    assert the(team, 2).status is DecisionStatus.IN_FORCE
    assert the(team, 3).status is DecisionStatus.PROPOSED


def test_confirming_many_needs_the_right_and_the_task_force(team: Team):
    ask(team, "gist owner", f"결정 {TEXT}")
    ids = [the(team).id or 0]

    for handle, channel, why in (("county owner", CHANNEL, "no-right"), ("other team", OTHER_CHANNEL, "gone")):
        with team.work() as work:
            person: Person | None = team.asker(work, handle, channel=channel).person
            assert person
            with pytest.raises(Refused, match=why):
                confirm_many(work, person, ids)


def test_undo_without_a_number_takes_back_the_last_act_of_either_noun(team: Team):
    team.joint_item()
    team.done("gist lead")
    proposed(team, ts="1.1")
    team.later(minutes=1)
    ask(team, "gist lead", "확인 R-1")

    assert "R-1 GIST 측 확인을 되돌렸습니다" in told(team, "gist lead", "되돌리기")
    assert "GIST 완료" in text_of(team.card())  # the older act about an item stays
    ask(team, "gist owner", "결정 잘못 적은 것")
    ask(team, "gist owner", "되돌리기")
    assert the(team, 2).status is DecisionStatus.WITHDRAWN
    agreed(team)
    assert refusal(team, "county lead", "undo") == "decision-stays"


def test_who_cannot_be_written_to_is_mentioned_in_the_cards_thread_without_the_text(team: Team):
    ask(team, "gist owner", f"결정 {TEXT}")
    row = next(row for row in team.queued(decisions.AWAITS) if row.user_id == user_of("county deputy"))
    with team.work() as work:
        people.account(work.session, user_of("county deputy")).dm_refused_at = team.now
        instead = posts.kinds()[decisions.AWAITS].when_unreachable
        assert instead
        instead(work, row)

    said = text_of(team.rendered(team.queued(MENTION)[0]))

    assert "<@UCDEP> R-1 결정사항의 확인을 기다립니다" in said
    assert TEXT not in said
    assert user_of("gist lead") not in said
