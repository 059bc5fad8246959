"""`tft dates`: what the bot understands, for operators and programs."""

import csv
import datetime as dt
import json
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.messages.dates import echoed, understood
from bot.rules.calendars import Calendar
from bot.rules.dates import Due, Kind, Reading, echo
from bot.rules.dates.due import REASONS
from config.words import LANGUAGES, Words

SUNDAY = "2026-11-22T10:00+09:00"


def tft(*arguments, given=None):
    return CliRunner().invoke(app, ["dates", *arguments], input=given)


def test_a_question_as_json():
    result = tft("다음 주 금요일까지", "--now", SUNDAY, "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "kind": "question",
        "date": None,
        "time": None,
        "readings": [{"date": "2026-11-27", "time": None}, {"date": "2026-12-04", "time": None}],
        "reason": "week-start",
    }


def test_one_object_a_line_from_standard_input():
    lines = ["내일 3시", "D-3", "", "예산안은 12월 10일(목) 14시까지 제출", "사업비 12/5 비율 조정"]

    result = tft("--json", "-", "--now", SUNDAY, given="\r\n".join(lines) + "\n")

    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [(v["kind"], v["date"], v["time"], v["reason"]) for v in verdicts] == [
        ("date", "2026-11-23", "15:00", ""),
        ("none", None, None, "lead"),
        ("none", None, None, "empty"),
        ("date", "2026-12-10", "14:00", ""),
        ("none", None, None, "unmarked"),
    ]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ko", "날짜 — 2026. 11. 27.(금) 18:00까지 · 5근무일 남음"),
        ("en", "date — by Fri 27 Nov 2026 18:00 · 5 working days left"),
    ],
)
def test_a_line_for_people(language, line):
    assert tft("금요일 퇴근 전", "--now", SUNDAY, "--language", language).stdout == line + "\n"


def test_a_question_names_its_readings_and_why():
    said = tft("3월 15일(금)", "--now", SUNDAY, "--language", "ko").stdout

    assert said.index("2027. 3. 12.(금)") < said.index("2027. 3. 15.(월)") < said.index("2027. 3. 19.(금)")
    assert "요일이 맞지 않습니다" in said


def test_the_zone_and_the_country_count():
    now = "2026-11-25T23:30"

    assert "2026-11-26" in tft("내일", "--now", now, "--json").stdout
    assert "2026-11-25T" not in tft("내일", "--now", now + "+00:00", "--json").stdout
    assert (
        "2026-12-01"
        in tft("3 business days", "--now", now, "--zone", "America/New_York", "--country", "US", "--json").stdout
    )


@pytest.mark.parametrize(
    ("option", "wrong", "right"),
    [
        ("--now", "tomorrow", "2026-11-22T10:00+09:00"),
        ("--zone", "Mars", "Asia/Seoul"),
        ("--country", "ZZ", "KR or US"),
        ("--language", "fr", "ko or en"),
    ],
)
def test_a_wrong_option_is_refused_with_what_to_write(option, wrong, right):
    result = tft("내일", option, wrong)

    assert result.exit_code == 2
    assert wrong in result.output
    assert right in result.output


def test_hostile_lines_have_one_object_each():
    lines = [
        "내일",
        "",
        "\x00",
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "<!channel>",
        '"',
        "금요일까지 " * 900,
    ]

    result = tft("--json", "-", "--now", SUNDAY, given="\n".join(lines))

    assert result.exit_code == 0
    assert [json.loads(line)["kind"] for line in result.stdout.splitlines()] == ["date", *["none"] * 5, "date"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_has_words(reason, language):
    assert understood(Words().say(language), Due(Kind.QUESTION, (), reason), []) != ""


def test_an_unknown_reason_is_a_bug():
    with pytest.raises(ValueError, match="no such reason"):
        Due(Kind.NONE, (), "because")


@pytest.mark.parametrize(
    ("day", "time", "korean", "english"),
    [
        ("2026-11-27", None, "2026. 11. 27.(금)까지 · 2근무일 남음", "by Fri 27 Nov 2026 · 2 working days left"),
        ("2026-11-25", "18:00", "2026. 11. 25.(수) 18:00까지 · 오늘", "by Wed 25 Nov 2026 18:00 · today"),
        ("2026-11-24", None, "2026. 11. 24.(화)까지 · 1근무일 지남", "by Tue 24 Nov 2026 · 1 working day late"),
        (
            "2026-11-28",
            None,
            "2026. 11. 28.(토)까지 · 2근무일 남음 · 쉬는 날(주말)",
            "by Sat 28 Nov 2026 · 2 working days left · a day off (weekend)",
        ),
        (
            "2026-12-25",
            None,
            "2026. 12. 25.(금)까지 · 21근무일 남음 · 쉬는 날(기독탄신일)",
            "by Fri 25 Dec 2026 · 21 working days left · a day off (Christmas Day)",
        ),
    ],
)
def test_how_a_date_is_shown_back(day, time, korean, english):
    reading = Reading(dt.date.fromisoformat(day), dt.time.fromisoformat(time) if time else None)
    now = dt.datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Seoul"))
    shown = [echoed(Words().say(tongue), echo(reading, now, Calendar(), tongue)) for tongue in ("ko", "en")]

    assert shown == [korean, english]


def test_every_row_of_the_sample_reads_the_same_through_the_command():
    with (Path(__file__).parent / "rules" / "data" / "dates-sample.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for now, some in groupby(rows, lambda row: row["reference_datetime"]):
        group = list(some)
        result = tft("--json", "-", "--now", now, given="\n".join(row["expression"] for row in group) + "\n")

        assert result.exit_code == 0
        for row, line in zip(group, result.stdout.splitlines(), strict=True):
            assert says(json.loads(line), row), row


def says(verdict, row):
    """Right, or a question that has the right reading where the sample asks for one."""
    expected, asks = row["expected_local_datetime_or_date"], "confirm" in row["note"] or "warn" in row["note"]
    readings = [f"{one['date']}T{one['time']}" if one["time"] else one["date"] for one in verdict["readings"]]
    if not expected:
        return verdict["kind"] == "none"
    if asks:
        return verdict["kind"] == "question" and expected in readings
    date, _, time = expected.partition("T")
    return (verdict["kind"], verdict["date"], verdict["time"]) == ("date", date, time or None)


@pytest.mark.parametrize(("expression", "kind"), [("EOW Dec 10", "question"), ("EO", "none"), ("EO Friday", "date")])
def test_what_says_nothing_but_dates_is_no_sentence(expression, kind):
    assert json.loads(tft(expression, "--now", SUNDAY, "--json").stdout)["kind"] == kind
