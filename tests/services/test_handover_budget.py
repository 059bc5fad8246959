"""A handover takes the budget, invitations and a running meeting's minutes along: shown, told, listed, undone, on a day, acting."""

import io

import pytest
from openpyxl import load_workbook
from sqlmodel import delete, select

from bot.services.budget_views import sight_of_user
from bot.services.handovers import TOLD
from bot.services.refused import Refused
from storage import budget, handovers
from storage.tables import Answer, Invitation, Meeting, Person
from tests.services.asking import ask, told
from tests.services.meeting import begun
from tests.services.mornings import go, reminders, sent
from tests.services.team import Team, text_of
from tests.services.test_handovers import hand_over, left, letters, press, tick
from tests.services.verb_lines import plan

TO_SECRETARY = "인계 <@UCOWN> <@UCSEC>"


@pytest.fixture
def full(team: Team) -> Team:
    """The county's owner has B-1 with a date, B-2 of the county alone, is expected at M-1 and keeps M-2."""
    ask(team, "county owner", "예산 추가 실증센터 2027 국고보조 3억 5천만원")
    ask(team, "county owner", "예산 일정 B-1 정산 자료 제출 12/1")
    ask(team, "county owner", "예산 추가 비밀 예비비 2027 출연금 7억 내부")
    plan(team, "분과회의")
    with team.work() as work:
        work.session.execute(delete(Invitation))
    expect(team, "한도윤", Answer.YES)
    begun(team, "county owner", "회의 시작 실무회의")
    return team


def expect(team: Team, name: str, answer: Answer) -> None:
    """Somebody is invited to M-1 and has answered."""
    with team.work() as work:
        invited = Invitation(meeting_id=1, person_id=person(team, name), answer=answer, answered_at=team.now)
        work.session.add(invited)


def person(team: Team, name: str) -> int:
    with team.database.reading() as session:
        return session.exec(select(Person.id).where(Person.name == name)).one() or 0


def owners(team: Team) -> list[str]:
    with team.database.reading() as session:
        found = budget.owners(session, [1, 2])
        return [session.get_one(Person, one.owner_id).name for one in found]


def expected(team: Team) -> list[tuple[str, Answer | None]]:
    with team.database.reading() as session:
        found = session.exec(select(Invitation).where(Invitation.meeting_id == 1))
        return [(session.get_one(Person, one.person_id).name, one.answer) for one in found]


def keeper(team: Team) -> str:
    with team.database.reading() as session:
        return session.get_one(Person, session.get_one(Meeting, 2).keeper_id).name


def test_everything_is_shown_moves_is_told_listed_and_taken_back(full: Team):
    shown = told(full, "county lead", TO_SECRETARY)
    for words in (
        "예산 사업 2건",
        "참석할 회의 1건",
        "작성 중인 회의록 1건",
        "• B-1 실증센터",
        "• B-2 비밀 예비비",
        "• M-2 실무회의",
    ):
        assert words in shown
    assert owners(full) == ["한도윤", "한도윤"]

    done = hand_over(full, TO_SECRETARY, "county lead")

    assert (owners(full), keeper(full)) == (["최유진", "최유진"], "최유진")
    assert ("최유진", None) in expected(full)
    assert "한도윤" not in dict(expected(full))
    letter = letters(full)["UCSEC"]
    assert "• M-1 분과회의" in text_of(letter)
    assert letter.file
    book = load_workbook(io.BytesIO(letter.file.content))
    assert [row[1].value for row in book["예산"].iter_rows(min_row=2)] == ["실증센터", "비밀 예비비"]
    assert [row[1].value for row in book["회의"].iter_rows(min_row=2)] == ["분과회의", "실무회의"]
    assert "정산 자료 제출" in [row[1].value for row in book["예산 일정"].iter_rows(min_row=2)]
    assert "한도윤 주무관 → 최유진 주무관" in told(full, "county lead", "예산 이력 B-1")

    press(full, "county lead", "되돌리기", done)

    assert (owners(full), keeper(full)) == (["한도윤", "한도윤"], "한도윤")
    assert ("한도윤", Answer.YES) in expected(full)


def test_reminders_go_to_whoever_owns_the_line_now(full: Team):
    sent(full)
    hand_over(full, TO_SECRETARY, "county lead")

    assert reminders(go(full, "11-24 09:30")).keys() == {"UCSEC"}  # seven days before
    assert reminders(go(full, "12-01 09:30")).keys() == {"UCSEC", "UCLEAD"}


def test_who_acts_gives_back_what_was_lent_and_keeps_their_own(full: Team):
    ask(full, "county secretary", "예산 추가 셔틀 2027 출연금 1억")
    hand_over(full, f"{TO_SECRETARY} 대행", "county lead")
    assert "담당: 영광군 최유진 주무관 (한도윤 주무관 직무대행)" in told(full, "county lead", "B-1")
    assert "직무대행으로 맡고 있던 것만" in told(full, "county lead", "인계 <@UCSEC> <@UCOWN>")

    hand_over(full, "인계 <@UCSEC> <@UCOWN>", "county lead")

    assert (owners(full), keeper(full)) == (["한도윤", "한도윤"], "한도윤")
    assert "한도윤" in dict(expected(full))
    assert "담당: 영광군 최유진 주무관\n" in told(full, "county lead", "B-3")


def test_what_is_planned_stands_in_the_roster_of_the_own_side_and_happens_on_its_day(full: Team):
    hand_over(full, f"{TO_SECRETARY} 12월 1일부터", "county lead")

    assert "예약된 인계: 한도윤 주무관 → 최유진 주무관, 2026. 12. 1.(화)부터" in told(full, "county deputy", "명단")
    assert "예약된 인계" not in told(full, "gist lead", "명단")
    full.later(days=8)
    tick(full)

    assert owners(full) == ["최유진", "최유진"]
    assert "예약된 인계" not in told(full, "county deputy", "명단")
    assert len(full.queued(TOLD)) >= 2


def test_who_is_expected_already_is_not_asked_twice(full: Team):
    expect(full, "최유진", Answer.NO)
    done = hand_over(full, TO_SECRETARY, "county lead")
    assert [one for one in expected(full) if one[0] in ("최유진", "한도윤")] == [("최유진", Answer.NO)]

    press(full, "county lead", "되돌리기", done)

    assert {("최유진", Answer.NO), ("한도윤", Answer.YES)} <= set(expected(full))


def test_the_other_side_hears_nothing_of_internal_lines(full: Team):
    hand_over(full, TO_SECRETARY, "county lead")

    with full.database.reading() as session:
        for user_id, letter in letters(full).items():
            sight = sight_of_user(session, 1, user_id)
            assert sight
            assert ("비밀" in text_of(letter)) == (sight.side_id == 2)
        assert handovers.lines_of(session, person(full, "한도윤")) == []


def test_who_owns_a_line_cannot_leave_before_it_is_handed_over(full: Team):
    with pytest.raises(Refused, match="roster-owns-items") as refused:
        ask(full, "county lead", "구성원 <@UCOWN> 참관인")
    assert refused.value.args_of_key["refs"] == "B-1, B-2"


def test_that_somebody_left_is_told_with_the_lines_that_they_owned(full: Team):
    left(full, "county owner")
    full.later(minutes=11)
    tick(full)

    (letter,) = letters(full, "departed").values()
    assert "맡고 있던 예산 사업: 2건" in text_of(letter)
    assert "• B-1 실증센터" in text_of(letter)
