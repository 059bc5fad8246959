"""What happened at meetings while nobody listened: compared with what is kept, and told as events tell it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from threading import Event
from typing import Any, NamedTuple

from slack_sdk import WebClient

from bot.rules.meeting_marks import offer_key, standing_marks, ts_of
from bot.rules.meetings import RECORDED, ordinal
from bot.rules.minutes import LineKind
from bot.services.meeting_keeping import Said
from config import emoji
from config.slack import Fate
from handlers import pace
from handlers.calls import Outcome, attempt, seen_at
from handlers.deps import Deps
from handlers.meeting_marks import MARKERS, Mark, press
from handlers.meeting_threads import keep, said_in
from handlers.off_record import blank
from storage import installations, meetings
from storage.tables import BoundChannel, Installation, Meeting, MeetingLine, Phase

THREAD, BESIDE = "conversations.replies", "conversations.history"
PAGE = 200
PAGES = 50


class Seen(NamedTuple):
    """How far Slack told what was asked. `error`: why not all of it."""

    is_whole: bool
    is_refused: bool = False  # asking again is of no use
    error: str = ""


class Page(NamedTuple):
    """What Slack showed, and a stamp from before it looked."""

    messages: list[dict[str, Any]]
    at: str
    seen: Seen


class Place(NamedTuple):
    """Where a meeting is held, who speaks there, and what is kept of it."""

    meeting: Meeting
    channel: BoundChannel
    installation: Installation
    known: dict[str, MeetingLine]
    bots: set[str]
    asked: set[tuple[str, int, str, str]]


def look(deps: Deps, meeting: Meeting, stopping: Event) -> Seen:
    """Compare a meeting's thread: lines, edits, deletions, and 📌 and 📝 on them."""
    place, began = _place(deps, meeting), f"{deps.machine_clock().timestamp():.6f}"
    there: set[str] = set()
    seen = Seen(is_whole=False)
    for page in _pages(deps, place, THREAD, stopping):
        seen = page.seen
        for message in page.messages:
            there.add(message["ts"])
            _tell_lines(deps, place, message)
            _tell_marks(deps, place, message, page.at)
    if seen.is_whole and meeting.phase not in RECORDED:
        for line in place.known.values():
            if line.from_thread and line.kind == LineKind.MESSAGE and line.key not in there and line.text:
                gone = Said(line.key, meeting.thread_ts, line.writer, "", LineKind.DELETED, began)
                keep(deps, place.installation, place.channel.channel_id, meeting, gone)
    return seen


def look_beside(deps: Deps, meeting: Meeting, stopping: Event) -> Seen:
    """📌 and 📝 on messages of the channel, written since the meeting began and beside its thread. Their text is not kept."""
    if meeting.phase in RECORDED:
        return Seen(is_whole=True)
    place, seen = _place(deps, meeting), Seen(is_whole=False)
    for page in _pages(deps, place, BESIDE, stopping):
        seen = page.seen
        for message in page.messages:
            _tell_marks(deps, place, message, page.at)
    return seen


LOOKS = (look, look_beside)


def _place(deps: Deps, meeting: Meeting) -> Place:
    with deps.database.reading() as session:
        channel = meetings.channel_of(session, meeting)
        installation = session.get_one(Installation, channel.speaker_id)
        known = {line.key: line for line in meetings.lines(session, meeting.id or 0)}
        asked = meetings.asked(session, meeting.id or 0)
        return Place(meeting, channel, installation, known, set(installations.bot_users(session)), asked)


def _tell_lines(deps: Deps, place: Place, message: dict[str, Any]) -> None:
    """What is not known of a message: that it is there, as it says now; or that it was edited. Of what is over, only what was in time."""
    event = {"type": "message", **message}
    blank({"event": event})
    said = said_in(event)
    if said and said.key in place.known:
        stamp = (message.get("edited") or {}).get("ts")
        said = replace(said, kind=LineKind.CHANGED, stamp=stamp) if stamp else None
    if said is None or said.key in place.known:
        return
    meeting = place.meeting
    if meeting.phase not in RECORDED or ordinal(said.stamp or said.ts) <= meeting.end_ordinal:
        keep(deps, place.installation, place.channel.channel_id, meeting, said)


def _tell_marks(deps: Deps, place: Place, message: dict[str, Any], at: str) -> None:
    """The emoji that people have put on a message or taken away from it."""
    if place.meeting.phase in RECORDED or message.get("user") in place.bots:
        return
    ts = message["ts"]
    found = [one for one in message.get("reactions", ()) if emoji.bare(one["name"]) in MARKERS]
    there = {(user, MARKERS[emoji.bare(one["name"])]) for one in found for user in one["users"]}
    known = standing_marks(place.known.values(), ts)
    is_whole = all(one["count"] == len(one["users"]) for one in found)
    if (
        place.meeting.phase is Phase.ENDED
    ):  # when it was pressed is not known: before the end, as far as anybody can say
        at = ts_of(min(ordinal(at), place.meeting.end_ordinal))
    new = {one for one in there - known if one[0] not in place.bots and offer_key(ts, *one) not in place.asked}
    for user, marker in sorted(new | (known - there if is_whole else set())):
        mark = Mark(place.channel.channel_id, ts, user, marker, at, message.get("user"), (user, marker) in there)
        press(deps, place.installation, mark, f"seen:{ts}:{user}:{marker}:{at}")


def _pages(deps: Deps, place: Place, method: str, stopping: Event) -> Iterator[Page]:
    """Page by page, with whether it was the last; what Slack does not answer is a last page without messages."""
    cursor: str | None = None
    for _ in range(PAGES):
        if not pace.take_turn(deps, place.installation.id or 0, method, stopping):
            return
        began = deps.machine_clock()
        outcome = attempt(method, partial(_ask, deps.slack.client(place.installation), place, method, cursor))
        at = seen_at(outcome, began, deps.machine_clock())
        if not outcome.is_done:
            yield Page([], at, _unseen(deps, place, outcome))
            return
        cursor = (outcome.answer.get("response_metadata") or {}).get("next_cursor")
        yield Page(outcome.answer["messages"], at, Seen(is_whole=not cursor))
        if not cursor:
            return


def _unseen(deps: Deps, place: Place, outcome: Outcome) -> Seen:
    may_come = outcome.fate in (Fate.AGAIN, Fate.DOUBTFUL)
    if may_come:
        pace.rest(deps, place.installation.id or 0, outcome)
    return Seen(is_whole=False, is_refused=not may_come, error=outcome.error)


def _ask(client: WebClient, place: Place, method: str, cursor: str | None) -> Any:
    channel_id, thread_ts = place.channel.channel_id, place.meeting.thread_ts
    if method == THREAD:
        return client.conversations_replies(channel=channel_id, ts=thread_ts, cursor=cursor, limit=PAGE)
    return client.conversations_history(channel=channel_id, oldest=thread_ts, cursor=cursor, limit=PAGE)
