"""The budget in the browser: dates chosen, a reminder as time passes, ✅, the result of a vote, the board and the summary."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser import chromium
from tests.ops.demos import running
from tests.playground.page_window import Window, reaction

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(120)]
HIGH = 2400  # of a window in which a board is seen whole on a phone too
# Whether a message is seen whole, and has not moved for ten frames: what stands above it takes its height when it is seen.
_WHOLE = """(message) => {
  const [box, below] = [message, document.querySelector('[data-testid=composer]')].map((e) => e.getBoundingClientRect());
  const seen = box.top >= 0 && box.bottom <= below.top;
  if (!seen) message.scrollIntoView({block: 'end', behavior: 'instant'});
  message.frames = seen ? (message.frames || 0) + 1 : 0;
  return message.frames > 10;
}"""
LINE = "Shuttle pilot"
# What is said of the board, of the summary, and of a sum in it; in the language of who looks.
BOARD = {"ko": ("예산 현황판", "의결 1건", "천원"), "en": ("Budget board", "approved: 1", "unit: thousand won")}
SUMMARY = {"ko": ("요약 전체", "대비 확보"), "en": ("summary all", "secured")}


def test_from_the_budget_year_to_the_weekly_summary(chromium: Browser, tmp_path: Path) -> None:
    """One story of two people: one at a desk in Korean, one with a phone in English, each with a date of their own."""
    with running(tmp_path) as (_, url):
        serin = Window(chromium, url, lang="ko", width=1280, scheme="light").open("U0SERIN", "C0TFT")
        emma = Window(chromium, url, lang="en", width=390, scheme="dark").open("U0EMMA", "C0TFT")
        choose_dates(serin)
        add_a_vote(emma)
        move_clock(serin, "2026-11-24T10:00:00+09:00")
        close_by_tick(serin)
        tell_the_result(emma)
        for me in (serin, emma):
            look_at_summary(me)
            look_at_board(me)
            me.close()


def choose_dates(me: Window) -> None:
    """A date of the budget year for the graduate school, ours to do; the offices agree on tomorrow."""
    me.say("/tft 예산 일정표 B-2")
    form = me.by("modal")
    expect(form).to_contain_text("회계연도 시작 10일 전까지(당일 제외)")
    expect(form).to_contain_text("관행(확인 필요)")
    me.shot("budget-1-presets")
    form.get_by_label("교내 회계 마감").first.check()
    form.get_by_role("button", name="저장").click()
    expect(me.message("B-2-3")).to_contain_text("교내 회계 마감")
    me.shot("budget-2-line")
    me.say("/tft 예산 옮기기 B-2-3 11/24")
    expect(me.message("날짜를 바꾸었습니다")).to_contain_text("2026. 11. 24.(화)")


def add_a_vote(me: Window) -> None:
    """A line of one's own, the form of its budget year, and what others decide about it tomorrow."""
    me.say(f"/tft budget add {LINE} 2027 local subsidy 120,000천원")
    expect(me.message(LINE)).to_contain_text("120,000,000")
    me.say("/tft budget preset B-5")
    form = me.by("modal")
    expect(form).to_contain_text("to be confirmed")
    me.shot("budget-1-presets")
    form.get_by_test_id("modal-close").click()
    me.say("/tft budget milestone B-5 Council vote 11/24")
    expect(me.message("B-5-1")).to_contain_text("Council vote")
    me.shot("budget-2-line")


def close_by_tick(me: Window) -> None:
    """The owner has one reminder that day: ✅ on it closes that date."""
    to_bot(me, "TFT봇", "메시지")
    said = me.message("이 메시지에 ✅를 누르면").filter(has_text="교내 회계 마감")
    expect(reaction(said, "white_check_mark")).to_be_visible()  # the bot puts the first one itself
    me.shot("budget-3-reminder")
    reaction(said, "white_check_mark").click()
    expect(me.message("완료로 기록했습니다")).to_be_visible()
    me.shot("budget-4-closed")


def tell_the_result(me: Window) -> None:
    """The council has voted: who is asked says how much, and that the line is approved."""
    to_bot(me, "TFT봇", "Messages")
    asked = me.message("Council vote")
    expect(asked).to_contain_text("result")
    me.shot("budget-5-asked")
    asked.get_by_role("button", name="amount").click()
    me.field("amount").locator("input").fill("110,000천원")
    me.pick(me.field("stage").get_by_test_id("picker"), "Appr", "Approved")
    me.shot("budget-6-form")
    me.by("modal").get_by_role("button", name="Save").click()
    expect(me.message("110,000,000")).to_be_visible()
    me.shot("budget-7-result")


def look_at_summary(me: Window) -> None:
    typed, said = SUMMARY[me.lang]
    me.say(typed)
    expect(me.message(said)).to_be_visible()
    me.shot("budget-8-summary")


def look_at_board(me: Window) -> None:
    """The channel's board is true, and the own one says the same in the own language: both are seen whole."""
    me.go("영광-모빌리티-tft")
    board = me.by("messages").get_by_test_id("message").filter(has_text="예산 현황판").first
    for word in (LINE, "의결 1건"):
        expect(board).to_contain_text(word)
    whole(me, board, "budget-9-board")
    me.say("/tft budget")
    own = me.by("messages").get_by_test_id("message").filter(has=me.by("only-you"), has_text=LINE).last
    for word in BOARD[me.lang]:
        expect(own).to_contain_text(word)
    whole(me, own, "budget-10-own-board")


def whole(me: Window, shown: Locator, name: str) -> None:
    """A picture on which all of a message is seen, in a window that is high enough for it."""
    me.page.set_viewport_size({"width": me.width, "height": HIGH})
    me.page.wait_for_function(_WHOLE, arg=shown.element_handle())
    me.shot(name)


def move_clock(me: Window, to: str) -> None:
    """Business time goes on, stopping where something is due."""
    answer: Any = me.page.request.post(f"{me.base}/_clock", data={"to": to}, timeout=120_000)
    assert answer.ok, answer.text()


def to_bot(me: Window, bot: str, tab: str) -> None:
    """The conversation with the bot."""
    me.go(bot)
    me.page.get_by_role("tab", name=tab).click()
    expect(me.by("composer")).to_be_visible()
