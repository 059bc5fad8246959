"""Decisions: the verbs, the buttons on cards and answers, and the forms."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.messages import decision_forms as forms
from bot.messages import ids
from bot.messages.post import Reply
from bot.rules.grammar import Noun, Verb, read_ref
from bot.services import decision_acts as acts
from bot.services import decision_changes, decision_history, decision_lines, decision_lists, decisions
from bot.services.askers import Asker, Surface, Who
from bot.services.decision_acts import DecisionAct
from bot.services.decision_votes import Reworded
from bot.services.refused import Refused
from bot.services.work import Work
from handlers.deps import Deps
from handlers.items import press_of
from handlers.listening import metadata_of
from handlers.windows import submit
from storage.tables import Decision


def register(app: App, deps: Deps) -> None:
    """Buttons that carry a decision, pages of lists, and the forms."""

    @app.action(ids.DECISION_ACT_PATTERN)
    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        pressed = body["actions"][0]
        task_force_id, decision_id, more = ids.read_item_value(pressed["value"])
        act = BUTTONS[ids.without_number(pressed["action_id"])]
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: on_decision(act, work, asker, decision_id, more))

    @app.action(ids.DECISION_MENU)
    def choose(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, decision_id, chosen = ids.read_item_value(body["actions"][0]["selected_option"]["value"])
        act, _, wording = chosen.partition(":")
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: on_decision(MENU[act], work, asker, decision_id, wording))

    @app.action(ids.DECISIONS_PATTERN)
    def turn_page(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, number, rest = ids.read_item_value(body["actions"][0]["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: Reply(decision_lists.list_page(work, asker, rest, number)))

    @app.view(ids.DECISION_FORM)
    def form_sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, fields = metadata_of(body["view"]), forms.read_form(body["view"]["state"]["values"])
        who = sender(body, context, memory, fields.text)
        submit(deps, ack, f"form:{memory['nonce']}", who, lambda work, asker: submitted(work, asker, memory, fields))

    @app.view(ids.DECISION_WORDS)
    def words_sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, words = metadata_of(body["view"]), forms.read_words(body["view"]["state"]["values"])
        act = in_words(memory, words)
        who = sender(body, context, memory, words)
        run = f"form:{memory['nonce']}"
        submit(deps, ack, run, who, lambda work, asker: on_decision(act, work, asker, memory["decision"], words))


def sender(body: dict[str, Any], context: dict[str, Any], memory: dict[str, Any], typed: str) -> Who:
    """Who sent a form, with what they typed."""
    of, channel_id = memory["task_force"], memory["channel"]
    installation = context["installation"]
    return Who(body["user"]["id"], channel_id, installation, Surface.FORM, task_force_id=of, typed=typed)


def submitted(work: Work, asker: Asker, memory: dict[str, Any], fields: forms.Fields) -> Reply:
    """The form of a new decision, or of one that is there."""
    if memory.get("decision"):
        decision = decisions.find_by_id(work, asker, memory["decision"])
        return decision_changes.changed(work, asker, decision, memory, fields)
    replaces = decisions.find_by_id(work, asker, memory["replaces"]) if memory.get("replaces") else None
    return decision_lines.submitted(work, asker, memory, fields, replaces)


def in_words(memory: dict[str, Any], words: str) -> DecisionAct:
    """What is done with the words of a form that asked for them."""
    if memory["act"] == ids.DECISION_OBJECT:
        return lambda work, asker, decision, _: acts.object_with(work, asker, decision, words, memory["wording"])
    act = decision_changes.give_up if memory["act"] == ids.DECISION_GIVE_UP else acts.write_note
    return lambda work, asker, decision, _: act(work, asker, decision, acts.require_words(work, asker, words))


def on_decision(act: DecisionAct, work: Work, asker: Asker, decision_id: int, more: str) -> Reply:
    """Do something with the decision of a button; if its wording has changed meanwhile, show what it says now."""
    decision = decisions.find_by_id(work, asker, decision_id)
    try:
        return act(work, asker, decision, more)
    except Reworded:
        return Reply(acts.reworded(work, asker, decision))


def numbered(act: DecisionAct, otherwise: str = "") -> Callable[[Work, Asker, str], Reply]:
    """A verb that is followed by a decision's number; without one, the decisions are listed that it might be about."""

    def run(work: Work, asker: Asker, rest: str) -> Reply:
        ref = read_ref(rest)
        if ref is None and rest:
            raise Refused("decision-which")
        if ref is None:
            return list_decisions(work, asker, otherwise)
        return on_decision(act, work, asker, decisions.find(work, asker, ref.number).id or 0, ref.rest)

    return run


def decide(work: Work, asker: Asker, rest: str) -> Reply:
    """`decide TEXT`; with nothing but a number, that decision is shown."""
    ref = read_ref(rest)
    if ref and ref.noun is Noun.DECISION and not ref.rest:
        return numbered(details)(work, asker, rest)
    return decision_lines.decide(work, asker, rest)


def list_decisions(work: Work, asker: Asker, rest: str) -> Reply:
    """`decisions [current|pending|in-force|objected|superseded|all] [#stream]`."""
    return Reply(decision_lists.list_page(work, asker, rest))


def details(work: Work, asker: Asker, decision: Decision, _more: str) -> Reply:
    """The decision in full, for the asker alone."""
    return Reply(decision_history.details(work, asker, decision))


def history(work: Work, asker: Asker, decision: Decision, page: str) -> Reply:
    """Who said and changed what and when."""
    return Reply(decision_history.history_page(work, asker, decision, int(page) if page.isdecimal() else 0))


def supersede(work: Work, asker: Asker, decision: Decision, _wording: str) -> Reply:
    """The form for what is to replace it."""
    return decision_lines.supersede(work, asker, decision, "")


VERBS = {Verb.DECIDE: decide, Verb.DECISIONS: list_decisions}
NUMBERED = {
    Verb.SHOW: numbered(details),
    Verb.HISTORY: numbered(history),
    Verb.CONFIRM: numbered(acts.confirm_by_line, "pending"),
    Verb.DONE: numbered(acts.confirm_by_line),
    Verb.OBJECT: numbered(acts.object_by_line, "pending"),
    Verb.UNDO: numbered(acts.take_it_back),
    Verb.EDIT: numbered(acts.edit),
    Verb.SUPERSEDE: numbered(decision_lines.supersede, "in-force"),
    Verb.CANCEL: numbered(acts.give_up_by_line),
    Verb.NOTE: numbered(acts.write_note),
}
BUTTONS: dict[str, DecisionAct] = {
    ids.DECISION_CONFIRM: acts.confirm_it,
    ids.DECISION_OBJECT: acts.ask_objection,
    ids.DECISION_TAKE_BACK: acts.take_it_back,
    ids.DECISION_WITHDRAW: acts.withdraw_objection,
    ids.DECISION_EDIT: acts.edit,
    ids.DECISION_SUPERSEDE: supersede,
    ids.DECISION_GIVE_UP: acts.ask_give_up,
    ids.DECISION_NOTE: acts.ask_note,
    ids.DECISION_DETAILS: details,
    ids.DECISION_LINKED: details,
    ids.DECISION_HISTORY: history,
}
MENU: dict[str, DecisionAct] = {
    "confirm": acts.confirm_it,
    "object": acts.ask_objection,
    "supersede": supersede,
    "show": details,
}
