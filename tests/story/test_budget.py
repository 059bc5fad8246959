"""The budget in the browser: dates chosen, a reminder as time passes, ✅, the result of a vote, the board and the summary."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.ops.demos import running
from tests.playground.page_window import Window, reaction

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
PATIENCE_MS = 30_000


def test_from_the_budget_year_to_the_weekly_summary(chromium: Browser, tmp_path: Path) -> None:
    """One story on two screens: what is written, is written on both sorts; what is read last, is looked at on both."""
    with running(tmp_path) as (_, url):
        at_desk = Window(chromium, url, lang="ko", width=1280, scheme="light").open("U0DOYUN", "C0TFT")
        choose_dates(at_desk, "budget-light")
        move_clock(at_desk, "2026-12-22T10:00:00+09:00")
        lead = Window(chromium, url, lang="ko", width=390, scheme="dark").open("U0TAEGYEONG", "C0TFT")
        close_by_tick(lead, "budget-dark")
        lead.close()
        on_phone = Window(chromium, url, lang="ko", width=390, scheme="dark").open("U0DOYUN", "C0TFT")
        look_at_dates(on_phone, "budget-dark")
        tell_the_result(on_phone, "budget-dark")
        change_stage(on_phone)
        for me, name in ((on_phone, "budget-dark"), (at_desk, "budget-light")):
            look_at_board_and_summary(me, name)
            me.close()


def choose_dates(me: Window, name: str) -> None:
    """Two dates of the budget year for the centre: one ours to do, one to be decided by others already there."""
    me.say("/tft 예산 일정표 B-1")
    form = me.by("modal")
    expect(form).to_contain_text("회계연도 시작 10일 전까지(당일 제외)")
    expect(form).to_contain_text("관행(확인 필요)")
    me.shot(f"{name}-1-presets")
    form.get_by_label("중기지방재정계획 행안부 제출").first.check()
    form.get_by_role("button", name="저장").click()
    expect(me.message("B-1-7")).to_contain_text("중기지방재정계획 행안부 제출")
    me.shot(f"{name}-2-line")


def look_at_dates(me: Window, name: str) -> None:
    """The form of the budget year's dates on the other sort of screen."""
    me.say("/tft 예산 일정표 B-1")
    form = me.by("modal")
    expect(form).to_contain_text("관행(확인 필요)")
    me.shot(f"{name}-1-presets")
    me.page.keyboard.press("Escape")
    expect(form).to_be_hidden()


def close_by_tick(lead: Window, name: str) -> None:
    """The county's lead has one reminder that day, the day before the spending ends: ✅ on it closes that date."""
    to_bot(lead)
    said = lead.message("이 메시지에 ✅를 누르면").filter(has_text="연말 지출 마감(군)")
    expect(reaction(said, "white_check_mark")).to_be_visible(timeout=PATIENCE_MS)  # the bot puts the first one itself
    lead.shot(f"{name}-3-reminder")
    reaction(said, "white_check_mark").click()
    expect(lead.message("완료로 기록했습니다")).to_be_visible(timeout=PATIENCE_MS)
    lead.shot(f"{name}-4-closed")


def tell_the_result(me: Window, name: str) -> None:
    """The council has voted: the owner says how much."""
    to_bot(me)
    expect(me.message("결과를 알려 주세요")).to_be_visible(timeout=PATIENCE_MS)
    me.shot(f"{name}-5-asked")
    me.say("예산 완료 B-1-4")
    me.message("입력 양식").get_by_role("button", name="입력 양식 열기").click()
    form = me.by("modal")
    me.field("amount").locator("input").fill("11억 2천만원")
    form.get_by_role("button", name="저장").click()
    expect(me.message("1,120,000,000원 (11억 2,000만원)")).to_be_visible(timeout=PATIENCE_MS)
    me.shot(f"{name}-6-result")


def change_stage(me: Window) -> None:
    me.say("예산 단계 B-1 의결 11억 2천만원")
    expect(me.message("단계: 의결")).to_be_visible(timeout=PATIENCE_MS)


def look_at_board_and_summary(me: Window, name: str) -> None:
    """The channel's board is true, and the summary has the budget."""
    to_bot(me)
    me.say("요약 전체")
    expect(me.message("대비 확보")).to_be_visible(timeout=PATIENCE_MS)
    me.shot(f"{name}-7-summary")
    me.go("영광-모빌리티-tft")
    board = me.by("messages").get_by_test_id("message").filter(has_text="예산 현황판").first
    expect(board).to_contain_text("의결 1건", timeout=PATIENCE_MS)
    board.scroll_into_view_if_needed()
    me.shot(f"{name}-8-board")


def move_clock(me: Window, to: str) -> None:
    """Business time goes on, stopping where something is due."""
    answer: Any = me.page.request.post(f"{me.base}/_clock", data={"to": to}, timeout=120_000)
    assert answer.ok, answer.text()


def to_bot(me: Window) -> None:
    """The conversation with the bot."""
    me.go("TFT봇")
    me.page.get_by_role("tab", name="메시지").click()
    expect(me.by("composer")).to_be_visible()
