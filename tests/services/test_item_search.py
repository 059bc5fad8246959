"""Items are found by words in what they say; and an item has a description, a link, own parts and own dates."""

from unicodedata import normalize

import pytest

from bot.messages import ids
from bot.messages.item_forms import read_form
from bot.rules.item_changes import DESCRIPTION_LIMIT, LINK_LIMIT, TASK_LIMIT
from bot.rules.lines import TITLE_LIMIT
from bot.services.item_search import found_page
from storage import item_lists
from tests.services.asking import ask, buttons, told
from tests.services.team import OTHER_CHANNEL, Team, text_of
from tests.services.test_item_forms import mistake, open_edit, open_new, person_id, send


@pytest.mark.parametrize(
    "words",
    ["개소", "계획 센터", "센터", "CENTRE", normalize("NFD", "계획서"), "ｃｅｎｔｒｅ", "100%", "a_b", "#센터", "초안"],
)
def test_items_are_found_by_all_of_the_words(team: Team, words: str):
    team.add("gist lead", "센터 개소 계획서 초안 Centre 100% a_b #센터")
    team.add("gist lead", "셔틀 노선 협의 100 axb")

    found = told(team, "county owner", f"검색 {words.removeprefix('#')}")

    assert "A-1" in found
    assert "A-2" not in found


@pytest.mark.parametrize("words", ["%", "_", "센터 셔틀", "\\", "없는말"])
def test_wildcards_are_letters_and_all_words_must_be_there(team: Team, words: str):
    team.add("gist lead", "센터 개소 계획서")
    team.add("gist lead", "셔틀 노선 협의")

    assert "0건" in told(team, "county owner", f"search {words}")


def test_notes_and_descriptions_are_searched_and_titles_of_before_are_not(team: Team):
    team.add("gist lead", "센터 개소 <@UCOWN>")
    ask(team, "county owner", "진행 A-1 견적 두 곳 받음")
    send(team, open_edit(team), title="교육관 개소", description="현장 실사 포함")

    assert "A-1" in told(team, "gist owner", "검색 견적")
    assert "A-1" in told(team, "gist owner", "검색 실사")
    assert "0건" in told(team, "gist owner", "검색 센터")


def test_another_task_force_finds_nothing(team: Team):
    team.joint_item()

    assert "0건" in told(team, "other team", "검색 센터", channel=OTHER_CHANNEL)


def test_pages_and_the_last_one_when_there_are_fewer(team: Team):
    for number in range(12):
        team.add("gist lead", f"셔틀 {number}")

    post = ask(team, "gist lead", "search 셔틀").post
    after = buttons(post)["다음"]
    of, number, words = ids.read_item_value(after["value"])

    assert "12건" in text_of(post)
    assert (of, number, words) == (1, 1, "셔틀")
    with team.work() as work:
        assert "2/2쪽" in text_of(found_page(work, team.asker(work, "gist lead"), words, 5))


def test_open_items_come_first_then_the_newest_whichever_page_is_asked_for(team: Team):
    for number in range(5):
        team.add("gist lead", f"셔틀 {number}호")
    for number in (5, 2):
        ask(team, "gist lead", f"취소 A-{number} 사유: 중복")

    with team.work() as work:
        for offset in range(7):
            total, some = item_lists.found(work.session, item_lists.Sought(1, ["셔틀"]), offset, 2)
            assert total == 5
            assert [one.number for one in some] == [4, 3, 1, 5, 2][offset : offset + 2]


def test_without_words_the_form_asks_for_them(team: Team):
    view = ask(team, "gist lead", "검색").view

    assert view
    assert view["callback_id"] == "search"


