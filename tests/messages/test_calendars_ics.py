"""Calendars as another library reads them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject

from bot.messages.calendars_ics import NO_MAILBOX, ics
from bot.messages.escape import clean
from bot.rules.exports import Event
from tests.messages.hostile import HOSTILE

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
DUE = Event("a-1-due.1@tft-bot", "[기한] A-1 계획서", date(2026, 12, 5), 2, NOW, description="GIST 정하늘 교수 · 진행")


def read(*events: Event) -> list[vobject.base.Component]:
    calendar = vobject.readOne(ics("GIST·영광군 TFT", events, NOW).decode())
    assert calendar.method.value == "PUBLISH"
    return list(calendar.contents.get("vevent", []))


def test_a_due_date_is_a_whole_day_that_takes_nobodys_time():
    (event,) = read(DUE)

    assert event.uid.value == DUE.uid
    assert event.summary.value == DUE.summary
    assert event.dtstart.value == date(2026, 12, 5)
    assert event.sequence.value == "2"
    assert event.status.value == "CONFIRMED"
    assert event.transp.value == "TRANSPARENT"
    assert event.description.value == DUE.description
    assert (event.organizer.value, event.organizer.params["CN"]) == (NO_MAILBOX, ["GIST·영광군 TFT"])


def test_a_meeting_has_its_hours_and_its_place():
    begins = datetime(2026, 12, 3, 14, 0, tzinfo=UTC) - timedelta(hours=9)

    (event,) = read(
        Event("m-3@tft-bot", "제7차 회의", begins, 0, NOW, ends=begins + timedelta(hours=1), place="3층", is_busy=True)
    )

    assert (event.dtstart.value, event.dtend.value) == (begins, begins + timedelta(hours=1))
    assert event.location.value == "3층"
    assert event.transp.value == "OPAQUE"


def test_what_was_cancelled_says_so():
    (event,) = read(Event("a-2-due.1@tft-bot", "[기한] A-2", date(2026, 12, 5), 7, NOW, is_cancelled=True))

    assert (event.status.value, event.sequence.value) == ("CANCELLED", "7")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str):
    link = "javascript:alert(1)"
    (event,) = read(Event("x@tft-bot", text, date(2026, 12, 5), 0, NOW, None, "", text, link, organizer=text))

    expected = clean(text)
    assert event.summary.value == expected
    assert event.description.value == expected
    assert "url" not in event.contents
    assert "attach" not in event.contents


def test_no_line_is_longer_than_the_standard_lets_it_be():
    content = ics("TFT", [Event("x@tft-bot", "가" * 3000, date(2026, 12, 5), 0, NOW)], NOW)

    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_a_calendar_without_dates_is_one():
    assert read() == []
