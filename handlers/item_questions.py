"""The calendar under a question which date was meant."""

from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages.post import Reply
from bot.services import item_questions
from bot.services.askers import Asker
from bot.services.work import Work
from handlers.deps import Deps
from handlers.items import on_item, press_of
from storage.tables import Item


def register(app: App, deps: Deps) -> None:
    """A date was chosen."""

    @app.action(ids.ITEM_PICK)
    def pick_date(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        action = body["actions"][0]
        task_force_id, item_id, question_id = ids.read_item_value(action["block_id"].partition(":")[2])
        day = action["selected_date"]

        def act(work: Work, asker: Asker, item: Item, _more: str) -> Reply:
            return item_questions.pick(work, asker, item, int(question_id), date.fromisoformat(day))

        if day:  # none: the calendar was emptied
            run = press_of(deps, ack, body, context)
            run(task_force_id, lambda work, asker: on_item(act, work, asker, item_id, ""))
        else:
            ack()
