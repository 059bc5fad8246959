"""The whole life of an item on a Slack Connect channel, where only GIST has the app: a county without commands, in Korean, and GIST in English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from playground import Workspace
from tests import cast
from tests.bots import Town, running
from tests.browser import chromium
from tests.story.people import EYES, Someone
from tests.towns import expect_honest

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(180)]
START = "2026-11-23T10:00:00+09:00"  # a Monday in working hours
TITLE = "셔틀 노선 안내문"
COUNTY_OWNER, COUNTY_SECRETARY, EMMA = "한도윤 주무관", "최유진 주무관", "Emma Clarke Researcher"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Town]:
    """The task force of the cast (T2) on the morning of START; its channel speaks Korean."""
    world = {**cast.world(connect=True), "clock": START}
    with Workspace(world, state=tmp_path / "slack.db") as workspace:
        clock = f"{workspace.url}/_clock"
        with running(f"sqlite:///{tmp_path / 'tft.db'}", workspace, TFT_CLOCK_URL=clock) as bot:
            made = Town(workspace, bot, is_connect=True)
            made.found()
            yield made
            expect_honest(made)


class Life:
    """The item between three windows: its county owner and GIST's owner at their desks, the county's secretary on a phone."""

    def __init__(self, chromium: Browser, place: Town) -> None:
        self.county = Someone(chromium, place.workspace, "county owner", lang="ko")
        self.gist = Someone(chromium, place.workspace, "english", lang="en")
        self.secretary = Someone(chromium, place.workspace, "county secretary", lang="ko", width=390)

    @property
    def windows(self) -> list[Someone]:
        return [self.county, self.gist, self.secretary]

    def shows(self, *parts: str) -> None:
        """The card says this in every window."""
        for window in self.windows:
            for part in parts:
                expect(window.card(TITLE)).to_contain_text(part)

    def shows_no(self, part: str) -> None:
        for window in self.windows:
            expect(window.card(TITLE)).not_to_contain_text(part)

    def said(self, key: str, **args: str) -> str:
        """What the card says: in the channel's language."""
        return self.county.said(key, **args)

    def turn(self, done: str, turn: str) -> str:
        return self.said("item-half-done", done=done, turn=turn, days="1")


def test_the_whole_life_of_an_item(chromium: Browser, place: Town) -> None:
    life = Life(chromium, place)
    made_by_mention_with_a_date_to_be_asked_about(life)
    seen_and_given_parts(life)
    noted_and_moved(life)
    half_done_taken_back_and_done_again(life)
    snoozed(life)
    handed_over(life)
    closed_by_both_and_opened_again(life)
    cancelled_and_undone(life)
    for window in life.windows:
        window.close()


def made_by_mention_with_a_date_to_be_asked_about(life: Life) -> None:
    """The county has no command; a mention does the same, and its date is asked about with a button for each reading."""
    county = life.county
    county.say(f"/tft 추가 {TITLE}")
    expect(county.by("send-error")).to_be_visible()
    county.type_out("@TFT", f"추가 {TITLE} ", "@Emma", "@한도윤", "다음 금요일까지 #운영")
    asked = county.whispers().filter(has_text=TITLE).last
    expect(asked).to_contain_text("다음 금요일까지")
    life.shows(county.said("no-due-date"))
    county.shot("life-01-asked")
    asked.get_by_role("button", name="2026. 11. 27.(금)", exact=True).click()
    life.shows(
        county.said("item-owner", side="GIST", owner=EMMA),
        county.said("item-owner", side="영광군", owner=COUNTY_OWNER),
        county.said("item-due", due="2026. 11. 27.(금)"),
        county.said("item-stream", stream="운영"),
    )


def seen_and_given_parts(life: Life) -> None:
    """👀 by GIST's owner; the county's owner writes down what of it is theirs, and by when."""
    county, gist = life.county, life.gist
    react(gist, EYES)
    life.shows(county.said("item-owner-seen", owner=EMMA))
    county.press(county.card(TITLE), "item-edit")
    side = county.page.locator("[data-testid=modal] [data-block-id^=task-]").filter(has_text="영광군")
    side.locator("input").fill("정류장 위치 확정")
    due = county.page.locator("[data-testid=modal] [data-block-id^=due-of-]").filter(has_text="영광군")
    due.locator("input").fill("2026-11-26")
    county.shot("life-02-form")
    county.by("modal-submit").click()
    expect(county.by("modal")).to_have_count(0)
    life.shows("정류장 위치 확정", county.said("dates-until", due="2026. 11. 26.(목)"))


