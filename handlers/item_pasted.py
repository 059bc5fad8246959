"""The buttons under a pasted list."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages.post import Reply
from bot.services import item_pasted
from bot.services.askers import Asker
from bot.services.work import Work
from handlers.deps import Deps
from handlers.items import press_of


def register(app: App, deps: Deps) -> None:
    """Make all of it, nothing of it, or look at another page."""

    @app.action(ids.ITEM_PASTED_PATTERN)
    def pressed(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        action = body["actions"][0]
        task_force_id, _, list_id = ids.read_item_value(action["value"])
        what, _, number = action["action_id"].removeprefix(f"{ids.ITEM_PASTED}-").partition("-")

        def act(work: Work, asker: Asker) -> Reply:
            if what == "page":
                return item_pasted.page(work, asker, int(list_id), int(number))
            return (item_pasted.make if what == "make" else item_pasted.drop)(work, asker, int(list_id))

        press_of(deps, ack, body, context)(task_force_id, act)
