"""What somebody did last to the budget is taken back within ten minutes, wholly; or it is said why not."""

import pytest

from bot.services.refused import Refused
from storage import budget as storage
from storage.tables import BudgetLine
from tests.services.asking import ask, buttons, last_told, told
from tests.services.team import Team, text_of
from tests.services.test_budget import ADD, board, line, press, submit

LINE = "예산 추가 셔틀 운영 2026 군직접사업 3억"


@pytest.fixture
def shuttle(team: Team) -> Team:
    """B-1 with a note, a date of its own and an event, an hour ago."""
    team.joint_item()
    ask(team, "county owner", LINE)
    ask(team, "county owner", "예산 일정 B-1 정산 자료 제출 12/21")
    ask(team, "county owner", "예산 일정 B-1 군의회 의결 12/18")
    team.later(hours=1)
    return team


def facts(team: Team) -> str:
    """Everything that is kept of B-1 and can be read of it, without its history."""
    shown = told(team, "county owner", "B-1")
    return "\n".join(row for row in shown.splitlines() if "되돌렸습니다" not in row and "→" not in row)


def test_the_last_act_is_taken_back_wholly(shuttle: Team):
    ways = {
        "예산 단계 B-1 의결 2억 5천만원": "되돌리기",
        "예산 금액 B-1 집행 1억": "예산 되돌리기 B-1",
        "예산 메모 B-1 부처와 협의 중": "undo B-1",
        "예산 연결 B-1 A-1": "budget undo",
        "예산 일정 B-1 교부신청 2027-01-10": "B-1 되돌리기",
        "예산 옮기기 B-1-1 12/11": "되돌리기",
        "예산 완료 B-1-1": "되돌리기",
    }
    for words, way in ways.items():
        before, heard = facts(shuttle), shuttle_dues(shuttle)
        shuttle.later(minutes=1)
        ask(shuttle, "county owner", words)
        assert facts(shuttle) != before, words
        shuttle.later(minutes=9)

        assert "방금 하신 일을 되돌렸습니다" in told(shuttle, "county owner", way), words

        assert (facts(shuttle), shuttle_dues(shuttle)) == (before, heard), words
        with pytest.raises(Refused, match="budget-undo-undone"):
            ask(shuttle, "county owner", way)
    assert told(shuttle, "county owner", "예산 이력 B-1").count("방금 한 일을 되돌림") == 2 * len(ways)


def shuttle_dues(team: Team) -> list[object]:
    """When something is to be said next of B-1."""
    with team.database.reading() as session:
        found = storage.milestones(session, [1])
    return [line(team).ask_due_at, *(one.next_due_at for one in found)]


def test_what_one_form_did_is_one_act(shuttle: Team):
    form = ask(shuttle, "county owner", "예산 수정 B-1").view
    submit(shuttle, "county owner", form, name="셔틀 증차", **{"owner-1": "정하늘 교수"})
    assert "셔틀 증차" in told(shuttle, "county owner", "B-1")

    said = told(shuttle, "county owner", "되돌리기")

    assert "이름 변경: 셔틀 운영 → 셔틀 증차; 담당: 정하늘 교수" in said
    assert "정하늘" not in facts(shuttle)
    assert "B-1 셔틀 운영" in text_of(board(shuttle))


def test_a_vote_is_taken_back_with_the_stage_and_the_amount_that_came_of_it(shuttle: Team):
    before = facts(shuttle)
    form = ask(shuttle, "county owner", "예산 완료 B-1-2").view
    submit(shuttle, "county owner", form, amount="2억", stage="의결")
    assert line(shuttle).approved == 200_000_000

    ask(shuttle, "county owner", "되돌리기")

    assert facts(shuttle) == before


def test_what_ended_by_mistake_and_was_opened_again_ends_again(shuttle: Team):
    ask(shuttle, "county owner", "예산 완료 B-1-1")
    shuttle.later(hours=1)
    done = facts(shuttle)
    reopen(shuttle)
    assert facts(shuttle) != done

    ask(shuttle, "county owner", "되돌리기")

    assert facts(shuttle) == done


def reopen(team: Team) -> None:
    press(team, "county owner", buttons(ask(team, "county owner", "예산 보기 B-1-1").post)["다시 열기"])


