"""A person's browser window on the local workspace: what they see there and press."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import PATIENCE_MS

SHOTS = Path("var/screenshots")

# Buttons in running text are as high as the text; everything else must be easy to hit with a thumb.
_SMALL = """() => [...document.querySelectorAll('button, a[href], input:not([type=checkbox]):not([type=radio]), textarea, [role=option], label.choice')]
  .filter((e) => !e.matches('.mention, .name, .time, .prose *, .seen-by-readers, [hidden], .block-context *') && e.offsetParent !== null && getComputedStyle(e).visibility !== 'hidden')
  .map((e) => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width > 0 && (box.height < 39.5 || box.width < 31.5))
  .map(([box, e]) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)} ${Math.round(box.width)}x${Math.round(box.height)}`)"""
_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((e) => { const box = e.getBoundingClientRect(); return box.width > 0 && box.right > innerWidth + 1 && getComputedStyle(e).visibility !== 'hidden' && !e.closest('.table-scroll, .carousel, .sidebar'); })
  .map((e) => e.tagName + '.' + e.className)"""


class Window:
    """One window of one person, in one language and width."""

    def __init__(
        self, chromium: Browser, base: str, *, lang: str = "ko", width: int = 1280, scheme: str = "light"
    ) -> None:
        self.base, self.lang, self.width = base, lang, width
        self.context = chromium.new_context(
            viewport={"width": width, "height": 860 if width > 720 else 780},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="ko-KR" if lang == "ko" else "en-GB",
            has_touch=width <= 720,
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda line: self.problems.append(line.text) if line.type == "error" else None)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: self.problems.append(f"dialog: {dialog.message}"))

    def open(self, user: str | None = None, channel: str | None = None, **more: str) -> "Window":
        query = {"as": user, "lang": self.lang, "c": channel, **more}
        self.page.goto(f"{self.base}/?" + "&".join(f"{key}={value}" for key, value in query.items() if value))
        self.words = self.page.evaluate(f"import('/page/js/words.js').then((m) => m.WORDS.{self.lang})")
        expect(self.page.locator("#page > *").first).to_be_visible()
        return self

    def word(self, key: str, **values: object) -> str:
        """A word of the page, in this window's language."""
        return re.sub(r"\{(\w+)\}", lambda m: str(values[m[1]]), str(self.words[key]))

    def by(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    @property
    def narrow(self) -> bool:
        return self.width <= 720

    def side(self) -> Locator:
        """The list of conversations; on a narrow page the drawer is opened first."""
        if self.narrow and not self.page.locator("body.drawer-open").count():
            self.by("open-sidebar").click()
        return self.by("sidebar")

    def go(self, name: str) -> None:
        self.side().get_by_role("link", name=name).first.click()

    def write(self, text: str, where: str = "composer") -> None:
        """As a person does: not before a form that was closed is gone, since behind it nothing takes what is typed."""
        expect(self.by("modal")).to_be_hidden()
        self.by(where).fill(text)

    def say(self, text: str, where: str = "composer") -> None:
        """Writes and sends."""
        self.write(text, where)
        self.by(where).press("Enter")

    def message(self, text: str, where: str = "messages") -> Locator:
        """The last message in which this can be read."""
        return self.by(where).get_by_test_id("message").filter(has_text=text).last

    def menu(self, message: Locator) -> None:
        message.hover()
        message.get_by_test_id("message-menu").click()

    def choose(self, label: str) -> None:
        """Presses an entry of the open menu."""
        self.page.get_by_role("menuitem", name=label).click()

    def field(self, block: str) -> Locator:
        """The block of a form."""
        return self.page.locator(f'[data-testid=modal] [data-block-id="{block}"]')

    def pick(self, picker: Locator, typed: str, option: str) -> None:
        """Opens a select, types, and takes an option."""
        picker.click()
        self.by("picker-search").fill(typed)
        self.page.get_by_role("option", name=option).click()

    def shot(self, name: str) -> None:
        """Keeps a picture, and looks that nothing is cut off or too small to hit."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(SHOTS / f"{name}-{self.lang}-{self.width}.png"), animations="disabled")
        wide = self.page.evaluate(_WIDE)
        assert wide == [], f"{name}: wider than the window: {wide}"
        if self.narrow:
            small = self.page.evaluate(_SMALL)
            assert small == [], f"{name}: too small for a thumb: {small}"

    def close(self) -> None:
        """Ends the window; it must have made no error and asked nobody else."""
        self.context.close()
        assert self.problems == []
        assert [url for url in self.requests if not url.startswith((self.base, "data:", "blob:"))] == []


def reaction(message: Locator, name: str) -> Locator:
    return message.locator(f'[data-reaction="{name}"]')


def act(page: Page, **fields: Any) -> Any:
    """An act of somebody who has no window here, through the same API."""
    answer = page.request.post(page.url.split("/?")[0] + "/client/act", data=fields)
    return answer.json()
