"""What members and administrators read: commands that exist, pictures that can be made again, scopes with their reasons."""

import re
from pathlib import Path

import pytest

from bot.rules.grammar import read_line
from bot.services import item_pasted
from config.words import Words
from handlers import housekeeping
from handlers.manifest import EVENTS, reasons
from tests.story.picture import PICTURES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [DOCS / name for name in ("guide.ko.md", "guide.en.md", "admin.ko.md", "data.md")]
MANY = 15  # commands that each guide names at least: a page that lost them would pass unseen
MOST_BYTES = 150_000
BUTTONS = (
    *("menu-add", "menu-mine", "manifest-make-item", "settings-page-reminders", "nudge-snooze", "decision-object"),
    *("menu-meeting", "meeting-record", "meeting-confirm", "budget-stage", "budget-amount", "budget-preset"),
    *("menu-budget", "item-ask-owner", "item-undo", "item-reopen", "item-edit", "item-details"),
)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def typed(page: Path) -> list[str]:
    """What the page tells people to type: after `/tft`, or after a mention of the bot."""
    return re.findall(r"`(?:/tft|@TFT봇) ([^`]+)`", read(page))


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_pages_name_commands_that_exist(page: Path):
    assert [line for line in typed(page) if read_line(line).verb is None] == []


@pytest.mark.parametrize("name", ["guide.ko.md", "guide.en.md"])
def test_guides_name_the_commands_of_every_day(name: str):
    assert len(typed(DOCS / name)) >= MANY


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_buttons_are_called_in_the_guides_as_they_are_in_slack(lang: str):
    said = Words().say(lang)
    assert [said(key) for key in BUTTONS if f"**{said(key)}**" not in read(DOCS / f"guide.{lang}.md")] == []


def test_both_guides_show_the_same():
    korean, english = (re.findall(r"pictures/([a-z-]+)\.", read(DOCS / f"guide.{lang}.md")) for lang in ("ko", "en"))
    assert korean == english


def test_every_picture_is_shown_and_can_be_made_again():
    shown = {
        name
        for page in [*DOCS.glob("*.md"), ROOT / "README.md"]
        for name in re.findall(r"pictures/([\w.-]+\.png)", read(page))
    }
    kept = {path.name for path in (DOCS / "pictures").iterdir()}
    made = {picture.path.name for picture in PICTURES}
    assert shown == kept == made


def test_pictures_are_small():
    assert [path.name for path in (DOCS / "pictures").iterdir() if path.stat().st_size > MOST_BYTES] == []


def test_administrators_read_every_scope_with_its_reason():
    rows = re.findall(r"^\| `([a-z_:]+)` \| (.+) \|$", read(DOCS / "admin.ko.md"), re.MULTILINE)
    assert dict(rows) == reasons(Words().say("ko"))


def test_administrators_read_every_event():
    listed = re.search(r"받는 이벤트: (.+)\.$", read(DOCS / "admin.ko.md"), re.MULTILINE)
    assert listed
    assert tuple(re.findall(r"`([^`]+)`", listed[1])) == EVENTS
    assert "회의의 스레드" in read(DOCS / "admin.ko.md")  # of channels, nothing else is kept


@pytest.mark.parametrize(("name", "unit"), [("admin.ko.md", "일"), ("data.md", " days"), ("data.md", "일")])
def test_what_is_kept_for_a_while_is_kept_as_long_as_written(name: str, unit: str):
    for kept in (housekeeping.KEPT, item_pasted.KEPT):
        assert f"{kept.days}{unit}" in read(DOCS / name)
