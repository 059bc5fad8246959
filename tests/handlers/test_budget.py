"""Over the real wire: a budget line from request to vote, on T1 and on T2, where the county has no commands."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from playground import Workspace
from tests.bots import Town, running
from tests.cast import world
from tests.windows import Message, Window, eventually

ADD = "예산 추가 실증센터 구축 2027년도 군직접사업 요구 12억 5,000만원"
SECRET = "예산 추가 비밀 예비비 2027 군직접사업 7억원 내부"
MONDAY = "2026-11-23T09:00:00+09:00"


@contextmanager
def town_on_monday(folder: Path, *, connect: bool) -> Iterator[Town]:
    """The task force of the cast on 2026-11-23, 09:00."""
    facts = {**world(connect=connect), "clock": MONDAY}
    with Workspace(facts, state=folder / "slack.db") as workspace:
        url, clock = f"sqlite:///{folder / 'tft.db'}", f"{workspace.url}/_clock"
        with running(url, workspace, TFT_CLOCK_URL=clock) as bot:
            town = Town(workspace, bot, is_connect=connect)
            town.found()
            yield town
            refused = [one for one in workspace.refusals if one["error"] not in town.expected_refusals]
            assert (workspace.violations, refused) == ([], [])


@pytest.fixture(params=["T1", "T2"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    with town_on_monday(tmp_path, connect=request.param == "T2") as made:
        yield made


@pytest.fixture
def t2(tmp_path: Path) -> Iterator[Town]:
    with town_on_monday(tmp_path, connect=True) as made:
        yield made


def board(window: Window, *parts: str) -> Message:
    """The board in the channel, once it says all this."""

    def look() -> Message | None:
        public = [one for one in window.messages() if not one.raw.get("ephemeral") and "예산 현황판" in one.text]
        assert len(public) <= 1, "a second board"
        return next((one for one in public if all(part in one.text for part in parts)), None)

    return eventually(look, f"a board with {parts}")


def test_a_line_from_request_to_vote_by_the_side_that_has_no_commands(place: Town):
    owner, gist = place.as_user("county owner"), place.as_user("gist lead")

    owner.write_to_bot(ADD)
    made = owner.written("B-1 실증센터 구축", "요구: 1,250,000,000원 (12억 5,000만원)")
    first = board(gist, "요구 1,250,000", "구상 1건")
    assert [block["type"] for block in first.blocks].count("data_visualization") == 1

    owner.click("일정표", made)
    form = owner.form()
    rows = [block["block_id"] for block in form.blocks if str(block.get("block_id")).startswith("rows")]
    owner.submit(form, **dict.fromkeys(rows, "군의회 의결"))
    owner.written("B-1-1", "군의회 의결", "2026. 12. 21.(월)")
    board(gist, "2026. 12. 21.(월) · B-1-1 군의회 의결")

    gist.mention("B-1 단계 편성 12억")
    gist.told("편성: 1,200,000,000원 (12억원)")

    owner.write_to_bot("예산 완료 B-1-1")
    owner.click("open-form", owner.written("양식"))
    owner.submit(owner.form(), amount="11억 5천만원", stage="의결")
    owner.written("의결: 1,150,000,000원 (11억 5,000만원)", "감액")
    assert board(gist, "의결 1건", "확보 1,150,000").ts == first.ts


def test_every_button_of_a_card_opens_what_it_says(t2: Town):
    owner = t2.as_user("county owner")
    owner.write_to_bot(ADD)
    card = owner.written("B-1 실증센터 구축")

    for label, title in (
        ("단계", "단계 변경"),
        ("금액", "금액과 재원"),
        ("일정 추가", "일정 추가"),
        ("수정", "예산 사업 수정"),
        ("메모", "메모"),
    ):
        owner.click(label, card)
        form = owner.form()
        assert title in form.text
        owner.act("close", view_id=form.raw["id"])
    owner.click("이력", card)
    owner.written("B-1 이력", "등록")


def test_another_kind_of_money_shows_other_rows_in_the_open_form(t2: Town):
    owner = t2.as_user("county owner")
    owner.write_to_bot(ADD)
    owner.click("일정표", owner.written("B-1 실증센터 구축"))
    form = owner.form()
    assert "연구비 단계 정산" not in form.text

    select = next(
        element
        for block in form.blocks
        for element in block.get("elements", [])
        if element["action_id"] == "preset-kind"
    )
    research = next(one for one in select["options"] if one["value"] == "research")
    owner.click("preset-kind", form, selected_option=research)

    eventually(lambda: "연구비 단계 정산" in owner.form().text or None, "the rows of research")


def test_what_must_be_mended_is_said_in_the_form_and_what_was_typed_stays(t2: Town):
    owner = t2.as_user("county owner")
    owner.write_to_bot("예산 추가")
    owner.click("open-form", owner.written("양식"))

    answer = owner.submit(owner.form(), name="센터", year="2027", kind="출연금", **{"figure-requested": "3억 5천"})

    assert "단위가 분명하지 않습니다" in answer["errors"].get("figure-requested", str(answer))
    owner.submit(owner.form(), name="센터", year="2027", kind="출연금", **{"figure-requested": "3억 5천만원"})
    owner.written("B-1 센터", "350,000,000원 (3억 5,000만원)")


def test_an_internal_line_reaches_neither_channel_nor_other_side(t2: Town):
    owner, gist = t2.as_user("county owner"), t2.as_user("gist lead")
    owner.write_to_bot(SECRET)
    owner.written("B-1 비밀 예비비", "내부(영광군)")
    owner.write_to_bot("예산 추가 셔틀 운영 2027 출연금 1억")
    board(gist, "셔틀 운영")

    gist.command("/tft 예산")
    gist.told("B-2 셔틀 운영")
    gist.command("/tft 예산 보기 B-1")
    gist.told("B-1 예산 사업이 없습니다")

    everything = [
        message.raw
        for window in (gist, t2.as_user("gist owner"))
        for channel in (None, window.dm())
        for message in window.messages(channel)
    ]
    assert "비밀" not in str(everything)
    assert "700,000" not in str(everything)


def test_the_board_without_its_chart_where_slack_refuses_it(t2: Town):
    owner, gist = t2.as_user("county owner"), t2.as_user("gist lead")
    t2.expected_refusals.add("invalid_blocks")
    t2.workspace.fault(
        method="chat.postMessage", kind="error", error="invalid_blocks", match={"channel": owner.home_channel}
    )

    owner.write_to_bot(ADD)

    shown = board(gist, "요구 1,250,000")
    assert "data_visualization" not in [block["type"] for block in shown.blocks]


def test_english_speaks_english(t2: Town):
    english = t2.as_user("english")
    english.command("/tft budget add Test track 2027 national subsidy 350,000,000")
    english.told("Added the budget line B-1 Test track", "Requested: KRW 350,000,000")

    english.command("/tft budget amount B-1 executed 3억 5천")

    english.told("The unit is not clear", "3억 5천")
