"""Handing over: the verb, the form, its buttons, and the tick that does what was put off to a day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App

from bot.messages import handovers as messages
from bot.messages import ids
from bot.messages.post import Reply
from bot.rules.grammar import Verb
from bot.services import handover_forms, handovers
from bot.services.askers import Asker
from bot.services.departures import tell_next
from bot.services.work import Work
from handlers.deps import Deps
from handlers.items import press_of
from handlers.listening import metadata_of
from handlers.roster import form_of
from handlers.schedule import Tick
from handlers.windows import submit
from storage import handovers as stored

SECONDS = 5.0  # a clock that people move is looked at this often
VERBS = {Verb.HANDOVER: handover_forms.handover}


def register(app: App, deps: Deps) -> None:
    """The form, its next page, and every button."""

    @app.view(ids.HANDOVER)
    def sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        wish = messages.read_form(body["view"]["state"]["values"])
        submit(deps, ack, *form_of(body, context), lambda work, asker: handover_forms.submitted(work, asker, wish))

    @app.view(ids.HANDOVER_SURE)
    def sure(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        kept = metadata_of(body["view"])
        submit(deps, ack, *form_of(body, context), lambda work, asker: handover_forms.sure(work, asker, kept))

    @app.action(ids.HANDOVER_PATTERN)
    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        action = body["actions"][0]
        task_force_id, about, more = ids.read_item_value(action["value"])
        act = BUTTONS[action["action_id"]]
        press_of(deps, ack, body, context)(task_force_id, lambda work, asker: act(work, asker, about, more))


def open_form(work: Work, asker: Asker, person_id: int, _more: str) -> Reply:
    """The form, from this person."""
    return handover_forms.open_form(work, asker, person_id)


def change(work: Work, asker: Asker, _about: int, packed: str) -> Reply:
    """The form, from what was asked for."""
    return handover_forms.change(work, asker, packed)


def go(work: Work, asker: Asker, _about: int, packed: str) -> Reply:
    """Do it."""
    return handover_forms.go(work, asker, packed)


def cancel(work: Work, asker: Asker, handover_id: int, _more: str) -> Reply:
    """Take it off before its day."""
    return handovers.cancel(work, asker, handover_id)


def undo(work: Work, asker: Asker, handover_id: int, _more: str) -> Reply:
    """Take it back."""
    return handovers.take_back(work, asker, handover_id)


BUTTONS = {
    ids.HANDOVER_OPEN: open_form,
    ids.HANDOVER_CHANGE: change,
    ids.HANDOVER_GO: go,
    ids.HANDOVER_CANCEL: cancel,
    ids.HANDOVER_UNDO: undo,
}


def tick(deps: Deps) -> None:
    """Until nothing is due; each transaction does one thing."""
    for act in (tell_next, handovers.carry_out_next):
        more = True
        while more:
            with deps.work() as work:
                more = act(work)


def dues(deps: Deps) -> Iterable[datetime]:
    """Where a clock that jumps stops."""
    with deps.database.reading() as session:
        return stored.dues(session)


TICK = Tick("handovers", SECONDS, tick, dues)
