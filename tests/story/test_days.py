"""The demo's clock, moved by the page's buttons: the morning's reminders, the channel's, and the leads' weekly summary."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from config import demo
from config.words import Words
from tests.browser import chromium
from tests.ops.demos import running
from tests.playground.page_window import Window

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]
SAYS = Words().say("ko")  # what the bot speaks with the people of the county


@pytest.mark.parametrize(("lang", "width", "scheme"), [("ko", 1280, "light"), ("en", 390, "dark")])
def test_tomorrow_and_monday(chromium: Browser, tmp_path: Path, lang: str, width: int, scheme: str) -> None:
    with running(tmp_path) as (_, url):
        me = Window(chromium, url, lang=lang, width=width, scheme=scheme)
        user = demo.load().member("yujin").id

        me.open(user, "C0TFT")
        press(me, "clock-tomorrow", "24", "10:00")
        expect(me.message(plain("channel-heading", count="1"))).to_contain_text("A-14")
        me.shot("days-channel")

        me.open(user, home="A0TFT")
        me.by("tab-messages").click()
        digest = me.message(plain("nudges-group-late"))
        expect(digest).to_contain_text("A-10")
        expect(digest).to_contain_text("오늘 챙기실 일")
        digest.evaluate("one => one.scrollIntoView()")
        me.shot("days-digest")

        press(me, "clock-monday", "30", "09:00")
        summary = me.message(plain("weekly-why").split("`")[0])
        expect(summary).to_contain_text("2026. 11. 30.(월)")
        expect(summary).to_contain_text(SAYS("weekly-part-yours"))
        summary.evaluate("one => one.scrollIntoView()")
        me.shot("days-weekly")
        me.close()


def press(me: Window, button: str, day: str, hour: str) -> None:
    """One of the clock's buttons; done when the clock shows the time."""
    me.by("clock").click()
    me.by(button).click()
    expect(me.by("clock-text")).to_contain_text(day)
    expect(me.by("clock-text")).to_contain_text(hour)
    expect(me.by("clock-panel")).to_have_count(0)


def plain(key: str, **args: str) -> str:
    """What can be read of a sentence of the bot."""
    return SAYS(key, **args).replace("*", "")
