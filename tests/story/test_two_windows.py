"""From an empty channel to an item that both sides have closed, as two people see it in their browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlmodel import select

from storage.tables import TaskForce
from tests import cast
from tests.bots import NAME, Town, town
from tests.browser import chromium
from tests.story.people import EYES, Someone
from tests.towns import expect_honest

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
LINES = {
    "ko": {
        "setup": "설정",
        "join": "참여",
        "roster": "명단",
        "add": "추가",
        "list": "목록",
        "title": "센터 개소 계획서 초안",
    },
    "en": {
        "setup": "setup",
        "join": "join",
        "roster": "roster",
        "add": "add",
        "list": "list",
        "title": "Draft of the opening plan",
    },
}


@pytest.fixture(params=["ko", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(lang: str, tmp_path: Path) -> Iterator[Town]:
    """The bot in a channel whose people all read one language."""
    world = cast.world()
    for user in world["users"]:
        user["locale"] = "ko-KR" if lang == "ko" else "en-GB"
    with town(f"sqlite:///{tmp_path / 'tft.db'}", world, tmp_path / "slack.db") as made:
        yield made
        expect_honest(made)


def half_done(by: Someone, done: str, turn: str) -> str:
    return by.said("item-half-done", done=done, turn=turn, days="1")


def test_two_organisations_set_up_join_and_close_an_item_together(chromium: Browser, place: Town, lang: str) -> None:
    words, title = LINES[lang], LINES[lang]["title"]
    gist = Someone(chromium, place.workspace, "gist secretary", lang=lang)
    county = Someone(chromium, place.workspace, "county lead", lang=lang)

    set_up(gist, words["setup"])
    expect(county.message(NAME)).to_contain_text(county.said("setup-menu-hint"))
    join(place, chromium, county, words["join"])
    roster = gist.command(words["roster"])
    for name in ("김민지", "박서준", "한도윤"):
        expect(roster).to_contain_text(name)
    gist.shot("story-1-roster")

    gist.type_out(f"/tft {words['add']} {title} ", "@김민지", "@한도윤", "2026-12-05 #센터")
    expect(gist.told("item-added", item=f"A-1 {title}")).to_be_visible()
    for window in (gist, county):
        expect(window.card(title)).to_contain_text(window.said("item-owner", side="영광군", owner="한도윤 주무관"))
    gist.shot("story-2-card")

    gist.tick(title)
    for window in (gist, county):
        expect(window.card(title)).to_contain_text(half_done(window, "GIST", "영광군"))
    gist.press(gist.told("item-recorded", ref="A-1", side="GIST"), "item-undo")
    for window in (gist, county):
        expect(window.card(title)).not_to_contain_text(half_done(window, "GIST", "영광군"))
    gist.tick(title)  # away: it counted no more
    gist.tick(title)
    expect(county.card(title)).to_contain_text(half_done(county, "GIST", "영광군"))
    gist.shot("story-3-half-done")

    county.tick(title)  # the lead, for the owner
    closed = county.says("item-closed", at="").strip()
    for window in (gist, county):
        expect(window.card(title).get_by_role("button", name=window.says("item-reopen"))).to_be_visible()
        expect(window.card(title)).to_contain_text(closed)
    county.shot("story-4-closed")
    county.tick(title)
    for window in (gist, county):
        expect(window.card(title)).to_contain_text(half_done(window, "GIST", "영광군"))

    stranger = Someone(chromium, place.workspace, "stranger", lang=lang)
    stranger.tick(title)
    expect(stranger.told("item-confirm-stranger", ref="A-1")).to_be_visible()
    expect(gist.whispers().filter(has_text=gist.said("item-confirm-stranger", ref="A-1"))).to_have_count(0)
    expect(gist.card(title)).to_contain_text(half_done(gist, "GIST", "영광군"))
    stranger.shot("story-5-stranger")
    for window in (gist, county, stranger):
        window.close()


def set_up(by: Someone, line: str) -> None:
    """The form with its four questions: first wrong, with the error at its field, then right."""
    by.say(f"/tft {line}")
    expect(by.by("modal")).to_contain_text(by.said("setup-intro"))
    by.field("name").locator("input").fill(NAME)
    by.field("side-0").locator("input").fill("GIST")
    by.pick(by.field("person-0").get_by_test_id("picker"), "김민지", "김민지")
    by.pick(by.field("role-0").get_by_test_id("picker"), "", by.says("role-secretary"))
    by.field("side-1").locator("input").fill("gist")
    by.pick(by.field("person-1").get_by_test_id("picker"), "박서준", "박서준")
    by.by("modal-submit").click()
    expect(by.field("side-1").get_by_test_id("field-error")).to_have_text(by.says("setup-side-twice"))
    by.shot("story-0-setup")
    by.field("side-1").locator("input").fill("영광군")
    by.by("modal-submit").click()
    expect(by.by("modal")).to_have_count(0)


def join(place: Town, chromium: Browser, lead: Someone, line: str) -> None:
    """The county's owner asks to join, and its lead lets them in by a button."""
    asker = Someone(chromium, place.workspace, "county owner", lang=lead.lang)
    asker.say(f"/tft {line}")
    asker.pick(asker.field("side").get_by_test_id("picker"), "", "영광군")
    asker.by("modal-submit").click()
    expect(asker.told("join-asked", side="영광군", names="박서준 과장")).to_be_visible()
    lead.read_direct_messages()
    request = lead.by("messages").get_by_test_id("message").filter(has_text="한도윤").last
    lead.press(request, "join-approve")
    expect(lead.by("messages")).to_contain_text(lead.said("join-approved-by", by="박서준 과장"))
    lead.back()
    asker.close()


