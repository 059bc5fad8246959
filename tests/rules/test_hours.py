"""When somebody may be written to."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.rules.hours import digest_moment, hours_of, is_open, next_opening, zone_of
from tests.rules.people import at, day, off, somebody


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("11-23 09:00", "11-23 09:00"),  # Monday
        ("11-23 17:59", "11-23 17:59"),
        ("11-23 18:00", "11-24 09:00"),
        ("11-23 21:00", "11-24 09:00"),
        ("11-23 03:00", "11-23 09:00"),
        ("11-27 21:00", "11-30 09:00"),  # over the weekend
        ("11-28 10:00", "11-30 09:00"),
        ("12-24 18:30", "12-28 09:00"),  # Christmas is a Friday
        ("12-31 20:00", "2027-01-04 09:00"),
    ],
)
def test_a_message_waits_for_working_hours(now, expected):
    assert next_opening(at(now), somebody()) == at(expected)
    assert is_open(at(now), somebody()) == (now == expected)


def test_it_waits_for_the_end_of_a_leave_too():
    assert next_opening(at("11-24 10:00"), somebody(leave=(off("11-24", "11-26"),))) == at("11-27 09:00")


@pytest.mark.parametrize(
    ("zone", "on", "expected"),
    [
        ("Asia/Seoul", "12-04", "2026-12-04T00:30"),
        ("Europe/Berlin", "03-27", "2026-03-27T08:30"),  # winter time
        ("Europe/Berlin", "03-30", "2026-03-30T07:30"),  # summer time began on Sunday
        ("Europe/Berlin", "10-26", "2026-10-26T08:30"),  # and ended on Sunday
        ("America/New_York", "11-02", "2026-11-02T14:30"),
        ("Asia/Kathmandu", "12-04", "2026-12-04T03:45"),
    ],
)
def test_half_past_nine_is_everybodys_own(zone, on, expected):
    assert digest_moment(day(on), somebody(zone=zone)) == dt.datetime.fromisoformat(f"{expected}+00:00")


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("09:00", "18:00", "09:30"),
        ("10:00", "16:00", "10:00"),
        ("06:00", "09:00", "06:00"),
        ("09:30", "10:00", "09:30"),
    ],
)
def test_the_days_message_comes_within_the_hours(opens, closes, expected):
    one = somebody(opens=dt.time.fromisoformat(opens), closes=dt.time.fromisoformat(closes))
    assert digest_moment(day("12-04"), one) == at(f"12-04 {expected}")


def test_an_hour_that_clocks_skip_is_after_the_skip():
    one = somebody(zone="Europe/Berlin", opens=dt.time(1), nudge_at=dt.time(2, 30))
    assert digest_moment(day("2026-03-29"), one).astimezone(ZoneInfo("Europe/Berlin")).time() == dt.time(3, 30)


def test_hours_that_leave_no_time_are_none():
    assert hours_of(None, None) == (dt.time(9), dt.time(18))
    assert hours_of(dt.time(7), dt.time(16)) == (dt.time(7), dt.time(16))
    assert hours_of(dt.time(19), None) == (dt.time(9), dt.time(18))


@pytest.mark.parametrize(
    ("own", "slack", "expected"),
    [
        ("Europe/Paris", "Asia/Tokyo", "Europe/Paris"),
        (None, "Asia/Tokyo", "Asia/Tokyo"),
        (None, None, "Asia/Seoul"),
        ("Nowhere/Land", None, "Asia/Seoul"),
    ],
)
def test_whose_zone_it_is(own, slack, expected):
    assert zone_of(own, slack, "Asia/Seoul").key == expected
