"""A short meeting from its start to final minutes, as two people of both organisations see it in their browsers."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hwpforge
import pytest
from playwright.sync_api import Browser, Locator, expect
from pypdf import PdfReader

from config.words import Words
from storage.tables import TaskForce
from tests import cast
from tests.bots import Town, town
from tests.browser import chromium
from tests.messages.test_minutes_hwpx import texts
from tests.story.people import Someone
from tests.towns import expect_honest

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
LINES: dict[str, dict[str, Any]] = {
    "ko": {
        "start": "회의 시작 제7차 실무회의",
        "title": "제7차 실무회의",
        "number": "7",
        "gist": ("안건: 국비 공동 신청", "결정: 국비를 공동 명의로 신청함", "이의 없음"),
        "county": ("할 일: 신청서 초안 작성 한도윤 주무관 12월 9일까지", "기록제외: 단가 이야기는 빼 주세요"),
        "decision": "국비를 공동 명의로 신청함",
        "action": "신청서 초안 작성",
        "unsure": "할 일: 현판 견적 받기 한도윤",
        "sure": "현판 견적 받기 · 한도윤 주무관",
        "reworded": "국비를 두 기관 공동 명의로 신청하기로 함",
        "end": "회의 종료",
    },
    "en": {
        "start": "meeting start 7th working meeting",
        "title": "7th working meeting",
        "number": "1",
        "gist": ("topic: Joint application", "decision: Apply for the national budget together", "no objection"),
        "county": ("action: Draft the application 한도윤 주무관 by 9 December", "off: leave the unit price out"),
        "decision": "Apply for the national budget together",
        "action": "Draft the application",
        "unsure": "action: Get a quote for the sign 한도윤",
        "sure": "Get a quote for the sign · 한도윤 주무관",
        "reworded": "Both apply for the national budget in joint names",
        "end": "#endmeeting",
    },
}


@pytest.fixture(params=["ko", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(lang: str, tmp_path: Path) -> Iterator[Town]:
    """A channel whose people all read one language, with the task force of the cast."""
    world = cast.world()
    for user in world["users"]:
        user["locale"] = "ko-KR" if lang == "ko" else "en-GB"
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world, tmp_path / "slack.db") as made:
        made.found()
        with made.bot.deps.work() as work:
            work.session.get_one(TaskForce, 1).language = lang
        yield made
        expect_honest(made)


def in_thread(window: Someone, card: Locator) -> None:
    """Open the meeting's thread."""
    window.menu(card)
    window.choose(window.word("in_thread"))
    expect(window.by("thread-composer")).to_be_visible()


def message_in(window: Someone, text: str) -> Locator:
    return window.message(text, "thread-messages")


def write(window: Someone, line: str) -> None:
    """A line of the record, once the one before is sent."""
    window.say(line, "thread-composer")
    expect(message_in(window, line)).to_be_visible()


def whispered_in(window: Someone, text: str) -> Locator:
    """What only this person sees in the open thread."""
    private = window.by("thread-messages").get_by_test_id("message").filter(has=window.by("only-you"))
    return private.filter(has_text=text).last


def reviewed(window: Someone) -> Locator:
    """The message about the meeting, once it is on record."""
    done = window.said("meeting-review-done", meeting="").strip(" ·")
    return window.by("messages").get_by_test_id("message").filter(has_text=done).last


def convene(window: Someone, side: str) -> None:
    """Say which side convened it, in the form of what stands beside the lines."""
    window.press(reviewed(window), "meeting-facts")
    window.field("host").scroll_into_view_if_needed()
    window.pick(window.field("host").get_by_test_id("picker"), "", side)
    window.shot("meeting-3-facts")
    window.by("modal-submit").click()
    expect(window.by("modal")).to_be_hidden()


def reword(window: Someone, before: str, after: str) -> None:
    """Change the wording of a line of the draft, from the message about the meeting."""
    window.press(reviewed(window), "meeting-lines")
    line = window.by("modal").locator(".block-section").filter(has_text=before).last
    line.get_by_role("button", name=window.says("meeting-line-change"), exact=True).click()
    wording = window.field("text").get_by_role("textbox")
    expect(wording).to_have_value(before)
    window.shot("meeting-3-line")
    wording.fill(after)
    window.by("modal-submit").click()
    expect(window.by("modal").locator(".block-section").filter(has_text=after)).to_be_visible()
    window.by("modal-close").click()


