"""Lists, the Home tab and the history, on both engines."""

from datetime import date

import pytest

from bot.messages.ids import read_item_value
from bot.rules.item_lists import WORDS, Shown
from bot.services.askers import Surface
from bot.services.item_history import details, history_page
from bot.services.item_lists import home, list_page
from bot.services.refused import Refused
from storage.items import parts
from tests.services.asking import buttons
from tests.services.team import COUNTY_OWNER, GIST_OWNER, Team, text_of


def listed(team: Team, rest: str = "", handle: str = "gist owner", page: int = 0) -> str:
    with team.work() as work:
        return text_of(list_page(work, team.asker(work, handle), rest, page))


@pytest.fixture
def some(team: Team) -> Team:
    """A-1 due on 12-05 #센터, A-2 overdue since Friday, A-3 half done, A-4 closed, A-5 without a date."""
    team.add("gist lead", f"하나 {GIST_OWNER} {COUNTY_OWNER} 2026-12-05 #센터")
    team.add("gist lead", f"둘 {GIST_OWNER} 2026-11-27 #예산")
    team.add("gist lead", f"셋 {GIST_OWNER} {COUNTY_OWNER} 2026-12-10")
    team.done("gist owner", 3)
    team.add("gist lead", f"넷 {COUNTY_OWNER}")
    team.done("county owner", 4)
    team.add("gist lead", "다섯 <@UCLEAD>")
    team.later(days=7)
    return team


@pytest.mark.parametrize(
    ("rest", "titles"),
    [
        pytest.param("", ["둘", "하나", "셋", "다섯"], id="open, the most urgent first"),
        pytest.param("지연", ["둘"], id="overdue"),
        pytest.param("waiting", ["셋"], id="half done"),
        pytest.param("closed", ["넷"], id="closed"),
        pytest.param("all", ["둘", "하나", "셋", "다섯", "넷"], id="all, what is over last"),
        pytest.param("mine", ["둘", "하나"], id="mine: what I still have to do"),
        pytest.param("#센터", ["하나"], id="a workstream"),
        pytest.param("영광군", ["하나", "셋", "다섯"], id="a side"),
        pytest.param("waiting 영광군", ["셋"], id="a side's turn"),
        pytest.param("waiting GIST", [], id="not its turn"),
        pytest.param(COUNTY_OWNER, ["하나", "셋"], id="a person"),
        pytest.param("@한도윤 #센터", ["하나"], id="a name and a workstream"),
    ],
)
def test_lists(some: Team, rest, titles):
    text = listed(some, rest)

    found = [title for title in ("하나", "둘", "셋", "넷", "다섯") if f"* {title}\n" in text]
    assert sorted(found, key=lambda title: text.index(f"* {title}\n")) == titles
    assert f" {len(titles)}건" in text


def test_a_list_says_what_is_late_and_whose_turn_it_is(some: Team):
    text = listed(some)

    assert "기한 지남 · 차례: GIST(1일째)" in text
    assert "GIST 완료 · 차례: 영광군(6일째)" in text


def test_an_empty_list_says_so(team: Team):
    assert "해당하는 할 일이 없습니다" in listed(team)


@pytest.mark.parametrize("rest", ["전남도청", "@홍길동", "<@USTRANGE>"])
def test_a_side_or_person_nobody_knows(some: Team, rest):
    with pytest.raises(Refused):
        listed(some, rest)


def test_outsiders_see_no_list(some: Team):
    with pytest.raises(Refused, match="not-in-roster"):
        listed(some, handle="other team")


def test_pages_and_their_buttons_after_the_list_changed(team: Team):
    for n in range(21):
        team.add("gist lead", f"할일{n:02} {GIST_OWNER}")

    assert "· 1/3쪽" in listed(team)
    third = listed(team, page=2)
    assert "할일20" in third
    assert "이전" in third
    assert "다음" not in third
    team.done("gist owner", 21)
    assert "할일19" in listed(team, page=2)  # the last page there is now
    assert "· 2/2쪽" in listed(team, page=99)


def test_a_page_stays_within_slacks_limits(team: Team):
    for n in range(10):
        team.add("gist lead", f"{n}{'&' * 299} {GIST_OWNER} {COUNTY_OWNER} #{'나' * 40}")

    with team.work() as work:
        post = list_page(work, team.asker(work, "gist owner"), "")

    assert len(post.blocks) <= 50
    assert all(len(block["text"]["text"]) <= 3000 for block in post.blocks if "text" in block)


