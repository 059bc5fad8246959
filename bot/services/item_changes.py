"""Changing an item."""

from bot.rules import roster
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
    changes,
    conflicts,
    due_word,
    fields_of,
    is_link,
    read_due_word,
)
from bot.rules.item_internals import is_scope_of, read_scope
from bot.rules.items import local_date
from bot.rules.ladders import is_ladder
from bot.rules.lines import STREAM_LIMIT, TITLE_LIMIT, says_nothing, tidy
from bot.services.askers import Asker
from bot.services.confirmations import settle
from bot.services.item_internals import check_scope
from bot.services.item_reminders import heard
from bot.services.items import (
    given,
    lock,
    make_searchable,
    record,
    require_changer,
    show_card,
    tell_moved,
    tell_owner,
)
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items
from storage.tables import Item, ItemStatus, Part, Person, PersonState, TaskForce


class Overtaken(Exception):  # it is a question to a person, not an error of the program
    """Somebody else changed the same fields meanwhile: `fields` says how these stand now. Nothing was changed."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(fields)
        self.fields = fields


def change(work: Work, asker: Asker, item: Item, base: Fields, wanted: Fields) -> dict[str, str]:
    """Write what the asker, who saw `base`, has changed, and give it; `Overtaken` if others changed the same fields.

    What others changed meanwhile in other fields stays as they made it.
    """
    task_force, person = require_changer(asker)
    item = lock(work, asker, item)
    if item.status is not ItemStatus.OPEN:
        raise Refused("item-closed-meanwhile", field="title", ref=f"A-{item.number}")
    parts = items.parts(work.session, item.id or 0)
    current = fields_of(item, parts)
    if meanwhile := conflicts(base, wanted, current):
        raise Overtaken(meanwhile)
    wished = {name: value for name, value in changes(base, wanted).items() if value != current.get(name, "")}
    check_fields(work, task_force, current | wished, wished)
    check_wished_scope(work, person, item, parts, current | wished)
    if wished:
        _write(work, item, parts, wished, person)
        record(work, item, "changed", person.id, old={name: current.get(name, "") for name in wished}, new=wished)
    return wished


def change_now(work: Work, asker: Asker, item: Item, wished: Fields, seen: Fields | None = None) -> dict[str, str]:
    """The same where there is no form with fields to show a refusal at. `seen`: what is not as it stands now."""
    current = {**fields_of(item, items.parts(work.session, item.id or 0)), **(seen or {})}
    try:
        return change(work, asker, item, current, {**current, **wished})
    except Refused as no:
        no.field = None
        raise


def set_due(work: Work, asker: Asker, item: Item, word: str) -> None:
    """The answer to the question which date was meant; too late when somebody has set another meanwhile.

    `word`: `2026-12-05`, or `2026-12-05|2026-12-01` when it is to replace one.
    """
    word, _, before = word.partition("|")
    try:
        change_now(work, asker, item, {"due": word}, {"due": before})
    except Overtaken as other:
        raise Refused("item-due-set-already", ref=f"A-{item.number}") from other


def check_fields(work: Work, task_force: TaskForce, fields: Fields, changed: Fields) -> None:
    """Refuse, at its field, what an item cannot be."""
    check_title(fields["title"], "title")
    if "due" in changed:
        check_due(work, task_force, fields["due"])
    if len(fields["stream"]) > STREAM_LIMIT:
        raise Refused("item-stream-long", field="stream", limit=str(STREAM_LIMIT))
    for name in changed:
        if name.startswith(OWNER) and fields[name]:
            owner_in(work, task_force, name, fields[name])
        if name.startswith(OWN_DUE):
            check_due(work, task_force, fields[name], name)
    check_more(fields, changed)


def check_wished_scope(work: Work, person: Person, item: Item, parts: list[Part], fields: Fields) -> None:
    """What is to be one side's alone has no owner elsewhere, and a joint item in which another side has a part stays joint."""
    internal_to = read_scope(fields[SCOPE])
    if internal_to is None:
        return
    if item.internal_to is None and not is_scope_of(internal_to, [part.side_id for part in parts]):
        raise Refused("internal-too-late", field=SCOPE)
    check_scope(work, person, internal_to, owning_sides(fields), in_form=True)


def owning_sides(fields: Fields) -> list[int]:
    """The sides that have an owner."""
    return [side_of(name) for name, value in fields.items() if name.startswith(OWNER) and value]


def check_title(title: str, field: str | None = None) -> None:
    """A title says something and is short enough to be read in a list."""
    if says_nothing(title):
        raise Refused("item-title-missing", field=field)
    if len(title) > TITLE_LIMIT:
        raise Refused("item-title-long", field=field, limit=str(TITLE_LIMIT), length=str(len(title)))


