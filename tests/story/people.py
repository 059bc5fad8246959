"""People of a story in their browser windows: what they press on the bot's messages, in their own language."""

import re

from playwright.sync_api import Browser, Locator, expect

from config.words import Say, Words
from playground import Workspace
from tests.cast import CHANNEL, PEOPLE
from tests.playground.page_window import Window, reaction

TICK, EYES = "white_check_mark", "eyes"


class Someone(Window):
    """One of the cast at the channel of the task force."""

    def __init__(self, chromium: Browser, workspace: Workspace, handle: str, *, lang: str, width: int = 1280) -> None:
        super().__init__(chromium, workspace.url, lang=lang, width=width)
        self.says: Say = Words().say(lang)
        self.user, _, self.name, self.job_title, _ = PEOPLE[handle]
        self.open(self.user, CHANNEL)
        expect(self.by("composer")).to_be_visible()

    def type_out(self, *parts: str) -> None:
        """Types into the composer; a part that begins with @ is completed to a mention."""
        self.write("")
        for part in parts:
            self.by("composer").press_sequentially(part)
            if part.startswith("@"):
                expect(self.by("completion").get_by_role("option")).to_have_count(1)
                self.by("composer").press("Enter")
        self.by("composer").press("Enter")
        expect(self.by("composer")).to_have_value("")

    def card(self, title: str) -> Locator:
        """The item's card: the message on which the bot has put its own ✅."""
        seeded = self.page.locator(f'[data-reaction="{TICK}"]')
        return self.by("messages").get_by_test_id("message").filter(has=seeded).filter(has_text=title)

    def tick(self, title: str) -> None:
        """Presses ✅ on the card: puts it, or takes it away."""
        reaction(self.card(title), TICK).click()

    def told(self, key: str, **args: str | int) -> Locator:
        """What only this person sees and says this."""
        return self.whispers().filter(has_text=self.said(key, **args)).last

    def said(self, key: str, **args: str | int) -> str:
        """A sentence of the bot as it can be read: without its marks."""
        return self.says(key, **args).translate(str.maketrans("", "", "`*"))

    def whispers(self) -> Locator:
        return self.by("messages").get_by_test_id("message").filter(has=self.by("only-you"))

    def press(self, message: Locator, key: str) -> None:
        """Presses the button of a message that bears this word."""
        message.get_by_role("button", name=self.says(key), exact=True).click()

    def command(self, line: str) -> Locator:
        """A slash command; gives the answer that came, which only this person sees."""
        before = self.whispers().count()
        self.say(f"/tft {line}")
        expect(self.whispers().nth(before)).to_be_visible()
        return self.whispers().last

    def visit_bot(self) -> None:
        """The app's own place, at its Home."""
        self.page.goto(f"{self.base}/?as={self.user}&lang={self.lang}&home=A0TFT")
        self.by("tab-home").click()
        expect(self.by("home")).to_be_visible()

    def read_direct_messages(self) -> None:
        self.visit_bot()
        self.by("tab-messages").click()
        expect(self.by("composer")).to_be_visible()

    def write_to_bot(self, line: str) -> Locator:
        """A direct message, with the conversation with the bot open; gives what the bot wrote after it."""
        messages = self.by("messages").get_by_test_id("message")
        mine = messages.filter(has=self.page.locator(".prose", has_text=re.compile(f"^{re.escape(line)}$")))
        before = mine.count()
        self.say(line)
        expect(mine).to_have_count(before + 1)
        expect(mine.last.locator("xpath=following-sibling::article").first).to_be_visible()
        return messages.last

    def back(self) -> None:
        """To the channel again."""
        self.open(self.user, CHANNEL)
        expect(self.by("composer")).to_be_visible()
