"""Whom a line names as an owner; and names that are only part of a title."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import Calendar
from bot.rules.lines import read_add
from bot.rules.names import Roster, names_in, take_name
from bot.rules.owners import without_owner
from storage.tables import Person, Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def person(number, name, title):
    return Person(id=number, task_force_id=1, side_id=1 + number % 2, role=Role.MEMBER, name=name, job_title=title)


HANEUL = person(1, "정하늘", "교수")
DOYUN = person(2, "한도윤", "주무관")
MINJI = person(3, "김민지", "연구원")
OTHER_MINJI = person(4, "김민지", "주무관")
EMMA = person(5, "Emma Clarke", "Researcher")
GAEUN = person(6, "이가은", "팀장")
GA = person(7, "이가", "")
ROSTER = Roster((HANEUL, DOYUN, MINJI, OTHER_MINJI, EMMA, GAEUN, GA), {"큰형": DOYUN, "emma": EMMA}, ("GIST", "영광군"))


def read(text):
    line = read_add(text, NOW, Calendar(), "UBOT", ROSTER)
    return line.title, [one.name + one.job_title for one in line.people], [one.written for one in line.asked]


@pytest.mark.parametrize(
    ("text", "title", "owners"),
    [
        pytest.param("초안 @정하늘", "초안", ["정하늘교수"], id="at"),
        pytest.param("@정하늘 교수님께 초안", "초안", ["정하늘교수"], id="at, with 직위, 님 and a particle"),
        pytest.param("초안 @정하늘교수", "초안", ["정하늘교수"], id="the title glued on"),
        pytest.param("초안 @한도윤, @정하늘 금요일까지", "초안", ["한도윤주무관", "정하늘교수"], id="two"),
        pytest.param(
            "초안 @김민지 주무관", "초안", ["김민지주무관"], id="of two with one name, the one with this 직위"
        ),
        pytest.param("Draft @Emma Clarke by Friday", "Draft", ["Emma ClarkeResearcher"], id="a name of two words"),
        pytest.param("Draft @emma clarke", "Draft", ["Emma ClarkeResearcher"], id="whatever capitals"),
        pytest.param("초안 @큰형", "초안", ["한도윤주무관"], id="an alias"),
        pytest.param("초안 @큰형에게", "초안", ["한도윤주무관"], id="an alias with a particle"),
        pytest.param(
            "@정하늘 팀장 회의 준비", "팀장 회의 준비", ["정하늘교수"], id="another's 직위 belongs to the title"
        ),
        pytest.param("초안 담당: 정하늘", "초안", ["정하늘교수"], id="label"),
        pytest.param(
            "담당: 정하늘 교수, 한도윤 초안 작성", "초안 작성", ["정하늘교수", "한도윤주무관"], id="label, list, title"
        ),
        pytest.param("초안 담당자: 정하늘 / 한도윤", "초안", ["정하늘교수", "한도윤주무관"], id="label, both sides"),
        pytest.param("초안 담당: 정하늘 및 한도윤", "초안", ["정하늘교수", "한도윤주무관"], id="및"),
        pytest.param("초안 담당: 정하늘 교수와 한도윤 주무관", "초안", ["정하늘교수", "한도윤주무관"], id="와"),
        pytest.param(
            "초안 GIST 담당: 정하늘 / 영광군 담당: 한도윤",
            "초안",
            ["정하늘교수", "한도윤주무관"],
            id="a label for each side",
        ),
        pytest.param("Draft owner: Emma Clarke", "Draft", ["Emma ClarkeResearcher"], id="English label"),
        pytest.param("초안 담당: 미정", "초안", [], id="nobody yet"),
        pytest.param("초안 담당: <@U1> 계획 포함", "초안 계획 포함", [], id="a mention behind the label"),
        pytest.param("초안 정하늘 교수", "초안", ["정하늘교수"], id="at the end with 직위"),
        pytest.param("초안 정하늘님", "초안", ["정하늘교수"], id="at the end with 님"),
        pytest.param("초안 정하늘에게", "초안", ["정하늘교수"], id="at the end with 에게"),
        pytest.param("초안 정하늘 담당", "초안", ["정하늘교수"], id="at the end with 담당"),
        pytest.param("초안 정하늘 교수, 한도윤 주무관", "초안", ["한도윤주무관", "정하늘교수"], id="two at the end"),
        pytest.param(
            "초안 한도윤 주무관 정하늘", "초안", ["정하늘교수", "한도윤주무관"], id="bare beside one with 직위"
        ),
        pytest.param("초안 정하늘, 한도윤 주무관", "초안", ["한도윤주무관", "정하늘교수"], id="the other way round"),
        pytest.param("초안 정하늘 교수 금요일까지", "초안", ["정하늘교수"], id="before the date"),
        pytest.param("초안 금요일까지 정하늘 교수", "초안", ["정하늘교수"], id="behind the date"),
        pytest.param("초안 (한도윤 주무관, 12/4까지)", "초안", ["한도윤주무관"], id="in brackets with the date"),
        pytest.param("초안 (12/4까지, 한도윤 주무관)", "초안", ["한도윤주무관"], id="the other way round in brackets"),
        pytest.param(
            "초안 (정하늘 교수, 한도윤 주무관)", "초안", ["한도윤주무관", "정하늘교수"], id="both in brackets"
        ),
        pytest.param("초안 / 담당 한도윤 / 기한 12.4.", "초안", ["한도윤주무관"], id="a label without a colon"),
        pytest.param("초안 12. 5.", "초안 12. 5.", [], id="the end of a title is not touched"),
        pytest.param("초안 (담당: 정하늘 교수, 기한: 12. 4.(금))", "초안", ["정하늘교수"], id="all in brackets"),
        pytest.param("초안(안) [담당: 정하늘, ~12/4]", "초안(안)", ["정하늘교수"], id="square ones; others stay"),
        pytest.param("초안(정하늘 교수, 12/4까지) 작성", "초안 작성", ["정하늘교수"], id="brackets in the middle"),
        pytest.param("초안 - 3영업일 이내 (정하늘 교수)", "초안", ["정하늘교수"], id="a name in brackets at the end"),
        pytest.param("초안 - 정하늘 교수 - 12/4까지", "초안", ["정하늘교수"], id="between dashes"),
        pytest.param("초안 정하늘 교수·한도윤 주무관", "초안", ["한도윤주무관", "정하늘교수"], id="joined by a dot"),
        pytest.param("초안 12/4까지 영광군 한도윤 주무관", "초안", ["한도윤주무관"], id="the side before the name"),
        pytest.param("초안 담당 정하늘", "초안", ["정하늘교수"], id="a label without colon"),
        pytest.param("담당자: 정하늘 / 기한: 12월 4일 / 초안", "초안", ["정하늘교수"], id="labels, the title last"),
        pytest.param("담당: 정하늘, 금요일까지 초안", "초안", ["정하늘교수"], id="a date is no name"),
        pytest.param("초안 (담당: 미정, 기한: 금요일)", "초안", [], id="nobody yet, by a date"),
        pytest.param("초안　＠정하늘　１２／４까지", "초안", ["정하늘교수"], id="full-width"),
        pytest.param("담당：정하늘 초안", "초안", ["정하늘교수"], id="full-width label"),
        pytest.param("할 일: 초안 담당: 정하늘", "초안", ["정하늘교수"], id="a label for the title"),
        pytest.param("초안 한도윤 주무관 12/4", "초안 12/4", ["한도윤주무관"], id="before a date that is asked about"),
        pytest.param(
            "초안 한도윤 주무관님 11/20까지", "초안 11/20까지", ["한도윤주무관"], id="before one that is past"
        ),
        pytest.param(
            "초안 정하늘 교수 & 한도윤 주무관", "초안", ["한도윤주무관", "정하늘교수"], id="joined by an ampersand"
        ),
        pytest.param(
            "초안 (담당 정하늘/한도윤, 12.11까지)",
            "초안 12.11까지",
            ["한도윤주무관", "정하늘교수"],
            id="in brackets with a date that is asked about",
        ),
        pytest.param(
            "초안 한도윤주무관님 금요일까지 부탁드리겠습니다.",
            "초안 부탁드리겠습니다.",
            ["한도윤주무관"],
            id="before a polite ending",
        ),
        pytest.param("draft 한도윤 주무관 by Friday please", "draft please", ["한도윤주무관"], id="before please"),
        pytest.param("초안 부탁드립니다, 정하늘 교수님!", "초안 부탁드립니다", ["정하늘교수"], id="called at the end"),
        pytest.param("초안 한도윤 주무관에게 요청", "초안 요청", ["한도윤주무관"], id="asked of somebody"),
        pytest.param("초안 한도윤 주무관 요청", "초안 한도윤 주무관 요청", [], id="asked by somebody"),
        pytest.param("초안 정하늘 and 한도윤 주무관", "초안", ["한도윤주무관", "정하늘교수"], id="and"),
        pytest.param("초안 → 한도윤 주무관 (27일)", "초안 (27일)", ["한도윤주무관"], id="before a day in brackets"),
        pytest.param("초안 담당자는 한도윤 주무관", "초안", ["한도윤주무관"], id="a label with a particle"),
        pytest.param(
            "초안 (담당: GIST 정하늘 교수, 영광군 한도윤 주무관)",
            "초안",
            ["정하늘교수", "한도윤주무관"],
            id="a label before names with their sides",
        ),
        pytest.param("발표자료(정하늘 교수) 검토", "발표자료(정하늘 교수) 검토", [], id="whom a title is about"),
    ],
)
def test_who_owns_for_sure(text, title, owners):
    assert read(text) == (title, owners, [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("정하늘 교수 초청 강연 준비", id="at the start, no subject"),
        pytest.param("업무담당: 확인표 정리", id="a word that ends as the label"),
        pytest.param("이가을 행사 준비", id="a name that only begins like one"),
        pytest.param("정하늘빛 축제 준비", id="a longer word"),
        pytest.param("사업비 담당 정하늘 교수 면담 기록", id="in the middle"),
        pytest.param("kim@정하늘.example 문의", id="an address"),
        pytest.param("정하늘", id="nothing but a name"),
        pytest.param("@here 정하늘 교수 소식 공유", id="a call to everybody"),
    ],
)
def test_a_name_inside_a_title_stays_there(text):
    assert read(text) == (text, [], [])


@pytest.mark.parametrize(
    ("text", "title", "asked"),
    [
        pytest.param("초안 @홍길동", "초안", "홍길동", id="nobody's name"),
        pytest.param("초안 @홍길동에게", "초안", "홍길동", id="with a particle"),
        pytest.param("초안 담당: 홍길동, 정하눌", "초안", "홍길동 정하눌", id="a list of unknown names"),
        pytest.param("초안 @김민지", "초안", "김민지", id="two bear it"),
        pytest.param("초안 @이가은", "초안", "이가은", id="a name, or a shorter one with a particle"),
        pytest.param("초안 정하늘", "초안 정하늘", "정하늘", id="bare at the end"),
        pytest.param("초안 정하늘 한도윤", "초안 정하늘 한도윤", "한도윤 정하늘", id="two bare at the end"),
        pytest.param("초안 정하늘 김민지 팀장", "초안 정하늘 김민지 팀장", "", id="another's 직위 is none"),
        pytest.param("정하늘 교수는 초안 작성", "정하늘 교수는 초안 작성", "정하늘 교수는", id="the subject"),
        pytest.param("정하늘: 초안 작성", "정하늘: 초안 작성", "정하늘", id="before a colon"),
        pytest.param("초안 금요일까지 정하늘", "초안 정하늘", "정하늘", id="behind the date, asked once"),
        pytest.param("초안 (정하늘·한도윤)", "초안 (정하늘·한도윤)", "한도윤 정하늘", id="bare in brackets"),
        pytest.param("초안 정하늘/한도윤", "초안 정하늘/한도윤", "한도윤 정하늘", id="bare with a stroke"),
        pytest.param("정하늘 교수님, 초안 부탁", "정하늘 교수님, 초안 부탁", "정하늘 교수님", id="called"),
        pytest.param("한도윤 주무관 12/4까지 초안", "한도윤 주무관 초안", "한도윤 주무관", id="before the date"),
        pytest.param("12/4(금) 한도윤 주무관 초안", "한도윤 주무관 초안", "한도윤 주무관", id="behind the date"),
        pytest.param("한도윤 - 초안 - 금요일까지", "한도윤 - 초안", "한도윤", id="before a dash"),
        pytest.param("한도윤→초안", "한도윤→초안", "한도윤", id="before an arrow"),
        pytest.param("한도윤님 초안 금요일까지", "한도윤님 초안", "한도윤님", id="called by 님"),
        pytest.param("한도윤주무관님!! 초안 작성", "한도윤주무관님!! 초안 작성", "한도윤주무관님", id="called out"),
        pytest.param("<@U1> 한도윤 주무관님 초안", "한도윤 주무관님 초안", "", id="somebody else is mentioned"),
        pytest.param("call with 한도윤 주무관", "call with 한도윤 주무관", "한도윤 주무관", id="behind a preposition"),
        pytest.param("draft (Emma/한도윤) by Friday", "draft (Emma/한도윤)", "한도윤 Emma", id="parts in brackets"),
        pytest.param(
            "GIST 정하늘 교수 / 영광군 한도윤 주무관 : 초안",
            "GIST 정하늘 교수 / 영광군 한도윤 주무관 : 초안",
            "정하늘 교수 한도윤 주무관",
            id="two with their sides before a colon",
        ),
        pytest.param("정하늘, 한도윤 / 초안", "정하늘, 한도윤 / 초안", "정하늘 한도윤", id="two before a stroke"),
        pytest.param(
            "정하늘 교수님과 한도윤 주무관님이 초안 작성",
            "정하늘 교수님과 한도윤 주무관님이 초안 작성",
            "정하늘 교수님과 한도윤 주무관님이",
            id="two as the subject",
        ),
        pytest.param("초안 (정하늘, 12/11)", "초안 정하늘, 12/11", "정하늘", id="in brackets with a bare date"),
        pytest.param("초안 공유 바람(정하늘, 12. 3.까지).", "초안 공유 바람 정하늘", "정하늘", id="bare, with a date"),
        pytest.param("초안 금요일까지 도윤님", "초안 도윤님", "도윤님", id="a given name with 님"),
        pytest.param("초안 한 주무관님께", "초안 한 주무관님께", "한 주무관님께", id="a family name with 직위"),
        pytest.param("정교수님, 금요일까지 초안", "정교수님, 초안", "정교수님", id="called by a part of the name"),
        pytest.param("draft by Friday (Emma)", "draft (Emma)", "Emma", id="a first name"),
        pytest.param("Emma Clarke to draft it", "Emma Clarke to draft it", "Emma Clarke", id="somebody to do it"),
        pytest.param("초안 하늘", "초안 하늘", "", id="a given name alone is a word like any other"),
        pytest.param("한 팀장 한 명", "한 팀장 한 명", "", id="another's 직위 behind a family name"),
    ],
)
def test_what_is_not_sure_is_asked(text, title, asked):
    assert read(text)[0] == title
    assert " ".join(read(text)[2]) == asked
    assert not read(text)[1]


@pytest.mark.parametrize(
    ("title", "written", "left"),
    [
        ("초안 정하늘", "정하늘", "초안"),
        ("초안 정하늘, 12/11", "정하늘", "초안 12/11"),
        ("초안 (정하늘)", "정하늘", "초안"),
        ("한도윤 주무관: 초안 (11/27)", "한도윤 주무관", "초안 (11/27)"),
        ("정하늘, 한도윤 / 초안", "정하늘", "한도윤 / 초안"),
        ("한도윤 - 초안", "한도윤", "초안"),
        ("한도윤→초안", "한도윤", "초안"),
        ("한도윤님 초안", "한도윤님", "초안"),
        ("한도윤 초안", "한도윤", "한도윤 초안"),
        ("초안 정하늘, 한도윤", "정하늘", "초안 정하늘, 한도윤"),
        ("한도윤주무관님!! 초안", "한도윤주무관님", "초안"),
        ("정하늘 교수는 초안 작성", "정하늘 교수는", "정하늘 교수는 초안 작성"),
        ("정하늘", "정하늘", "정하늘"),
    ],
)
def test_a_title_without_the_owner_who_was_asked_about(title, written, left):
    assert without_owner(title, written) == left


@pytest.mark.parametrize(
    ("written", "first"),
    [("하늘", HANEUL), ("정교수", HANEUL), ("정하눌", HANEUL), ("팀장", GAEUN), ("Ema Clarke", EMMA)],
)
def test_who_is_offered_for_an_unknown_name(written, first):
    (asked,) = read_add(f"초안 담당: {written.replace(' ', '')}", NOW, Calendar(), "", ROSTER).asked

    assert asked.candidates[0].id == first.id


def test_nobody_is_offered_for_a_name_like_none():
    assert read_add("초안 @홍길동", NOW, Calendar(), "", ROSTER).asked[0].candidates == ()


@pytest.mark.parametrize(
    "text",
    [
        "초안 <https://gist.slack.com/archives/C0TFT/p1763856000000100> 12. 5.(토)까지",
        "<https://gist.slack.com/archives/C0TFT/p1763856000000100|gist.slack.com> 초안 2026-12-05",
        "초안 2026-12-05 https://gist.slack.com/archives/C0TFT/p1763856000000100",
    ],
)
def test_the_address_of_a_message_is_kept_apart(text):
    line = read_add(text, NOW, Calendar(), "", ROSTER)

    assert line.link == "https://gist.slack.com/archives/C0TFT/p1763856000000100"
    assert (line.title, line.due.reading.date) == ("초안", date(2026, 12, 5))


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/archives/C1/p1763856000000100",
        "https://gist.slack.com.evil.example/archives/C1/p1763856000",
    ],
)
def test_other_addresses_belong_to_the_title(text):
    assert read_add(f"초안 {text}", NOW, Calendar(), "", ROSTER).link == ""


@pytest.mark.parametrize(
    "text",
    [
        "\x00 초안 \x00",
        "담당:",
        "담당: ,",
        "@",
        "@@정하늘",
        "담당: 담당: 담당:",
        "@정하늘" * 50,
        f"초안 부탁{'! ' * 100}x",
        f"초안 {'1 ' * 100}x",
    ],
)
def test_odd_lines_are_read_without_harm(text):
    read(text)


@pytest.mark.parametrize(
    ("text", "named", "strange"),
    [
        pytest.param("한도윤", [["한도윤"]], [], id="a name"),
        pytest.param(
            "@한도윤 주무관님께, 정하늘교수", [["한도윤"], ["정하늘"]], [], id="two, with what belongs to them"
        ),
        pytest.param("한도윤 주무관으로", [["한도윤"]], [], id="whom it is to become"),
        pytest.param("정하늘 및 한도윤", [["정하늘"], ["한도윤"]], [], id="및"),
        pytest.param("emma clarke", [["Emma Clarke"]], [], id="two words"),
        pytest.param("큰형에게", [["한도윤"]], [], id="an alias"),
        pytest.param("김민지", [["김민지", "김민지"]], [], id="two bear it"),
        pytest.param("김민지 연구원", [["김민지"]], [], id="the position tells which"),
        pytest.param("정하늘 그리고 홍길동", [["정하늘"]], ["그리고", "홍길동"], id="words that are no names"),
        pytest.param("정하늘이", [["정하늘"]], [], id="a particle"),
        pytest.param("정하늘팀", [], ["정하늘팀"], id="a word that only begins with a name"),
        pytest.param(" , ", [], [], id="nothing"),
    ],
)
def test_a_line_of_nothing_but_names(text: str, named: list[list[str]], strange: list[str]):
    found, others = names_in(text, ROSTER)

    assert [[one.name for one in asked.candidates] for asked in found] == named
    assert others == strange


@pytest.mark.parametrize(
    ("text", "who", "rest"),
    [
        ("한도윤 주무관 12/28", ["한도윤"], "12/28"),
        ("12/24~12/26 @정하늘 교수님 출장", ["정하늘"], "12/24~12/26 출장"),
        ("12/28 워크숍", None, "12/28 워크숍"),
    ],
)
def test_a_name_is_taken_out_of_a_line_and_the_rest_stays_as_it_is(text: str, who: list[str] | None, rest: str):
    named, left = take_name(text, ROSTER)

    assert [one.name for one in named.candidates] == who if named else who is None
    assert left == rest
