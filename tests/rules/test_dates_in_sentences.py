"""A due date inside a line: only where something marks it, and then the line goes on without it."""

import datetime as dt
import unicodedata
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import Calendar
from bot.rules.dates import Kind, find_due, understand

SEOUL = ZoneInfo("Asia/Seoul")
NOW = dt.datetime(2026, 11, 25, 10, tzinfo=SEOUL)  # a Wednesday


def found(text):
    due, rest = find_due(text, NOW, Calendar())
    return due, [f"{r.date:%m-%d}T{r.time:%H:%M}" if r.time else f"{r.date:%m-%d}" for r in due.readings], rest


@pytest.mark.parametrize(
    ("line", "day", "rest"),
    [
        ("예산안은 12월 10일(목) 14시까지 군청 미래전략과로 제출", "12-10T14:00", "예산안은 군청 미래전략과로 제출"),
        ("11/30(월)까지 GIST 측 검토", "11-30", "GIST 측 검토"),
        ("MOU 개정안 월말까지 김철수 과장님", "11-30", "MOU 개정안 김철수 과장님"),
        (
            "센터 초안 @gist-person @county-person 2026-12-05 #센터",
            "12-05",
            "센터 초안 @gist-person @county-person #센터",
        ),
        ("센터 초안 <@U012A> 12월 5일 <#C012|센터>", "12-05", "센터 초안 <@U012A> <#C012|센터>"),
        ("send the draft by Friday", "11-27", "send the draft"),
        ("by Dec 5 send the draft", "12-05", "send the draft"),
        ("report due 12/5", "12-05", "report"),
        ("Review the budget within 3 days", "11-28", "Review the budget"),
        ("submit it tomorrow", "11-26", "submit it"),
        ("we may submit by Friday", "11-27", "we may submit"),
        ("보고서 제출 금요일", "11-27", "보고서 제출"),
        ("보고서 제출 월말", "11-30", "보고서 제출"),
        ("월말까지 보고서", "11-30", "보고서"),
        ("초안 12월 5일", "12-05", "초안"),
        ("다음 주 금요일까지 초안", "12-04", "초안"),
        ("12/10(목) 회의 결과 공유", "12-10", "회의 결과 공유"),
        ("금요일에 제출", "11-27", "제출"),
        ("예산안 12월 5일 제출", "12-05", "예산안 제출"),
        ("기한: 12. 5.(토) 초안 검토", "12-05", "초안 검토"),
        ("기한：12.5.（토） 초안 검토", "12-05", "초안 검토"),
        ("12.5.까지 개발", "12-05", "개발"),
        ("긴급 12월 5일까지 제출", "12-05", "긴급 제출"),
        ("ASAP by Friday send", "11-27", "ASAP send"),
        ("계획서 작성 3일 이내", "11-28", "계획서 작성"),
        ("3영업일 이내 회신", "11-30", "회신"),
        ("이번 주 안에 검토", "11-27", "검토"),
        ("자료 취합 오후 3시까지", "11-25T15:00", "자료 취합"),
        ("금요일까지(14:00) 초안", "11-27T14:00", "초안"),
        ("홍길동(12/5까지) 검토", "12-05", "홍길동 검토"),
        ("자료 정리 (12월 5일까지)", "12-05", "자료 정리"),
        ("자료 정리 (2차, 12월 5일까지)", "12-05", "자료 정리 (2차)"),
        ("자료 정리 (12. 5.(토)까지, 2차)", "12-05", "자료 정리 (2차)"),
        ("자료 정리 (12. 5.(토)) 공유", "12-05", "자료 정리 공유"),
        ("자료(초안) 정리 12. 5.(토)", "12-05", "자료(초안) 정리"),
        ("12월 5일까지군청에 제출", "12-05", "군청에 제출"),
        ("A-12 관련 검토 12/5까지", "12-05", "A-12 관련 검토"),
        ("Dec 5까지 초안", "12-05", "초안"),
        ("2027년 예산안 12월 5일까지 작성", "12-05", "2027년 예산안 작성"),
        ("12월 회의록 10일까지", "12-10", "12월 회의록"),
        ("안내문 작성 10일까지", "12-10", "안내문 작성"),
        ("계획서 ~12/5", "12-05", "계획서"),
        pytest.param("검토 후 회신 오늘까지", "11-25", "검토 후 회신", id="후 belongs to the word before it"),
        ("착공 전 협의 12월 4일까지", "12-04", "착공 전 협의"),
        ("금주 내 협의 완료", "11-27", "협의 완료"),
        pytest.param("send it by Friday to the county", "11-27", "send it to the county", id="to is no range"),
        ("by Friday the second draft", "11-27", "the second draft"),
        ("Send the draft (due Dec 4) to the county", "12-04", "Send the draft to the county"),
        ("사업비 12/5 비율 조정 금요일까지", "11-27", "사업비 12/5 비율 조정"),
        ("Review chapter 3.2 by Friday", "11-27", "Review chapter 3.2"),
        ("5 day course plan by Friday", "11-27", "5 day course plan"),
        ("2-week plan by Friday", "11-27", "2-week plan"),
        ("2박 3일 워크숍 계획 금요일까지", "11-27", "2박 3일 워크숍 계획"),
        ("협약서 12.4(금)까지 검토", "12-04", "협약서 검토"),
        ("reply in two business days", "11-27", "reply"),
        ("submit on 5 December", "12-05", "submit"),
        ("【12/4까지】 협약서 검토", "12-04", "협약서 검토"),
        ("11월 20일 회의록 정리 금요일까지", "11-27", "11월 20일 회의록 정리"),
        pytest.param("get signatures before Christmas", "12-24", "get signatures", id="before a holiday"),
        pytest.param("rent a hall before 5pm, please", "11-25T17:00", "rent a hall please", id="before an hour"),
        ("submit the report 10 December", "12-10", "submit the report"),
        ("10 December (Thu) review", "12-10", "review"),
        ("December 10, 2026 (Thu) review", "12-10", "review"),
        ("submit the plan on December 10", "12-10", "submit the plan"),
        ("submit it the 10th of December #center", "12-10", "submit it #center"),
        ("send it on Monday please", "11-30", "send it please"),
        ("send the slides EO Friday", "11-27T18:00", "send the slides"),
        ("의견 회신(12. 3. 한)", "12-03", "의견 회신"),
        ("정산 이번 달 안으로 꼭 부탁드려요~", "11-30", "정산"),
        ("정산 월욜까지ㅠㅠ", "11-30", "정산"),
        ("정산 다음 주 월요일 까지 입니다", "11-30", "정산"),
        ("출장비정산27일까지", "11-27", "출장비정산"),
        ("출장비정산12월 4일까지", "12-04", "출장비정산"),
        ("출장비정산12/4까지 회신", "12-04", "출장비정산 회신"),
        ("교부신청 서류 12월 31일限 제출", "12-31", "교부신청 서류 제출"),
        ("정산서류 12월15일(화)까지!! 🔥", "12-15", "정산서류 🔥"),
        ("자료 송부 12월 4일까지~ 부탁", "12-04", "자료 송부 부탁"),
        ("send the slides by end of tomorrow", "11-26T18:00", "send the slides"),
        ("send the slides EOW (Fri)", "11-27", "send the slides"),
    ],
)
def test_a_marked_date_is_taken_out(line, day, rest):
    due, days, left = found(line)

    assert (due.kind, days, left) == (Kind.DATE, [day], rest)