def test_an_item_with_own_parts_and_own_dates(team: Team):
    owners = {"owner_1": person_id(team, "gist owner"), "owner_2": person_id(team, "county owner")}
    own = {"task_1": "산출근거", "due-of-1": "2026-11-30", "task_2": "요구서", "due-of-2": "2026-12-04"}
    send(
        team,
        open_new(team),
        title="예산 요구",
        description="군과 함께",
        link="https://a.example/b?c=d&e",
        **owners,
        **own,
    )

    card = text_of(team.card())

    assert "정하늘 교수 · 산출근거 · 2026. 11. 30.(월)까지" in card
    assert "한도윤 주무관 · 요구서 · 2026. 12. 4.(금)까지" in card
    assert "<https://a.example/b?c=d&amp;e>" in card
    assert "군과 함께" in told(team, "county owner", "보기 A-1")


def test_own_parts_are_changed_and_told_in_the_history(team: Team):
    team.joint_item()

    send(team, open_edit(team), **{"task-2": "요구서", "due-of-2": "2026-12-04", "description": "가" * 500})

    history = told(team, "gist owner", "이력 A-1")
    assert "영광군 몫 변경: 없음 → 요구서" in history
    assert "영광군 몫 기한 변경: 기한 미정 → 2026. 12. 4.(금)" in history
    ask(team, "gist lead", "assign A-1 <@UCDEP>")  # the part goes with the side, whoever owns it
    assert "서다은 팀장 · 요구서" in text_of(team.card())


def test_a_long_description_that_nobody_touched_is_no_conflict(team: Team):
    team.joint_item()
    send(team, open_edit(team), description="가" * 500)
    mine = open_edit(team)
    send(team, open_edit(team, "county lead"), "county lead", description="나" * 500)

    reply = send(team, mine, title="새 제목", description="가" * 500)

    assert team.item().title == "새 제목"
    assert team.item().description == "나" * 500
    assert reply.view is None


def test_a_long_description_that_both_changed_is_shown(team: Team):
    team.joint_item()
    send(team, open_edit(team), description="가" * 500)
    mine = open_edit(team)
    send(team, open_edit(team, "county lead"), "county lead", description="나" * 500)

    reply = send(team, mine, description="다" * 500)

    assert team.item().description == "나" * 500
    assert reply.view
    assert "나" * 100 in str(reply.view)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"link": "javascript:alert(1)"}, ("link", "item-link-strange")),
        ({"link": "https://evil|good"}, ("link", "item-link-strange")),
        ({"link": "https://a/" + "b" * LINK_LIMIT}, ("link", "item-words-long")),
        ({"description": "가" * (DESCRIPTION_LIMIT + 1)}, ("description", "item-words-long")),
        ({"task-2": "가" * (TASK_LIMIT + 1)}, ("task-2", "item-words-long")),
        ({"due-of-2": "2026-11-20"}, ("due-of-2", "item-due-past")),
        ({"owner-2": "", "task-2": "요구서"}, ("task-2", "item-part-nobody")),
    ],
)
def test_what_a_form_cannot_take_is_said_at_its_field(team: Team, fields: dict[str, str], where: tuple[str, str]):
    team.joint_item()

    assert mistake(team, open_edit(team), **fields) == where


def test_the_fullest_form_fits(team: Team):
    team.joint_item()
    full = {"description": '"' * DESCRIPTION_LIMIT, "link": "https://" + "a" * (LINK_LIMIT - 8)}
    own = {"task-1": '"' * TASK_LIMIT, "task-2": "\\" * TASK_LIMIT}
    send(team, open_edit(team), title='"' * TITLE_LIMIT, stream="나" * 40, **full, **own)

    assert len(open_edit(team)["private_metadata"]) <= 3000


def test_the_form_reads_what_it_asks(team: Team):
    team.joint_item()
    asked = {block["block_id"]: block["element"]["type"] for block in open_edit(team)["blocks"] if "element" in block}
    empty = {
        name: {name: {"type": kind, **({"selected_option": None} if kind == "static_select" else {})}}
        for name, kind in asked.items()
    }

    assert set(read_form(empty)) == set(asked) - {"due-time"}
