"""Adding and changing an item by a form."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from bot.messages import item_forms as messages
from bot.messages import items as item_messages
from bot.messages.escape import escape
from bot.messages.item_details import field_label, field_words
from bot.messages.item_forms import ItemForm
from bot.messages.post import Reply, View
from bot.rules import roster
from bot.rules.item_changes import (
    LADDER,
    OWN_DUE,
    OWNER,
    SCOPE,
    TASK,
    Fields,
    fields_of,
    packed,
    read_due_word,
    unpacked,
)
from bot.rules.item_internals import is_scope_of, read_scope
from bot.rules.lines import tidy
from bot.rules.roster import inside
from bot.services.askers import Asker, require_member
from bot.services.item_changes import Overtaken, change, check_fields, owner_in, owning_sides, side_of
from bot.services.item_internals import check_scope
from bot.services.item_questions import notes_for_form, settle_owners
from bot.services.item_views import view_of
from bot.services.items import Draft, SameTitle, create, find_by_id, require_changer
from bot.services.work import Work
from storage import items, people
from storage.tables import Item, ItemSource, Person, Side, TaskForce


def new_form(work: Work, asker: Asker, fields: Fields, notes: Sequence[str] = (), **kept: Any) -> View:
    """The form for a new item, with what is known already filled in. `kept`: `again` and `source`, for who sends it."""
    task_force, person = require_changer(asker)
    memory, choices = _memory(asker, task_force) | kept, _choices(work, task_force, fields)
    shown = ItemForm(fields, choices, memory, notes=notes, own_side=inside(person))
    return messages.form(shown, asker.say)


def edit_form(work: Work, asker: Asker, item: Item) -> View:
    """The form that changes an item; it remembers how the item stood."""
    require_changer(asker)
    base = fields_of(item, items.parts(work.session, item.id or 0))
    return _edit_form(work, asker, item, base, base, notes_for_form(work, asker, item))


def submitted(work: Work, asker: Asker, memory: Mapping[str, Any], fields: Fields) -> Reply:
    """A form was sent: make or change the item; or show the form again with what must be looked at."""
    fields = {**fields, "title": tidy(fields["title"]), "stream": tidy(fields["stream"])}
    if memory.get("item"):
        item = find_by_id(work, asker, memory["item"])
        base = unpacked(memory["base"], fields, fields_of(item, items.parts(work.session, item.id or 0)))
        return _changed(work, asker, item, base, fields)
    return _added(work, asker, memory, fields)


def _added(work: Work, asker: Asker, memory: Mapping[str, Any], fields: Fields) -> Reply:
    task_force, person = require_changer(asker)
    check_fields(work, task_force, fields, fields)
    check_scope(work, person, read_scope(fields.get(SCOPE, "")), owning_sides(fields), in_form=True)
    owners = [
        owner_in(work, task_force, name, value) for name, value in fields.items() if name.startswith(OWNER) and value
    ]
    try:
        item = create(work, asker, _draft(fields, tuple(owners)), again=memory.get("again", False))
    except SameTitle as same:
        note = item_messages.same_title(view_of(work.session, same.item), work.now, asker.say)
        return Reply(view=new_form(work, asker, fields, [note], again=True, source=memory.get("source")))
    if source := memory.get("source"):
        work.session.add(ItemSource(item_id=item.id or 0, permalink=source["permalink"], quote=source["quote"]))
    notes = [] if owners else [asker.say("item-owner-is-you")]
    return Reply(item_messages.added(view_of(work.session, item), work.now, asker.say, *notes))


def _draft(fields: Fields, owners: tuple[Person, ...]) -> Draft:
    on, at = read_due_word(fields["due"])
    tasks = {side_of(name): value for name, value in fields.items() if name.startswith(TASK) and value}
    own = {side_of(name): read_due_word(value)[0] for name, value in fields.items() if name.startswith(OWN_DUE)}
    return Draft(
        fields["title"],
        owners,
        on,
        at,
        fields["stream"],
        fields.get("description", ""),
        fields.get("link", ""),
        tasks,
        {side_id: day for side_id, day in own.items() if day},
        read_scope(fields.get(SCOPE, "")),
        fields.get(LADDER) or None,
    )


def _changed(work: Work, asker: Asker, item: Item, base: Fields, wanted: Fields) -> Reply:
    try:
        wished = change(work, asker, item, base, wanted)
    except Overtaken as other:
        notes = [asker.say("form-overtaken"), *_standing(work, asker, item, other)]
        return Reply(view=_edit_form(work, asker, item, {**base, **other.fields}, wanted, notes))
    settle_owners(work, item, list(wished))
    view = view_of(work.session, item)
    if not wished:
        return Reply(item_messages.unchanged(view, asker.say))
    return Reply(item_messages.changed(view, work.now, asker.say))


def _standing(work: Work, asker: Asker, item: Item, other: Overtaken) -> list[str]:
    """What stands now in the fields that two people changed; escaped."""
    everybody = {one.id or 0: one for one in people.ever(work.session, item.task_force_id)}
    sides = {one.id or 0: one for one in people.sides(work.session, item.task_force_id)}
    return [
        asker.say(
            "form-stands-at",
            what=escape(field_label(name, sides, asker.say)),
            value=escape(field_words(name, value, everybody, sides, asker.say)),
        )
        for name, value in other.fields.items()
    ]


def _edit_form(work: Work, asker: Asker, item: Item, base: Fields, shown: Fields, notes: Sequence[str]) -> View:
    task_force, person = require_member(asker)
    memory = _memory(asker, task_force) | {"item": item.id, "base": packed(base)}
    choices, own_side = _choices(work, task_force, base), _own_side(person, base)
    return messages.form(ItemForm(shown, choices, memory, item, notes, own_side), asker.say)


def _own_side(person: Person, base: Fields) -> int | None:
    """The side whose alone the item can be: none, once another has a part in it."""
    own = inside(person)
    return own if own and is_scope_of(own, owning_sides(base)) else None


def _memory(asker: Asker, task_force: TaskForce) -> dict[str, Any]:
    return {"task_force": task_force.id, "channel": asker.who.channel_id, "nonce": secrets.token_urlsafe(9)}


def _choices(work: Work, task_force: TaskForce, fields: Fields) -> list[tuple[Side, list[Person]]]:
    """For each side who may own an item; whoever owns it now stays a choice even after leaving."""
    task_force_id = task_force.id or 0
    may_own = [
        one
        for one in people.active(work.session, task_force_id)
        if roster.may(one.role, roster.Right.CONFIRM_OWN_ITEMS)
    ]
    for name, value in fields.items():
        if name.startswith(OWNER) and value and int(value) not in [one.id for one in may_own]:
            may_own.append(work.session.get_one(Person, int(value)))
    sides = people.sides(work.session, task_force_id)
    return [(side, [one for one in may_own if one.side_id == side.id]) for side in sides]
