"""New items from where people are: a message's shortcut, the global one, and 📝 on a message."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk.errors import SlackApiError

from bot.messages import ids
from bot.messages.post import Reply
from bot.services import item_sources
from bot.services.askers import Asker, Surface, Who
from bot.services.item_sources import Written
from bot.services.work import Work
from config import emoji
from handlers.deps import Deps
from handlers.listening import answer, get_to_know, metadata_of, tell, who_of, with_line
from handlers.reactions import reaction_key
from handlers.windows import show

MAKE_ITEM, ADD_ITEM = "make-item", "add-item"  # callback ids; the manifest names them


def register(app: App, deps: Deps) -> None:
    """Shortcuts, the question which task force is meant, and 📝."""
    register_shortcuts(app, deps)
    register_note(app, deps)


def register_shortcuts(app: App, deps: Deps) -> None:
    """A form at once, or after a task force was chosen."""

    @app.shortcut(MAKE_ITEM)
    def make_item(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        who = who_of(body, context, Surface.BUTTON)
        message = body["message"]
        written = Written(message.get("text") or "", permalink(deps, who, body["channel"]["id"], message["ts"]))
        get_to_know(deps, replace(who, line=written.text))
        open_form(ack, body, who, written)

    @app.shortcut(ADD_ITEM)
    def add_item(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        open_form(ack, body, who_of(body, context, Surface.BUTTON), item_sources.NOTHING)

    @app.action(ids.ITEM_FORM_IN_PATTERN)
    def in_task_force(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        written = Written(**metadata_of(body["view"]))
        of = int(body["actions"][0]["value"])
        who = with_line(who_of(body, context, Surface.BUTTON), "", of)
        receipt = f"trigger:{body['trigger_id']}"
        reply = answer(deps, receipt, who, lambda work, asker: item_sources.form(work, asker, written))
        if reply.view:
            deps.slack.client(who.installation).views_update(view_id=body["view"]["id"], view=reply.view)
        elif reply.post:
            tell(deps, who, reply.post)
        ack()

    def open_form(ack: Ack, body: dict[str, Any], who: Who, written: Written) -> None:
        receipt = f"trigger:{body['trigger_id']}"
        reply = answer(deps, receipt, who, lambda work, asker: item_sources.form(work, asker, written))
        show(deps, who, reply, body)
        ack()


def register_note(app: App, deps: Deps) -> None:
    """📝 is answered with an offer; only when that is taken up the message is read."""

    @app.action(ids.ITEM_OF_MESSAGE)
    def of_message(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, _, place = ids.read_item_value(body["actions"][0]["value"])
        channel_id, _, ts = place.partition(":")
        who = with_line(who_of(body, context, Surface.BUTTON), "", task_force_id)
        make = item_sources.form
        show(deps, who, read_message(deps, f"trigger:{body['trigger_id']}", who, (channel_id, ts), make), body)
        ack()

    @app.event("reaction_added", matchers=[is_note])
    def noted(event: dict[str, Any], context: dict[str, Any]) -> None:
        place = event["item"]
        who = Who(event["user"], place["channel"], context["installation"], Surface.REACTION)
        writer = event.get("item_user")
        reply = answer(
            deps, reaction_key(event), who, lambda work, asker: item_sources.offered(work, asker, place["ts"], writer)
        )
        if reply.post:
            tell(deps, who, reply.post)


def read_message(
    deps: Deps, receipt: str, who: Who, place: tuple[str, str], make: Callable[[Work, Asker, Written], Reply]
) -> Reply:
    """Read one message (channel, ts) of the asker's own task force, and only of it, and make a form of it."""
    channel_id, ts = place
    allowed: list[bool] = []

    def check(work: Work, asker: Asker) -> Reply:
        item_sources.check_channel(work, asker, channel_id)
        allowed.append(True)
        return Reply()

    reply = answer(deps, receipt, who, check)
    if not allowed:
        return reply
    message = fetched(deps, who, channel_id, ts)
    text, writer = str(message.get("text") or ""), str(message.get("user") or "")
    written = Written(text, permalink(deps, who, channel_id, ts), writer)
    get_to_know(deps, replace(who, line=written.text))
    return answer(deps, None, who, lambda work, asker: make(work, asker, written))


def is_note(event: dict[str, Any]) -> bool:
    """Whether somebody put 📝 on a message."""
    return is_on_message(event, emoji.NOTE)


def is_on_message(event: dict[str, Any], names: frozenset[str]) -> bool:
    """Whether one of these emoji was put on a message."""
    return event["item"].get("type") == "message" and emoji.bare(event["reaction"]) in names


def permalink(deps: Deps, who: Who, channel_id: str, ts: str) -> str:
    """The address of a message; none where the bot is not."""
    try:
        return str(
            deps.slack.client(who.installation).chat_getPermalink(channel=channel_id, message_ts=ts)["permalink"]
        )
    except SlackApiError as error:
        if error.response["error"] not in ("channel_not_found", "message_not_found", "not_in_channel"):
            raise
        return ""


def fetched(deps: Deps, who: Who, channel_id: str, ts: str) -> dict[str, Any]:
    """One message, in the channel or in a thread; empty when it is gone."""
    client = deps.slack.client(who.installation)
    try:
        at = client.conversations_history(channel=channel_id, oldest=ts, latest=ts, inclusive=True, limit=1)
        found = [one for one in at["messages"] if one["ts"] == ts]
        found = found or [
            one for one in client.conversations_replies(channel=channel_id, ts=ts)["messages"] if one["ts"] == ts
        ]
    except SlackApiError as error:
        if error.response["error"] not in ("thread_not_found", "channel_not_found", "not_in_channel"):
            raise
        return {}
    return found[0] if found else {}
