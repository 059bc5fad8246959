"""Decisions from where people are: a message's shortcut, and 📌 on a message."""

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages.post import Reply
from bot.services import decision_sources
from bot.services.askers import Asker, Surface, Who
from bot.services.item_sources import Written
from bot.services.work import Work
from config import emoji
from handlers.deps import Deps
from handlers.item_shortcuts import is_on_message, permalink, read_message
from handlers.listening import answer, get_to_know, metadata_of, tell, who_of, with_line
from handlers.reactions import reaction_key
from handlers.windows import show

RECORD_DECISION = "record-decision"  # callback id; the manifest names it


def register(app: App, deps: Deps) -> None:
    """Shortcut, the question which task force is meant, and 📌."""
    register_shortcut(app, deps)
    register_pin(app, deps)


def register_shortcut(app: App, deps: Deps) -> None:
    """A form at once, or after a task force was chosen."""

    @app.shortcut(RECORD_DECISION)
    def record_decision(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        who = who_of(body, context, Surface.BUTTON)
        message = body["message"]
        written = Written(message.get("text") or "", permalink(deps, who, body["channel"]["id"], message["ts"]))
        get_to_know(deps, replace(who, line=written.text))
        show(deps, who, form(body, who, written), body)
        ack()

    @app.action(ids.DECISION_FORM_IN_PATTERN)
    def in_task_force(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        of = int(body["actions"][0]["value"])
        who = with_line(who_of(body, context, Surface.BUTTON), "", of)
        reply = form(body, who, Written(**metadata_of(body["view"])))
        if reply.view:
            deps.slack.client(who.installation).views_update(view_id=body["view"]["id"], view=reply.view)
        elif reply.post:
            tell(deps, who, reply.post)
        ack()

    def form(body: dict[str, Any], who: Who, written: Written) -> Reply:
        receipt = f"trigger:{body['trigger_id']}"
        return answer(deps, receipt, who, lambda work, asker: decision_sources.form(work, asker, written))


def register_pin(app: App, deps: Deps) -> None:
    """📌 is answered with an offer; only when that is taken up the message is read."""

    @app.action(ids.DECISION_OF_MESSAGE)
    def of_message(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, _, place = ids.read_item_value(body["actions"][0]["value"])
        channel_id, _, ts = place.partition(":")
        who = with_line(who_of(body, context, Surface.BUTTON), "", task_force_id)
        make = decision_sources.form
        show(deps, who, read_message(deps, f"trigger:{body['trigger_id']}", who, (channel_id, ts), make), body)
        ack()

    @app.event("reaction_added", matchers=[is_pin])
    def pinned(event: dict[str, Any], context: dict[str, Any]) -> None:
        place, writer = event["item"], event.get("item_user")
        who = Who(event["user"], place["channel"], context["installation"], Surface.REACTION)

        def offer(work: Work, asker: Asker) -> Reply:
            return decision_sources.offered(work, asker, place["ts"], writer)

        reply = answer(deps, reaction_key(event), who, offer)
        if reply.post:
            tell(deps, who, reply.post)


def is_pin(event: dict[str, Any]) -> bool:
    """Whether somebody put 📌 on a message."""
    return is_on_message(event, emoji.PIN)
