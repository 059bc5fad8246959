"""Reactions on a decision's card, on both engines: what counts, for whom, what taking it away does, and what is said."""

import threading
import time

import pytest

from bot.messages.decision_forms import Fields
from bot.services.reactions import apply_reaction
from storage.reactions import Press
from storage.tables import DecisionStatus
from tests.services.asking import ask
from tests.services.deciding import TEXT, acts, agreed, card, proposed, send, the
from tests.services.team import CARD_TS, CHANNEL, Team, text_of, user_of


def told(whispers) -> str:
    return "\n".join(text_of(one.post) for one in whispers)


def test_a_tick_of_each_sides_lead_brings_it_into_force(team: Team):
    proposed(team)

    first = team.press("gist lead")
    second = team.press("county deputy", "white_check_mark::skin-tone-4")

    assert "R-1 GIST 측 확인으로 기록했습니다" in told(first)
    assert "되돌리기" in told(first)
    assert "확정되었습니다" in told(second)
    assert the(team).status is DecisionStatus.IN_FORCE
    assert acts(team) == ["proposed", "confirmed", "confirmed", "in-force"]


def test_taking_it_away_takes_it_back_while_that_can_be(team: Team):
    proposed(team)
    team.press("gist lead")

    whispers = team.unpress("gist lead")

    assert "GIST 측 확인을 되돌렸습니다" in told(whispers)
    assert "제안 · 확인 대기: GIST, 영광군" in card(team)


def test_in_force_a_tick_that_is_taken_away_changes_nothing_and_says_so(team: Team):
    proposed(team)
    team.press("gist lead")
    team.press("county lead")

    whispers = team.unpress("gist lead")

    assert "✅를 지워도 확정은 그대로이며" in told(whispers)
    assert the(team).status is DecisionStatus.IN_FORCE
    assert "GIST 측: ✅ 확인" in card(team)


@pytest.mark.parametrize(
    ("handle", "why"),
    [
        pytest.param("gist owner", "단장·부단장만", id="a member"),
        pytest.param("county secretary", "위임을 받아야", id="a secretary without delegation"),
        pytest.param("observer", "참관인의", id="an observer"),
        pytest.param("stranger", "명단에 없어", id="a stranger"),
        pytest.param("other team", "명단에 없어", id="a lead of another task force"),
    ],
)
def test_who_does_not_count_is_told_why_and_who_does(team: Team, handle: str, why: str):
    proposed(team)

    whispers = team.press(handle)

    assert [one.user_id for one in whispers] == [user_of(handle)]
    assert why in told(whispers)
    assert acts(team) == ["proposed"]


@pytest.mark.parametrize("handle", ["robot", "our bot"])
def test_bots_never_count(team: Team, handle: str):
    proposed(team)

    assert team.press(handle) == []
    assert acts(team) == ["proposed"]


def test_eyes_say_nothing(team: Team):
    proposed(team)

    assert team.press("county lead", "eyes") == []
    assert acts(team) == ["proposed"]


def test_what_a_button_did_stays_and_two_aliases_are_one(team: Team):
    proposed(team)
    ask(team, "gist lead", "확인 R-1")
    assert team.press("gist lead") == []
    assert team.press("gist lead", "heavy_check_mark") == []

    team.unpress("gist lead")
    team.unpress("gist lead", "heavy_check_mark")

    assert "GIST 측: ✅ 확인" in card(team)
    assert acts(team) == ["proposed", "confirmed"]


def test_an_objection_takes_the_place_of_the_own_tick(team: Team):
    proposed(team)
    team.press("county lead")

    ask(team, "county lead", "이의 R-1 다시 보니 이릅니다")

    assert team.unpress("county lead") == []  # it says nothing any more
    assert the(team).status is DecisionStatus.OBJECTED


def test_ticks_on_an_earlier_wording_never_count_for_the_new_one(team: Team):
    proposed(team)
    team.press("gist lead")
    team.later(hours=1)
    send(team, "gist owner", {"decision": the(team).id, "wording": 1, "in_force": False}, Fields("4월부터 운행한다"))

    late = team.press("county lead", at=-60)

    assert "문구가 바뀌어 세지 않았습니다" in told(late)
    assert "제안 · 확인 대기: GIST, 영광군" in card(team)
    team.unpress("gist lead", at=1)
    team.press("gist lead", at=2)
    assert "GIST 측: ✅ 확인" in card(team)


def test_a_tick_before_the_card_is_recorded_counts_when_it_is(team: Team):
    team.press("gist lead")

    proposed(team)

    assert "GIST 측: ✅ 확인" in card(team)
    said = {row.user_id: row.args["text"] for row in team.queued("answer")}
    assert "GIST 측 확인으로 기록했습니다" in said[user_of("gist lead")]


def test_two_sides_at_once_do_not_miss_each_other(team: Team):
    proposed(team)
    stamp = team.machine_now.timestamp()
    other = threading.Thread(target=lambda: team.press("county lead", at=2))

    with team.work() as work:
        press = Press(CHANNEL, CARD_TS, user_of("gist lead"), "white_check_mark", True, f"{stamp + 1:.6f}")
        apply_reaction(work, press)
        work.session.flush()
        other.start()
        time.sleep(0.3)
    other.join()

    assert the(team).status is DecisionStatus.IN_FORCE
    assert acts(team).count("in-force") == 1


def test_a_successor_and_the_one_it_replaces_settle_together(team: Team):
    proposed(team)
    agreed(team)
    ask(team, "gist owner", f"변경 R-1 {TEXT} 다만 주말은 쉰다")

    agreed(team, 2)

    assert the(team).status is DecisionStatus.SUPERSEDED
    assert "모든 측이 누르면" not in card(team, 2)
