"""What a list is asked to show."""

import pytest

from bot.rules.item_lists import OURS, WORDS, ListLine, Shown, read_list, take_side


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        pytest.param("", ListLine(), id="nothing: what is open"),
        pytest.param("지연", ListLine((Shown.OVERDUE,)), id="Korean"),
        pytest.param("overdue", ListLine((Shown.OVERDUE,)), id="English"),
        pytest.param("OVERDUE", ListLine((Shown.OVERDUE,)), id="capitals"),
        pytest.param("내 할 일", ListLine((Shown.MINE,)), id="spaces within"),
        pytest.param("내것 지연", ListLine((Shown.MINE, Shown.OVERDUE)), id="two kinds"),
        pytest.param("mine late", ListLine((Shown.MINE, Shown.OVERDUE)), id="two kinds in English"),
        pytest.param("지연 late", ListLine((Shown.OVERDUE,)), id="one kind twice"),
        pytest.param("완료 #센터", ListLine((Shown.CLOSED,), streams=("센터",)), id="with a workstream"),
        pytest.param("<#C9|센터> all", ListLine((Shown.ALL,), streams=("센터",)), id="a channel mention is one"),
        pytest.param("<@UC|x> 차례", ListLine((Shown.WAITING,), ("UC",)), id="with a person"),
        pytest.param("@한도윤", ListLine(word="한도윤"), id="a name"),
        pytest.param("영광군 지연", ListLine((Shown.OVERDUE,), word="영광군"), id="a side"),
        pytest.param("우리 측 지연", ListLine((Shown.OVERDUE,), ours=True), id="the own side"),
        pytest.param("our side", ListLine(ours=True), id="the own side in English"),
        pytest.param("전남 도청", ListLine(word="전남 도청"), id="a side of two words"),
        pytest.param(
            "#예산 <@UC> 우리측 지연 진행중",
            ListLine((Shown.OVERDUE, Shown.OPEN), ("UC",), "", ("예산",), ours=True),
            id="everything together, in any order",
        ),
    ],
)
def test_what_a_list_is_asked_for(rest: str, expected: ListLine):
    assert read_list(rest) == expected


@pytest.mark.parametrize("rest", ["", "내것 지연 #센터", "<@UC> 차례", "영광군 우리 완료 #a #b", "지연 " * 900])
def test_the_short_spelling_reads_as_the_same_and_fits_a_button(rest: str):
    line = read_list(rest)

    assert read_list(str(line)) == line
    assert len(str(line)) < 100


@pytest.mark.parametrize(
    ("rest", "clear", "shown"),
    [
        ("진행 지연", True, Shown.OVERDUE),
        ("내것", True, Shown.MINE),
        ("내것 완료", True, Shown.CLOSED),
        ("지연 차례", True, Shown.OVERDUE),
        ("완료 지연", False, Shown.CLOSED),
        ("완료 진행", False, Shown.CLOSED),
        ("전체 차례", False, Shown.ALL),
        ("#센터 #예산", False, Shown.OPEN),
        ("<@U1> <@U2>", False, Shown.OPEN),
        ("내것 <@U2>", False, Shown.MINE),
    ],
)
def test_what_goes_together(rest: str, clear: bool, shown: Shown):
    assert (read_list(rest).is_clear, read_list(rest).shown) == (clear, shown)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("영광군", ("영광군", "")),
        ("gist측", ("GIST", "")),
        ("영광군 측 한도윤", ("영광군", "한도윤")),
        ("영광 군청", ("영광 군청", "")),
        ("한도윤", ("", "한도윤")),
        ("영광군수", ("", "영광군수")),
    ],
)
def test_a_side_among_names(word: str, expected: tuple[str, str]):
    assert take_side(word, ["GIST", "영광군", "영광 군청"]) == expected


def test_every_kind_of_list_has_words_in_both_languages_and_none_means_two():
    words = [word for kind in WORDS.values() for word in kind] + sorted(OURS)

    assert len(words) == len(set(words))
    assert all(kind[0].isascii() and not kind[1].isascii() for kind in WORDS.values())
