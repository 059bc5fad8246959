"""Windows: opened, submitted, pressed on; and the Home tab, which is made anew after each act that was done from it."""

from dataclasses import replace
from typing import Any

import structlog
from slack_bolt import Ack

from bot.messages import ids
from bot.messages.blocks import modal, section
from bot.messages.escape import escape
from bot.messages.post import Post, Reply, View
from bot.services.askers import Surface, Who
from handlers.calls import attempt
from handlers.deps import Deps
from handlers.home import publish
from handlers.listening import Act, FormErrors, answer, tell
from storage.tables import Account

log = structlog.get_logger()


def submit(deps: Deps, ack: Ack, receipt: str, who: Who, act: Act) -> bool:
    """A form was submitted. What must be mended is shown in it, or another form in its place; else it closes: True.

    An answer follows privately. Where the form was opened from no conversation, the Home may show what it changed.
    """
    try:
        reply = answer(deps, receipt, who, act)
    except FormErrors as wrong:
        ack(response_action="errors", errors=wrong.by_block)
        return False
    if reply.view:
        ack(response_action="update", view=reply.view)
    else:
        ack()
    if reply.post:
        tell(deps, who, reply.post)
    if reply.view is None and not who.channel_id:
        deps.later(lambda: publish(deps, who))
    return reply.view is None


def show(deps: Deps, who: Who, reply: Reply, body: dict[str, Any]) -> None:
    """Give a reply to a click, shortcut or mention: a form opens at once, a message follows privately.

    On the Home tab and in windows there is no conversation: a message is a window there, and the Home is made anew.
    """
    if body.get("view"):
        _show_in_view(deps, who, reply, body)
        deps.later(lambda: publish(deps, who))
        return
    if reply.view:
        open_view(deps, who, reply.view, body["trigger_id"])
    if reply.post:
        tell(deps, who, reply.post, body.get("response_url"))


def _show_in_view(deps: Deps, who: Who, reply: Reply, body: dict[str, Any]) -> None:
    """The reply to a press on the Home tab or in a window: a window opens, or says something else from now on."""
    in_window = body["view"]["type"] == "modal"
    if reply.view:
        open_view(deps, replace(who, surface=Surface.FORM) if in_window else who, reply.view, body["trigger_id"])
    elif reply.post and in_window:
        view = window(deps, who, reply.post)
        deps.slack.client(who.installation).views_update(view_id=body["view"]["id"], view=view)
    elif reply.post:
        open_view(deps, who, window(deps, who, reply.post), body["trigger_id"])


def open_view(deps: Deps, who: Who, view: View, trigger_id: str) -> None:
    """Open a form, or push it on the one that is open."""
    client = deps.slack.client(who.installation)
    if who.surface is Surface.FORM:
        client.views_push(trigger_id=trigger_id, view=view)
    else:
        client.views_open(trigger_id=trigger_id, view=view)


def update_view(deps: Deps, who: Who, view_id: str, view: View) -> None:
    """Have an open window say something else; one that was closed meanwhile needs nothing."""
    client = deps.slack.client(who.installation)
    outcome = attempt("views.update", lambda: client.views_update(view_id=view_id, view=view))
    if not outcome.is_done:
        log.info("window-not-updated", error=outcome.error)


def window(deps: Deps, who: Who, post: Post) -> View:
    """A message as a window of its own."""
    with deps.database.reading() as session:
        account = session.get(Account, who.user_id)
    say = deps.words.say(account.language or account.locale if account else None)
    return modal(ids.WINDOW, say("window-title"), None, say("close"), post.blocks or [section(escape(post.text))])