def test_one_item_by_command_mention_message_button_and_home(chromium: Browser, place: Town, lang: str) -> None:
    title = in_a_task_force(place, lang)
    gist = Someone(chromium, place.workspace, "gist owner", lang=lang)
    county = Someone(chromium, place.workspace, "county owner", lang=lang)
    gist.type_out(f"/tft add {title} ", "@정하늘", "@한도윤", "2026-12-05")
    expect(gist.told("item-added", item=f"A-1 {title}")).to_be_visible()
    expect(county.card(title)).to_be_visible()

    for line in ("list", "mine", "show A-1", "history A-1"):
        expect(gist.command(line)).to_contain_text(title)
    expect(gist.command("help")).to_contain_text(gist.said("help-opening"))
    expect(gist.command("lst")).to_contain_text(
        gist.said("not-understood-nearest", text="lst", meant=LINES[lang]["list"])
    )

    county.type_out("@TFT", "done A-1")
    expect(county.told("item-recorded", ref="A-1", side="영광군")).to_be_visible()
    expect(gist.card(title)).to_contain_text(half_done(gist, "영광군", "GIST"))
    gist.press(gist.card(title), "item-done")
    expect(county.card(title).get_by_role("button", name=county.says("item-reopen"))).to_be_visible()
    county.read_direct_messages()
    expect(county.message(title)).to_be_visible()  # the owner was told
    expect(county.write_to_bot("reopen A-1")).to_contain_text(title)
    county.shot("story-6-message")
    for line in ("list", "mine", "show A-1", "history A-1"):
        expect(county.write_to_bot(line)).to_contain_text(title)
    expect(gist.card(title)).to_contain_text(gist.said("item-card-again"))

    change(gist, title)
    gist.press(gist.card(title), "item-details")
    expect(gist.whispers().last).to_contain_text(gist.says("item-history"))
    gist.shot("story-7-details")

    county.visit_bot()
    expect(county.by("home")).to_contain_text(f"{title} 2")
    county.shot("story-8-home")
    for window in (gist, county):
        window.close()


def change(by: Someone, title: str) -> None:
    """The form of an item: emptied it says what is missing, filled in it changes the card."""
    by.press(by.card(title), "item-edit")
    by.field("title").locator("input, textarea").fill(" ")
    by.by("modal-submit").click()
    expect(by.field("title").get_by_test_id("field-error")).to_be_visible()
    by.field("title").locator("input, textarea").fill(f"{title} 2")
    by.by("modal-submit").click()
    expect(by.by("modal")).to_have_count(0)
    expect(by.card(f"{title} 2")).to_be_visible()


def test_on_a_phone_both_sides_close_an_item(chromium: Browser, place: Town, lang: str) -> None:
    title = in_a_task_force(place, lang)
    gist = Someone(chromium, place.workspace, "gist owner", lang=lang, width=390)
    county = Someone(chromium, place.workspace, "county owner", lang=lang, width=390)

    gist.type_out(f"/tft add {title} ", "@정하늘", "@한도윤", "2026-12-05")
    expect(gist.told("item-added", item=f"A-1 {title}")).to_be_visible()
    gist.tick(title)
    expect(county.card(title)).to_contain_text(half_done(county, "GIST", "영광군"))
    gist.shot("story-phone-1")
    look(county, county.card(title))
    expect(gist.card(title)).to_contain_text(gist.says("item-owner-seen", owner="한도윤 주무관"))
    county.tick(title)
    expect(gist.card(title).get_by_role("button", name=gist.says("item-reopen"))).to_be_visible()
    county.shot("story-phone-2")
    county.press(county.told("item-recorded", ref="A-1", side="영광군"), "item-undo")
    expect(gist.card(title)).to_contain_text(half_done(gist, "GIST", "영광군"))
    for window in (gist, county):
        window.close()


def look(by: Someone, card: Locator) -> None:
    """👀 from the message's menu, as there is no bar of quick reactions on a phone."""
    by.menu(card)
    by.page.locator(f'.popover [data-quick="{EYES}"]').click()


def in_a_task_force(place: Town, lang: str) -> str:
    """The task force of the cast, in this language; gives a title for an item."""
    place.found()
    with place.bot.deps.work() as work:
        work.session.exec(select(TaskForce)).one().language = lang
    return LINES[lang]["title"]