def test_two_organisations_hold_a_meeting_and_take_its_minutes_as_files(
    chromium: Browser, place: Town, lang: str, tmp_path: Path
) -> None:
    words = LINES[lang]
    gist = Someone(chromium, place.workspace, "gist secretary", lang=lang)
    county = Someone(chromium, place.workspace, "county lead", lang=lang, width=390)
    say = Words().say(lang)

    gist.command(str(words["start"]))
    live = say("meeting-live", keeper="김민지 연구원")
    expect(county.message(live)).to_be_visible()
    for window in (gist, county):
        in_thread(window, window.message(live))
    for line in words["gist"]:
        write(gist, line)
    for line in (*words["county"], words["unsure"]):
        write(county, line)
    question = whispered_in(county, say("meeting-unclear-owner", written="한도윤"))
    expect(question).to_be_visible()
    county.shot("meeting-1-question")
    question.get_by_role("button", name="한도윤 주무관", exact=True).click()
    expect(message_in(gist, str(words["gist"][1])).locator('[data-reaction="pushpin"]')).to_be_visible()
    expect(message_in(gist, str(words["county"][0])).locator('[data-reaction="memo"]')).to_be_visible()
    expect(gist.message(live)).to_contain_text(str(words["action"]))
    expect(gist.message(live)).to_contain_text(str(words["sure"]))
    for window in (gist, county):
        window.shot("meeting-1-card")

    write(gist, str(words["end"]))
    gist.read_direct_messages()
    review = gist.by("messages").get_by_test_id("message").filter(has_text="R-1").last
    expect(review).to_contain_text(str(words["decision"]))
    gist.shot("meeting-2-understood")
    gist.press(review, "meeting-record")
    reword(gist, str(words["decision"]), str(words["reworded"]))
    convene(gist, "영광군")

    county.back()
    title = say("meeting-summary-title", meeting=f"M-1 {words['title']}")
    summary = county.by("messages").get_by_test_id("message").filter(has_text=title)
    expect(summary).to_contain_text(say("meeting-word-none", side="GIST"))
    expect(summary).to_contain_text(str(words["reworded"]))
    county.shot("meeting-4-draft")
    county.press(summary, "meeting-confirm")
    expect(summary).to_contain_text("박서준 과장")
    lead = Someone(chromium, place.workspace, "gist lead", lang=lang)
    lead.shot("meeting-4-draft")
    lead.press(lead.by("messages").get_by_test_id("message").filter(has_text=title), "meeting-confirm")
    final = say("meeting-final", at="").strip()
    for window in (county, lead):
        expect(window.by("messages").get_by_test_id("message").filter(has_text=title)).to_contain_text(final)
        window.shot("meeting-5-final")

    card = county.by("messages").get_by_test_id("message").filter(has_text=f"M-1 {words['title']}").first
    in_thread(county, card)
    for key in ("meeting-file-name-draft", "meeting-file-name"):
        for shape in ("hwpx", "pdf"):
            name = f"{say(key, date='', number=words['number'])}.{shape}"
            expect(message_in(county, name).last).to_be_visible()
    county.shot("meeting-6-files-in-the-thread")

    lead.press(lead.by("messages").get_by_test_id("message").filter(has_text=title), "meeting-files")
    lead.read_direct_messages()
    name = say("meeting-file-name", date="", number=words["number"])
    brought = lead.by("messages").get_by_test_id("message").filter(has_text=f"{name}.md").last
    expect(brought).to_be_visible()
    lead.shot("meeting-6-four-files")
    files = {shape: downloaded(lead, brought, shape, tmp_path) for shape in ("hwpx", "pdf", "html", "md")}
    look_at(chromium, files, str(words["reworded"]), say("minutes-doc-open-message"), lang)
    expect_in(files, str(words["reworded"]), say("minutes-doc-hosts", host="영광군", joint="GIST"))
    for window in (gist, county, lead):
        window.close()


def expect_in(files: dict[str, Path], *shown: str) -> None:
    """Each file says it, wherever its lines break; and none what was off the record."""
    for said in (
        "".join(texts(json.loads(hwpforge.Document.from_bytes(files["hwpx"].read_bytes()).to_json().text))),
        "\n".join(page.extract_text() for page in PdfReader(files["pdf"]).pages),
        *(files[shape].read_text(encoding="utf-8") for shape in ("html", "md")),
    ):
        assert [words for words in shown if "".join(words.split()) not in "".join(said.split())] == []
        assert "단가" not in said
        assert "unit price" not in said


def downloaded(window: Someone, message: Locator, shape: str, folder: Path) -> Path:
    """A file of a message, as its reader gets it."""
    with window.page.expect_download() as download:
        message.locator(f'a[download$=".{shape}"]').click()
    file = folder / f"minutes.{shape}"
    download.value.save_as(file)
    return file


def look_at(chromium: Browser, files: dict[str, Path], decision: str, link: str, lang: str) -> None:
    """Pictures of what can be shown: the page as it is, the PDF's first page where `pdftoppm` is installed."""
    folder = Path("var/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    shown = chromium.new_page(viewport={"width": 900, "height": 1200})
    shown.goto(files["html"].as_uri())
    expect(shown.get_by_text(decision).first).to_be_visible()
    expect(shown.get_by_role("link", name=link).first).to_have_attribute("href", re.compile("/archives/"))
    shown.screenshot(path=folder / f"meeting-7-html-{lang}.png", full_page=True)
    if tool := shutil.which("pdftoppm"):
        subprocess.run(
            [tool, "-r", "80", "-png", "-singlefile", files["pdf"], folder / f"meeting-7-pdf-{lang}"], check=True
        )