def noted_and_moved(life: Life) -> None:
    """GIST's owner notes how it goes and moves the date; the county's owner is told, and the card counts it."""
    county, gist = life.county, life.gist
    note = "Two of five stops are drawn"
    expect(gist.command(f"note A-1 {note}")).to_contain_text(gist.said("item-noted", ref="A-1"))
    expect(gist.command("due A-1 2026-12-04")).to_contain_text("Fri 4 Dec 2026")
    life.shows(county.said("item-due", due="2026. 12. 4.(금)"), county.said("item-due-moves", count="1"))
    gist.shot("life-03-moved")
    county.go("TFT봇")  # a direct message as from anybody: there is no Home without the app
    told = county.message("2026. 11. 27.(금) → 2026. 12. 4.(금)")
    expect(told).to_contain_text(EMMA)
    county.shot("life-04-told")
    expect(county.write_to_bot("A-1")).to_contain_text(note)
    county.back()


def half_done_taken_back_and_done_again(life: Life) -> None:
    """✅ by one side makes it the other's turn; taking it away makes it both sides' again."""
    gist, secretary = life.gist, life.secretary
    gist.tick(TITLE)
    expect(gist.told("item-recorded", ref="A-1", side="GIST")).to_be_visible()
    life.shows(life.turn("GIST", "영광군"))
    expect(gist.command("list waiting")).to_contain_text(
        gist.said("item-half-done", done="GIST", turn="영광군", days="1")
    )
    gist.tick(TITLE)
    life.shows_no(life.turn("GIST", "영광군"))
    gist.tick(TITLE)
    life.shows(life.turn("GIST", "영광군"))
    secretary.shot("life-05-half-done")


def snoozed(life: Life) -> None:
    """The county's owner has reminders rest, by buttons: the due date stays."""
    county = life.county
    county.press(details(county), "item-postpone")
    county.press(county.told("item-postpone-what", ref="A-1", title=TITLE), "item-snooze")
    when = county.told("item-snooze-when", ref="A-1", title=TITLE)
    when.get_by_role("button").filter(has_text="2026. 11. 24.(화)").click()
    rests = county.said("item-snoozed", ref="A-1", until="2026. 11. 24.(화)", due="2026. 12. 4.(금)")
    expect(county.whispers().filter(has_text=rests)).to_have_count(1)
    county.shot("life-06-snoozed")


def handed_over(life: Life) -> None:
    """The county's owner hands over to the secretary: shown first, then done."""
    county = life.county
    county.type_out("@TFT", "인계 ", "@최유진")
    county.press(county.told("open-form-hint"), "open-form")
    expect(county.field("receiver")).to_contain_text(COUNTY_SECRETARY)
    county.by("modal-submit").click()
    shown = county.said("handover-who", giver=COUNTY_OWNER, receiver=COUNTY_SECRETARY)
    expect(county.by("modal")).to_contain_text(shown)
    expect(county.by("modal")).to_contain_text(county.said("handover-items", count="1"))
    county.shot("life-07-handover")
    county.by("modal-submit").click()
    expect(county.by("modal")).to_have_count(0)
    expect(county.told("handover-done")).to_be_visible()
    life.shows(county.said("item-owner", side="영광군", owner=COUNTY_SECRETARY), life.turn("GIST", "영광군"))


def closed_by_both_and_opened_again(life: Life) -> None:
    """Who was handed it presses ✅ on a phone: closed. GIST opens it again, and the old ✅ do not count."""
    life.secretary.tick(TITLE)
    life.shows("완료 · 2026. 11. 23.(월)")
    life.secretary.shot("life-08-closed")
    again = life.gist.card(TITLE).get_by_role("button", name=life.said("item-reopen"), exact=True)
    again.click()  # the card speaks the channel's language
    life.shows(life.said("item-card-again"))
    life.gist.shot("life-09-reopened")


def cancelled_and_undone(life: Life) -> None:
    """The secretary cancels it with a reason, reads its history, and takes the cancellation back."""
    secretary, reason = life.secretary, "운행 계획이 내년으로 미뤄졌습니다"
    secretary.press(details(secretary), "item-cancel")
    secretary.by("modal").locator("textarea").fill(reason)
    secretary.by("modal-submit").click()
    expect(secretary.by("modal")).to_have_count(0)
    life.shows(secretary.said("item-cancelled", reason=reason))
    secretary.type_out("@TFT", "이력 A-1")
    history = secretary.told("history-cancelled", text=reason)
    for words in ("history-noted", "history-reopened", "history-seen"):
        expect(history).to_contain_text(secretary.said(words, text="Two of five stops are drawn"))
    expect(history).to_contain_text(
        secretary.said("history-handed-over", giver=COUNTY_OWNER, receiver=COUNTY_SECRETARY)
    )
    secretary.shot("life-10-history")
    secretary.type_out("@TFT", "되돌리기")
    expect(secretary.told("undone-cancelled")).to_be_visible()
    life.shows_no(reason)
    life.gist.shot("life-11-undone")


def react(by: Someone, emoji: str) -> None:
    """By the bar of quick reactions."""
    by.card(TITLE).hover()
    by.card(TITLE).locator(f'[data-quick="{emoji}"]').click()


def details(by: Someone) -> Locator:
    """The item in full, by the card's button."""
    by.press(by.card(TITLE), "item-details")
    noting = by.page.get_by_role("button", name=by.says("item-note"), exact=True)
    return by.whispers().filter(has=noting).last
