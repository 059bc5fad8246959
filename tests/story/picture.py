"""`python -m tests.story.picture` makes the pictures of the documents again, from the demo in the browser: all, or those named.

Each is what one person sees, cropped to what the document shows by it.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect, sync_playwright

from config import demo
from config.words import Words
from tests.browser import FLAGS, executable
from tests.ops.demos import CHANNEL, running
from tests.playground.page_window import Window, reaction
from tests.story.test_demo import Walk

FOLDER = Path("docs/pictures")
WHOLE, DESK, PHONE = 1280, 1000, 390
TALL = 1300  # a window in which nothing that is cropped is cut
TICK = "white_check_mark"
# What is typed in each language; a space at the end closes the list of people to complete to. Emma Clarke's bot speaks English; the people of the county are written to in Korean.
TYPED = {
    "ko": {
        "who": "haneul",
        "add": "추가 셔틀 노선 안내문 @정하늘 @한도윤 2026-12-04 #운영",
        "title": "셔틀 노선 안내문",
        "ask": "추가 캠퍼스 소개 자료 @정하늘 @한도윤 다음 금요일까지",
        "asked": "캠퍼스 소개 자료",
        "give": "추가 정류장 현장 사진 @정하늘 @한도윤 2026-12-02",
        "given": "정류장 현장 사진",
        "list": "목록 차례",
        "decide": "결정 셔틀 정류장은 다섯 곳으로 한다 #운영",
        "decided": "셔틀 정류장은 다섯 곳으로 한다",
        "handover": "인계 @오세린 @김민지 ",
    },
    "en": {
        "who": "emma",
        "add": "add Shuttle route leaflet @Emma Clarke @한도윤 2026-12-04 #transport",
        "title": "Shuttle route leaflet",
        "ask": "add Campus brochure @Emma Clarke @한도윤 by next Friday",
        "asked": "Campus brochure",
        "give": "add Photos of the stops @Emma Clarke @한도윤 2026-12-02",
        "given": "Photos of the stops",
        "list": "list waiting",
        "decide": "decide The shuttle has five stops #transport",
        "decided": "The shuttle has five stops",
        "handover": "handover @Emma Clarke @김민지 ",
    },
}


class Desk(Window):
    """Somebody of the demo at the task force's channel."""

    def __init__(self, chromium: Browser, url: str, handle: str, lang: str, width: int) -> None:
        super().__init__(chromium, url, lang=lang, width=width)
        if width != WHOLE:
            self.page.set_viewport_size({"width": width, "height": TALL})
        self.says, self.user = Words().say(lang), demo.load().member(handle).id
        self.open(self.user, CHANNEL)
        expect(self.by("composer")).to_be_visible()

    def ask(self, line: str) -> Locator:
        """A command; gives its private answer."""
        before = self.by("only-you").count()
        self.say(f"/tft {line}")
        expect(self.by("only-you")).to_have_count(before + 1)
        return self.by("messages").get_by_test_id("message").filter(has=self.by("only-you")).last

    def card(self, title: str) -> Locator:
        """The card of an item or a decision, with the bot's own ✅ on it."""
        seeded = self.page.locator(f'[data-reaction="{TICK}"]')
        return self.by("messages").get_by_test_id("message").filter(has=seeded, has_text=title).last

    def press(self, where: Locator, key: str) -> None:
        where.get_by_role("button", name=self.says(key), exact=True).click()

    def visit_bot(self, tab: str) -> None:
        """The app's own place: its `home`, or the `messages` with it."""
        self.page.goto(f"{self.base}/?as={self.user}&lang={self.lang}&home=A0TFT")
        self.by(f"tab-{tab}").click()


Sit = Callable[[str, int], Desk]  # at the desk of this person, in a window so wide
Take = Callable[[Sit, dict[str, str]], Locator]


def card(sit: Sit, typed: dict[str, str]) -> Locator:
    """A card that GIST has done: whose turn it is."""
    desk = sit(typed["who"], DESK)
    desk.ask(typed["add"])
    reaction(desk.card(typed["title"]), TICK).click()
    half_done = desk.says("item-half-done", done="GIST", turn="영광군", days="1")
    expect(desk.card(typed["title"])).to_contain_text(half_done)
    expect(reaction(desk.card(typed["title"]), TICK)).to_contain_text("2")
    return desk.card(typed["title"])


