"""The menu and help."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages.menu import help_post, menu_button, menu_post
from bot.messages.post import Reply
from bot.rules.grammar import Verb
from bot.services.askers import Asker, Surface
from bot.services.joining import welcome
from bot.services.waiting import waiting
from bot.services.work import Work
from handlers.deps import Deps
from handlers.listening import answer, who_of
from handlers.windows import show

__all__ = ["menu_button", "menu_post"]


def register(app: App, deps: Deps) -> None:
    """The button that opens the menu."""

    @app.action(ids.MENU)
    def open_menu(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        who = who_of(body, context, Surface.BUTTON)
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, lambda work, asker: show_menu(work, asker, ""))
        show(deps, who, reply, body)
        ack()


def show_menu(work: Work, asker: Asker, _rest: str) -> Reply:
    """`/tft` alone, with what waits for an answer. Who is not in the roster finds the welcome there, should it have vanished."""
    greeting = None if asker.person else welcome(work, asker)
    return Reply(greeting or menu_post(asker.say, asker.say("menu-opening"), waiting(work, asker)))


def show_help(_work: Work, asker: Asker, _rest: str) -> Reply:
    """`/tft help`."""
    return Reply(help_post(asker.say, Verb))


VERBS = {Verb.MENU: show_menu, Verb.HELP: show_help}
