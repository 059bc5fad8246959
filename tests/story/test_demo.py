"""The six steps of `tft demo`, walked in the browser by somebody who follows the strip."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from config import demo
from config.words import Words
from tests.browser import chromium
from tests.ops.demos import running
from tests.playground.page_window import Window, reaction

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]
TICK = "white_check_mark"
STEPS = demo.load().facts["steps"]


@pytest.mark.parametrize(("lang", "width"), [("ko", 1280), ("en", 390)])
def test_the_six_steps(chromium: Browser, tmp_path: Path, lang: str, width: int) -> None:
    with running(tmp_path) as (process, url):
        walk = Walk(Window(chromium, url, lang=lang, width=width).open())
        assert cpu_seconds(process.pid) < 10  # what one waits for the page where nothing else runs
        for number in range(1, 7):
            walk.step(number)
            walk.me.shot(f"demo-step-{number}")
        walk.me.close()


def cpu_seconds(pid: int) -> float:
    """What a process has computed so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Walk:
    """One window that becomes, step by step, whom the strip names; the bot speaks Korean with all of them."""

    def __init__(self, me: Window) -> None:
        self.me, self.says = me, Words().say("ko")

    @property
    def page(self) -> Page:
        return self.me.page

    def step(self, number: int) -> None:
        """Becomes the person of the step, does what it says, and ticks it."""
        member = demo.load().member(STEPS[number - 1]["as"])
        self.me.open(member.id, "C0TFT")
        expect(self.me.by("composer")).to_be_visible()
        acts = (self.add, self.tick, self.close_it, self.undo, self.look, self.join)
        acts[number - 1](re.findall(r"`(/tft [^`]+)`", STEPS[number - 1][self.me.lang]))
        if self.me.by("steps-fold").get_attribute("aria-expanded") == "true":
            self.page.locator(".step input").nth(number - 1).check()
            expect(self.me.by("steps-fold")).to_contain_text(f"{number}/6")

    def add(self, typed: list[str]) -> None:
        self.me.say(typed[0])
        expect(self.last_card()).to_be_visible()

    def tick(self, _typed: list[str]) -> None:
        reaction(self.last_card(), TICK).click()
        half_done = self.says("item-half-done", done="GIST", turn="영광군", days="1")
        expect(self.last_card()).to_contain_text(half_done)

    def close_it(self, _typed: list[str]) -> None:
        reaction(self.last_card(), TICK).click()
        expect(self.last_card().get_by_role("button", name=self.says("item-reopen"))).to_be_visible()

    def undo(self, _typed: list[str]) -> None:
        self.page.get_by_role("button", name=self.says("item-undo"), exact=True).last.click()
        expect(self.me.message(self.says("item-tick-stays").split("✅")[0])).to_be_visible()
        expect(self.last_card().get_by_role("button", name=self.says("item-done"), exact=True)).to_be_visible()

    def look(self, typed: list[str]) -> None:
        for line in typed:
            before = self.me.by("only-you").count()
            self.me.say(line)
            expect(self.me.by("only-you").nth(before)).to_be_visible()

    def join(self, typed: list[str]) -> None:
        self.me.say(typed[0])
        expect(self.me.by("modal")).to_contain_text(self.says("join-intro"))
        self.me.by("modal-close").click()
        expect(self.me.by("modal")).to_have_count(0)

    def last_card(self) -> Locator:
        """The card of the item that the first step makes."""
        seeded = self.page.locator(f'[data-reaction="{TICK}"]')
        return self.me.by("messages").get_by_test_id("message").filter(has=seeded, has_text="A-17").last