def test_every_kind_of_list_can_be_asked_for_in_both_languages(some: Team):
    for shown in Shown:
        english, korean = WORDS[shown][:2]
        assert listed(some, english) == listed(some, korean)


def seen_home(team: Team, handle: str) -> str:
    with team.work() as work:
        view = home(work, team.asker(work, handle, Surface.BUTTON, None))
    return str(view["blocks"])


def test_home_shows_what_is_mine_to_do(some: Team):
    text = seen_home(some, "gist owner")

    assert text.index("기한 지남") < text.index("둘") < text.index("하나")
    mine, _, deadlines = text.partition("2주 안의 기한")
    assert "셋" not in mine  # done by me
    assert "셋" in deadlines  # and not by the other side
    assert "할 일 추가" in text


def test_home_of_a_newcomer_says_how_to_begin(team: Team):
    assert "아직 참여한 TFT가 없습니다" in seen_home(team, "stranger")


def test_home_with_nothing_to_do(team: Team):
    assert "내 차례인 할 일이 없습니다" in seen_home(team, "gist owner")


def test_a_full_home_fits(team: Team):
    for n in range(40):
        team.add("gist lead", f"할일{n:02} {GIST_OWNER}")

    with team.work() as work:
        view = home(work, team.asker(work, "gist owner", Surface.BUTTON, None))

    assert len(view["blocks"]) <= 100
    assert "25건을" in str(view)


def test_the_history_in_words(team: Team):
    team.joint_item()
    team.press("gist owner")
    team.unpress("gist owner")
    team.press("county owner", "eyes")
    team.done("gist lead")
    team.done("county owner")
    team.reopen("county lead")

    with team.work() as work:
        lines = history_page(work, team.asker(work, "gist owner"), team.item()).text.splitlines()

    said = [line.partition(" · ")[2] for line in lines[1:]]
    assert said == [
        "박서준 과장 · 다시 열림",
        "한도윤 주무관 · 완료로 닫힘",
        "한도윤 주무관 · 영광군 측 완료 기록 (버튼 또는 명령)",
        "이강민 단장 · GIST 측 완료 기록 (버튼 또는 명령)",
        "한도윤 주무관 · 👀 확인",
        "정하늘 교수 · GIST 측 완료 기록을 되돌림",
        "정하늘 교수 · GIST 측 완료 기록 (✅ 반응)",
        "이강민 단장 · 등록: 센터 개소 계획서 초안",
    ]


def test_a_long_history_has_pages(team: Team):
    team.joint_item()
    for _ in range(10):
        team.done("gist owner")
        team.undo("gist owner")

    with team.work() as work:
        asker = team.asker(work, "gist owner")
        first, last = history_page(work, asker, team.item()), history_page(work, asker, team.item(), 9)

    assert "· 1/2쪽" in first.text
    assert "등록" in last.text
    assert "등록" not in first.text


def test_details_name_who_added_it_and_when_each_side_was_done(team: Team):
    team.joint_item()
    team.done("gist owner")

    with team.work() as work:
        text = text_of(details(work, team.asker(work, "gist owner"), team.item()))

    assert "등록: 이강민 단장 · 2026. 11. 23.(월) 09:00" in text
    assert "GIST 완료: 2026. 11. 23.(월) 09:00" in text
    for label in ("완료", "변경", "되돌리기", "이력"):
        assert f"\n{label}" in text


