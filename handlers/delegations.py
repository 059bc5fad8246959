"""Confirming by delegation: the verb, the buttons, the form."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import delegations as messages
from bot.messages import ids
from bot.messages.post import Reply
from bot.rules.grammar import Verb
from bot.services import delegations
from bot.services.askers import Asker
from bot.services.work import Work
from handlers.decisions import sender
from handlers.deps import Deps
from handlers.items import press_of
from handlers.listening import metadata_of
from handlers.windows import submit


def register(app: App, deps: Deps) -> None:
    """Giving and taking back."""

    @app.action(ids.DELEGATION_PATTERN)
    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, delegation_id, _ = ids.read_item_value(body["actions"][0]["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: pressed(work, asker, delegation_id))

    @app.view(ids.DELEGATION_FORM)
    def form_sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory = metadata_of(body["view"])
        person_id, until = messages.read_form(body["view"]["state"]["values"])
        who = sender(body, context, memory, "")
        submit(
            deps,
            ack,
            f"form:{memory['nonce']}",
            who,
            lambda work, asker: delegations.submitted(work, asker, person_id, until),
        )


def pressed(work: Work, asker: Asker, delegation_id: int) -> Reply:
    """A button with a delegation takes it back; one without opens the form."""
    return delegations.end(work, asker, delegation_id) if delegation_id else delegations.form(work, asker)


VERBS = {Verb.DELEGATE: delegations.delegate}