def recorded(sit: Sit, typed: dict[str, str]) -> Locator:
    """What who pressed ✅ is told, with the way back."""
    desk = sit(typed["who"], DESK)
    desk.ask(typed["add"])
    reaction(desk.card(typed["title"]), TICK).click()
    return desk.message(desk.says("item-recorded", ref="A-17", side="GIST").split(" · ")[-1].split("👀")[0])


def question(sit: Sit, typed: dict[str, str]) -> Locator:
    """A due date that can be read in two ways."""
    return sit(typed["who"], DESK).ask(typed["ask"])


def menu(sit: Sit, typed: dict[str, str]) -> Locator:
    """What `/tft` alone, or a mention of the bot, opens."""
    return sit(typed["who"], PHONE).ask("")


def told(sit: Sit, typed: dict[str, str]) -> Locator:
    """The direct message that says that an item is theirs."""
    sit("minji", DESK).ask(typed["give"])
    desk = sit(typed["who"], PHONE)
    desk.visit_bot("messages")
    return desk.message(typed["given"])


def items(sit: Sit, typed: dict[str, str]) -> Locator:
    """A list, on a phone."""
    return sit(typed["who"], PHONE).ask(typed["list"])


def decision(sit: Sit, typed: dict[str, str]) -> Locator:
    """A decision that waits for the other side."""
    desk = sit(typed["who"], DESK)
    desk.ask(typed["decide"])
    lead = sit("gangmin", DESK)
    reaction(lead.card(typed["decided"]), TICK).click()
    confirmed = desk.says("decision-word-confirmed", side="GIST", who="이강민 교수", at="").strip(" ·")
    expect(desk.card(typed["decided"])).to_contain_text(confirmed)
    expect(reaction(desk.card(typed["decided"]), TICK)).to_contain_text("2")
    return desk.card(typed["decided"])


def handover(sit: Sit, typed: dict[str, str]) -> Locator:
    """What would move, before it does."""
    return sit("emma" if typed["who"] == "emma" else "minji", DESK).ask(typed["handover"])


def home(sit: Sit, typed: dict[str, str]) -> Locator:
    """The app's Home."""
    desk = sit(typed["who"], DESK)
    desk.visit_bot("home")
    expect(desk.by("home")).to_contain_text(desk.says("home-deadlines"))
    return desk.by("home").locator(".home-blocks")


def whole_page(sit: Sit, _typed: dict[str, str]) -> Locator:
    """The local workspace as one sees it after two of its six steps."""
    walk = Walk(sit("minji", WHOLE))
    for number in (1, 2):
        walk.step(number)
    walk.me.message(walk.says("item-undo")).wait_for()
    return walk.page.locator("body")


@dataclass(frozen=True)
class Picture:
    """One file, in one language."""

    name: str
    lang: str
    take: Take

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.png"


GUIDES: dict[str, Take] = {
    "card": card,
    "recorded": recorded,
    "question": question,
    "menu": menu,
    "told": told,
    "list": items,
    "decision": decision,
    "handover": handover,
    "home": home,
}
PICTURES = (
    Picture("demo", "ko", whole_page),
    *(Picture(f"{name}.{lang}", lang, take) for name, take in GUIDES.items() for lang in ("ko", "en")),
)


def speak_english(desk: Desk) -> None:
    """The channel's language, changed in the settings by somebody who may."""
    desk.say("/tft setup")
    desk.press(desk.by("modal").locator(".block-section").nth(1), "settings-change")
    desk.pick(desk.field("language").get_by_test_id("picker"), "", "English")
    desk.by("modal-submit").click()
    expect(desk.by("modal")).to_contain_text(desk.says("language-en"))
    desk.by("modal-close").click()


@contextmanager
def place(chromium: Browser, lang: str) -> Iterator[Sit]:
    """A demo of its own, so that numbers and what else is on the page do not depend on other pictures."""
    desks: list[Desk] = []

    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as (_, url):

        def sit(handle: str, width: int) -> Desk:
            desks.append(Desk(chromium, url, handle, lang, width))
            return desks[-1]

        if lang == "en":
            speak_english(Desk(chromium, url, "minji", "ko", DESK))
        yield sit
        for desk in desks:
            desk.close()


def main(names: list[str]) -> None:
    """Takes the pictures that are named, or all."""
    FOLDER.mkdir(exist_ok=True)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable(), args=FLAGS) as chromium,
    ):
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            with place(chromium, picture.lang) as sit:
                seen = picture.take(sit, TYPED[picture.lang])
                seen.page.mouse.move(0, 0)
                seen.screenshot(path=picture.path, animations="disabled")


if __name__ == "__main__":
    main(sys.argv[1:])
