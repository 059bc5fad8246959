"""Days off: the verbs, the form, and the button that takes some away."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import days_off as messages
from bot.messages import ids
from bot.rules.grammar import Verb
from bot.services import days_off, days_off_lines
from bot.services.askers import Surface
from handlers.deps import Deps
from handlers.listening import answer, metadata_of, who_of, with_line
from handlers.roster import form_of
from handlers.windows import show, submit

VERBS = {Verb.HOLIDAY: days_off_lines.holiday, Verb.LEAVE: days_off_lines.leave}


def register(app: App, deps: Deps) -> None:
    """What the form and the lists send."""

    @app.view(ids.DAYS_OFF)
    def sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        span, whose = messages.read_form(body["view"]["state"]["values"])
        verb = Verb(metadata_of(body["view"])["verb"])
        receipt, who = form_of(body, context)
        submit(deps, ack, receipt, who, lambda work, asker: days_off_lines.submitted(work, asker, verb, span, whose))

    @app.action(ids.DAYS_OFF_REMOVE)
    def remove(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, row_id, _ = ids.read_item_value(body["actions"][0]["value"])
        who = with_line(who_of(body, context, Surface.BUTTON), "", task_force_id)
        reply = answer(
            deps, f"trigger:{body['trigger_id']}", who, lambda work, asker: days_off.remove(work, asker, row_id)
        )
        show(deps, who, reply, body)
        ack()
