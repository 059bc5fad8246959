"""Threads of meetings: what is written, edited and deleted there."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App

from bot.rules.meetings import ordinal
from bot.rules.minutes import LineKind
from bot.services import meeting_lines
from bot.services.askers import Surface, Who
from bot.services.meeting_keeping import Said
from handlers.commands import from_bot, starts_with_mention
from handlers.deps import Deps
from handlers.listening import answer, tell
from handlers.off_record import FLAGS
from storage import meetings
from storage.tables import Installation, Meeting

_PEOPLE_WRITE = (None, "thread_broadcast", "file_share", "me_message")  # subtypes; others are notices


def register(app: App, deps: Deps) -> None:
    """Every message of a channel comes here; of those that belong to no meeting nothing is kept.

    Before the listeners that take messages for commands: Bolt asks the first that fits.
    """

    @app.event("message", matchers=[is_in_channel])
    def heard(event: dict[str, Any], context: dict[str, Any]) -> None:
        said = said_in(event)
        meeting = hearing(deps, event["channel"], said) if said else None
        if said is None or meeting is None:
            return
        event["text"] = (
            ""  # from here on it is in no event that could be parked: it may go on with words off the record
        )
        keep(deps, context["installation"], event["channel"], meeting, said)

    @app.event("app_mention", matchers=[in_the_middle(deps)])
    def mentioned() -> None:
        """A line of the record in which the bot is spoken of; the message's own event has it."""


def keep(deps: Deps, installation: Installation, channel_id: str, meeting: Meeting, said: Said) -> None:
    """Let the meeting hear it, once, and answer its writer alone."""
    who = Who(said.writer, channel_id, installation, Surface.MENTION, thread_ts=said.thread_ts, line=said.text)
    receipt = f"line:{channel_id}:{said.key}"
    reply = answer(deps, receipt, who, lambda work, asker: meeting_lines.hear(work, asker, meeting.id or 0, said))
    if reply.post:
        tell(deps, who, reply.post)


def said_in(event: dict[str, Any]) -> Said | None:
    """What a person has written, edited or deleted in a thread; None for anything else."""
    subtype = event.get("subtype")
    off = {flag: bool(event.get(flag)) for flag in FLAGS}
    if subtype == "message_deleted":
        return _gone(event.get("previous_message") or {}, event)
    if subtype == "message_changed":
        message = event["message"]
        if message.get("subtype") == "tombstone":
            return _gone(event.get("previous_message") or {}, event)
        edited = (message.get("edited") or {}).get("ts")
        return _said(message, LineKind.CHANGED, edited, off) if edited and not from_bot(message) else None
    return _said(event, LineKind.MESSAGE, "", off) if subtype in _PEOPLE_WRITE and not from_bot(event) else None


def _said(message: dict[str, Any], kind: LineKind, stamp: str, off: dict[str, bool]) -> Said | None:
    thread_ts = message.get("thread_ts")
    if not thread_ts or thread_ts == message["ts"]:
        return None
    return Said(message["ts"], thread_ts, message["user"], message.get("text") or "", kind, stamp, **off)


def _gone(before: dict[str, Any], event: dict[str, Any]) -> Said | None:
    if from_bot(before) or not before.get("thread_ts") or before["thread_ts"] == before["ts"]:
        return None
    return Said(before["ts"], before["thread_ts"], before["user"], "", LineKind.DELETED, event["event_ts"])


def is_in_channel(event: dict[str, Any]) -> bool:
    """Whether a message stands in a channel, and not in a direct conversation."""
    return event.get("channel_type") != "im"


def in_the_middle(deps: Deps) -> Callable[[dict[str, Any]], bool]:
    """Whether the bot is mentioned within a line of a record: a command begins with it."""

    def look(event: dict[str, Any]) -> bool:
        if not event.get("thread_ts") or starts_with_mention(event["text"]):
            return False
        return meeting_of(deps, event["channel"], event["thread_ts"]) is not None

    return look


def meeting_of(deps: Deps, channel_id: str, thread_ts: str) -> Meeting | None:
    """The meeting that keeps this thread."""
    with deps.database.reading() as session:
        return meetings.in_thread(session, channel_id, thread_ts)


def hearing(deps: Deps, channel_id: str, said: Said) -> Meeting | None:
    """The meeting that hears this: the one that keeps the thread, or one on record that should have heard it in time."""
    with deps.database.reading() as session:
        running = meetings.in_thread(session, channel_id, said.thread_ts)
        at = ordinal(said.stamp or said.ts)
        return running or meetings.recorded_in(session, channel_id, said.thread_ts, at)
