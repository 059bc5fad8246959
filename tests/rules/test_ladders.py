"""On which days somebody is reminded of a date."""

import pytest

from bot.rules.calendars import Calendar
from bot.rules.ladders import USUAL, Ladder, for_role, ladder_of, read_ladder, rungs
from storage.tables import Role, TaskForce
from tests.rules.people import KOREA, day, off

SEOLLAL_27 = "2027-02-09"  # the substitute holiday: 2027-02-06 (Sat) to 08 are Seollal


def days_of(due: str, own: Calendar = KOREA, ladder: Ladder = USUAL, base: Calendar = KOREA) -> dict[str, str]:
    return {rung.name: str(rung.day) for rung in rungs(day(due), ladder, base, own)}


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # a week without holidays
        ("2026-12-04", {"-7": "2026-11-25", "-3": "2026-12-01", "-1": "2026-12-03", "0": "2026-12-04"}),
        # on a Saturday: the day itself moves to Friday, which is also one working day before
        ("2026-12-05", {"-7": "2026-11-26", "-3": "2026-12-02", "-1": "2026-12-04", "0": "2026-12-04"}),
        # the year's end: 2026-12-25 and 2027-01-01 are Fridays
        ("2027-01-04", {"-7": "2026-12-22", "-3": "2026-12-29", "-1": "2026-12-31", "0": "2027-01-04"}),
        ("2026-12-31", {"0": "2026-12-31", "+3": "2027-01-06", "+6": "2027-01-11", "+15": "2027-01-22"}),
        # Seollal 2027: Saturday to Monday, and the Tuesday instead of the Saturday
        ("2027-02-10", {"-3": "2027-02-03", "-1": "2027-02-05", "0": "2027-02-10"}),
        (SEOLLAL_27, {"-1": "2027-02-05", "0": "2027-02-05", "+3": "2027-02-12"}),
        # Chuseok 2026: Thursday 24 to Saturday 26 September; no day instead of the Saturday
        ("2026-09-28", {"-3": "2026-09-21", "-1": "2026-09-23", "0": "2026-09-28"}),
        ("2026-09-25", {"0": "2026-09-23", "+3": "2026-09-30"}),
        # Liberation Day 2026 is a Saturday: Monday 17 August instead
        ("2026-08-17", {"-1": "2026-08-14", "0": "2026-08-14", "+3": "2026-08-20"}),
    ],
)
def test_the_rungs_of_a_date_in_korea(due, expected):
    found = days_of(due)
    assert {name: found[name] for name in expected} == expected


def test_a_date_has_every_rung_once_and_in_order():
    found = rungs(day("2026-12-31"), Ladder(), KOREA, KOREA)
    assert [rung.name for rung in found] == ["-7", "-3", "-1", "0", "+3", "+6", "+9", "+12", "+15"]
    assert [rung.day for rung in found] == sorted(rung.day for rung in found)


def test_a_rung_before_the_date_moves_earlier_and_one_after_it_later_where_somebody_is_on_leave():
    leave = KOREA.plus([off("11-30", "12-10")])
    found = days_of("2026-12-04", leave)
    assert found["-3"] == found["-1"] == found["0"] == "2026-11-27"
    assert found["-7"] == "2026-11-25"
    assert found["+3"] == "2026-12-11"
    assert found["+6"] == "2026-12-14"


def test_a_sides_day_off_is_no_working_day_and_so_all_its_rungs_are_counted_without_it():
    side = KOREA.plus([off("12-03")])
    assert days_of("2026-12-04", side, base=side)["-1"] == "2026-12-02"


def test_somebody_who_is_away_for_more_than_a_year_has_no_rungs():
    assert days_of("2026-12-04", KOREA.plus([off("2025-01-01", "2029-01-01")])) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7,3,1,0", (7, 3, 1, 0)), ("0, 1 3", (3, 1, 0)), ("", ()), ("5,5", (5,)), ("60", (60,))],
)
def test_a_ladder_as_people_write_it(text, expected):
    assert read_ladder(text) == expected


@pytest.mark.parametrize("text", ["seven", "-1", "61", "1,2,3,4,5,6,7,8,9,10,11"])
def test_what_is_no_ladder(text):
    with pytest.raises(ValueError, match=r".+"):
        read_ladder(text)


def test_an_item_may_have_its_own_ladder_and_even_none():
    task_force = TaskForce(name="모빌리티", ladder="5,0")
    assert ladder_of(task_force, None) == Ladder((5, 0), 3, 5)
    assert ladder_of(task_force, "14,7") == Ladder((14, 7), 3, 5)
    assert ladder_of(task_force, "").before == ()


def test_no_rungs_after_the_date_where_none_are_wanted():
    assert list(days_of("2026-12-04", ladder=Ladder((0,), 0, 5))) == ["0"]
    assert list(days_of("2026-12-04", ladder=Ladder((), 2, 2))) == ["+2", "+4"]


def test_leads_hear_of_the_day_alone():
    assert for_role(Ladder(), Role.LEAD) == Ladder((0,), 0, 0)
    assert for_role(Ladder(), Role.DEPUTY) == Ladder()
