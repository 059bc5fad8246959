"""What the page for operators says is so."""

import re

from typer.main import get_command

from bot.cli import app
from config.settings import Settings
from tests.ops.processes import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_setting_is_explained_with_its_default():
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \| ?(?:`(.*?)`)? ?\|", PAGE, re.MULTILINE)
    explained = {name: default for names, default in rows for name in re.findall(r"[A-Z_]+", names)}
    real = {str(field.alias): field.default for field in Settings.model_fields.values()}
    assert set(explained) == set(real)
    for name, default in real.items():
        if default is None:
            assert explained[name] == ""
        else:
            assert float(explained[name]) == default if isinstance(default, int | float) else explained[name] == default


def test_every_command_is_explained():
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    explained = set(re.findall(r"^\| `tft ([a-z]+)", PAGE, re.MULTILINE))
    assert known - {"dates"} == explained  # for whoever works on the reading of dates


def test_every_path_is_explained():
    source = (ROOT / "handlers" / "web.py").read_text(encoding="utf-8")
    for path in re.findall(r'"(/[a-z]+)"', source):
        assert f"`{path}`" in PAGE
