"""A short meeting from its start to final minutes, as two people of both organisations see it in their browsers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.messages.minutes_html import html
from bot.services.meeting_documents import document
from bot.services.meeting_views import view_of
from config.words import Words
from storage.meetings import by_number
from storage.tables import TaskForce
from tests import cast
from tests.bots import Town, town
from tests.browser import chromium
from tests.story.people import Someone
from tests.towns import expect_honest

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
LINES: dict[str, dict[str, Any]] = {
    "ko": {
        "start": "회의 시작 제7차 실무회의",
        "title": "제7차 실무회의",
        "gist": ("안건: 국비 공동 신청", "결정: 국비를 공동 명의로 신청함", "이의 없음"),
        "county": ("할 일: 신청서 초안 작성 한도윤 주무관 12월 9일까지", "기록제외: 단가 이야기는 빼 주세요"),
        "decision": "국비를 공동 명의로 신청함",
        "action": "신청서 초안 작성",
        "end": "회의 종료",
    },
    "en": {
        "start": "meeting start 7th working meeting",
        "title": "7th working meeting",
        "gist": ("topic: Joint application", "decision: Apply for the national budget together", "no objection"),
        "county": ("action: Draft the application 한도윤 주무관 by 9 December", "off: leave the unit price out"),
        "decision": "Apply for the national budget together",
        "action": "Draft the application",
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


def test_two_organisations_hold_a_meeting_and_sign_its_minutes(chromium: Browser, place: Town, lang: str) -> None:
    words = LINES[lang]
    gist = Someone(chromium, place.workspace, "gist secretary", lang=lang)
    county = Someone(chromium, place.workspace, "county lead", lang=lang)
    say = Words().say(lang)

    gist.command(str(words["start"]))
    live = say("meeting-live", keeper="김민지 연구원")
    expect(county.message(live)).to_be_visible()
    for window in (gist, county):
        in_thread(window, window.message(live))
    for line in words["gist"]:
        gist.say(line, "thread-composer")
    for line in words["county"]:
        county.say(line, "thread-composer")
    expect(message_in(gist, str(words["gist"][1])).locator('[data-reaction="pushpin"]')).to_be_visible()
    expect(message_in(gist, str(words["county"][0])).locator('[data-reaction="memo"]')).to_be_visible()
    expect(county.message(live)).to_contain_text(f"A-1  {words['action']}")
    county.shot("meeting-1-card")

    gist.say(str(words["end"]), "thread-composer")
    gist.read_direct_messages()
    review = gist.by("messages").get_by_test_id("message").filter(has_text="R-1").last
    expect(review).to_contain_text(str(words["decision"]))
    gist.shot("meeting-2-understood")
    gist.press(review, "meeting-record")

    county.back()
    title = say("meeting-summary-title", meeting=f"M-1 {words['title']}")
    summary = county.by("messages").get_by_test_id("message").filter(has_text=title)
    expect(summary).to_contain_text(say("meeting-word-none", side="GIST"))
    county.shot("meeting-3-draft")
    county.press(summary, "meeting-confirm")
    expect(summary).to_contain_text("박서준 과장")
    lead = Someone(chromium, place.workspace, "gist lead", lang=lang)
    lead.press(lead.by("messages").get_by_test_id("message").filter(has_text=title), "meeting-confirm")
    final = say("meeting-final", at="").strip()
    for window in (county, lead):
        expect(window.by("messages").get_by_test_id("message").filter(has_text=title)).to_contain_text(final)
    county.shot("meeting-4-final")

    shown = chromium.new_page(viewport={"width": 900, "height": 1200})
    shown.set_content(document_of(place, lang))
    expect(shown.get_by_text(str(words["decision"])).first).to_be_visible()
    assert "단가" not in shown.content()
    assert "unit price" not in shown.content()
    Path("var/screenshots").mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=f"var/screenshots/meeting-5-html-{lang}.png", full_page=True)
    for window in (gist, county, lead):
        assert window.problems == []


def document_of(place: Town, lang: str) -> str:
    """The file that is handed out."""
    with place.bot.deps.database.reading() as session:
        meeting = by_number(session, 1, 1)
        assert meeting
        return html(document(session, view_of(session, meeting), Words().say(lang)))
