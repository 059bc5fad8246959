"""A pasted list: read line by line, shown, and made; nothing of it is lost."""

import re

import pytest
from sqlmodel import delete, func, select

from bot.messages.post import Post, Reply
from bot.rules.pasted import lines_of
from bot.services import item_pasted
from bot.services.refused import Refused
from playground.blocks import check_message
from storage.tables import Item, PastedList
from tests.services.asking import ask, buttons
from tests.services.team import Team, text_of

LIST = "추가 \n□ 센터 계획서 @정하늘 2026-12-04까지 #센터\n1) 예산 요구서 담당: 한도윤\n\n- 회의 자료 @하늘\n"


def press(team: Team, handle: str, button: dict[str, str]) -> Reply:
    list_id, what = int(button["value"].rsplit(":", 1)[1]), button["action_id"].split("-")[2]
    with team.work() as work:
        asker = team.asker(work, handle)
        if what == "page":
            return item_pasted.page(work, asker, list_id, int(button["action_id"].rsplit("-", 1)[1]))
        return (item_pasted.make if what == "make" else item_pasted.drop)(work, asker, list_id)


def paste(team: Team, line: str, handle: str = "gist member") -> Post:
    post = ask(team, handle, line).post
    assert post
    check_message(post.blocks)
    return post


def count(team: Team, table: type[Item] | type[PastedList] = Item) -> int:
    with team.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *((f"{mark} 초안", "초안") for mark in "□○◦●▪-–•·ㆍ※▶*"),
        ("1. 초안", "초안"),
        ("12) 초안", "초안"),
        ("(3) 초안", "초안"),
        ("가. 초안", "초안"),
        ("① 초안", "초안"),
        ("- [ ] 초안", "초안"),
        ("1. 5월 행사", "5월 행사"),
        ("12. 5.(토)까지 초안", "12. 5.(토)까지 초안"),
        ("3.5억 요구서", "3.5억 요구서"),
        ("2026-12-05 초안", "2026-12-05 초안"),
        ("가을 행사", "가을 행사"),
    ],
)
def test_what_stands_before_a_line(written, read):
    assert lines_of(written) == [read]


def test_a_list_is_shown_first_and_made_by_one_press(team: Team):
    post = paste(team, LIST)

    assert count(team) == 0
    shown = text_of(post)
    for part in ("센터 계획서\n정하늘 교수 · 2026. 12. 4.(금) · #센터", "예산 요구서\n한도윤 주무관", "여쭐 것이 있음"):
        assert part in shown

    made = press(team, "gist member", buttons(post)["모두 등록"])

    assert "할 일 3건" in text_of(made.post)
    assert "여쭐 것이 1건" in text_of(made.post)
    assert "메뉴" in buttons(made.post)
    assert [team.item(n).title for n in (1, 2, 3)] == ["센터 계획서", "예산 요구서", "회의 자료"]
    assert count(team, PastedList) == 0
    with pytest.raises(Refused, match="pasted-gone"):
        press(team, "gist member", buttons(post)["모두 등록"])
    assert count(team) == 3


def test_a_dropped_list_makes_nothing_and_is_forgotten(team: Team):
    press(team, "gist member", buttons(paste(team, LIST))["등록 취소"])

    assert count(team) == count(team, PastedList) == 0


def test_what_cannot_be_made_is_given_back_in_full(team: Team):
    long = "가" * 900
    post = paste(team, f"add 초안\n{long}\n예산안 2026-02-30\n셋째 @정하늘 @김민지")
    assert text_of(post).count("⚠") >= 3

    made = press(team, "gist member", buttons(post)["모두 등록"]).post

    assert count(team) == 1
    assert made
    check_message(made.blocks)
    for part in (long, "예산안 2026-02-30", "셋째 @정하늘 @김민지"):
        assert part in text_of(made)


def test_a_long_list_has_pages_and_is_made_in_parts(team: Team):
    post = paste(team, "add\n" + "\n".join(f"{n}. 할일{n:02}" for n in range(1, 46)))
    assert "할일11" not in text_of(post)
    assert "할일11" in text_of(press(team, "gist member", buttons(post)["다음"]).post)

    make = next(button for button in buttons(post).values() if button["action_id"].endswith("make"))
    told = []
    for expected in (20, 40, 45):
        told.append(text_of(press(team, "gist member", make).post))
        assert count(team) == expected
    assert ["이어서" in text for text in told] == [True, True, False]
    assert team.item(45).title == "할일45"


def test_a_button_under_a_list_that_was_removed_says_so(team: Team):
    post = paste(team, LIST)
    with team.work() as work:
        work.session.execute(delete(PastedList))

    with pytest.raises(Refused, match="pasted-gone") as no:
        press(team, "gist member", buttons(post)["모두 등록"])

    with team.work() as work:
        said = team.asker(work, "gist member").say(no.value.key, **no.value.args_of_key)
    assert "14일이 지나" in said
    assert "다시 붙여 넣어" in said


@pytest.mark.parametrize("handle", ["gist lead", "county owner", "observer", "stranger", "other team"])
def test_a_list_is_its_writers_own(team: Team, handle):
    post = paste(team, LIST)

    with pytest.raises(Refused):
        press(team, handle, buttons(post)["모두 등록"])

    assert count(team) == 0


@pytest.mark.parametrize("text", ["<!channel> & <https://evil|good>", "x" * 3000, "&" * 2000, "\u202e가"])
def test_hostile_lines_stay_text(team: Team, text):
    post = paste(team, "add\n" + "\n".join([text] * 12))

    assert not re.search(r"<!|<https", text_of(post))
    made = press(team, "gist member", buttons(post)["모두 등록"]).post
    assert made
    check_message(made.blocks)
