"""`tft minutes`: the minutes of a saved log, for operators and programs."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from config.fonts import NoKoreanFont, find
from tests.messages.hostile import HOSTILE

DATA = Path(__file__).parent / "rules" / "data" / "minutes"
LOGS = ["same.txt", "same.2026-12-10-05.00.log.txt", "same-irc.txt"]


def has_korean_font() -> bool:
    try:
        return bool(find())
    except NoKoreanFont:
        return False


def tft(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["minutes", *arguments], input=given)


@pytest.mark.parametrize("log", LOGS)
def test_json_has_what_it_promises(log: str):
    result = tft(str(DATA / log), "--format", "json")

    assert result.exit_code == 0
    made = json.loads(result.stdout)
    assert list(made)[:8] == ["topics", "decisions", "actions", "attendees", "regrets", "chairs", "start", "end"]
    assert {tuple(one) for one in made["topics"]} == {("title", "lines")}
    assert {tuple(one) for one in made["decisions"]} == {("text", "outcome", "topic", "by")}
    assert {tuple(one) for one in made["actions"]} == {("text", "owners", "due", "topic")}
    assert [topic["title"] for topic in made["topics"]] == ["2027년도 국비 공동 신청", "센터 입지"]
    assert "정하늘: 산출근거 초안을 공유했습니다." in made["topics"][0]["lines"]
    assert [(one["text"], one["outcome"], one["topic"]) for one in made["decisions"]][-1] == (
        "대마산단 2블록을 1순위 후보지로 정한다",
        "agreed",
        "센터 입지",
    )
    assert [(one["owners"], one["due"]) for one in made["actions"]] == [
        (["정하늘"], "2026-12-18"),
        (["최유진", "정하늘"], "2026-12-23"),
        (["박서준"], None),
    ]
    assert made["attendees"] == ["이강민", "정하늘", "박서준", "최유진"]
    assert made["chairs"] == ["이강민"]
    assert made["start"].startswith("2026-12-10T14:00:")
    assert made["end"].startswith("2026-12-10T1")


def test_the_same_twice():
    assert tft(str(DATA / LOGS[1])).stdout == tft(str(DATA / LOGS[1])).stdout


@pytest.mark.parametrize(("language", "heading"), [("ko", "# 회의록(안)"), ("en", "# Minutes (draft)")])
def test_markdown_in_both_languages(language: str, heading: str):
    result = tft(str(DATA / "same.txt"), "--language", language)

    assert result.exit_code == 0
    assert result.stdout.startswith(heading)


def test_a_page_into_a_file(tmp_path: Path):
    result = tft(
        str(DATA / "same.txt"), "--format", "html", "--language", "ko", "--out", str(tmp_path / "minutes.html")
    )

    assert (result.exit_code, result.stdout) == (0, "")
    page = (tmp_path / "minutes.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<h1>회의록(안)</h1>" in page


def test_standard_input_and_the_day_of_a_log_without_one():
    log = b"[14:00] <ann> #action bob sends it by friday\n[14:01] <bob> ok\n"

    result = tft("-", "--format", "json", "--date", "2026-12-03", "--zone", "Asia/Seoul", given=log)

    made = json.loads(result.stdout)
    assert made["start"] == "2026-12-03T14:00:00+09:00"
    assert [(one["owners"], one["due"]) for one in made["actions"]] == [(["bob"], "2026-12-04")]


def test_the_folder_of_a_channel_in_a_slack_export(tmp_path: Path):
    channel = tmp_path / "tft"
    channel.mkdir()
    users = [{"id": "U1", "profile": {"real_name": "정하늘 교수"}}]
    (tmp_path / "users.json").write_text(json.dumps(users), encoding="utf-8")
    for day, text in (("03", "안건: 센터"), ("04", "결정: <@U1> 안대로")):
        messages = [{"type": "message", "user": "U1", "ts": f"17962{day}000.000100", "text": text}]
        (channel / f"2026-12-{day}.json").write_text(json.dumps(messages), encoding="utf-8")

    made = json.loads(tft(str(channel), "--format", "json").stdout)

    assert [(one["text"], one["topic"], one["by"]) for one in made["decisions"]] == [
        ("정하늘 교수 안대로", "센터", "정하늘")
    ]
    one_day = json.loads(tft(str(channel / "2026-12-04.json"), "--format", "json").stdout)
    assert [one["text"] for one in one_day["decisions"]] == ["정하늘 교수 안대로"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.txt", None, "그런 파일이나 폴더가 없습니다"),
        ("empty.txt", b"\n", "비어 있거나"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "다른 종류의 파일"),
        ("page.html", b"<html>", "웹 페이지"),
        ("broken.json", b'{"a": ', "broken.json:1:7"),
        ("other.json", b'{"a": 1}', "아는 형식의 JSON"),
        ("old.jsonl", b'{"tft_minutes": 0}', "모르는 판"),
        ("bad.jsonl", b'{"tft_minutes": 1}', "내용이 맞지 않습니다"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_can(tmp_path: Path, name: str, content: bytes | None, said: str):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    result = tft(str(tmp_path / name), "--language", "ko")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert name in result.stderr
    assert said in result.stderr
    assert content is None or "MeetBot" in result.stderr


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path):
    result = tft(str(DATA / "same.txt"), "--language", "en", "--out", str(tmp_path / "none" / "x.md"))

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_an_empty_folder_is_named(tmp_path: Path):
    assert "empty, or without a line" in tft(str(tmp_path), "--language", "en").stderr


PDF_HERE = pytest.mark.skipif(not has_korean_font(), reason="no Korean font: Debian's fonts-nanum")


@pytest.mark.parametrize(("shape", "begins"), [("hwpx", b"PK\x03\x04"), pytest.param("pdf", b"%PDF-", marks=PDF_HERE)])
def test_a_document_for_filing(tmp_path: Path, shape: str, begins: bytes):
    file = tmp_path / f"minutes.{shape}"

    result = tft(str(DATA / "same.txt"), "--format", shape, "--out", str(file))

    assert (result.exit_code, result.output) == (0, "")
    assert file.read_bytes().startswith(begins)


@pytest.mark.parametrize("shape", ["md", "html", "json", "hwpx", pytest.param("pdf", marks=PDF_HERE)])
def test_a_hostile_log_makes_minutes_in_every_shape(tmp_path: Path, shape: str):
    markers = ("", "안건: ", "결정: ", "할일: ", "참석: ")
    texts = [f"{marker}{text}" for text in HOSTILE[:-2] for marker in markers]
    messages = [
        {"type": "message", "user": "U\ud800", "ts": f"1796203000.{at:06}", "text": text}
        for at, text in enumerate(texts)
    ]
    (tmp_path / "log.json").write_text(json.dumps(messages), encoding="utf-8")
    file = tmp_path / f"minutes.{shape}"

    result = tft(str(tmp_path / "log.json"), "--format", shape, "--out", str(file))

    assert (result.exit_code, result.output) == (0, "")
    if shape == "json":
        assert "=cmd|' /C calc'!A0" in [
            one["text"] for one in json.loads(file.read_text(encoding="utf-8"))["decisions"]
        ]
    elif shape in ("md", "html"):
        assert "<script" not in file.read_text(encoding="utf-8")


def test_without_a_korean_font_a_pdf_says_which_package_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("config.fonts.find.__defaults__", ((str(tmp_path),),))

    result = tft(str(DATA / "same.txt"), "--format", "pdf", "--language", "en", "--out", str(tmp_path / "x.pdf"))

    assert result.exit_code == 1
    assert "apt install fonts-nanum" in result.stderr
    assert str(tmp_path) in result.stderr
