"""The demo's six steps in Chromium, two windows at a time, on the page that `tft demo` serves with the real bot behind it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from config import demo as case
from tests.browser import chromium
from tests.ops.demos import CHANNEL, running
from tests.playground.page_window import Window, reaction

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

ITEM = {"ko": "센터 개소 계획서 초안", "en": "Draft of the opening plan"}


@pytest.mark.parametrize(("lang", "width"), [("ko", 1280), ("en", 390)])
def test_the_six_steps(chromium: Browser, tmp_path: Path, lang: str, width: int):
    with running(tmp_path) as (_, url):
        walk = Walk(chromium, url, lang, width)
        for number, step in enumerate((walk.add, walk.confirm, walk.close, walk.undo, walk.look, walk.join), start=1):
            step()
            walk.shot(f"demo-{number}")
        walk.end()


class Walk:
    """The people of the steps, each in a window of their own."""

    def __init__(self, chromium: Browser, url: str, lang: str, width: int) -> None:
        self.lang, self.steps = lang, case.load().facts["steps"]
        who = ("minji", "haneul", "doyun", "yujin", "garam")
        self.windows = {name: Window(chromium, url, lang=lang, width=width) for name in who}
        self.now = self.windows["minji"]

    def at(self, name: str) -> Window:
        """Look through somebody's window; the first time it is opened by the step's own link."""
        window = self.now = self.windows[name]
        if window.page.url == "about:blank":
            window.open(case.load().member(name).id, CHANNEL)
            expect(window.by("composer")).to_be_visible()
        return window

    def typed(self, step: int) -> list[str]:
        """What a step says one should type."""
        return re.findall(r"`([^`]+)`", self.steps[step - 1][self.lang])

    def card(self, window: Window) -> Locator:
        """The newest card of the item; private answers about it have no reactions."""
        cards = window.by("messages").get_by_test_id("message").filter(has_text=ITEM[self.lang])
        return cards.filter(has=window.page.locator('[data-reaction="white_check_mark"]')).last

    def add(self) -> None:
        window = self.at("minji")
        expect(window.by("banner")).to_contain_text("invented" if self.lang == "ko" else "made up")
        expect(window.by("clock-text")).to_contain_text("23")
        window.say(self.typed(1)[0])
        expect(self.card(window)).to_be_visible()
        expect(self.card(window)).to_contain_text("영광군 담당: 한도윤 주무관")
        expect(self.card(window)).to_contain_text("2026. 12. 5.(토)")

    def confirm(self) -> None:
        window = self.at("haneul")
        reaction(self.card(window), "white_check_mark").click()
        expect(self.card(window)).to_contain_text("GIST 완료 · 차례: 영광군(1일째)")
        expect(self.card(self.windows["minji"])).to_contain_text("GIST 완료 · 차례: 영광군(1일째)")

    def close(self) -> None:
        window = self.at("doyun")
        reaction(self.card(window), "white_check_mark").click()
        expect(self.card(window).get_by_role("button", name="다시 열기")).to_be_visible()
        expect(self.card(self.windows["haneul"]).get_by_role("button", name="다시 열기")).to_be_visible()

    def undo(self) -> None:
        window = self.at("doyun")
        window.by("messages").get_by_role("button", name="되돌리기").last.click()
        expect(self.card(window)).to_contain_text("GIST 완료 · 차례: 영광군(1일째)")

    def look(self) -> None:
        window = self.at("yujin")
        lines = self.typed(5)
        for line in [line for line in lines if line.startswith("/")]:
            window.say(line)
            expect(window.by("messages").get_by_test_id("only-you").last).to_be_visible()
        window.go("TFT봇")
        window.by("tab-messages").click()
        window.say(lines[-1])
        expect(window.by("messages").get_by_test_id("message").last).to_contain_text("A-15")

    def join(self) -> None:
        window = self.at("garam")
        window.say(self.typed(6)[0])
        window.pick(window.field("side").get_by_test_id("picker"), "영광", "영광군")
        window.by("modal-submit").click()
        expect(window.by("modal")).to_have_count(0)
        approver = self.at("yujin")
        expect(approver.message("문가람")).to_be_visible()

    def shot(self, name: str) -> None:
        self.now.shot(name)

    def end(self) -> None:
        for window in self.windows.values():
            window.close()
