"""What is read out of the line of a decision, and out of what a list is asked for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import Calendar
from bot.rules.decision_lines import DecideLine, When, read_decide, read_decided
from bot.rules.decision_lists import ListLine, Shown, read_list
from bot.rules.delegations import DelegateLine, read_delegate

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Seoul"))
KOREA = Calendar("KR")
NOV_20, MARCH_2 = date(2026, 11, 20), date(2027, 3, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "셔틀은 3월부터 운행한다", DecideLine("셔틀은 3월부터 운행한다"), id="dates in the text stay there"
        ),
        pytest.param(
            "셔틀 운행 #센터 결정일 2026-11-20 재검토 2027-03-02",
            DecideLine("셔틀 운행", "센터", NOV_20, MARCH_2),
            id="everything",
        ),
        pytest.param(
            "재검토일: 2027. 3. 2.(화) 셔틀 운행, 결정일은 11월 20일",
            DecideLine("셔틀 운행", "", NOV_20, MARCH_2),
            id="in any order",
        ),
        pytest.param(
            "Shuttle runs decided on 20 Nov review on 2027-03-02 #center",
            DecideLine("Shuttle runs", "center", NOV_20, MARCH_2),
            id="English",
        ),
        pytest.param("예산안을 재검토 후 확정한다", DecideLine("예산안을 재검토 후 확정한다"), id="재검토 as a word"),
        pytest.param("Review the budget first", DecideLine("Review the budget first"), id="review as a word"),
        pytest.param(
            "세 가지:\n- 하나\n- 둘\n재검토 2027-03-02",
            DecideLine("세 가지:\n- 하나\n- 둘", "", None, MARCH_2),
            id="lines",
        ),
        pytest.param(
            "운행 재검토 12/5(월)",
            DecideLine("운행 재검토 12/5(월)", unread=((When.REVIEW, "12/5(월)"),)),
            id="a weekday that does not fit is asked about",
        ),
        pytest.param(
            "운행 결정일 2026-11-31",
            DecideLine("운행 결정일 2026-11-31", unread=((When.DECIDED, "2026-11-31"),)),
            id="no such day",
        ),
        pytest.param(
            "운행 결정일 12/5",
            DecideLine("운행 결정일 12/5", unread=((When.DECIDED, "12/5"),)),
            id="a day to come is not taken for one of last year",
        ),
    ],
)
def test_read_decide(text: str, expected: DecideLine):
    assert read_decide(text, NOW, KOREA) == expected


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-11-20", NOV_20),
        ("2025. 3. 4.", date(2025, 3, 4)),
        ("2026년 11월 20일", NOV_20),
        ("2026. 11. 20.(금)", NOV_20),
        ("2026. 11. 20.(월)", None),
        ("11/20에", NOV_20),
        ("어제", date(2026, 11, 22)),
        ("today", date(2026, 11, 23)),
        ("2026-11-24", None),
        ("금요일", None),
        ("다음 주", None),
    ],
)
def test_read_decided(words: str, day: date | None):
    assert read_decided(words, NOW, KOREA) == day


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", ListLine()),
        ("대기", ListLine(Shown.PENDING)),
        ("확인 대기 #센터", ListLine(Shown.PENDING, "센터")),
        ("in force", ListLine(Shown.IN_FORCE)),
        ("<#C1|센터> 이의", ListLine(Shown.OBJECTED, "센터")),
        ("어제 것", ListLine(word="어제 것")),
    ],
)
def test_what_a_list_shows(rest: str, expected: ListLine):
    assert read_list(rest) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("<@U1> 2026-12-31까지", DelegateLine("<@U1>", "2026-12-31까지")),
        ("최유진 2026-12-31", DelegateLine("최유진", "2026-12-31")),
        ("최유진 주무관", DelegateLine("최유진 주무관", "")),
        ("@최유진 until 31 Dec", DelegateLine("최유진", "31 Dec")),
        ("회수 최유진", DelegateLine("최유진", "", ends=True)),
        ("end <@U1>", DelegateLine("<@U1>", "", ends=True)),
        ("모르는 사람", DelegateLine("모르는 사람")),
    ],
)
def test_read_delegate(rest: str, expected: DelegateLine):
    assert read_delegate(rest, ["최유진", "최유진 주무관"]) == expected