@pytest.mark.parametrize(
    ("line", "days", "rest"),
    [
        ("다음 금요일까지 초안", ["12-04", "11-27"], "초안"),
        ("12월 5일(금)까지 초안", ["12-05", "12-04", "12-11"], "초안"),
        ("12월 중순까지 초안", ["12-20", "12-15"], "초안"),
        ("목요일까지 금요일 회의 자료", ["11-26", "11-27"], "금요일 회의 자료"),
        ("다음 주 회의 자료 금요일까지", ["11-27", "12-04"], "다음 주 회의 자료"),
        ("내일 회의 자료 3시까지", ["11-25T15:00", "11-26T15:00"], "내일 회의 자료"),
    ],
)
def test_a_marked_date_with_two_readings_is_a_question(line, days, rest):
    due, readings, left = found(line)

    assert (due.kind, readings, left) == (Kind.QUESTION, days, rest)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("금요일 회의 자료 준비", ["11-27"]),
        ("Friday meeting notes", ["11-27"]),
        ("월말 보고서 작성", ["11-30"]),
        ("초안 작성 12/5", ["12-05"]),
        ("12월 5일 회의 결과 정리", ["12-05"]),
        ("Submit Dec 5 report", ["12-05"]),
        ("10 December submit the draft", ["12-10"]),
        ("December 10 submit the draft", ["12-10"]),
        ("Submit the 10th of December report", ["12-10"]),
        ("submit it on 10 December to the county", ["12-10"]),
        ("Minutes of December 10", ["12-10"]),
        ("Minutes of Thursday 10 December", ["12-10"]),
        ("Draft the plan for Friday", ["11-27"]),
        ("다음 주 회의 자료 준비", ["12-04"]),
        ("이번 주 내부 검토", ["11-27"]),
        ("12/5~12/7 출장 준비", ["12-07", "12-05"]),
        ("버전 2.5까지 개발", ["02-05"]),
        ("12월 5일까지의 실적 정리", ["12-05"]),
        ("착수일로부터 30일 이내 제출", ["12-25"]),
        ("within 10 days of receipt", ["12-05"]),
        ("11월 20일까지 접수된 서류 검토", ["11-20"]),
        ("금요일부터 시작", ["11-27"]),
        ("12월 5일 이후 제출", ["12-05"]),
        ("12월 5일까지 초안, 12월 10일까지 최종", ["12-05", "12-10"]),
        ("12월 4일(금)자 공문 회신", ["12-04"]),
        ("12월 4일(금)에 열리는 포럼 준비", ["12-04"]),
        ("추석 전 복무 점검", ["09-13"]),
        ("12.9. 회의 전까지 자료 업로드", ["12-08", "12-09"]),
        ("12월 9일 회의 전에 자료 업로드", ["12-08", "12-09"]),
        ("discounts on Black Friday", ["11-27"]),
        ("but not Friday", ["11-27"]),
        ("통보받은 날부터 30일 이내 이의신청", ["12-25", "12-24"]),
        ("meeting at 5 by Friday", ["11-27T17:00"]),
    ],
)
def test_what_only_may_be_a_due_date_is_asked_about_and_stays(line, days):
    due, readings, left = found(line)

    assert (due.kind, readings, left) == (Kind.QUESTION, days, line)


