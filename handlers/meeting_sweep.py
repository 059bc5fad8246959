"""What was written in the threads of meetings while nobody listened: compared with what is kept, and told as events tell it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.rules.minutes import LineKind
from bot.services.meeting_lines import Said
from handlers.calls import Outcome, attempt
from handlers.deps import Deps
from handlers.meeting_threads import keep, said_in
from handlers.off_record import blank
from storage import meetings
from storage.tables import BoundChannel, Installation, Meeting

log = structlog.get_logger()
METHOD = "conversations.replies"
PAGE = 200
PAGES = 50


def look(deps: Deps, meeting: Meeting, paced: Callable[[int, str], bool]) -> Outcome | None:
    """Compare one thread; gives the answer that stopped it, if Slack did not tell everything. `paced` waits for our turn."""
    with deps.database.reading() as session:
        channel = meetings.channel_of(session, meeting)
        installation = session.get_one(Installation, channel.speaker_id)
        known = {line.key: line for line in meetings.lines(session, meeting.id or 0)}
    began = f"{deps.machine_clock().timestamp():.6f}"
    there: set[str] = set()
    for outcome in _pages(deps, meeting, channel, installation, paced):
        if not outcome.is_done:
            return outcome
        for message in outcome.answer["messages"]:
            there.add(message["ts"])
            for said in _told(message, set(known)):
                keep(deps, installation, channel.channel_id, meeting, said)
    for line in known.values():
        if line.from_thread and line.kind == LineKind.MESSAGE and line.key not in there and line.text:
            gone = Said(line.key, meeting.thread_ts, line.writer, "", LineKind.DELETED, began)
            keep(deps, installation, channel.channel_id, meeting, gone)
    return None


def _told(message: dict[str, Any], known: set[str]) -> list[Said]:
    """What is not known of a message: that it is there, as it says now; or that it was edited."""
    event = {"type": "message", **message}
    blank({"event": event})
    said = said_in(event)
    if said is None or said.key not in known:
        return [said] if said else []
    stamp = (message.get("edited") or {}).get("ts")
    edited = replace(said, kind=LineKind.CHANGED, stamp=stamp) if stamp else None
    return [edited] if edited and edited.key not in known else []


def _pages(
    deps: Deps, meeting: Meeting, channel: BoundChannel, installation: Installation, paced: Callable[[int, str], bool]
) -> Iterator[Outcome]:
    client = deps.slack.client(installation)
    cursor: str | None = None
    for _ in range(PAGES):
        if not paced(installation.id or 0, METHOD):
            return
        call = partial(
            client.conversations_replies, channel=channel.channel_id, ts=meeting.thread_ts, cursor=cursor, limit=PAGE
        )
        outcome = attempt(METHOD, call)
        yield outcome
        if not outcome.is_done:
            return
        cursor = (outcome.answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
