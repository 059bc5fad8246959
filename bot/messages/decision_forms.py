"""The forms about decisions: proposing, rewording, replacing; and the one that asks for a reason or a note."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.messages import ids
from bot.messages.blocks import actions, button, context, field_input, modal, section, text_element
from bot.messages.decisions import named_decision, ref
from bot.messages.post import Block, View
from bot.rules.decision_lines import REASON_LIMIT, TEXT_LIMIT
from bot.rules.lines import STREAM_LIMIT
from config.words import Say
from storage.tables import Decision, TaskForce

TEXT, DECIDED, REVIEW, STREAM = "text", "decided", "review", "stream"  # block ids
WORDS = "words"


@dataclass(frozen=True)
class Fields:
    """What a form holds; dates are local to the task force's zone."""

    text: str = ""
    decided_on: date | None = None
    review_on: date | None = None
    stream: str = ""


@dataclass(frozen=True)
class DecisionForm:
    """What a form shows, and what it must remember until it is sent. `changes`: what is reworded; `replaces`: replaced."""

    fields: Fields
    memory: Mapping[str, Any]
    changes: Decision | None = None
    replaces: Decision | None = None
    notes: Sequence[str] = field(default=())  # above the fields; escaped
    is_in_force: bool = False  # then only what is no part of the agreement can be changed


def form(shown: DecisionForm, say: Say) -> View:
    """Text, the day it was decided on, a review date, a workstream."""
    blocks = [*map(section, shown.notes)]
    if shown.replaces:
        blocks.append(section(say("decision-form-replaces", decision=named_decision(shown.replaces))))
    if shown.is_in_force and shown.changes:
        blocks.append(section(say("decision-form-in-force", decision=named_decision(shown.changes))))
    else:
        blocks += _agreement(shown.fields, say)
    stream = text_element(STREAM, initial=shown.fields.stream, max_length=STREAM_LIMIT)
    hint = say("field-stream-hint")
    blocks += [
        _day(say("decision-field-review"), REVIEW, shown.fields.review_on, say("decision-field-review-hint")),
        field_input(say("field-stream"), STREAM, stream, hint=hint, optional=True),
    ]
    if shown.changes is None:
        blocks.append(context(say("decision-form-how")))
    title = say("form-change", ref=ref(shown.changes)) if shown.changes else say("decision-form-title")
    submit = say("form-save") if shown.changes else say("decision-form-submit")
    kept = json.dumps({**shown.memory, "nonce": secrets.token_urlsafe(9)}, ensure_ascii=False)
    return modal(ids.DECISION_FORM, title, submit, say("close"), blocks, kept)


def read_form(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Fields:
    """The answers of a sent form; what it did not ask for is empty."""
    answers = {block_id: next(iter(answer.values())) for block_id, answer in values.items()}

    def day(block_id: str) -> date | None:
        chosen = answers.get(block_id, {}).get("selected_date")
        return date.fromisoformat(chosen) if chosen else None

    stream = (answers[STREAM].get("value") or "").strip().lstrip("#")
    return Fields(answers.get(TEXT, {}).get("value") or "", day(DECIDED), day(REVIEW), stream)


def words_form(act: str, decision: Decision, memory: Mapping[str, Any], say: Say) -> View:
    """One question about one decision. `act`: the action id of the button that asks for it."""
    element = text_element(WORDS, multiline=True, max_length=REASON_LIMIT)
    question = field_input(say(f"words-{act}"), WORDS, element, hint=say(f"words-hint-{act}"))
    kept = json.dumps({**memory, "act": act, "nonce": secrets.token_urlsafe(9)}, ensure_ascii=False)
    blocks = [section(named_decision(decision)), question]
    title = say(f"words-title-{act}")
    return modal(ids.DECISION_WORDS, title, title, say("close"), blocks, kept)


def read_words(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """What was written."""
    return values[WORDS][WORDS].get("value") or ""


def which_task_force(choices: Sequence[TaskForce], kept: Mapping[str, str], say: Say) -> View:
    """For which task force the decision is: a button for each; the message is remembered meanwhile."""
    ask = say("which-task-force")
    ways = [button(one.name, f"{ids.DECISION_FORM_IN}-{one.id}", str(one.id)) for one in choices[:25]]
    memory = json.dumps(dict(kept), ensure_ascii=False)
    title = say("decision-form-title")
    return modal(ids.WINDOW, title, None, say("close"), [section(ask), actions(*ways)], memory)


def _agreement(fields: Fields, say: Say) -> list[Block]:
    text = text_element(TEXT, initial=fields.text, multiline=True, max_length=TEXT_LIMIT)
    return [
        field_input(say("decision-field-text"), TEXT, text),
        _day(say("decision-field-decided"), DECIDED, fields.decided_on, say("decision-field-decided-hint")),
    ]


def _day(label: str, block_id: str, day: date | None, hint: str) -> Block:
    picker: Block = {"type": "datepicker", "action_id": block_id}
    if day:
        picker["initial_date"] = day.isoformat()
    return field_input(label, block_id, picker, hint=hint, optional=True)
