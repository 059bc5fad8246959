"""What is mine over all my task forces; and what has waited longest."""

from dataclasses import replace

import pytest

from bot.messages import ids
from bot.services.askers import Surface, WhichTaskForce, find_asker
from bot.services.item_lists import list_page
from tests.services.asking import ask, buttons, told
from tests.services.team import CHANNEL, COUNTY_OWNER, GIST_OWNER, OTHER_CHANNEL, Team, text_of


@pytest.fixture
def both(team: Team) -> Team:
    """`gist owner` is in the other task force as well, and owns something in each."""
    team.join_the_other("gist owner")
    team.add("gist lead", f"하나 {GIST_OWNER} 2026-12-05")
    team.add("gist lead", f"남의 일 {COUNTY_OWNER}")
    team.add("other team", f"둘 {GIST_OWNER} 2026-12-01", channel=OTHER_CHANNEL)
    return team


def test_in_a_direct_message_all_my_task_forces_are_listed(both: Team):
    text = told(both, "gist owner", "내 할 일", surface=Surface.DIRECT, channel="D1")

    assert text.index("둘") < text.index("하나")
    assert "다른 TFT" in text
    assert "스마트 모빌리티 TFT" in text
    assert "남의 일" not in text


def test_a_page_that_is_not_there_any_more_is_the_last_one(both: Team):
    with both.work() as work:
        asker = both.asker(work, "gist owner", Surface.DIRECT, "D1")

        assert "하나" in text_of(list_page(work, asker, "mine", 3))


@pytest.fixture
def varied(both: Team) -> Team:
    """In each task force something late, half done, closed, and of a workstream."""
    for handle, channel, one in (("gist lead", CHANNEL, "A"), ("other team", OTHER_CHANNEL, "B")):
        both.add(handle, f"늦은 {one} {GIST_OWNER} 2026-11-24 #센터", channel=channel)
        both.add(handle, f"끝난 {one} {GIST_OWNER}", channel=channel)
    both.add("gist lead", f"반쪽 A {GIST_OWNER} {COUNTY_OWNER}")
    for channel, number in ((CHANNEL, 4), (OTHER_CHANNEL, 3), (CHANNEL, 5)):
        ask(both, "gist owner", f"완료 A-{number}", channel=channel)
    both.later(days=4)
    return both


@pytest.mark.parametrize(
    ("line", "there", "not_there"),
    [
        ("목록", ["늦은 A", "늦은 B", "남의 일", "반쪽 A", "둘"], ["끝난"]),
        ("목록 지연", ["늦은 A", "늦은 B"], ["하나", "둘", "끝난"]),
        ("list overdue mine", ["늦은 A", "늦은 B"], ["남의 일", "둘"]),
        ("목록 차례", ["반쪽 A"], ["늦은"]),
        ("목록 완료", ["끝난 A", "끝난 B"], ["늦은", "하나"]),
        ("목록 전체", ["끝난 A", "끝난 B", "늦은 A", "늦은 B", "남의 일"], []),
        ("목록 #센터", ["늦은 A", "늦은 B"], ["하나", "둘"]),
        ("내할일 #센터", ["늦은 A", "늦은 B"], ["하나", "둘"]),
        ("목록 우리 측", ["늦은 A", "늦은 B", "하나", "둘"], ["남의 일"]),
    ],
)
def test_every_filter_goes_over_all_my_task_forces(varied: Team, line: str, there: list[str], not_there: list[str]):
    text = told(varied, "gist owner", line, surface=Surface.DIRECT, channel="D1")

    assert "내가 참여한 모든 TFT" in text
    assert [one for one in there if one not in text] == []
    assert [one for one in not_there if one in text] == []


def test_the_other_sides_internal_things_are_in_no_such_list(varied: Team):
    varied.add("county lead", f"내부: 몰래 {COUNTY_OWNER}")
    varied.add("gist lead", f"내부: 우리끼리 {GIST_OWNER}")

    text = told(varied, "gist owner", "목록 전체", surface=Surface.DIRECT, channel="D1")

    assert "우리끼리" in text
    assert "몰래" not in text


def test_pages_go_on_over_all_of_them(varied: Team):
    for number in range(10):
        varied.add("gist lead", f"더 {number}")
    post = ask(varied, "gist owner", "목록 진행", surface=Surface.DIRECT, channel="D1").post
    of, number, rest = ids.read_item_value(buttons(post)["다음"]["value"])

    with varied.work() as work:
        who = replace(varied.asker(work, "gist owner", Surface.BUTTON, "D1").who, task_force_id=of)
        second = text_of(list_page(work, find_asker(work, who), rest, number))

    assert "2/2쪽" in second
    assert not {line for line in second.splitlines() if line.startswith("*A-")} & set(text_of(post).splitlines())


@pytest.mark.parametrize("line", ["목록 GIST", f"목록 지연 {GIST_OWNER}"])
def test_a_name_is_of_one_task_force_which_is_asked(both: Team, line: str):
    with pytest.raises(WhichTaskForce):
        ask(both, "gist owner", line, surface=Surface.DIRECT, channel="D1")


def test_in_a_channel_it_is_that_channels_task_force(both: Team):
    assert "둘" not in told(both, "gist owner", "내 할 일")


def test_the_pages_of_all_my_task_forces(both: Team):
    for number in range(10):
        both.add("gist lead", f"더 {number} {GIST_OWNER}")

    post = ask(both, "gist owner", "mine", surface=Surface.DIRECT, channel="D1").post

    assert ids.read_item_value(buttons(post)["다음"]["value"])[:2] == (0, 1)


def test_what_waits_longest_comes_first(team: Team):
    for title in ("하나", "둘"):
        team.add("gist lead", f"{title} {GIST_OWNER} {COUNTY_OWNER}")
    team.done("gist owner", 2)
    team.later(days=1)
    team.done("gist owner", 1)

    text = told(team, "county owner", "목록 차례")

    assert text.index("둘") < text.index("하나")
