"""Days off in a line, in Korean and English; and what may be wrong with them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import Calendar, DayOff
from bot.rules.days_off import (
    Act,
    DaysLine,
    Span,
    changes_nothing,
    leaves_no_working_day,
    named,
    problems,
    read_days_off,
)
from storage.tables import DaysOff, Side

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Seoul"))
KOREA = Calendar()
GIST, COUNTY = 1, 2
SIDES = [
    Side(id=GIST, task_force_id=1, name="GIST", position=0),
    Side(id=COUNTY, task_force_id=1, name="영광군", position=1),
]


def read(text: str) -> DaysLine:
    return read_days_off(text, NOW, KOREA, SIDES, GIST)


@pytest.mark.parametrize(
    ("text", "first", "last", "side", "name"),
    [
        ("add 2026-12-24 우리 측 개교기념일", "12-24", "12-24", GIST, "개교기념일"),
        ("추가 2026-12-24 개교기념일", "12-24", "12-24", None, "개교기념일"),
        ("12/24~12/26 연말 휴무", "12-24", "12-26", None, "연말 휴무"),
        ("12/24 ~ 12/26", "12-24", "12-26", None, ""),
        ("12/24-12/26", "12-24", "12-26", None, ""),
        ("2026-12-24~2026-12-26 GIST", "12-24", "12-26", GIST, ""),
        ("12. 24.(목) ~ 26. 영광군 측 워크숍", "12-24", "12-26", COUNTY, "워크숍"),
        ("12월 24일부터 26일까지 전체 휴무", "12-24", "12-26", None, "휴무"),
        ("영광군측 군민의 날 12월 4일", "12-04", "12-04", COUNTY, "군민의 날"),
        ("add Dec 24 to Dec 26 our side Year-end break", "12-24", "12-26", GIST, "Year-end break"),
        ("from 24 December to 26 December all", "12-24", "12-26", None, ""),
        ("Year-end break 12/24", "12-24", "12-24", None, "Year-end break"),
        ("다음 달 3일 우리 휴무", "12-03", "12-03", GIST, "휴무"),
        ("다음 주 금요일", "12-04", "12-04", None, ""),
        ("내일 임시공휴일", "11-24", "11-24", None, "임시공휴일"),
        ("new tomorrow GIST Founding day", "11-24", "11-24", GIST, "Founding day"),
    ],
)
def test_days_side_and_name_in_any_order(text, first, last, side, name):
    line = read(text)

    assert line.act is Act.ADD
    assert (line.days.first, line.days.last) == (on(first), on(last))
    assert line.days.is_sure
    assert (line.side_id, line.name) == (side, name)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12월 24일쯤 휴무", "about"),
        ("연말 휴무", "range"),
        ("12월 휴무", "range"),
        ("2026-12-24(금) 개교기념일", "weekday-mismatch"),
        ("2026-11-20 개교기념일", "past"),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_sure(text, why):
    line = read(text)
    assert not line.days.is_sure
    assert line.days.why == why


@pytest.mark.parametrize("text", ["추가", "개교기념일", "add Founding day", "12/24~", "-"])
def test_without_a_date_there_is_none(text):
    assert not read(text).days.is_sure


@pytest.mark.parametrize(
    ("text", "act"),
    [("", Act.LIST), ("list", Act.LIST), ("목록", Act.LIST), ("remove 12/24", Act.REMOVE), ("삭제 개교", Act.REMOVE)],
)
def test_what_is_asked_for(text, act):
    assert read(text).act is act


def test_a_page_of_the_list():
    assert read("list 2").page == 2


@pytest.mark.parametrize(
    ("first", "last", "is_leave", "wrong"),
    [
        ("2026-12-24", "2026-12-24", False, []),
        ("2026-12-24", None, False, []),
        (None, None, False, [("first", "days-off-no-date")]),
        ("2026-12-24", "2026-12-23", False, [("last", "days-off-backwards")]),
        ("2026-12-01", "2026-12-31", False, []),
        ("2026-12-01", "2027-01-01", False, [("last", "days-off-long")]),
        ("2026-12-01", "2027-01-01", True, []),
        ("2026-12-01", "2027-12-01", True, [("last", "days-off-long")]),
        ("2026-11-02", "2026-11-03", False, []),
        ("2026-10-01", "2026-10-02", False, [("first", "days-off-past")]),
        ("2036-12-24", "2036-12-24", False, [("first", "days-off-far")]),
    ],
)
def test_what_must_be_mended(first, last, is_leave, wrong):
    span = Span(first and date.fromisoformat(first), last and date.fromisoformat(last))
    assert [(one.block, one.key) for one in problems(span, NOW.date(), is_leave=is_leave)] == wrong


def test_a_name_has_its_limit():
    found = problems(Span(on("12-24"), None, "휴" * 61), NOW.date(), is_leave=False)
    assert [(one.block, one.key) for one in found] == [("name", "name-too-long")]


@pytest.mark.parametrize(
    ("first", "last", "nothing"),
    [("12-26", "12-27", True), ("12-25", "12-25", True), ("12-24", "12-25", False), ("12-28", "12-28", False)],
)
def test_days_that_are_off_already_change_nothing(first, last, nothing):
    assert changes_nothing(DayOff(on(first), on(last)), KOREA) is nothing


def test_nobody_is_left_without_a_working_day():
    half, other = (
        day_off(on("12-01"), 200),
        DayOff(on("12-01") + timedelta(days=200), on("12-01") + timedelta(days=400)),
    )
    assert not leaves_no_working_day(other, [KOREA])
    assert leaves_no_working_day(other, [KOREA, KOREA.plus([half])])


@pytest.mark.parametrize(
    ("text", "found"),
    [("remove 12/24", [1, 2]), ("삭제 12/25 영광군", [2]), ("삭제 개교", [1]), ("remove 12/30", []), ("삭제", [1, 2])],
)
def test_which_days_off_are_meant(text, found):
    added = [
        DaysOff(id=1, task_force_id=1, first=on("12-24"), last=on("12-24"), name="개교기념일", added_by=1),
        DaysOff(id=2, task_force_id=1, side_id=COUNTY, first=on("12-23"), last=on("12-26"), name="휴무", added_by=1),
    ]
    assert [one.id for one in named(added, read(text))] == found


def on(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def day_off(first: date, days: int) -> DayOff:
    return DayOff(first, first + timedelta(days=days - 1))
