"""What an operator got wrong is answered with what to type instead, without a traceback."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app


def tft(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"LC_ALL": "ko_KR.UTF-8", **environment})


@pytest.mark.parametrize(
    "command",
    [("tick",), ("tick", "--dry-run"), ("doctor", "--repair"), ("export", "TFT"), ("minutes", "log", "--import", "C1")],
    ids=" ".join,
)
def test_a_database_that_is_not_there_is_not_made(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "log").write_text("10:00 a: b", encoding="utf-8")

    told = tft(*command, DATABASE_URL="sqlite:///there/x.db")

    assert told.exit_code == 1
    assert "tft db upgrade" in told.stderr
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("command", [("db", "upgrade"), ("demo", "--folder", "file/demo", "--no-open")], ids=" ".join)
def test_a_place_that_cannot_be_written_is_named(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()

    told = tft(*command, DATABASE_URL="sqlite:///file/x.db")

    assert told.exit_code == 1
    assert "경로와 권한을 확인하세요" in told.stderr


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (("demo", "--port", "99999"), 2, "65535"),
        (("manifest", "--url", "http://tft.example"), 2, "https://"),
        (("tick", "--at", "yesterday"), 2, "2026-11-22T10:00+09:00"),
        (("presets", "--year", "2027", "--language", "fr"), 2, "ko or en"),
        (("minutes", "not-there"), 1, "표준 입력은 - 로"),
    ],
)
def test_a_wrong_argument_is_answered_with_what_is_right(command: tuple[str, ...], status: int, said: str):
    told = tft(*command)

    assert told.exit_code == status
    assert said in told.stderr
