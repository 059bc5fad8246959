"""Budget lines: made, found, changed; rights; what is internal to a side; history; the channel's board."""

import json
from typing import Any

import pytest

from bot.messages import ids
from bot.messages.post import Post, Reply
from bot.services import budget, budget_views
from bot.services.askers import Surface
from bot.services.refused import Refused
from handlers.budget import FORMS, pressed_on
from playground import blocks
from storage import budget as storage
from storage.budget import Sight
from storage.tables import BudgetLine, Stage
from tests.services.asking import ask, buttons, last_told, told
from tests.services.mornings import sent
from tests.services.team import CHANNEL, OTHER_CHANNEL, Team, text_of

ADD = "예산 추가 실증센터 구축 2027년도 국고보조 요구 12억 5,000만원"
SECRET = "예산 추가 비밀 협상 예비비 2027 군직접사업 7억원 내부"


def press(team: Team, handle: str, button: dict[str, Any], channel: str | None = CHANNEL) -> Reply:
    """Somebody presses a button about a line or a milestone."""
    _, row_id, more = ids.read_item_value(button["value"])
    with team.work() as work:
        asker = team.asker(work, handle, Surface.BUTTON, channel)
        return checked(pressed_on(work, asker, button["action_id"], row_id, more))


def submit(team: Team, handle: str, view: dict[str, Any] | None, **answers: Any) -> Reply:
    """Somebody fills in a form by block id and sends it; what is not named keeps what it holds."""
    assert view
    values = {
        block["block_id"]: {"answer": _entered(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    for block_id, answer in answers.items():
        assert block_id in values, f"{block_id} not in {sorted(values)}"
        values[block_id] = {"answer": _answer(_element(view, block_id), answer)}
    kept = json.loads(view["private_metadata"])
    with team.work() as work:
        return checked(FORMS[kept["act"]](work, team.asker(work, handle, Surface.FORM), kept, values))


def _element(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(block["element"] for block in view["blocks"] if block.get("block_id") == block_id)
    return found


def _entered(element: dict[str, Any]) -> dict[str, Any]:
    """What an element holds at first."""
    if element["type"] == "static_select":
        return {"selected_option": element.get("initial_option")}
    if element["type"] == "checkboxes":
        return {"selected_options": []}
    if element["type"] == "datepicker":
        return {"selected_date": element.get("initial_date")}
    return {"value": element.get("initial_value")}


def _answer(element: dict[str, Any], given: Any) -> dict[str, Any]:
    if element["type"] == "static_select":
        return {
            "selected_option": next(one for one in element["options"] if given in (one["value"], one["text"]["text"]))
        }
    if element["type"] == "checkboxes":
        return {
            "selected_options": [
                one for one in element["options"] if any(word in one["text"]["text"] for word in given)
            ]
        }
    if element["type"] == "datepicker":
        return {"selected_date": given}
    return {"value": given or None}


def checked(reply: Reply) -> Reply:
    """As Slack takes it."""
    if reply.post:
        blocks.check_message(reply.post.blocks)
        assert 0 < len(reply.post.text) <= 4000
    if reply.view:
        blocks.check_view(reply.view)
    return reply


def board(team: Team) -> Post:
    """The channel's board, as it waits to be sent."""
    (row,) = team.queued(budget.BOARD)
    post = team.rendered(row)
    assert post
    blocks.check_message(post.blocks)
    return post


def line(team: Team, number: int = 1, side_id: int | None = None) -> BudgetLine:
    with team.database.reading() as session:
        found = storage.by_number(session, Sight(1, side_id), number)
    assert found
    return found


def test_a_line_is_made_from_one_sentence_and_both_forms_of_its_amount_are_echoed(team: Team):
    reply = checked(ask(team, "county owner", ADD))

    said = text_of(reply.post)
    assert "B-1 실증센터 구축" in said
    assert "요구: 1,250,000,000원 (12억 5,000만원)" in said
    assert "담당: 영광군 한도윤 주무관" in said
    assert "국고보조" in told(team, "gist member", "예산 보기 B-1")
    assert "B-1 실증센터 구축" in text_of(board(team))


@pytest.mark.parametrize("text", ["예산 추가 실증센터", "budget add", "예산 추가 실증센터 2027 국고보조 3억 5천"])
def test_what_is_missing_or_not_certain_opens_the_form_with_what_was_given(team: Team, text: str):
    reply = checked(ask(team, "gist lead", text))

    assert reply.view
    assert text_of(reply.unopened)
    assert ("실증센터" in str(reply.view)) == ("실증센터" in text)
    assert ("단위가 분명하지 않습니다" in str(reply.view)) == ("3억 5천" in text)


def test_the_form_makes_a_line_with_owners_of_both_sides_and_shares_that_add_up(team: Team):
    view = checked(ask(team, "gist lead", "예산 추가")).view

    reply = submit(
        team,
        "gist lead",
        view,
        name="전문대학원 설립",
        year="2027년도",
        kind="출연금",
        **{
            "owner-1": "정하늘 교수",
            "owner-2": "한도윤 주무관",
            "figure-requested": "10억",
            "share-county": "6억",
            "share-university": "4억원",
        },
    )

    said = text_of(reply.post)
    assert "담당: GIST 정하늘 교수 / 영광군 한도윤 주무관" in said
    assert "군비 600,000,000원 (6억원) · 60.0%" in said
    assert "대학 400,000,000원 (4억원) · 40.0%" in said
    assert set(last_told(team, budget.OWNED)) == {"UGOWN", "UCOWN"}


@pytest.mark.parametrize(
    ("answers", "field", "key"),
    [
        ({"figure-requested": "10억", "share-county": "6억"}, "share-county", "budget-shares-differ"),
        ({"figure-requested": "3억 5천"}, "figure-requested", "money-unit-missing"),
        ({"figure-requested": "약 3억"}, "figure-requested", "money-about"),
        ({"share-national": "$300"}, "share-national", "money-foreign"),
        ({"year": "내년"}, "year", "budget-year-strange"),
        ({"currency": "WON"}, "currency", "money-currency"),
        ({"name": "\u200b"}, "name", "budget-name-missing"),
    ],
)
def test_what_must_be_mended_is_said_at_its_field(team: Team, answers: dict[str, str], field: str, key: str):
    with pytest.raises(Refused) as refused:
        submit(
            team,
            "gist lead",
            ask(team, "gist lead", "예산 추가").view,
            **{"name": "센터", "year": "2027", "kind": "출연금", **answers},
        )

    assert (refused.value.field, refused.value.key) == (field, key)


def test_another_currency_is_kept_without_korean_forms(team: Team):
    view = ask(team, "gist lead", "예산 추가").view
    reply = submit(
        team,
        "gist lead",
        view,
        name="Test bench",
        year="2027",
        kind="국가R&D",
        currency="eur",
        **{"figure-requested": "EUR 350,000"},
    )

    assert "요구: EUR 350,000" in text_of(reply.post)
    assert "EUR 350,000" in told(team, "gist lead", "예산")
    with pytest.raises(Refused) as refused:
        ask(team, "gist lead", "예산 금액 B-1 요구 3억")
    assert refused.value.key == "money-figures-only"


def test_a_stage_moves_with_its_amount_and_the_history_says_who_when_and_how_much(team: Team):
    ask(team, "county owner", ADD)

    assert "단계: 편성" in told(team, "county owner", "예산 단계 B-1 편성 11억")
    assert "의결: 1,050,000,000원 (10억 5,000만원)" in told(team, "gist owner", "B-1 단계 의결 10억 5천만원")

    said = told(team, "county lead", "예산 보기 B-1")
    assert "감액(편성 − 의결): 50,000,000원 (5,000만원)" in said
    assert "정하늘 교수 · 단계 변경: 편성 → 의결" in said
    past = told(team, "county lead", "이력 B-1")
    assert "의결액 변경: 없음 → 1,050,000,000원 (10억 5,000만원)" in past
    assert "2026. 11. 23.(월) 09:00 · 한도윤 주무관 · 단계 변경: 구상 → 편성" in past


def test_a_stage_without_its_amount_asks_for_it(team: Team):
    ask(team, "county owner", ADD)

    view = ask(team, "county owner", "예산 단계 B-1 의결").view
    reply = submit(team, "county owner", view, amount="")

    assert "단계: 의결" in text_of(reply.post)
    assert line(team).approved is None


def test_amounts_are_kept_apart_and_what_cannot_be_right_is_said(team: Team):
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    ask(team, "county owner", "예산 금액 B-1 의결 3억")

    assert "확보: 300,000,000원 (3억원) · 집행률 40.0%" in told(team, "county owner", "예산 금액 B-1 집행 1억 2천만원")
    assert "집행액이 확보액보다 큽니다" in told(team, "county owner", "예산 금액 B-1 집행 4억")
    with pytest.raises(Refused, match="budget-which-amount"):
        ask(team, "county owner", "예산 금액 B-1 예비비 4억")
    assert "300,000 · 확보 300,000 · 집행 400,000" in text_of(board(team))


def test_shares_that_no_longer_add_up_open_the_form_with_what_was_typed(team: Team):
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    submit(team, "county owner", ask(team, "county owner", "예산 금액 B-1").view, **{"share-county": "3억"})

    view = checked(ask(team, "county owner", "예산 금액 B-1 요구 4억")).view

    assert "재원의 합계" in str(view)
    assert line(team).requested == 300_000_000
    submit(team, "county owner", view, **{"share-county": "4억"})
    assert line(team).requested == 400_000_000


def test_a_line_is_split_at_the_years_end(team: Team):
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    for words in ("의결 3억", "집행 2억", "명시이월 5천만원", "사고이월 3천만원"):
        ask(team, "county owner", f"예산 금액 B-1 {words}")
    with pytest.raises(Refused, match="budget-split-uneven"):
        ask(team, "county owner", "예산 이월 B-1")
    ask(team, "county owner", "예산 금액 B-1 반납 2천만원")

    said = told(team, "county owner", "예산 이월 B-1")

    assert "B-2 셔틀 운영" in said
    assert "2028년도 · 군 직접사업 · B-1 이월분" in told(team, "county owner", "B-2")
    assert (line(team, 2).year, line(team, 2).approved, line(team, 2).stage) == (2028, 80_000_000, Stage.EXECUTING)
    assert "요구 300,000 · 확보 300,000 · 집행 200,000" in told(team, "county owner", "예산")
    with pytest.raises(Refused, match="budget-split-already"):
        ask(team, "county owner", "예산 이월 B-1")


def test_notes_and_links_stand_on_the_card(team: Team):
    team.joint_item()
    ask(team, "county owner", ADD)

    assert "부처와 협의 중" in told(team, "gist owner", "예산 메모 B-1 부처와 협의 중")
    ask(team, "gist owner", "예산 연결 B-1 A-1")

    assert "연결: A-1 센터 개소 계획서 초안" in told(team, "county lead", "B-1")
    assert "연결을 풀었습니다" in told(team, "gist owner", "예산 연결 B-1 A-1")
    with pytest.raises(Refused):
        ask(team, "gist owner", "예산 연결 B-1 A-99")
    with pytest.raises(Refused):
        ask(team, "gist owner", "예산 연결 B-1 셔틀")


def test_an_observer_sees_and_changes_nothing(team: Team):
    ask(team, "county owner", ADD)

    assert "실증센터" in told(team, "observer", "예산")
    for words in (
        ADD,
        "예산 단계 B-1 의결 1억",
        "예산 금액 B-1 집행 1억",
        "예산 메모 B-1 글",
        "예산 일정표 B-1",
        "예산 수정 B-1",
    ):
        with pytest.raises(Refused, match="budget-observer-may-not"):
            ask(team, "observer", words)


# --- internal to one side ------------------------------------------------------------------------------------------------


def test_an_internal_line_is_for_the_own_side_alone(team: Team):
    ask(team, "county owner", ADD)
    team_said = told(team, "county owner", SECRET)
    assert "내부" in told(team, "county lead", "예산 보기 B-2")
    assert "비밀 협상" in team_said

    assert "비밀" in told(team, "county secretary", "예산")
    for handle in ("gist lead", "gist owner", "observer"):
        assert "비밀" not in told(team, handle, "예산")
        for words in (
            "예산 보기 B-2",
            "예산 단계 B-2 의결 1억",
            "예산 이력 B-2",
            "예산 메모 B-2 글",
            "예산 일정표 B-2",
            "예산 일정 B-2 의결 12/21",
        ):
            with pytest.raises(Refused, match=r"budget-not-found"):
                ask(team, handle, words)
    assert "비밀" not in text_of(board(team))
    assert "700,000" not in text_of(board(team))


def test_what_is_internal_but_was_typed_in_the_channel_is_said(team: Team):
    assert "모두가 볼 수 있습니다" in told(team, "county owner", SECRET, surface=Surface.MENTION)
    assert "모두가 볼 수 있습니다" not in told(team, "county owner", "예산 추가 내부: 둘째 2027 출연금 1억")
    assert line(team, 2, 2).internal_to == 2


def test_an_internal_line_alone_makes_no_board(team: Team):
    ask(team, "county owner", SECRET)

    assert team.queued(budget.BOARD) == []


def test_only_the_own_side_may_own_an_internal_line(team: Team):
    view = ask(team, "county owner", "예산 추가").view

    with pytest.raises(Refused) as refused:
        submit(
            team,
            "county owner",
            view,
            name="비밀",
            year="2027",
            kind="출연금",
            sight="내부(우리 측만)",
            **{"owner-1": "정하늘 교수"},
        )

    assert (refused.value.key, refused.value.field) == ("budget-owner-other-side", "owner-1")


def test_an_internal_line_is_made_joint_by_its_side_and_never_back(team: Team):
    ask(team, "county owner", SECRET)
    view = checked(ask(team, "county owner", "예산 수정 B-1")).view

    submit(team, "county owner", view, sight="공동(두 기관 모두)")

    assert "비밀" in told(team, "gist lead", "예산")
    assert "비밀" in text_of(board(team))
    joint = ask(team, "county owner", "예산 수정 B-1").view
    assert joint
    assert "sight" not in [block.get("block_id") for block in joint["blocks"]]


def test_a_message_that_waits_is_not_sent_to_eyes_that_may_no_longer_see(team: Team):
    submit(
        team,
        "county lead",
        ask(team, "county lead", "예산 추가").view,
        name="비밀 예비비",
        year="2027",
        kind="군 직접사업",
        sight="내부(우리 측만)",
        **{"owner-2": "한도윤 주무관"},
    )
    (row,) = team.queued(budget.OWNED)
    assert row.user_id == "UCOWN"
    assert "비밀" in text_of(team.rendered(row))

    with team.work() as work:
        person = team.asker(work, "county owner").person
        assert person
        person.side_id = 1  # moved to the other organisation

    assert team.rendered(row) is None


def test_sight_says_the_same_as_the_query(team: Team):
    ask(team, "county owner", ADD)
    ask(team, "county owner", SECRET)

    with team.database.reading() as session:
        everything = storage.lines(session, Sight(1, 1)) + storage.lines(session, Sight(1, 2))
        for sight in (Sight(1), Sight(1, 1), Sight(1, 2), Sight(2), Sight(2, 2)):
            admitted = {one.number for one in everything if sight.admits(one)}
            assert {one.number for one in storage.lines(session, sight)} == admitted


# --- other task forces, forged buttons -------------------------------------------------------------------------------------


def test_another_task_force_sees_and_reaches_nothing(team: Team):
    reply = ask(team, "county owner", ADD)
    show = buttons(reply.post)["자세히"]

    assert "B-1" not in told(team, "other team", "예산", channel=OTHER_CHANNEL)
    with pytest.raises(Refused, match="budget-not-found"):
        ask(team, "other team", "예산 보기 B-1", channel=OTHER_CHANNEL)
    with pytest.raises(Refused, match="budget-gone"):
        press(team, "other team", show, channel=OTHER_CHANNEL)
    forged = {**show, "value": ids.item_value(2, line(team).id or 0)}
    with pytest.raises(Refused, match="budget-gone"):
        press(team, "other team", forged, channel=OTHER_CHANNEL)


def test_a_forged_button_of_the_other_side_shows_nothing_internal(team: Team):
    reply = ask(team, "county owner", SECRET)

    for button in buttons(reply.post).values():
        with pytest.raises(Refused, match="budget-gone"):
            press(team, "gist lead", button)


def test_a_stranger_is_told_how_to_join(team: Team):
    with pytest.raises(Refused, match="not-in-roster"):
        ask(team, "stranger", "예산")


# --- the board -----------------------------------------------------------------------------------------------------------


def test_the_board_counts_in_thousands_says_so_and_has_a_chart_that_slack_takes(team: Team):
    ask(team, "county owner", ADD)
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    ask(team, "county owner", "예산 단계 B-2 의결 2억")

    shown = board(team)

    assert "(단위: 천원)" in text_of(shown)
    assert "요구 1,550,000 · 확보 200,000 · 집행 0 · 집행률 0.0%" in text_of(shown)
    assert "의결 1건" in text_of(shown)
    (chart,) = [block for block in shown.blocks if block["type"] == "data_visualization"]
    assert chart["chart"]["axis_config"]["categories"] == ["B-1", "B-2"]
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == [1_250_000, 300_000]


CHANGES = (
    *(
        "단계 B-1 의결 3억",
        "금액 B-1 집행 1억",
        "일정 B-1 정산 12/21",
        "옮기기 B-1-1 12/22",
        "완료 B-1-1",
        "되돌리기 B-1",
    ),
    *("금액 B-1 명시이월 2억", "이월 B-1"),
)


def test_whatever_changes_the_board_makes_it_true_in_place(team: Team):
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    for words in CHANGES:
        sent(team)
        team.later(minutes=1)
        ask(team, "county owner", f"예산 {words}")

        (row,) = team.queued(budget.BOARD)
        assert (row.channel_id, row.subject) == (CHANNEL, "1"), words


def test_without_the_chart_the_board_says_the_same(team: Team):
    ask(team, "county owner", ADD)
    (row,) = team.queued(budget.BOARD)
    row.args = {"without_chart": True}

    plain = team.rendered(row)

    assert plain
    assert [block["type"] for block in plain.blocks if block["type"] == "data_visualization"] == []
    assert plain.text == board(team).text


def test_a_long_board_is_paged_for_one_person_and_cut_with_a_count_in_the_channel(team: Team):
    for number in range(40):
        ask(team, "county owner", f"예산 추가 사업 {'가' * 60} {number} 2027 출연금 {number + 1}억")

    first = checked(ask(team, "gist lead", "예산")).post
    assert "다음" in buttons(first)
    assert "그 밖에 10건" in text_of(board(team))
    assert "사업" in told(team, "gist lead", "예산 2027")
    assert "아직 예산 사업이 없습니다" in told(team, "gist lead", "예산 2031")


def test_user_text_on_the_board_never_pings_or_spoofs(team: Team):
    ask(team, "county owner", "예산 추가 &lt;!channel&gt; <https://evil.example|good> 2027 출연금 1억")

    shown = board(team)

    assert "<!channel>" not in str(shown.blocks)
    assert "<https://evil" not in str(shown.blocks)


def test_the_trend_is_on_the_board(team: Team):
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")
    ask(team, "county owner", "예산 금액 B-1 의결 3억")
    ask(team, "county owner", "예산 금액 B-1 집행 1억")
    team.later(days=30)
    ask(team, "county owner", "예산 금액 B-1 집행 2억")

    assert "집행 추이" in text_of(board(team))
    assert "11. 23. 100,000 → 12. 23. 200,000" in text_of(board(team))


def test_english_reads_english(team: Team):
    with team.work() as work:
        asker = team.asker(work, "gist lead")
        asker.account.language = "en"
    ask(team, "county owner", ADD)

    said = told(team, "gist lead", "budget show B-1")

    assert "Requested: KRW 1,250,000,000" in said
    assert "FY2027 · national subsidy" in said
    assert "단계" not in said


def test_views_are_read_for_many_lines_at_once(team: Team):
    ask(team, "county owner", ADD)
    ask(team, "county owner", "예산 추가 셔틀 운영 2027 군직접사업 3억")

    with team.database.reading() as session:
        views = budget_views.views_of(session, storage.lines(session, Sight(1)))

    assert [(view.line.number, len(view.owners)) for view in views] == [(1, 1), (2, 1)]
