"""The form in which an item is added or changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.messages import ids
from bot.messages.blocks import context, field_input, modal, option, section, text_element
from bot.messages.items import ref
from bot.messages.post import Block, View
from bot.messages.roster import name_and_title
from bot.rules.item_changes import (
    DESCRIPTION_LIMIT,
    LADDER,
    LINK_LIMIT,
    OWN_DUE,
    OWNER,
    SCOPE,
    TASK,
    TASK_LIMIT,
    Fields,
    read_due_word,
)
from bot.rules.item_internals import JOINT, scope_word
from bot.rules.lines import STREAM_LIMIT, TITLE_LIMIT
from config.words import Say
from storage.tables import Item, Person, Side

NOBODY = "0"
OPTIONS = 100  # Slack's limit for a select, and for a group in it
TITLE, DUE, TIME, STREAM = "title", "due", "due-time", "stream"  # block ids; a side's are the names of its fields
DESCRIPTION, LINK = "description", "link"
LADDER_LIMIT = 40


@dataclass(frozen=True)
class ItemForm:
    """What a form shows, and what it must remember until it is sent (`memory`: ids and the fields as they stood)."""

    fields: Fields
    sides: Sequence[tuple[Side, Sequence[Person]]]
    memory: Mapping[str, Any]
    item: Item | None = None
    notes: Sequence[str] = field(default=())  # above the fields; escaped
    own_side: int | None = None  # the side whose alone it can be; None: it is joint in any case


def form(shown: ItemForm, say: Say) -> View:
    """What nearly every item has stands first: a phone shows title, owners and due date at once."""
    on, at = read_due_word(shown.fields.get("due", ""))
    sides = [(side, people) for side, people in shown.sides if people]
    blocks = [
        *map(section, shown.notes),
        field_input(say("field-title"), TITLE, _title(shown.fields.get("title", ""))),
        *(_owner(side, people, shown.fields, say) for side, people in sides),
        context(say("form-one-owner" if shown.item else "form-one-owner-or-you")),
        _input(say("field-due"), DUE, {"type": "datepicker", "initial_date": on.isoformat() if on else None}),
        _input(say("field-time"), TIME, {"type": "timepicker", "initial_time": f"{at:%H:%M}" if at else None}),
        *_scope(shown, say),
        field_input(
            say("field-stream"),
            STREAM,
            text_element(STREAM, initial=shown.fields.get("stream", ""), max_length=STREAM_LIMIT),
            hint=say("field-stream-hint"),
            optional=True,
        ),
        field_input(say("field-description"), DESCRIPTION, _description(shown.fields), optional=True),
        *(one for side, _ in sides for one in _part(side, shown.fields, say)),
        field_input(say("field-link"), LINK, _text(LINK, shown.fields, LINK_LIMIT), optional=True),
        field_input(
            say("field-ladder"),
            LADDER,
            _text(LADDER, shown.fields, LADDER_LIMIT),
            hint=say("field-ladder-hint"),
            optional=True,
        ),
    ]
    title = say("form-change", ref=ref(shown.item)) if shown.item else say("form-add")
    submit = say("form-save") if shown.item else say("form-submit")
    return modal(ids.ITEM_FORM, title, submit, say("close"), blocks, json.dumps(shown.memory, ensure_ascii=False))


def read_form(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, str]:
    """The answers of a sent form as fields; a side without a select is not among them."""
    answers = {block_id: next(iter(answer.values())) for block_id, answer in values.items()}
    on, at = answers[DUE].get("selected_date"), answers[TIME].get("selected_time")
    fields = {
        "title": answers[TITLE].get("value") or "",
        "due": f"{on or ''}T{at}" if at else on or "",
        "stream": (answers[STREAM].get("value") or "").strip().lstrip("#"),
        "description": (answers[DESCRIPTION].get("value") or "").strip(),
        "link": (answers[LINK].get("value") or "").strip(),
        LADDER: ",".join((answers[LADDER].get("value") or "").replace(",", " ").split()),
    }
    for block_id, answer in answers.items():
        if block_id == SCOPE:
            chosen = (answer.get("selected_option") or {}).get("value", NOBODY)
            fields[SCOPE] = JOINT if chosen == NOBODY else chosen
        elif block_id.startswith(OWNER):
            chosen = (answer.get("selected_option") or {}).get("value", NOBODY)
            fields[block_id] = "" if chosen == NOBODY else chosen
        elif block_id.startswith(TASK):
            fields[block_id] = " ".join((answer.get("value") or "").split())
        elif block_id.startswith(OWN_DUE):
            fields[block_id] = answer.get("selected_date") or ""
    return fields


def _scope(shown: ItemForm, say: Say) -> list[Block]:
    """Whether both sides see it, or the own side alone."""
    side = next((side for side, _ in shown.sides if side.id == shown.own_side), None)
    if side is None:
        return []
    options = [option(say("scope-joint"), NOBODY), option(say("scope-internal", side=side.name), side.id)]
    chosen = next((one for one in options if one["value"] == shown.fields.get(SCOPE)), options[0])
    element: Block = {"type": "static_select", "action_id": SCOPE, "options": options, "initial_option": chosen}
    return [field_input(say("field-scope"), SCOPE, element, hint=say("field-scope-hint"))]


def _title(initial: str) -> Block:
    return text_element(TITLE, initial=initial, max_length=TITLE_LIMIT)


def _input(label: str, block_id: str, element: Block) -> Block:
    given = {key: value for key, value in {**element, "action_id": block_id}.items() if value is not None}
    return field_input(label, block_id, given, optional=True)


def _text(block_id: str, fields: Fields, limit: int) -> Block:
    return text_element(block_id, initial=fields.get(block_id, ""), max_length=limit)


def _description(fields: Fields) -> Block:
    initial = fields.get(DESCRIPTION, "")
    return text_element(DESCRIPTION, initial=initial, multiline=True, max_length=DESCRIPTION_LIMIT)


def _part(side: Side, fields: Fields, say: Say) -> list[Block]:
    """What of the item is a side's own part, and by when."""
    task, own_due = f"{TASK}{side.id}", f"{OWN_DUE}{side.id}"
    date = {"type": "datepicker", "initial_date": fields.get(own_due) or None}
    return [
        field_input(say("field-task", side=side.name), task, _text(task, fields, TASK_LIMIT), optional=True),
        _input(say("field-due-of", side=side.name), own_due, date),
    ]


