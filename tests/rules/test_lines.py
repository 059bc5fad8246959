"""What people type for a new item, and for a list."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import Calendar
from bot.rules.dates import Kind
from bot.rules.lines import read_add, says_nothing

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Seoul"))


def read(text):
    return read_add(text, NOW, Calendar(), "UBOT")


@pytest.mark.parametrize(
    "text",
    [
        "센터 개소 계획서 초안 <@UG|gist> <@UC|county> 2026-12-05 #센터",
        "<@UG> <@UC> 센터 개소 계획서 초안 #센터 2026-12-05",
        "#센터 센터 개소 계획서 <@UG> 초안 <@UC> 2026-12-05",
        "센터 개소 계획서 초안   <@UG><@UC>  12. 5.(토)까지 <#C9|센터>",
        "센터 개소 계획서 초안 <@UBOT> <@UG> <@UC> 2026-12-05 #센터,",
    ],
)
def test_title_owners_date_and_workstream_in_any_order(text):
    line = read(text)

    assert (line.title, line.owners, line.stream) == ("센터 개소 계획서 초안", ("UG", "UC"), "센터")
    assert line.due.reading.date == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("초안", "초안", id="a title only"),
        pytest.param("<https://evil.example|good> 보기", "https://evil.example 보기", id="a link is its address"),
        pytest.param("<!channel> 모두 보기", "@channel 모두 보기", id="a call to everybody is text"),
        pytest.param("@here 모두 보기", "@here 모두 보기", id="so is a typed one"),
        pytest.param("A &amp; B &lt;초안&gt;", "A & B <초안>", id="entities"),
        pytest.param("사업비 12/5 비율 조정", "사업비 12/5 비율 조정", id="a number that is no date"),
        pytest.param("A-3 보완, #12 참고", "A-3 보완, #12 참고", id="a number is no workstream"),
        pytest.param("kim@gist.example 에게 문의", "kim@gist.example 에게 문의", id="an address is no owner"),
        pytest.param("두\n줄   제목", "두 줄 제목", id="one line"),
        pytest.param("#센터 하나 #대학원 둘", "하나 #대학원 둘", id="the first workstream only"),
        pytest.param("채널 <#C9> 정리", "채널 #C9 정리", id="a channel whose name Slack does not tell"),
    ],
)
def test_the_title_is_what_is_left(text, title):
    assert read(text).title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("<@UG>님 초안 12/4까지 부탁드립니다", "초안 부탁드립니다"),
        ("<@UG>에게 초안 요청", "초안 요청"),
        ("<@UG>, 초안 12/4까지", "초안"),
        ("초안 (<@UG>, <@UC>) 12/4까지", "초안"),
        ("초안 / <@UG> / 12/4까지", "초안"),
        ("초안 담당 <@UG> 기한 12/4", "초안"),
        ("report for <@UG> by Friday", "report"),
        ("assign to <@UG>: report, due Friday", "report"),
        ("<@UG> 이 문제 정리", "이 문제 정리"),
        ("초안 [담당: <@UG>, ~12/4]", "초안"),
        ("- 초안 12/4까지 !", "초안"),
        ("초안 (<@UG>, 12/4) 작성", "초안 작성 12/4"),
        ("minutes (Dec 3) to English", "minutes (Dec 3) to English"),
        ("회의록(12월 3일) 정리", "회의록(12월 3일) 정리"),
        ("초안(12월 3일까지) 정리", "초안 정리"),
        ("초안 (12월 3일)", "초안"),
        ("할일: 초안 12/4까지", "초안"),
        ("제목: ", "제목:"),
        ("초안 (1차, 12/4까지)", "초안 (1차)"),
        ("초안 => 12/4까지", "초안"),
        (":fire: 초안 12/4까지 :fire:", ":fire: 초안 :fire:"),
        ("turn the heating on by Friday", "turn the heating on"),
        ("meet the county on Friday", "meet the county"),
        ("초안 1월 10일까지", "초안"),
    ],
)
def test_nothing_dangles_where_an_owner_or_a_date_was(text, title):
    assert read(text).title == title


def test_the_date_is_shown_back_without_the_bracket_around_it():
    assert read("초안 (12. 3. 14:00까지)").due_text == "12. 3. 14:00까지"


def test_owners_by_name_where_slack_made_no_mention():
    line = read("초안 @한도윤, @정하늘 금요일까지")

    assert [one.written for one in line.asked] == ["한도윤", "정하늘"]
    assert line.title == "초안"
    assert line.due.reading.date == date(2026, 11, 27)


def test_a_time():
    assert read("초안 2026-12-05 14:00").due.reading.time == time(14)


def test_a_date_that_is_asked_about_is_shown_as_it_was_written():
    line = read("초안 3월 15일(금)")

    assert line.due.kind is Kind.QUESTION
    assert line.due_text == "3월 15일(금)"


def test_a_date_that_no_calendar_has():
    line = read("초안 2026-02-30")

    assert (line.due.kind, line.due.key) == (Kind.NONE, "no-such-date")


@pytest.mark.parametrize(
    "title", ["", "   ", "\u3000", "\u200b\u200d", "\u3164", "<!channel>", "@channel @here", "\u2800"]
)
def test_a_title_that_says_nothing(title):
    assert says_nothing(title)


@pytest.mark.parametrize("title", ["초안", "?", "x", "@channel 회의", "✅"])
def test_a_title_that_says_something(title):
    assert not says_nothing(title)
