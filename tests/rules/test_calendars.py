"""Working days: weekends, public holidays with their substitutes, days off of all, of a side, of a person."""

import datetime as dt
import locale
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import calendars
from bot.rules.calendars import (
    Calendar,
    DayOff,
    NoWorkingDay,
    add_working_days,
    calendar_for,
    holiday_name,
    is_working_day,
    next_working_day,
    previous_working_day,
    public_holidays,
    working_day_from,
    working_day_until,
    working_days_between,
)
from storage.tables import DaysOff, Person, Side, TaskForce

KOREA = Calendar()
days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2026-11-28", "a Saturday"),
        ("2026-11-29", "a Sunday"),
        ("2026-12-25", "Christmas"),
        ("2027-02-08", "the day after Seollal"),
        ("2027-02-09", "the substitute for Seollal on a Sunday"),
        ("2027-05-03", "the substitute for Labour Day, public since 2026"),
        ("2027-07-19", "the substitute for Constitution Day, public again since 2026"),
        ("2027-09-14", "the eve of Chuseok"),
        ("2027-12-27", "the substitute for Christmas on a Saturday"),
    ],
)
def test_days_off_in_korea(date, name):
    assert not is_working_day(day(date), KOREA), name


@pytest.mark.parametrize("date", ["2026-11-23", "2026-12-24", "2027-02-10", "2027-09-13"])
def test_working_days_in_korea(date):
    assert is_working_day(day(date), KOREA)


def added_day(date, side_id=None, person_id=None):
    on = day(f"2026-{date}")
    return DaysOff(task_force_id=1, side_id=side_id, person_id=person_id, first=on, last=on, added_by=1)


def a_side(number):
    return Side(id=number, task_force_id=1, name=str(number), position=number)


def a_person(number, side_id):
    return Person(
        id=number, task_force_id=1, side_id=side_id, name=str(number), joined_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )


@pytest.mark.parametrize(
    ("of", "off"),
    [
        (None, {"12-21"}),
        (a_side(1), {"12-21", "12-22"}),
        (a_side(2), {"12-21"}),
        (a_person(11, side_id=1), {"12-21", "12-22", "12-23"}),
        (a_person(12, side_id=1), {"12-21", "12-22"}),
        (a_person(21, side_id=2), {"12-21", "12-24"}),
    ],
)
def test_whose_days_off_count_for_whom(of, off):
    added = [added_day("12-21"), added_day("12-22", 1), added_day("12-23", 1, 11), added_day("12-24", 2, 21)]
    calendar = calendar_for(TaskForce(name="모빌리티"), added, of)
    found = {f"12-{n}" for n in range(21, 25) if not is_working_day(day(f"2026-12-{n}"), calendar)}
    assert found == off


def test_the_task_forces_country_says_which_holidays_are_public():
    assert holiday_name(day("2026-11-26"), calendar_for(TaskForce(name="Joint", country="US"), []), "en") is not None


def test_added_days_off_count_for_those_whose_they_are():
    everybodys = KOREA.plus([DayOff(day("2026-12-31"), day("2026-12-31"), "종무일")])
    persons = everybodys.plus([DayOff(day("2026-12-21"), day("2026-12-24"), "휴가")])

    assert is_working_day(day("2026-12-31"), KOREA)
    assert not is_working_day(day("2026-12-31"), everybodys)
    assert is_working_day(day("2026-12-22"), everybodys)
    assert not is_working_day(day("2026-12-22"), persons)
    assert next_working_day(day("2026-12-18"), persons) == day("2026-12-28")


def test_the_days_around_a_day():
    assert next_working_day(day("2026-12-24"), KOREA) == day("2026-12-28")
    assert previous_working_day(day("2027-02-09"), KOREA) == day("2027-02-05")
    assert working_day_from(day("2026-12-24"), KOREA) == day("2026-12-24")
    assert working_day_from(day("2026-12-25"), KOREA) == day("2026-12-28")
    assert working_day_until(day("2026-12-27"), KOREA) == day("2026-12-24")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-11-22", 3, "2026-11-25"),
        ("2026-11-22", 5, "2026-11-27"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-28", -1, "2026-12-24"),
        ("2026-12-25", 0, "2026-12-25"),
        ("2027-02-05", 1, "2027-02-10"),
    ],
)
def test_adding_working_days(start, count, end):
    assert add_working_days(day(start), count, KOREA) == day(end)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2026-11-22", "2026-11-27", 5),
        ("2026-11-27", "2026-11-22", -5),
        ("2026-12-24", "2026-12-27", 0),
        ("2026-12-24", "2026-12-28", 1),
    ],
)
def test_counting_working_days(first, last, count):
    assert working_days_between(day(first), day(last), KOREA) == count


@given(days, st.integers(-40, 40))
def test_counting_undoes_adding(start, count):
    start = working_day_from(start, KOREA)

    assert working_days_between(start, add_working_days(start, count, KOREA), KOREA) == count


@given(days, st.integers(0, 500), days, st.integers(0, 90))
def test_counting_is_looking_at_every_day(first, length, off, off_for):
    calendar = KOREA.plus([DayOff(off, off + dt.timedelta(days=off_for))])
    walked = [first + dt.timedelta(days=n) for n in range(1, length + 1)]
    assert working_days_between(first, first + dt.timedelta(days=length), calendar) == sum(
        is_working_day(one, calendar) for one in walked
    )


@given(days)
def test_the_next_working_day_leaves_out_none(start):
    following = next_working_day(start, KOREA)
    between = [start + dt.timedelta(days=n) for n in range(1, (following - start).days)]

    assert is_working_day(following, KOREA)
    assert not any(is_working_day(one, KOREA) for one in between)


def test_holidays_are_named_in_the_language_asked_for(monkeypatch):
    monkeypatch.setenv("LANG", "th_TH.UTF-8")
    monkeypatch.setattr(locale, "getlocale", lambda *_: ("th_TH", "UTF-8"))
    public_holidays.cache_clear()

    assert holiday_name(day("2026-12-25"), KOREA, "en") == "Christmas Day"
    assert holiday_name(day("2026-12-25"), KOREA, "ko") == "기독탄신일"
    assert holiday_name(day("2026-12-24"), KOREA, "ko") is None
    assert (
        holiday_name(day("2026-12-31"), KOREA.plus([DayOff(day("2026-12-31"), day("2026-12-31"), "종무일")]), "en")
        == "종무일"
    )


def test_other_countries_have_their_own_holidays():
    assert not is_working_day(day("2026-11-26"), Calendar("US"))
    assert holiday_name(day("2026-11-26"), Calendar("US"), "ko") == "Thanksgiving Day"
    assert is_working_day(day("2026-11-26"), KOREA)


def test_a_calendar_without_working_days_says_so():
    never = KOREA.plus([DayOff(day("2020-01-01"), day("2040-01-01"))])

    with pytest.raises(NoWorkingDay):
        next_working_day(day("2026-11-22"), never)


def test_the_years_tables_are_shared_read_only_between_threads():
    public_holidays.cache_clear()
    seen = []

    def look():
        seen.append([public_holidays("KR", year, language) for year in range(2020, 2031) for language in ("ko", "en")])

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [seen[0]] * 8
    with pytest.raises(TypeError):
        seen[0][0][day("2026-11-23")] = "x"  # type: ignore[index]
    assert calendars.public_holidays("KR", 2026, "ko") is calendars.public_holidays("KR", 2026, "ko")