@pytest.mark.parametrize(
    ("rest", "titles"),
    [
        pytest.param("내것 지연", ["둘"], id="mine and overdue"),
        pytest.param("mine all", ["둘", "하나", "셋"], id="all that I own"),
        pytest.param("영광군 #센터", ["하나"], id="a side and a workstream"),
        pytest.param("영광군 측 완료", ["넷"], id="a side and what is closed"),
        pytest.param("우리 측", ["둘", "하나", "셋"], id="the own side"),
        pytest.param("our side waiting", [], id="the own side's turn"),
        pytest.param("한도윤 주무관 차례", ["셋"], id="a name with the position, and a kind"),
        pytest.param(f"{COUNTY_OWNER} 영광군 closed", ["넷"], id="a person on a side"),
        pytest.param(f"{COUNTY_OWNER} GIST", [], id="a person on another side"),
        pytest.param("GIST #예산 overdue @정하늘", ["둘"], id="everything"),
    ],
)
def test_filters_go_together(some: Team, rest: str, titles: list[str]):
    text = listed(some, rest)

    found = [title for title in ("하나", "둘", "셋", "넷", "다섯") if f"* {title}\n" in text]
    assert sorted(found, key=lambda title: text.index(f"* {title}\n")) == titles


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        ("완료 지연", "list-one-each"),
        ("#센터 #예산", "list-one-each"),
        ("@정하늘 @한도윤", "list-one-each"),
        ("내것 @한도윤", "list-one-each"),
        ("우리 측 영광군", "list-one-each"),
        ("@정하늘 전남도청", "list-whose"),
        (f"{COUNTY_OWNER} 그리고", "list-whose"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_dropped_silently(some: Team, rest: str, why: str):
    with pytest.raises(Refused, match=why):
        listed(some, rest)


def test_the_heading_says_what_was_asked_for(some: Team):
    assert "* · 지연 · 내 할 일 · 영광군 · #센터 0건" in listed(some, "내것 지연 영광군 #센터")
    assert "차례 대기) · 한도윤 주무관 1건" in listed(some, "차례 @한도윤")


def test_without_dates_what_waits_longest_comes_first_and_what_is_over_last(team: Team):
    for title in ("하나", "둘", "셋", "넷"):
        team.add("gist lead", f"{title} {GIST_OWNER} {COUNTY_OWNER}")
    team.add("gist lead", f"다섯 {GIST_OWNER} {COUNTY_OWNER} 2026-12-24")
    for number in (3, 2):
        team.later(days=1)
        team.done("gist owner", number)
    team.done("gist owner", 1)
    team.done("county owner", 1)

    order = lambda text, names: sorted(names, key=lambda name: text.index(f"* {name}\n"))  # noqa: E731

    assert order(listed(team), ["둘", "셋", "넷", "다섯"]) == ["다섯", "셋", "둘", "넷"]
    assert order(listed(team, "전체"), ["하나", "둘", "셋", "넷", "다섯"]) == ["다섯", "셋", "둘", "넷", "하나"]
    assert order(listed(team, "mine", "county owner"), ["둘", "셋", "넷", "다섯"]) == ["다섯", "셋", "둘", "넷"]
    assert order(seen_home(team, "county owner").replace("\\n", "\n"), ["둘", "셋", "넷"]) == ["셋", "둘", "넷"]


def test_mine_are_sorted_by_the_own_date_of_my_part_which_the_line_shows(team: Team):
    team.add("gist lead", f"하나 {GIST_OWNER} {COUNTY_OWNER} 2026-12-20")
    team.add("gist lead", f"둘 {GIST_OWNER} 2026-12-10")
    with team.work() as work:
        part = parts(work.session, team.item(1).id or 0)[0]
        part.due_on = date(2026, 12, 1)

    text = listed(team, "mine")

    assert text.index("* 하나\n") < text.index("* 둘\n")
    assert "GIST 정하늘 교수 (2026. 12. 1.(화)까지) / 영광군 한도윤 주무관" in text
    assert listed(team).index("* 둘\n") < listed(team).index("* 하나\n")


def test_overdue_for_somebody_or_a_side_is_judged_by_the_own_date_of_the_part(team: Team):
    team.add("gist lead", f"하나 {GIST_OWNER} {COUNTY_OWNER} 2026-12-20")
    team.add("gist lead", f"둘 {GIST_OWNER} {COUNTY_OWNER} 2026-11-25")
    own = {1: date(2026, 11, 25), 2: date(2026, 12, 20)}
    with team.work() as work:
        for number, day in own.items():
            part = next(one for one in parts(work.session, team.item(number).id or 0) if one.side_id == 1)
            part.due_on = day
    team.later(days=7)

    for rest in ("mine overdue", "지연 GIST", "지연 우리 측", "지연 @정하늘"):
        assert ("* 하나\n" in listed(team, rest), "* 둘\n" in listed(team, rest)) == (True, False), rest
    assert ("* 하나\n" in listed(team, "지연 영광군"), "* 둘\n" in listed(team, "지연 영광군")) == (False, True)
    assert ("* 하나\n" in listed(team, "지연"), "* 둘\n" in listed(team, "지연")) == (False, True)


def test_a_page_button_works_after_everything_on_it_was_closed_and_after_the_list_became_empty(team: Team):
    for n in range(11):
        team.add("gist lead", f"할일{n:02} {GIST_OWNER} #센터")
    with team.work() as work:
        post = list_page(work, team.asker(work, "gist owner"), "진행중   #센터 " + "진행 " * 500)
    _, page, rest = read_item_value(buttons(post)["다음"]["value"])

    team.done("gist owner", 11)
    assert "할일00" in listed(team, rest, page=page)
    for number in range(1, 11):
        team.done("gist owner", number)

    assert "해당하는 할 일이 없습니다" in listed(team, rest, page=page)
