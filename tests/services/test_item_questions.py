"""What a line leaves open is asked, kept meanwhile, and answered at once or later; on both engines."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.messages import ids
from bot.messages.post import Post
from bot.services import item_questions
from bot.services.answers import ANSWER
from bot.services.askers import Surface
from bot.services.item_forms import edit_form, submitted
from bot.services.item_history import details
from bot.services.item_lists import home
from bot.services.refused import Refused
from storage.tables import Part, Person, PersonAccount, PersonState, Role
from tests.services.asking import buttons, press, told
from tests.services.team import COUNTY_OWNER, OTHER_CHANNEL, Team, text_of


def owners(team: Team, number: int = 1) -> list[str]:
    with team.database.reading() as session:
        query = select(Person.name, Person.job_title).join(Part, col(Part.owner_id) == col(Person.id))
        query = query.where(Part.item_id == team.item(number).id)
        return sorted(f"{name} {title}" for name, title in session.exec(query))


def namesake(team: Team, state: PersonState = PersonState.ACTIVE) -> None:
    """A second 한도윤, on the same side with another 직위."""
    with team.work() as work:
        known = work.session.exec(select(Person).where(Person.name == "한도윤")).one()
        values = known.model_dump() | {"id": None, "job_title": "팀장", "state": state}
        work.session.add(Person(**values))


def asked(team: Team, handle: str, line: str) -> Post:
    post = team.add(handle, line).post
    assert post
    return post


def detailed(team: Team, number: int = 1) -> Post:
    with team.work() as work:
        return details(work, team.asker(work, "gist member"), team.item(number))


def seen_home(team: Team, handle: str) -> str:
    with team.work() as work:
        return str(home(work, team.asker(work, handle, Surface.BUTTON, None)))


@pytest.mark.parametrize(
    "line", ["초안 @정하늘 교수님 한도윤 주무관에게", "초안 GIST 담당: 정하늘 / 영광군 담당: 한도윤"]
)
def test_owners_of_both_sides_by_their_names(team: Team, line):
    post = asked(team, "county lead", line)

    assert owners(team) == ["정하늘 교수", "한도윤 주무관"]
    assert team.item().title == "초안"
    assert "확인할 때까지" not in text_of(post)


def test_a_name_that_two_bear_is_asked_and_the_item_is_kept_meanwhile(team: Team):
    namesake(team)

    post = asked(team, "gist lead", "초안 @한도윤 금요일까지")

    assert owners(team) == ["이강민 단장"]
    assert "확인할 때까지 본인을" in text_of(post)
    offered = buttons(post)
    assert {"영광군 한도윤 주무관", "영광군 한도윤 팀장", "아무도 아님"} <= offered.keys()

    press(team, "gist lead", offered["영광군 한도윤 팀장"])

    assert owners(team) == ["한도윤 팀장"]
    assert len(buttons(asked(team, "gist lead", "다음 초안 @한도윤"))) == len(offered)  # asked each time


def test_a_confirmed_alias_is_not_asked_about_again(team: Team):
    press(team, "gist lead", buttons(asked(team, "gist lead", f"초안 @하늘 {COUNTY_OWNER}"))["GIST 정하늘 교수"])
    assert owners(team) == ["정하늘 교수", "한도윤 주무관"]

    post = asked(team, "county owner", "둘째 @하늘에게")

    assert owners(team, 2) == ["정하늘 교수"]
    assert "아무도 아님" not in buttons(post)


def test_a_part_of_a_name_is_asked_about_and_then_an_alias(team: Team):
    post = asked(team, "gist lead", "초안 도윤님 다음 주 월요일까지")
    assert team.item().title == "초안 도윤님"

    press(team, "gist lead", buttons(post)["영광군 한도윤 주무관"])

    assert (team.item().title, owners(team)) == ("초안", ["한도윤 주무관"])
    asked(team, "county owner", "둘째 도윤님")
    assert (team.item(2).title, owners(team, 2)) == ("둘째", ["한도윤 주무관"])


def test_two_who_are_called_at_the_start_are_asked_about_one_by_one(team: Team):
    post = asked(team, "county lead", "GIST 정하늘 교수 / 영광군 한도윤 주무관 : 초안 금요일까지")

    for label in ("GIST 정하늘 교수", "영광군 한도윤 주무관"):
        press(team, "county lead", buttons(post)[label])

    assert owners(team) == ["정하늘 교수", "한도윤 주무관"]
    assert team.item().title == "초안"


def test_an_alias_of_somebody_who_left_means_nobody(team: Team):
    press(team, "gist lead", buttons(asked(team, "gist lead", "초안 @하늘"))["GIST 정하늘 교수"])
    with team.work() as work:
        work.session.exec(select(Person).where(Person.name == "정하늘")).one().state = PersonState.LEFT

    asked(team, "gist lead", "둘째 @하늘")

    assert owners(team, 2) == ["이강민 단장"]


def test_a_subject_is_asked_about_and_makes_no_alias(team: Team):
    post = asked(team, "gist lead", "정하늘 교수는 초안 작성")
    press(team, "gist lead", buttons(post)["GIST 정하늘 교수"])

    assert owners(team) == ["정하늘 교수"]
    assert team.item().title == "정하늘 교수는 초안 작성"
    assert "아무도 아님" in buttons(asked(team, "gist lead", "정하늘 교수는 둘째 작성"))


@pytest.mark.parametrize(
    ("line", "title"), [("초안 및 견적 정하늘", "초안 및 견적"), ("견적 받기, 정하늘", "견적 받기")]
)
def test_a_name_at_the_end_leaves_the_title_once_it_is_known_to_be_the_owners(team: Team, line: str, title: str):
    press(team, "county lead", buttons(asked(team, "county lead", line))["GIST 정하늘 교수"])

    assert owners(team) == ["정하늘 교수"]
    assert team.item().title == title


def test_nobody_leaves_the_item_as_it_is_and_is_not_asked_again(team: Team):
    post = asked(team, "gist lead", "초안 정하늘")

    said = press(team, "gist lead", buttons(post)["아무도 아님"])

    assert "그대로 두었습니다" in text_of(said.post)
    assert owners(team) == ["이강민 단장"]
    with pytest.raises(Refused, match="question-answered"):
        press(team, "gist lead", buttons(post)["GIST 정하늘 교수"])


def test_a_name_nobody_bears_offers_the_roster(team: Team):
    post = asked(team, "gist lead", "초안 @홍길동")

    assert "명단에 없는 이름" in text_of(post)
    assert {"변경", "아무도 아님"} <= buttons(post).keys()
    assert owners(team) == ["이강민 단장"]


def test_the_answer_never_makes_two_owners_of_one_side(team: Team):
    post = asked(team, "county lead", "초안 <@UGOWN> @민지")

    with pytest.raises(Refused, match="item-owners-of-one-side"):
        press(team, "county lead", buttons(post)["GIST 김민지 연구원"])

    assert owners(team) == ["정하늘 교수"]
    assert "아무도 아님" in buttons(detailed(team))


def test_two_names_are_answered_one_after_the_other(team: Team):
    first, second = [
        one for one in asked(team, "gist lead", "초안 담당: 하늘, 도윤").blocks if one["type"] == "actions"
    ]
    press(team, "gist lead", buttons(Post("", [second]))["영광군 한도윤 주무관"])
    press(team, "gist lead", buttons(Post("", [first]))["GIST 정하늘 교수"])

    assert owners(team) == ["정하늘 교수", "한도윤 주무관"]


def test_an_observer_who_is_meant_cannot_own(team: Team):
    post = asked(team, "gist lead", "초안 @세진")

    with pytest.raises(Refused, match="item-owner-observer"):
        press(team, "gist lead", buttons(post)["GIST 오세진 참관"])


def test_a_date_is_asked_with_each_reading_and_a_calendar(team: Team):
    post = asked(team, "gist lead", f"초안 {COUNTY_OWNER} 3월 15일(금)까지")

    assert team.item().due_on is None
    assert len([label for label in buttons(post) if re.search(r"\d+\. \d+\.", label)]) >= 1
    assert "근무일" in text_of(post)
    picker = next(one for block in post.blocks for one in block.get("elements", []) if one["type"] == "datepicker")
    block_id = next(block["block_id"] for block in post.blocks if picker in block.get("elements", []))
    assert picker["action_id"] == ids.ITEM_PICK
    _, item_id, question_id = ids.read_item_value(block_id.partition(":")[2])

    with team.work() as work:
        day = team.now.date().replace(day=30)
        item_questions.pick(work, team.asker(work, "gist lead"), team.item(), int(question_id), day)

    assert item_id == team.item().id
    assert str(team.item().due_on) == "2026-11-30"
    assert "다른 날짜" not in str(detailed(team).blocks)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("초안 3월 15일(금)까지", "“3월 15일(금)까지”. 날짜와 요일이 맞지 않습니다."),
        ("12월 5일 회의 결과 정리", "“12월 5일”. 문장 속 날짜가 기한인지 분명하지 않습니다."),
        ("12월 5일까지 초안, 12월 10일까지 최종", "아직 기한을 넣지 않았습니다. 날짜가 여럿입니다."),
        ("착수일로부터 30일 이내 제출", "언제부터 세는 기간인가요?"),
        ("초안 12월 중순까지", "폭이 있는 말입니다."),
    ],
)
def test_a_question_about_a_date_says_why_at_once_and_later(team: Team, line: str, why: str):
    assert why in text_of(asked(team, "gist lead", line))

    team.now += timedelta(days=30)
    assert why in text_of(detailed(team))


def test_a_day_that_lies_behind_is_taken_as_the_next_one_and_it_is_said(team: Team):
    team.now += timedelta(days=6)  # a Sunday
    why = "이미 지난 날이라 다음 같은 요일로 보았습니다."

    assert why in text_of(asked(team, "gist lead", "초안 이번 주 금요일까지"))
    assert str(team.item().due_on) == "2026-12-04"
    assert why in told(team, "gist lead", "기한 A-1 이번 주 목요일")
    assert str(team.item().due_on) == "2026-12-03"
    assert why in told(team, "gist lead", "추가 검토 이번 주 수요일까지\n보고 12월 9일까지")


def test_a_date_that_cannot_be_a_due_date_is_explained(team: Team):
    assert "알림 시점입니다. 그래서 기한 없이" in text_of(asked(team, "gist lead", "초안 D-3"))


def test_a_question_stays_until_it_is_answered_wherever_its_asker_looks(team: Team):
    asked(team, "gist lead", f"초안 {COUNTY_OWNER} 3월 15일(금)까지")

    (row,) = [one for one in team.queued(ANSWER) if one.user_id == "UGLEAD"]
    assert "3월 15일(금)" in row.args["text"]
    assert "답을 기다리는 질문" in seen_home(team, "gist lead")
    assert "답을 기다리는 질문" not in seen_home(team, "county owner")
    assert "기한 없이 두기" in buttons(detailed(team))
    with team.work() as work:
        form = edit_form(work, team.asker(work, "gist lead"), team.item())
    assert "기한을 확인해 주세요" in str(form["blocks"])

    press(team, "gist lead", buttons(detailed(team))["기한 없이 두기"])

    assert "답을 기다리는 질문" not in seen_home(team, "gist lead")
    assert team.item().due_on is None


def test_an_owner_chosen_in_the_form_is_not_asked_about(team: Team):
    asked(team, "gist lead", "초안 @하늘")
    with team.work() as work:
        asker = team.asker(work, "gist lead")
        base = {"title": "초안", "due": "", "stream": "", "owner-1": str(asker.person.id if asker.person else 0)}
        other = work.session.exec(select(Person).where(Person.name == "정하늘")).one()
        memory = {"item": team.item().id, "base": base}
        submitted(work, asker, memory, {**base, "owner-1": str(other.id)})

    assert owners(team) == ["정하늘 교수"]
    assert "답을 기다리는 질문" not in seen_home(team, "gist lead")


def test_a_closed_item_asks_nothing(team: Team):
    asked(team, "gist owner", "초안 금요일쯤 @하늘눌")
    team.done("gist owner")

    assert "답을 기다리는 질문" not in seen_home(team, "gist owner")


@pytest.mark.parametrize("handle", ["observer", "stranger", "other team"])
def test_others_cannot_answer(team: Team, handle):
    button = buttons(asked(team, "gist lead", "초안 @하늘"))["GIST 정하늘 교수"]

    with pytest.raises(Refused):
        press(team, handle, button, OTHER_CHANNEL if handle == "other team" else "C1")

    assert owners(team) == ["이강민 단장"]


def test_an_answer_that_was_not_offered_is_refused(team: Team):
    button = buttons(asked(team, "gist lead", "초안 @하늘"))["GIST 정하늘 교수"]
    forged = button | {"value": re.sub(r":\d+$", ":7", button["value"])}

    with pytest.raises(Refused, match="item-owner-gone"):
        press(team, "gist lead", forged)


def test_the_address_of_a_message_is_shown_with_the_item(team: Team):
    asked(team, "gist lead", "초안 <https://gist.slack.com/archives/C1/p1763856000000100>")

    assert team.item().title == "초안"
    assert "<https://gist.slack.com/archives/C1/p1763856000000100|이 할 일이 나온 글>" in text_of(detailed(team))


def test_a_name_of_another_task_force_is_unknown(team: Team):
    assert "명단에 없는 이름" in text_of(asked(team, "gist lead", "초안 @문지호"))


def test_a_person_without_slack_owns_by_name(team: Team):
    with team.work() as work:
        known = work.session.exec(select(Person).where(Person.name == "한도윤")).one()
        work.session.delete(work.session.get_one(PersonAccount, (1, "UCOWN")))
        known.role = Role.MEMBER

    asked(team, "gist lead", "초안 담당: 한도윤 주무관")

    assert owners(team) == ["한도윤 주무관"]