def check_more(fields: Fields, changed: Fields) -> None:
    """Refuse, at its field, a text that is too long, what is no link, and a part that nobody has."""
    for name, limit in (("description", DESCRIPTION_LIMIT), ("link", LINK_LIMIT)):
        if len(fields.get(name, "")) > limit:
            raise Refused("item-words-long", field=name, limit=str(limit), length=str(len(fields[name])))
    if changed.get(LADDER) and not is_ladder(changed[LADDER]):
        raise Refused("item-ladder-strange", field=LADDER)
    if fields.get("link") and not is_link(fields["link"]):
        raise Refused("item-link-strange", field="link")
    for name, value in changed.items():
        if name.startswith(TASK) and len(value) > TASK_LIMIT:
            raise Refused("item-words-long", field=name, limit=str(TASK_LIMIT), length=str(len(value)))
        if value and name.startswith((TASK, OWN_DUE)) and not fields.get(f"{OWNER}{side_of(name)}"):
            raise Refused("item-part-nobody", field=name)


def side_of(name: str) -> int:
    """The side that a field is about."""
    return int(name.rpartition("-")[2])


def check_due(work: Work, task_force: TaskForce, word: str, field: str = "due") -> None:
    """A due date lies ahead, and a time belongs to a date."""
    if word.startswith("T"):
        raise Refused("item-time-alone", field="due-time")
    on, _ = read_due_word(word)
    if on and on < local_date(work.now, task_force):
        raise Refused("item-due-past", field=field)


def owner_in(work: Work, task_force: TaskForce, field: str, value: str) -> Person:
    """The person chosen for a side: of that side, active, and somebody who may own."""
    person = work.session.get(Person, int(value))
    is_ours = person and person.task_force_id == task_force.id and f"{OWNER}{person.side_id}" == field
    if person is None or not is_ours or person.state is not PersonState.ACTIVE:
        raise Refused("item-owner-gone", field=field)
    if not roster.may(person.role, roster.Right.CONFIRM_OWN_ITEMS):
        raise Refused("item-owner-observer", field=field, name=person.name)
    return person


def _write(work: Work, item: Item, parts: list[Part], wished: Fields, by: Person) -> None:
    if SCOPE in wished:
        _move(work, item, read_scope(wished[SCOPE]))
    show_card(work, item)  # the channel's lane before people's, as everywhere: two orders would lock each other out
    item.title = tidy(wished.get("title", item.title))
    item.stream = wished.get("stream", item.stream)
    item.description = wished.get("description", item.description)
    item.link = wished.get("link", item.link)
    item.ladder = wished.get(LADDER, item.ladder or "") or None
    if "due" in wished:
        _move_due(work, item, parts, wished["due"], by)
    for name, value in wished.items():
        if name.startswith(OWNER):
            _change_owner(work, item, parts, int(name.removeprefix(OWNER)), int(value or 0), by)
    _write_own(work, item, parts, wished, by)
    make_searchable(work, item)
    if not parts:
        raise Refused("item-needs-owner", field=next(name for name in wished if name.startswith(OWNER)))
    settle(work, item, parts, by.id)


def _move(work: Work, item: Item, internal_to: int | None) -> None:
    """Out of the channel or into it: the card that stood in the other place says so."""
    show_card(work, item)
    item.internal_to = internal_to
    work.session.flush()


def _write_own(work: Work, item: Item, parts: list[Part], wished: Fields, by: Person) -> None:
    """What of the item is one side's, and by when; `check_more` has seen to it that the side has an owner."""
    own = {part.side_id: part for part in parts}
    for name, value in wished.items():
        part = own.get(side_of(name)) if name.startswith((TASK, OWN_DUE)) else None
        if part and name.startswith(TASK):
            part.task = value
        elif part:
            old = due_word(part.due_on, None)
            part.due_on, _ = read_due_word(value)
            heard(work, item, part)
            _slipped(work, item, parts, old, by, part.side_id)


def _move_due(work: Work, item: Item, parts: list[Part], word: str, by: Person) -> None:
    old = due_word(item.due_on, item.due_at)
    item.due_on, item.due_at = read_due_word(word)
    for part in parts:
        heard(work, item, part)
    _slipped(work, item, parts, old, by)


def _slipped(work: Work, item: Item, parts: list[Part], old: str, by: Person, side_id: int | None = None) -> None:
    """A due date that was set and becomes another, the item's or a side's own, is counted, and told to all owners but who moves it."""
    if not old:
        return
    item.due_moves += 1
    for part in parts:
        if part.owner_id != by.id:
            tell_moved(work, item, work.session.get_one(Person, part.owner_id), old, by, side_id)


def _change_owner(work: Work, item: Item, parts: list[Part], side_id: int, owner_id: int, by: Person) -> None:
    """A side's owner is put in, replaced or taken out. What a side has confirmed stays when its owner is replaced."""
    part = next((part for part in parts if part.side_id == side_id), None)
    if owner_id == 0:
        if part:
            parts.remove(part)
            work.session.delete(part)
        return
    if part is None:
        part = Part(item_id=item.id or 0, side_id=side_id, owner_id=owner_id)
        work.session.add(part)
        parts.append(part)
    part.owner_id, part.acting_for_id = owner_id, None
    given(work, item, part, by.id)
    tell_owner(work, item, work.session.get_one(Person, owner_id), by)
