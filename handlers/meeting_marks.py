"""📌 and 📝 while a meeting is held: they file a message of the record, and offer to put another of the channel into it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from slack_bolt import App

from bot.messages.post import Reply
from bot.rules.minutes import Marker
from bot.services import decision_sources, item_sources, meeting_marks
from bot.services.askers import Asker, Surface, Who
from bot.services.work import Work
from config import emoji
from handlers.deps import Deps
from handlers.item_shortcuts import is_note, is_on_message
from handlers.listening import answer, tell
from handlers.reactions import reaction_key
from storage import meetings
from storage.tables import Installation

MARKERS = {**dict.fromkeys(emoji.NOTE, Marker.ACTION), **dict.fromkeys(emoji.PIN, Marker.DECISION)}


class Mark(NamedTuple):
    """Somebody put the emoji on a message, or took it away. `written_by`: the message's writer, a Slack user."""

    channel_id: str
    ts: str
    user_id: str
    marker: Marker
    at: str
    written_by: str | None
    is_put: bool


def register(app: App, deps: Deps) -> None:
    """Before the listeners that offer the same where no meeting is held: Bolt asks the first that fits."""

    @app.event("reaction_added", matchers=[is_mark, while_meeting(deps)])
    @app.event("reaction_removed", matchers=[is_mark, while_meeting(deps)])
    def marked(event: dict[str, Any], context: dict[str, Any]) -> None:
        place, marker = event["item"], MARKERS[emoji.bare(event["reaction"])]
        is_put = event["type"] == "reaction_added"
        mark = Mark(
            place["channel"], place["ts"], event["user"], marker, event["event_ts"], event.get("item_user"), is_put
        )
        press(deps, context["installation"], mark, reaction_key(event))


def press(deps: Deps, installation: Installation, mark: Mark, receipt: str) -> None:
    """Let it have its effect, once, and answer who pressed alone."""
    who = Who(mark.user_id, mark.channel_id, installation, Surface.REACTION)

    def act(work: Work, asker: Asker) -> Reply:
        record = meetings.of_message(work.session, mark.channel_id, mark.ts)
        if record:
            return meeting_marks.mark(work, asker, record, mark.ts, mark.marker, mark.at, is_put=mark.is_put)
        offered = decision_sources.offered if mark.marker is Marker.DECISION else item_sources.offered
        otherwise = offered(work, asker, mark.ts, mark.written_by) if mark.is_put else Reply()
        return meeting_marks.offer(work, asker, mark.ts, mark.marker, otherwise)

    reply = answer(deps, receipt, who, act)
    if reply.post:
        tell(deps, who, reply.post)


def is_mark(event: dict[str, Any]) -> bool:
    """Whether the emoji files a message."""
    return is_note(event) or is_on_message(event, emoji.PIN)


def while_meeting(deps: Deps) -> Callable[[dict[str, Any]], bool]:
    """Whether a reaction is on a message of a record, or in a channel where a meeting is held."""

    def look(event: dict[str, Any]) -> bool:
        channel_id, ts = event["item"].get("channel", ""), event["item"].get("ts", "")
        with deps.database.reading() as session:
            return bool(meetings.of_message(session, channel_id, ts) or meetings.live_in(session, channel_id))

    return look