def _owner(side: Side, people: Sequence[Person], fields: Fields, say: Say) -> Block:
    """A select of the side's people, and nobody: a choice cannot be cleared otherwise."""
    block_id = f"{OWNER}{side.id}"
    options = [option(say("form-nobody"), NOBODY), *(option(name_and_title(one), one.id) for one in people)]
    chosen = next((one for one in options if one["value"] == fields.get(block_id)), options[0])
    element: Block = {"type": "static_select", "action_id": block_id, "initial_option": chosen}
    if len(options) <= OPTIONS:
        element["options"] = options
    else:
        element["option_groups"] = [_group(options[at : at + OPTIONS]) for at in range(0, len(options), OPTIONS)]
    return field_input(say("field-owner", side=side.name), block_id, element, optional=True)


def _group(options: list[Block]) -> Block:
    """Options under the names of the first and the last of them."""
    names = [options[at]["text"]["text"] for at in (0, -1)]
    return {"label": {"type": "plain_text", "text": " – ".join(names)[:75]}, "options": options}


def draft_fields(
    title: str, owners: Sequence[Person], due: str, stream: str, internal_to: int | None = None
) -> dict[str, str]:
    """The fields of an item that is not made yet."""
    fields = {"title": title, "due": due, "stream": stream, SCOPE: scope_word(internal_to)}
    return fields | {f"{OWNER}{owner.side_id}": str(owner.id) for owner in owners}