def test_an_owner_who_was_put_in_is_taken_out_and_the_former_one_told(shuttle: Team):
    change_owner(shuttle, "county lead", "최유진 주무관")
    assert line_owner(shuttle) == "UCSEC"

    ask(shuttle, "county lead", "되돌리기")

    assert line_owner(shuttle) == "UCOWN"
    assert "예산 사업을 맡으셨습니다" in last_told(shuttle, "budget-owned")["UCOWN"]


def change_owner(team: Team, handle: str, name: str) -> None:
    submit(team, handle, ask(team, handle, "예산 수정 B-1").view, **{"owner-2": name})


def line_owner(team: Team) -> str:
    names = {"한도윤 주무관": "UCOWN", "최유진 주무관": "UCSEC"}
    (row,) = [row for row in told(team, "county lead", "B-1").splitlines() if row.startswith("담당: ")][:1]
    return names[row.removeprefix("담당: 영광군 ").strip()]


def test_a_line_that_was_just_made_is_gone_and_its_number_stays_taken(team: Team):
    ask(team, "county owner", ADD)
    ask(team, "county owner", "예산 추가 잘못 등록한 사업 2027 군직접사업 1억")
    team.later(minutes=1)

    assert "방금 등록한 예산 사업을 취소했습니다: B-2" not in told(team, "county owner", "예산")
    with pytest.raises(Refused, match="budget-undo-nothing"):
        ask(team, "gist owner", "예산 되돌리기")
    team.later(seconds=1)
    ask(team, "county owner", LINE)
    team.later(seconds=1)
    assert "방금 등록한 예산 사업을 취소했습니다: B-3 셔틀 운영" in told(team, "county owner", "되돌리기")

    for handle in ("county owner", "gist owner"):
        assert "셔틀" not in told(team, handle, "예산")
        with pytest.raises(Refused, match="budget-not-found"):
            ask(team, handle, "B-3")
    assert "셔틀" not in text_of(board(team))
    assert "B-4" in told(team, "county owner", "예산 추가 다른 사업 2027 군직접사업 1억")


def test_what_others_changed_since_stays(shuttle: Team):
    ask(shuttle, "county owner", "예산 단계 B-1 의결 2억")
    shuttle.later(minutes=1)
    ask(shuttle, "county lead", "예산 금액 B-1 의결 1억")
    shuttle.later(minutes=1)

    with pytest.raises(Refused, match="budget-undo-overtaken"):
        ask(shuttle, "county owner", "되돌리기")

    assert line(shuttle).approved == 100_000_000


def test_what_was_made_joint_stays_joint_and_it_is_said(team: Team):
    ask(team, "county owner", f"{LINE} 내부")
    team.later(minutes=1)
    submit(team, "county owner", ask(team, "county owner", "예산 수정 B-1").view, sight="공동(두 기관 모두)")

    with pytest.raises(Refused, match="budget-undo-joint"):
        ask(team, "county owner", "되돌리기")


def test_after_ten_minutes_nothing_is_taken_back(shuttle: Team):
    ask(shuttle, "county owner", "예산 단계 B-1 의결 2억")
    shuttle.later(minutes=11)

    with pytest.raises(Refused, match="budget-undo-nothing"):
        ask(shuttle, "county owner", "예산 되돌리기")


def test_the_newest_act_is_taken_back_whatever_it_was_about(shuttle: Team):
    ask(shuttle, "county owner", "예산 메모 B-1 하나")
    shuttle.later(minutes=1)
    ask(shuttle, "county owner", "진행 A-1 둘")
    shuttle.later(minutes=1)

    assert "방금 적은 진행 기록을 지웠습니다" in told(shuttle, "county owner", "되돌리기")
    assert "하나" in told(shuttle, "county owner", "B-1")


def test_a_split_is_taken_back_with_the_line_that_it_made(team: Team):
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    for words in ("의결 3억", "집행 2억", "명시이월 1억"):
        ask(team, "county owner", f"예산 금액 B-1 {words}")
    team.later(minutes=1)
    ask(team, "county owner", "예산 이월 B-1")
    team.later(minutes=1)

    assert "다음 연도로 나눔: B-2" in told(team, "county owner", "되돌리기")

    with pytest.raises(Refused, match="budget-not-found"):
        ask(team, "county owner", "B-2")
    with team.database.reading() as session:
        assert session.get_one(BudgetLine, 2).withdrawn_at
    assert "B-3 셔틀 운영" in told(team, "county owner", "예산 이월 B-1")
