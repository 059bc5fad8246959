"""Due dates in words: the sample, the table of expressions, and the promises that hold for all of them."""

import csv
import datetime as dt
import json
import re
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.rules.calendars import Calendar, DayOff
from bot.rules.dates import Due, Kind, Reading, describe, echo, offered, offered_days, read_due, understand
from bot.rules.dates.folding import fold
from bot.rules.dates.words import AFTER_SHARP, ENGLISH, KOREAN, SHARP

SEOUL = ZoneInfo("Asia/Seoul")
KOREA = Calendar()
WEDNESDAY = dt.datetime(2026, 11, 25, 10, tzinfo=SEOUL)
DATA = Path(__file__).parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def written(due: Due) -> list[str]:
    return [f"{r.date}T{r.time:%H:%M}" if r.time else str(r.date) for r in due.readings]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SEOUL)


@pytest.mark.parametrize(
    "row", rows("dates-sample.tsv"), ids=lambda row: f"{row['expression']} @ {row['reference_datetime'][:10]}"
)
def test_sample(row):
    due = understand(row["expression"], at(row["reference_datetime"][:16]), KOREA)
    expected = row["expected_local_datetime_or_date"]

    if not expected:
        assert due.kind is Kind.NONE
    elif "confirm" in row["note"] or "warn" in row["note"]:
        assert due.kind is Kind.QUESTION
        assert expected in written(due)
    else:
        assert (due.kind, written(due)) == (Kind.DATE, [expected])


@pytest.mark.parametrize(
    "row", rows("dates-table.tsv"), ids=lambda row: f"{row['expression']} @ {row['reference'][:10]}"
)
def test_table(row):
    due = read_due(row["expression"], at(row["reference"]), KOREA)

    assert (str(due.kind), " ".join(written(due)), due.reason) == (row["kind"], row["readings"], row["reason"])


def verdict(text, now=WEDNESDAY, calendar=KOREA, **options):
    due = read_due(text, now, calendar, **options)
    return (due.kind, *written(due))


@pytest.mark.parametrize(
    "text",
    [
        "다음 주 금요일까지",
        "다음주금요일까지",
        "  다음　주  금요일 까지  ",
        "다음 주 금욜까지.",
        "\u1103\u1161\u110b\u1173\u11b7 \u110c\u116e \u1100\u1173\u11b7\u110b\u116d\u110b\u1175\u11af",
        "다음\u200b 주 금요일",
        "next week 금요일",
        "금요일 다음 주",
    ],
)
def test_spelling_does_not_matter(text):
    assert verdict(text) == (Kind.DATE, "2026-12-04")


@pytest.mark.parametrize(
    "text",
    [
        "2026. 12. 5.(토)",
        "２０２６．１２．５．（토）",
        "‘26.12.5.㈯",
        "12/5（토）까지",
        "12 월 5 일 (토요일)",
        "12–5 (Sat)",
    ],
)
def test_a_date_with_its_own_weekday(text):
    assert written(read_due(text, WEDNESDAY, KOREA))[0] == "2026-12-05"


def test_the_task_forces_own_days_off_count():
    calendar = KOREA.plus([DayOff(dt.date(2026, 11, 26), dt.date(2026, 11, 27), "창립기념일")])

    assert verdict("3영업일 이내", calendar=calendar) == (Kind.DATE, "2026-12-02")
    assert verdict("이번 주 내", calendar=calendar) == (Kind.DATE, "2026-11-25")
    assert verdict("다음 영업일", calendar=calendar) == (Kind.DATE, "2026-11-30")
    assert verdict("성탄절 전", calendar=calendar.plus([DayOff(dt.date(2026, 12, 24), dt.date(2026, 12, 24))])) == (
        Kind.DATE,
        "2026-12-23",
    )


def test_the_end_of_day_is_the_task_forces_own():
    assert verdict("내일 퇴근 전", end_of_day=dt.time(17)) == (Kind.DATE, "2026-11-26T17:00")
    assert verdict("내일 6시", end_of_day=dt.time(17)) == (Kind.QUESTION, "2026-11-26T06:00", "2026-11-26T18:00")


def test_an_hour_that_the_zone_skips_is_asked_about():
    """In New York 2027-03-14 has no 02:30."""
    now = dt.datetime(2027, 3, 12, 10, tzinfo=ZoneInfo("America/New_York"))

    due = read_due("2027-03-14 02:30", now, Calendar("US"))

    assert (due.kind, due.reason, written(due)) == (Kind.QUESTION, "no-such-time", ["2027-03-14"])


