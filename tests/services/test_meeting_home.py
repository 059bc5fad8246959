"""The Home shows the meetings that concern its reader, and the dates of their budget lines; on both engines."""

from typing import Any

from bot.messages import ids
from bot.services.askers import Surface
from bot.services.item_lists import home
from playground import blocks
from tests.services.asking import ask
from tests.services.meeting import begun, confirmed, ended, on_record, press, say, send
from tests.services.team import Team


def seen(team: Team, handle: str) -> tuple[str, dict[str, Any]]:
    """What can be read on somebody's Home, and its buttons by their text."""
    with team.work() as work:
        view = home(work, team.asker(work, handle, Surface.BUTTON, None))
    blocks.check_view(view)
    buttons = [
        element
        for block in view["blocks"]
        for element in [*block.get("elements", []), block.get("accessory")]
        if element and element["type"] == "button"
    ]
    return str(view["blocks"]), {one["text"]["text"]: one for one in buttons}


def plan(team: Team, title: str, **more: str) -> None:
    form = ask(team, "gist member", f"회의 예약 {title}").view
    assert form
    send(team, "gist member", form, **more)


def test_it_runs_waits_to_be_put_on_record_and_to_be_confirmed(team: Team):
    begun(team)
    text, buttons = seen(team, "observer")
    assert "M-1* 실무회의" in text
    assert "진행 중" in text
    assert "기록 보기" in buttons
    say(team, "gist member", "결정: 센터 이름을 정함")

    ended(team)

    assert "살펴보고 등록" in seen(team, "gist member")[1]
    assert "M-1" not in seen(team, "county lead")[0]
    press(team, "gist member", ids.MEETING_RECORD)
    text, buttons = seen(team, "county lead")
    assert "회의록(안) 확인을 기다립니다 · 의견 기한 2026. 11. 26.(목)" in text
    assert press(team, "county lead", buttons["읽고 확인"]["action_id"]).post
    assert "M-1*" not in seen(team, "county owner")[0]
    confirmed(team, "county lead")
    assert "M-1*" not in seen(team, "county lead")[0]
    assert "M-1*" in seen(team, "gist lead")[0]


def test_what_comes_is_shown_to_those_expected_with_their_answer_until_it_is_long_over(team: Team):
    plan(team, "둘째 회의", on="2026-12-10", people="정하늘 교수")
    plan(team, "첫째 회의", on="2026-12-03", at="14:00", place="영광군청")

    text, buttons = seen(team, "gist owner")
    assert text.index("첫째 회의") < text.index("둘째 회의")
    assert "2026. 12. 3.(목) 14:00 · 영광군청 · 답하지 않음" in text
    press(team, "gist owner", buttons["참석"]["action_id"], "yes", number=2)
    assert "영광군청 · 참석" in seen(team, "gist owner")[0]
    assert "둘째 회의" not in seen(team, "county owner")[0]
    team.later(days=11)
    assert "첫째 회의" not in seen(team, "gist owner")[0]


def test_more_meetings_than_fit_are_said(team: Team):
    for number in range(5):
        plan(team, f"회의 {number}")

    text, _ = seen(team, "gist owner")

    assert "내 회의* · 5" in text
    assert "나머지는 각 TFT의 회의 목록에서" in text


def test_another_task_forces_people_see_none_of_it(team: Team):
    begun(team)
    plan(team, "분과회의")
    on_record(team)

    text, _ = seen(team, "other team")

    assert "실무회의" not in text
    assert "분과회의" not in text


def test_budget_dates_are_shown_to_the_lines_owner(team: Team):
    ask(team, "county owner", "예산 추가 실증센터 2027 국고보조 3억 5천만원")
    ask(team, "county owner", "예산 일정 B-1 정산 12/21")
    ask(team, "county owner", "예산 일정 B-1 결산 2027-03-31")

    text, buttons = seen(team, "county owner")

    assert "내 예산 일정* · 1" in text
    assert "정산" in text
    assert "2026. 12. 21.(월)" in text
    assert "결산" not in text
    assert "예산 보기" in buttons
    assert "내 예산 일정" not in seen(team, "county lead")[0]
