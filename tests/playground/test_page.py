"""The twenty acts of docs/playground-page.md, in Chromium, at 1280 and 390 pixels, in Korean and English."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from playground import Workspace
from tests.browser import chromium
from tests.playground import memo_world as cast
from tests.playground.page_window import Window, reaction

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    """The small world with the memo app connected to it."""
    with Workspace(cast.world()) as running:
        app = subprocess.Popen(
            [sys.executable, "-m", "tests.playground.memo_app", running.api_url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert app.stdout is not None
            assert app.stdout.readline() == "ready\n"
            yield running
        finally:
            app.terminate()
            app.communicate()


@pytest.mark.parametrize(("lang", "width"), [("ko", 1280), ("en", 390)])
def test_twenty_acts(chromium: Browser, workspace: Workspace, lang: str, width: int) -> None:
    walk = Walk(chromium, workspace, lang, width)
    for number, name in enumerate(ACTS, start=1):
        getattr(walk, name)()
        walk.me.shot(f"{number:02}-{name}")
    walk.end()


class Walk:
    """One walk through the acts; each leaves the window where the next begins."""

    def __init__(self, chromium: Browser, workspace: Workspace, lang: str, width: int) -> None:
        self.chromium, self.url, self.lang, self.width = chromium, workspace.url, lang, width
        self.me = Window(chromium, workspace.url, lang=lang, width=width)
        self.page = self.me.page
        self.others: list[Window] = []

    def other(self, user: str) -> Window:
        """Somebody else's window, beside mine."""
        window = Window(self.chromium, self.url, lang=self.lang, width=self.width, scheme="dark").open(user, cast.TFT)
        self.others.append(window)
        return window

    def end(self) -> None:
        for window in [*self.others, self.me]:
            window.close()

    def choose_who(self) -> None:
        me = self.me.open()
        expect(me.by("who")).to_have_count(4)
        expect(me.by("welcome")).to_contain_text("영광군")
        me.shot("00-welcome")
        me.by("who").filter(has_text="김민지").click()
        self.page.wait_for_url(f"**/?as={cast.MINJI}*")
        me.side()
        expect(me.by("switch-person")).to_contain_text("김민지")

    def see_conversations(self) -> None:
        me = self.me
        side = me.side()
        for name in (me.word("channels"), me.word("apps"), me.word("dms")):
            expect(side).to_contain_text(name)
        expect(side.get_by_test_id("channel").filter(has_text="영광-모빌리티-tft")).to_be_visible()
        me.go("영광-모빌리티-tft")
        expect(me.message("이번 주 안건입니다").locator(".line-item")).to_have_count(2)
        theirs = me.message("두었습니다")
        expect(theirs.get_by_test_id("org-badge")).to_have_text("영광군")
        expect(theirs.get_by_role("link", name="여기")).to_have_attribute("href", "https://example.org/draft")
        expect(theirs.locator(".mention-me")).to_have_text("@김민지")

    def join(self) -> None:
        me = self.me
        me.go("budget-2027")
        expect(me.by("composer")).to_have_count(0)
        me.by("join").click()
        expect(me.by("composer")).to_be_visible()
        expect(me.by("messages")).to_contain_text("김민지")

    def write(self) -> None:
        me = self.me
        me.go("영광-모빌리티-tft")
        me.write("첫 줄 *굵게*")
        me.by("composer").press("Shift+Enter")
        me.by("composer").press_sequentially("둘째 줄 :tada:")
        me.by("composer").press("Enter")
        expect(me.by("composer")).to_have_value("")
        mine = me.message("둘째 줄")
        expect(mine.locator("strong")).to_have_text("굵게")
        expect(mine).to_contain_text("🎉")

    def mention(self) -> None:
        me = self.me
        me.write("")
        me.by("composer").press_sequentially("@메모")
        expect(me.by("completion").get_by_role("option").first).to_contain_text("메모봇")  # a name before a job title
        me.write("")
        me.by("composer").press_sequentially("@이정")
        expect(me.by("completion").get_by_role("option")).to_have_count(1)
        me.by("composer").press("Enter")
        expect(me.by("composer")).to_have_value("@이정훈 ")
        me.by("composer").press("Backspace")
        me.by("composer").press_sequentially("님 #budget")
        me.by("completion").get_by_role("option").click()
        me.by("composer").press("Enter")
        mine = me.message("님")
        expect(mine.locator(f'[data-user="{cast.JUNG}"]')).to_have_text("@이정훈")
        expect(mine.locator(f'[data-channel="{cast.OPEN}"]')).to_have_text("#budget-2027")

    def command(self) -> None:
        me = self.me
        me.by("composer").press_sequentially("/me")
        expect(me.by("completion")).to_contain_text("/memo")
        me.by("composer").press("Tab")
        expect(me.by("composer")).to_have_value("/memo ")
        expect(me.by("usage-hint")).to_contain_text("[제목] [@사람]")
        me.by("composer").press_sequentially("센터 개소 계획서")
        me.by("composer").press("Enter")
        expect(me.message("진행 중").get_by_role("button", name="완료")).to_be_visible()
        expect(me.message("진행 중")).to_contain_text(me.word("app"))

    def ephemeral(self) -> None:
        me = self.me
        private = me.message("적었습니다: 센터 개소 계획서")
        expect(private.get_by_test_id("only-you")).to_have_text(me.word("only_you"))
        neighbour = self.other(cast.JUNG)
        expect(neighbour.message("진행 중")).to_be_visible()
        expect(neighbour.message("적었습니다")).to_have_count(0)
        me.shot("07-ephemeral-before")
        private.get_by_test_id("dismiss").click()
        expect(me.message("적었습니다")).to_have_count(0)

    def wrong_command(self) -> None:
        me = self.me
        me.say("/nosuch 무엇")
        expect(me.by("send-error")).to_have_text(
            me.word("no_such_command", command="/nosuch") + me.word("send_as_message")
        )
        expect(me.by("composer")).to_have_value("/nosuch 무엇")

    def silent_app(self) -> None:
        me = self.me
        me.say("/slow 여보세요")
        expect(me.message("operation_timeout").get_by_test_id("only-you")).to_be_visible()
        expect(me.by("composer")).to_have_value("/slow 여보세요")
        me.message("operation_timeout").get_by_test_id("dismiss").click()
        me.write("")
        me.message("진행 중").get_by_role("button", name="답 없음").click()
        expect(me.message("진행 중").get_by_test_id("act-warning")).to_have_text(me.word("did_not_respond"))

    def react(self) -> None:
        me = self.me
        card = me.message("진행 중")
        if me.narrow:
            me.menu(card)
            self.page.locator('.popover [data-quick="white_check_mark"]').click()
        else:
            card.hover()
            card.locator('[data-quick="white_check_mark"]').click()
        expect(reaction(card, "white_check_mark")).to_have_attribute("aria-pressed", "true")
        expect(me.message("완료로 기록했습니다.")).to_be_visible()
        self.others[0].by("messages").locator('[data-reaction="white_check_mark"]').click()
        expect(reaction(card, "white_check_mark")).to_contain_text("2")
        reaction(card, "white_check_mark").click()
        expect(reaction(card, "white_check_mark")).to_have_attribute("aria-pressed", "false")
        card.get_by_role("button", name=me.word("react")).last.click()
        me.by("emoji-search").fill("rocket")
        me.by("emoji-picker").get_by_role("option", name="rocket").click()
        expect(reaction(card, "rocket")).to_contain_text("1")

    def press(self) -> None:
        me = self.me
        me.message("진행 중").get_by_role("button", name="완료").click()
        done = me.message("센터 개소 계획서").filter(has_text="열림")
        expect(done).to_be_visible()
        expect(self.others[0].message("열림")).to_be_visible()

    def choose_from_menu(self) -> None:
        me = self.me
        card = me.message("열림")
        card.get_by_role("button", name=me.word("more"), exact=True).click()
        me.choose("베끼기")
        expect(me.message("고름: copy")).to_be_visible()
        card.locator("input[type=date]").fill("2026-12-05")
        spelt = {"ko": "2026. 12. 5.(토)", "en": "Sat 5 Dec 2026"}
        expect(card.locator(".moment-words")).to_have_text(spelt[me.lang])
        expect(me.message("날짜: 2026-12-05")).to_be_visible()

    def fill_form(self) -> None:
        me = self.me
        me.message("열림").get_by_role("button", name="자세히").click()
        expect(me.by("modal")).to_contain_text("아래를 채우고")
        me.by("modal-submit").click()
        expect(me.field("title").get_by_test_id("field-error")).to_have_text(me.word("required"))
        me.field("title").locator("input").fill("금지된 제목")
        me.field("count").locator("input").fill("99")
        me.by("modal-submit").click()
        expect(me.field("count").get_by_test_id("field-error")).to_have_text(me.word("max_value", n=20))
        me.field("count").locator("input").fill("12")
        me.by("modal-submit").click()
        expect(me.field("title").get_by_test_id("field-error")).to_have_text("쓸 수 없는 말이 있습니다: 금지")
        expect(me.field("count").locator("input")).to_have_value("12")

    def form_changes(self) -> None:
        me = self.me
        me.field("title").locator("input").fill("고친 제목")
        me.pick(me.field("kind").get_by_test_id("picker"), "결정", "결정사항")
        expect(me.by("modal")).to_contain_text("결정사항은 양측이 확인합니다.")
        expect(me.field("title").locator("input")).to_have_value("고친 제목")
        me.pick(me.field("place").get_by_test_id("picker"), "회의", "영광군청 회의실")
        expect(me.field("place").get_by_test_id("picker")).to_have_text("영광군청 회의실")
        me.field("intro").get_by_role("button", name="도움말").click()
        expect(me.by("modal")).to_contain_text("제목은 짧게 적습니다.")
        me.shot("14-stacked")
        me.by("modal-back").click()
        expect(me.field("title").locator("input")).to_have_value("고친 제목")

    def submit(self) -> None:
        me = self.me
        me.by("modal-submit").click()
        expect(me.by("modal")).to_have_count(0)
        side = me.side()
        expect(side.get_by_test_id("app-home").get_by_text("1")).to_be_visible()

    def thread(self) -> None:
        me = self.me
        me.go("영광-모빌리티-tft")
        agenda = me.message("이번 주 안건입니다")
        me.menu(agenda)
        me.choose(me.word("in_thread"))
        me.say("/memo 스레드에서", "thread-composer")
        expect(me.by("thread").get_by_test_id("send-error")).to_have_text(me.word("not_in_threads", command="/memo"))
        me.say("스레드에 씁니다", "thread-composer")
        expect(me.message("스레드에 씁니다", "thread-messages")).to_be_visible()
        me.shot("16-thread-open")
        me.by("close-thread").click()
        expect(agenda.get_by_test_id("thread-link")).to_contain_text(
            me.word("replies", n=1) if self.lang == "ko" else "1 reply"
        )

    def change_message(self) -> None:
        me = self.me
        me.menu(me.message("둘째 줄"))
        me.choose(me.word("edit"))
        me.by("edit-text").fill("고쳐 쓴 줄")
        me.by("edit-save").click()
        expect(me.message("고쳐 쓴 줄").get_by_test_id("edited")).to_be_visible()
        me.menu(me.message("고쳐 쓴 줄"))
        me.choose(me.word("pin"))
        expect(me.by("pins")).to_contain_text("1")
        me.menu(me.message("고쳐 쓴 줄"))
        me.choose("메모로 남기기")
        expect(me.message("메모로 남겼습니다: 고쳐 쓴 줄")).to_be_visible()
        card = me.message("열림")
        card.get_by_role("button", name="삭제", exact=True).click()
        expect(me.by("confirm")).to_contain_text("이 메모를 삭제 합니다.")
        me.shot("17-confirm")
        me.by("confirm-no").click()
        expect(card).to_be_visible()

    def home(self) -> None:
        me = self.me
        me.go("메모봇")
        expect(me.by("home")).to_contain_text("누른 횟수: 0")
        me.by("home").get_by_role("button", name="하나 더").click()
        expect(me.by("home")).to_contain_text("누른 횟수: 1")
        me.shot("18-home-tab")
        me.by("tab-messages").click()
        expect(me.message("양식을 받았습니다: 고친 제목 · 영광군청 회의실")).to_be_visible()
        me.say("안녕하세요")
        expect(me.message("받았습니다: 안녕하세요")).to_be_visible()

    def two_windows(self) -> None:
        me, neighbour = self.me, self.others[0]
        me.go("영광-모빌리티-tft")
        expect(me.by("composer")).to_be_visible()
        neighbour.by("composer").press_sequentially("/")
        expect(neighbour.by("completion")).to_be_hidden()
        neighbour.write("")
        neighbour.say("@메모봇 추가해 주세요")
        expect(me.message("추가해 주세요")).to_be_visible()
        expect(me.message("추가해 주세요").get_by_test_id("thread-link")).to_be_visible()
        neighbour.shot("19-their-window")

    def clock(self) -> None:
        me = self.me
        me.by("clock").click()
        me.shot("20-clock-open")
        me.by("clock-hour").click()
        day = "2026. 11. 23.(월)" if self.lang == "ko" else "Mon 23 Nov 2026"
        expect(me.by("clock-text")).to_have_text(re.compile(rf"{re.escape(day)} 10:\d\d"))  # it runs on meanwhile
        me.by("clock").click()
        me.by("clock-monday").click()
        expect(self.others[0].by("clock-text")).to_have_text(
            "2026. 11. 30.(월) 09:00" if self.lang == "ko" else "Mon 30 Nov 2026 09:00"
        )
        if me.by("steps-fold").get_attribute("aria-expanded") == "false":
            me.by("steps-fold").click()
        self.page.locator(".step input").first.check()
        expect(me.by("steps-fold")).to_contain_text("1/6")
        me.by("language").click()
        expect(self.page.locator("html")).to_have_attribute("lang", "en" if self.lang == "ko" else "ko")
        expect(me.message("추가해 주세요")).to_be_visible()


ACTS = [
    "choose_who",
    "see_conversations",
    "join",
    "write",
    "mention",
    "command",
    "ephemeral",
    "wrong_command",
    "silent_app",
    "react",
    "press",
    "choose_from_menu",
    "fill_form",
    "form_changes",
    "submit",
    "thread",
    "change_message",
    "home",
    "two_windows",
    "clock",
]