def test_hours_from_now_count_real_time_over_a_clock_change():
    now = dt.datetime(2027, 3, 13, 20, tzinfo=ZoneInfo("America/New_York"))

    assert verdict("in 12 hours", now, Calendar("US")) == (Kind.DATE, "2027-03-14T09:00")


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        read_due("내일", dt.datetime(2026, 11, 25, 10), KOREA)  # noqa: DTZ001  # that is the mistake


def test_the_span_is_where_the_date_stood_in_the_original():
    text = "“\u1102\u1162\u110b\u1175\u11af까지”"
    due = read_due(text, WEDNESDAY, KOREA)

    assert due.span is not None
    assert text[slice(*due.span)] == "\u1102\u1162\u110b\u1175\u11af까지"


def test_folding_keeps_the_places_of_the_original():
    text = "a\u200b\u1102\u1162Ⅻ 월"
    folded = fold(text)

    assert folded.text == "a내xii 월"
    assert text[slice(*folded.span(1, 2))] == "\u1102\u1162"
    assert text[slice(*folded.span(2, 5))] == "Ⅻ"


def test_people_are_shown_the_earliest_of_the_likeliest_readings_first():
    days = [dt.date(2026, 12, day) for day in (4, 27, 1, 2)]
    readings = [Reading(days[0]), Reading(days[0], dt.time(9)), *map(Reading, days[1:])]

    assert offered(readings, 4) == [readings[3], readings[1], readings[0], readings[2]]
    assert offered_days(readings, 3) == [days[2], days[0], days[1]]


def test_only_a_date_has_a_reading_of_its_own():
    assert read_due("내일", WEDNESDAY, KOREA).reading == Reading(dt.date(2026, 11, 26))
    with pytest.raises(ValueError, match="question"):
        _ = read_due("다음 금요일", WEDNESDAY, KOREA).reading


def test_the_reason_carries_its_arguments():
    due = read_due("12월 5일(금)", WEDNESDAY, KOREA)

    assert (due.key, due.arguments) == ("weekday-mismatch", ("fri", "sat"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "금요일 15:00",
            {
                "kind": "date",
                "date": "2026-11-27",
                "time": "15:00",
                "readings": [{"date": "2026-11-27", "time": "15:00"}],
                "reason": "",
            },
        ),
        (
            "next Friday",
            {
                "kind": "question",
                "date": None,
                "time": None,
                "readings": [{"date": "2026-12-04", "time": None}, {"date": "2026-11-27", "time": None}],
                "reason": "next-weekday",
            },
        ),
        ("D-3", {"kind": "none", "date": None, "time": None, "readings": [], "reason": "lead"}),
    ],
)
def test_the_json_of_a_verdict(text, shown):
    assert json.loads(json.dumps(describe(read_due(text, WEDNESDAY, KOREA)))) == shown


def test_an_echo_names_weekday_working_days_left_and_holidays():
    christmas = echo(Reading(dt.date(2026, 12, 25), dt.time(18)), WEDNESDAY, KOREA, "en")
    friday = echo(Reading(dt.date(2026, 11, 27)), at("2026-11-22T10:00"), KOREA, "ko")
    saturday = echo(Reading(dt.date(2026, 12, 5)), WEDNESDAY, KOREA, "ko")

    assert (christmas.holiday, christmas.weekend, christmas.rolls_to) == ("Christmas Day", False, dt.date(2026, 12, 28))
    assert (friday.weekday, friday.working_days_left, friday.days_left, friday.holiday, friday.rolls_to) == (
        4,
        5,
        5,
        None,
        None,
    )
    assert (saturday.weekend, saturday.rolls_to, saturday.time) == (True, dt.date(2026, 12, 7), None)


def test_nothing_depends_on_the_thread_or_the_order():
    texts = [row["expression"] for row in rows("dates-sample.tsv")]
    alone = [read_due(text, WEDNESDAY, KOREA) for text in texts]
    together: list[list[Due]] = []

    def read_all():
        together.append([read_due(text, WEDNESDAY, KOREA) for text in texts])

    threads = [threading.Thread(target=read_all) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert together == [alone] * 8


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "()", "1월 " * 900, "다음 " * 900, "9" * 5000, "까지" * 1500, "~" * 3000, "<@U1>"]
)
def test_odd_texts_are_no_date(text):
    assert read_due(text, WEDNESDAY, KOREA).kind is not Kind.DATE


def test_no_word_stands_in_two_rows():
    literals = [re.sub(r"[\s-]", "", literal) for *_, row in (*KOREAN, *SHARP, *ENGLISH) for literal in row.split("|")]

    assert [literal for literal in set(literals) if literals.count(literal) > 1] == []
    assert all(literals)


def test_every_sharp_syllable_says_what_may_follow_it():
    assert {literal for *_, row in SHARP for literal in row.split("|")} == set(AFTER_SHARP)
