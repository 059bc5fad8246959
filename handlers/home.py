"""The app's Home tab, and answers where there is no conversation to give them in."""

from dataclasses import replace
from typing import Any

import structlog
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from bot.messages.post import Reply, View
from bot.services.askers import Surface, Who
from bot.services.item_lists import home
from handlers.deps import Deps
from handlers.listening import answer

log = structlog.get_logger()


def register(app: App, deps: Deps) -> None:
    """Made anew whenever it is opened."""

    @app.event("app_home_opened")
    def opened(event: dict[str, Any], context: dict[str, Any]) -> None:
        if event.get("tab") == "home":
            publish(deps, Who(event["user"], None, context["installation"], Surface.BUTTON))


def publish(deps: Deps, who: Who) -> None:
    """Show somebody's Home as things are now. Slack refusing it is logged: it comes anew with the next opening."""
    view = look(deps, who)
    try:
        deps.slack.client(who.installation).views_publish(user_id=who.user_id, view=view)
    except SlackApiError as error:
        log.warning("home-refused", user=who.user_id, error=error.response["error"])


def look(deps: Deps, who: Who) -> View:
    """The Home as things are now."""
    reply = answer(deps, None, replace(who, channel_id=None), lambda work, asker: Reply(view=home(work, asker)))
    return reply.view or {}
