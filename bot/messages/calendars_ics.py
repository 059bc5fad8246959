"""Dates as an iCalendar file (RFC 5545), which Outlook, Google Calendar, Apple's and Naver's read."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot.messages.escape import clean
from bot.rules.exports import Event

if TYPE_CHECKING:
    from icalendar import Event as Entry
    from icalendar import vCalAddress

NO_MAILBOX = "mailto:no-reply@tft.invalid"  # RFC 2606: such a domain can never exist, so that no answer goes astray
MAKER = "-//TFT bot//tft//KO"


def ics(name: str, events: Iterable[Event], now: datetime, *, cancels: bool = False) -> bytes:
    """A calendar of this name, published at `now` (aware). Days are whole days; moments are told in UTC, so that no zone can be wrong.

    `cancels`: the file takes its events out of calendars that have them (RFC 5546, 3.2.5).
    """
    from icalendar import Calendar  # noqa: PLC0415  # 0.1 s of every start

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancels else "PUBLISH")
    calendar.add("x-wr-calname", clean(name))
    for event in events:
        entry = _event(event, now)
        entry.add("organizer", _organizer(event.organizer or name))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _event(event: Event, now: datetime) -> "Entry":
    from icalendar import Event as Entry  # noqa: PLC0415

    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("dtstamp", now.astimezone(UTC))
    entry.add("last-modified", event.changed_at.astimezone(UTC))
    entry.add("sequence", event.sequence)
    entry.add("dtstart", _when(event.starts))
    if event.ends:
        entry.add("dtend", _when(event.ends))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("transp", "OPAQUE" if event.is_busy else "TRANSPARENT")
    texts = {"summary": event.summary, "location": event.place, "description": event.description}
    for key, text in texts.items():
        if text:
            entry.add(key, clean(text))
    if event.link.startswith(("https://", "http://")):
        entry.add("url", clean(event.link))
    return entry


def _organizer(name: str) -> "vCalAddress":
    """Whom calendars show the entry as from (RFC 5546, 3.2.1: each has one); we know of nobody's mailbox."""
    from icalendar import vCalAddress, vText  # noqa: PLC0415

    organizer = vCalAddress(NO_MAILBOX)
    organizer.params["cn"] = vText(clean(name).replace('"', "'"))
    return organizer


def _when(moment: date | datetime) -> date | datetime:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment
