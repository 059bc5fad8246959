"""A proposal is reworded or given up; a decision in force only gets another review date or workstream."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.messages import decision_forms as forms
from bot.messages import decisions as messages
from bot.messages.decision_forms import DecisionForm, Fields
from bot.messages.escape import escape
from bot.messages.post import Reply, View
from bot.rules import decisions as rules
from bot.rules import roster
from bot.rules.decision_lines import tidy
from bot.services.askers import Asker, require_member
from bot.services.decision_lines import draft_of
from bot.services.decision_reminders import asked, reckon
from bot.services.decision_views import view_of
from bot.services.decision_votes import require_open
from bot.services.decisions import (
    check,
    make_searchable,
    note,
    ref,
    settle,
    show_card,
    show_news,
    tell_awaiting,
)
from bot.services.items import require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import decisions
from storage.tables import Decision, DecisionStatus, Person

AGREED = ("text", "decided")  # what the sides agree on: another wording of it needs their confirmation anew


def edit_form(work: Work, asker: Asker, decision: Decision) -> View:
    """The form that changes it, as far as it still can be changed; it remembers which wording was shown."""
    require_changer(asker)
    if decision.status not in (*rules.OPEN, DecisionStatus.IN_FORCE):
        raise Refused("decision-over", ref=ref(decision))
    notes = []
    if decision.status in rules.OPEN and decisions.standing(work.session, decision):
        notes.append(asker.say("decision-reword-note"))
    return _form(asker, decision, _fields(decision), notes)


def changed(work: Work, asker: Asker, decision: Decision, memory: Mapping[str, Any], fields: Fields) -> Reply:
    """The form was sent. If somebody reworded it meanwhile, the form is shown again with what stands there now."""
    _, person = require_changer(asker)
    decision = decisions.lock(work.session, decision.id or 0)
    if decision.status not in (*rules.OPEN, DecisionStatus.IN_FORCE):
        return Reply(messages.answer(view_of(work.session, decision), "decision-over", asker.say))
    if memory["in_force"] != (decision.status is DecisionStatus.IN_FORCE):
        return Reply(messages.answer(view_of(work.session, decision), "decision-in-force-meanwhile", asker.say))
    if decision.status in rules.OPEN and memory["wording"] != decision.wording:
        stands = asker.say("form-stands-at", what=asker.say("decision-field-text"), value=escape(decision.text[:600]))
        return Reply(view=_form(asker, decision, fields, [asker.say("form-overtaken"), stands]))
    wished = _write(work, asker, decision, fields)
    if wished:
        _settle_changes(work, decision, person, wished)
    key = "decision-unchanged" if not wished else "decision-reworded" if wished & {*AGREED} else "decision-changed"
    return Reply(messages.answer(view_of(work.session, decision), key, asker.say))


def _write(work: Work, asker: Asker, decision: Decision, fields: Fields) -> set[str]:
    """Write what is different, with one line of history; gives the names of the fields."""
    task_force, person = require_member(asker)
    if decision.status is DecisionStatus.IN_FORCE:
        fields = Fields(decision.text, decision.decided_on, fields.review_on, fields.stream)
    draft = draft_of(work, task_force, fields)
    old, new = _words(_fields(decision)), _words(Fields(draft.text, draft.decided_on, draft.review_on, draft.stream))
    wished = {name for name in new if new[name] != old[name]}
    if wished:
        check(
            work, task_force, draft if "review" in wished else replace(draft, review_on=None)
        )  # one from before stays
        decision.text, decision.decided_on = draft.text, draft.decided_on
        decision.review_on, decision.stream = draft.review_on, draft.stream
        kept = {name: old[name] for name in new if name in wished}
        note(work, decision, "changed", person.id, old=kept, new={name: new[name] for name in kept})
    return wished


def _settle_changes(work: Work, decision: Decision, person: Person, wished: set[str]) -> None:
    make_searchable(work, decision)
    reckon(work, decision)
    if not wished & {*AGREED}:
        show_card(work, decision)
        return
    _ask_anew(work, decision, person)
    tell_awaiting(work, decision, by=person)


def reword(work: Work, decision: Decision, text: str, person: Person) -> None:
    """The draft of minutes says it in other words: an open decision follows it. It is locked; nobody is told one by one."""
    if decision.status not in rules.OPEN or decision.text == text:
        return
    note(work, decision, "changed", person.id, old={"text": decision.text}, new={"text": text})
    decision.text = text
    make_searchable(work, decision)
    _ask_anew(work, decision, person)


def _ask_anew(work: Work, decision: Decision, person: Person) -> None:
    """What was said to other words does not count."""
    decision.wording += 1
    decision.counts_from = work.machine_now
    asked(work, decision)
    settle(work, decision, person.id)


def give_up(work: Work, asker: Asker, decision: Decision, reason: str) -> Reply:
    """Withdraw a proposal, with a reason: by who proposed it, or who looks after that person's side. What it was to replace stays."""
    _, person = require_changer(asker)
    decision = decisions.lock(work.session, decision.id or 0)
    require_open(decision)
    recorder = work.session.get_one(Person, decision.recorded_by)
    keeps = roster.keeps_side(person) and person.side_id == recorder.side_id
    if person.id != recorder.id and not keeps:
        raise Refused("decision-give-up-whose", ref=ref(decision), name=recorder.name)
    withdraw(work, decision, reason, person)
    return Reply(messages.answer(view_of(work.session, decision), "decision-given-up", asker.say))


def withdraw(work: Work, decision: Decision, reason: str, person: Person) -> None:
    """It is no longer proposed. It is locked and open."""
    decision.status, decision.withdrawn_reason = DecisionStatus.WITHDRAWN, reason
    reckon(work, decision)
    note(work, decision, "withdrawn", person.id, new={"text": reason})
    work.session.flush()
    if decision.replaces_id:
        show_card(work, work.session.get_one(Decision, decision.replaces_id))
    show_card(work, decision)
    show_news(work, decision)


def _fields(decision: Decision) -> Fields:
    return Fields(decision.text, decision.decided_on, decision.review_on, decision.stream)


def _words(fields: Fields) -> dict[str, str]:
    """Fields as the history keeps them."""
    decided, review = fields.decided_on, fields.review_on
    dates = {"decided": decided.isoformat() if decided else "", "review": review.isoformat() if review else ""}
    return {"text": tidy(fields.text), "stream": fields.stream, **dates}


def _form(asker: Asker, decision: Decision, fields: Fields, notes: list[str]) -> View:
    in_force = decision.status is DecisionStatus.IN_FORCE
    memory = {"task_force": decision.task_force_id, "channel": asker.who.channel_id, "decision": decision.id}
    memory |= {"wording": decision.wording, "in_force": in_force}
    return forms.form(DecisionForm(fields, memory, changes=decision, notes=notes, is_in_force=in_force), asker.say)