@pytest.mark.parametrize(
    "line",
    [
        "사업비 12/5 비율 조정",
        "1차 회의 결과 공유",
        "예산 3억 5천만원 확보",
        "공사 5일 연장",
        "12월 초안 작성",
        "12월 중 개최 행사 자료",
        "3분기 실적 정리",
        "2027년 예산 편성",
        "오후 3시 회의 자료",
        "매주 월요일 주간보고",
        "회의 3일 전까지 자료 준비",
        "24/7 관제센터 운영안",
        "minutes (Nov 20) to English",
        "행사 이틀 전까지 준비",
        "회의 전까지 자료 준비",
        "최근 3일 내 접수 건",
        "다음 주문 처리",
        "전달 사항 정리",
        "개정안 검토",
        "안에 대한 검토",
        "제출까지 확인",
        "검토 후 회신",
        "공정률 3/4 달성",
        "v1.2.5 배포",
        "14:00 회의 준비",
        "설명회 준비",
        "수시 모집 요강",
        "월례 회의",
        "일정 조율",
        "후속 조치",
        "you may go",
        "second draft",
        "",
    ],
)
def test_no_date_in_an_ordinary_line(line):
    due, _, left = found(line)

    assert (due.kind, left) == (Kind.NONE, line)


def test_the_span_is_in_the_original_text():
    text = unicodedata.normalize("NFD", "초안 작성 １２월 ５일까지")
    due, rest = find_due(text, NOW, Calendar())

    assert due.span is not None
    assert unicodedata.normalize("NFC", text[slice(*due.span)]) == "１２월 ５일까지"
    assert unicodedata.normalize("NFC", rest) == "초안 작성"


def test_an_expression_is_read_whole_before_a_line_is_searched():
    assert understand("다음 달 10일", NOW, Calendar()).kind is Kind.DATE
    assert understand("초안 12월 5일까지", NOW, Calendar()).reading.date == dt.date(2026, 12, 5)
    assert understand("사업비 12/5 비율 조정", NOW, Calendar()).kind is Kind.NONE


def test_a_word_for_no_due_date_does_not_hide_the_date_of_its_line():
    assert understand("긴급 점검 금요일까지", NOW, Calendar()).reading.date == dt.date(2026, 11, 27)
    assert understand("매주 월요일까지 보고", NOW, Calendar()).key == "recurrence"


def test_a_long_line_takes_no_longer_than_it_must():
    due, rest = find_due("다음 주 회의 12월 자료 " * 300 + "12월 5일까지", NOW, Calendar())

    assert due.readings[0].date == dt.date(2026, 12, 5)
    assert rest.startswith("다음 주 회의")
