import pytest

from bot.rules import budget_lines, days_off, item_lists, meetings, weekly
from bot.rules.grammar import GLUED, WORDS, Noun, Verb, normalise, read_line, read_ref


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        pytest.param("", Verb.MENU, "", id="nothing opens the menu"),
        pytest.param("   ", Verb.MENU, "", id="spaces open the menu"),
        pytest.param("add Draft @kim", Verb.ADD, "Draft @kim", id="English"),
        pytest.param("추가 센터 개소", Verb.ADD, "센터 개소", id="Korean"),
        pytest.param("ADD x", Verb.ADD, "x", id="capitals"),
        pytest.param("ＡＤＤ　x", Verb.ADD, "x", id="full width"),
        pytest.param("내 할 일", Verb.MINE, "", id="spaces inside a Korean verb"),
        pytest.param("다시 열기 A-3", Verb.REOPEN, "A-3", id="spaces inside, and a rest"),
        pytest.param("A-12 완료", Verb.DONE, "A-12", id="the number first"),
        pytest.param("a12 history", Verb.HISTORY, "a12", id="the number first, English"),
        pytest.param("#3", Verb.SHOW, "#3", id="a number alone is shown"),
        pytest.param("\u110e\u116e\u1100\u1161 x", Verb.ADD, "x", id="decomposed Hangul"),
        pytest.param("완료A-12", Verb.DONE, "A-12", id="no space before a number"),
        pytest.param("취소#3 중복", Verb.CANCEL, "#3 중복", id="no space before #"),
        pytest.param("담당변경A-1 <@U1>", Verb.ASSIGN, "A-1 <@U1>", id="the longer verb before a number"),
        pytest.param("목록지연 #센터", Verb.LIST, "지연 #센터", id="no space before a sub-word"),
        pytest.param("회의시작 제8차", Verb.MEETING, "시작 제8차", id="of a meeting"),
        pytest.param("결정：노선 확정", Verb.DECIDE, "노선 확정", id="a full-width colon"),
        pytest.param("add: Draft", Verb.ADD, "Draft", id="a colon"),
        pytest.param("추가 :tada: 개소식", Verb.ADD, ":tada: 개소식", id="the colon of an emoji"),
    ],
)
def test_read_line(text, verb, rest):
    assert (read_line(text).verb, read_line(text).rest) == (verb, rest)


@pytest.mark.parametrize(
    ("text", "nearest", "rest"),
    [
        pytest.param("hlep", Verb.HELP, "", id="letters swapped"),
        pytest.param("addd x", Verb.ADD, "x", id="a letter too many"),
        pytest.param("추가센터 개소", Verb.ADD, "센터 개소", id="no space after the verb"),
        pytest.param("추가2차 보고서", Verb.ADD, "2차 보고서", id="or before a figure that is no number of a thing"),
        pytest.param("결정3건 정리", Verb.DECIDE, "3건 정리", id="nothing is decided by mistake"),
        pytest.param("완룡 A-1", Verb.DONE, "A-1", id="a syllable wrong"),
        pytest.param("안녕하세요", None, "", id="nothing near"),
        pytest.param("A-12abc", None, "", id="no number"),
    ],
)
def test_what_is_not_understood_gets_the_nearest_verb_and_loses_no_word(text, nearest, rest):
    line = read_line(text)

    assert line.verb is None
    assert (line.nearest, line.nearest_rest) == (nearest, rest)
    assert line.rest == text


def test_what_may_be_glued_to_a_verb_is_understood_there():
    known = {
        Verb.LIST: item_lists.WORDS.values(),
        Verb.MINE: item_lists.WORDS.values(),
        Verb.MEETING: [meetings.WORDS],
        Verb.BUDGET: budget_lines.WORDS.values(),
        Verb.HOLIDAY: days_off.ACT_WORDS.values(),
        Verb.LEAVE: days_off.ACT_WORDS.values(),
        Verb.PREVIEW: [weekly.WEEKLY, weekly.NUDGES],
    }

    assert {verb: set(words) - {one for some in known[verb] for one in some} for verb, words in GLUED.items()} == {
        verb: set() for verb in known
    }


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_an_english_and_a_korean_word(verb):
    english, korean = WORDS[verb][:2]

    assert english.isascii()
    assert not korean.isascii()
    assert read_line(english).verb is read_line(korean).verb is verb


def test_no_word_means_two_verbs():
    words = [word for words in WORDS.values() for word in words]

    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        *((text, Noun.ITEM) for text in ("A-12 x", "a12 x", "A - 12 x", "Ａ－１２ x")),
        *((text, None) for text in ("#12 x", "12 x")),
        *((text, Noun.DECISION) for text in ("R-12 x", "r12 x", "Ｒ－１２ x")),
        *((text, Noun.DECISION) for text in ("결정 12 x", "결정12호 x", "결정사항 12 x", "결정 12 호 x")),
    ],
)
def test_read_ref(text, noun):
    assert read_ref(text) == (noun, 12, "x")


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        pytest.param("R-7", Verb.SHOW, "R-7", id="a decision's number alone is shown"),
        pytest.param("결정 7", Verb.SHOW, "R-7", id="and in Korean, although the verb is the same word"),
        pytest.param("결정7호", Verb.SHOW, "결정7호", id="with 호"),
        pytest.param("결정 7호 이력", Verb.HISTORY, "R-7", id="and a verb about one thing"),
        pytest.param("r7 note 봄에 다시", Verb.NOTE, "r7 봄에 다시", id="the number first"),
        pytest.param("변경 R-3 새 문구", Verb.SUPERSEDE, "R-3 새 문구", id="the verb first"),
        pytest.param("결정 7월부터 운행", Verb.DECIDE, "7월부터 운행", id="a month is no number of a decision"),
        pytest.param(
            "결정 7 노선 추가 운행", Verb.DECIDE, "7 노선 추가 운행", id="a sentence that begins with a number"
        ),
        pytest.param("결정 목록", Verb.DECISIONS, "", id="the longer verb"),
    ],
)
def test_decisions_by_number_and_by_verb(text, verb, rest):
    assert (read_line(text).verb, read_line(text).rest) == (verb, rest)


@pytest.mark.parametrize("text", ["", "x", "A-", "12x", "1234567890", "-3", "R-", "결정", "결정 7월"])
def test_no_ref(text):
    assert read_ref(text) is None


def test_normalise_makes_one_spelling():
    assert normalise("  “말”：ＡＢＣ　１２ ") == '"말":ABC 12'
