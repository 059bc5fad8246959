"""`tft presets`: the dates of the budget year, for people and programs."""

import json

import pytest
from typer.testing import CliRunner

from bot.cli import app
from config.presets import presets


def tft(*arguments: str):
    return CliRunner().invoke(app, ["presets", *arguments])


def test_every_row_as_json():
    result = tft("--year", "2027", "--json")

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {one["key"] for one in found} == {row.key for row in presets()}
    assert {tuple(one) for one in found} == {("key", "name_ko", "name_en", "date", "rule", "source")}
    assert {one["key"]: one["date"] for one in found if one["key"] in ("loc_submit", "supp_1")} == {
        "loc_submit": "2026-11-21",
        "supp_1": None,
    }
    assert [one["date"] for one in found if one["key"] == "exec_q"] == [
        "2027-03-31",
        "2027-06-30",
        "2027-09-30",
        "2027-12-31",
    ]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "ko",
            [
                "2027. 11. 21.(일) · 2027. 11. 19.(금)까지 처리",
                "회계연도 시작 40일 전까지(당일 제외)",
                "관행(확인 필요)",
            ],
        ),
        ("en", ["Sun 21 Nov 2027 · done by Fri 19 Nov 2027", "40 days before the fiscal year", "common practice"]),
    ],
)
def test_a_page_to_read_in_both_languages(language: str, parts: list[str]):
    result = tft("--year", "2028", "--language", language, "--money", "county-project")

    assert result.exit_code == 0
    for part in parts:
        assert part in result.stdout
    assert "연구비" not in result.stdout


@pytest.mark.parametrize("wrong", [["--year", "27"], ["--year", "2027", "--money", "riches"]])
def test_what_cannot_be_computed_is_refused(wrong: list[str]):
    assert tft(*wrong).exit_code == 2
