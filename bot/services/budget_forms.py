"""Forms about budget lines and their milestones: opened with what is known, and what comes of them when they are sent."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.messages import budget as line_messages
from bot.messages import budget_forms as messages
from bot.messages.budget_forms import LineForm
from bot.messages.forms import Values, chosen, text_of
from bot.messages.post import Reply, View
from bot.rules import roster
from bot.rules.budget import Figure
from bot.rules.budget_lines import NewLine, read_link, read_year
from bot.services import budget_changes, budget_links
from bot.services.askers import Asker, require_member
from bot.services.budget import Draft, create, find_by_id, require_changer
from bot.services.budget_cards import card, changed
from bot.services.budget_money import amount_in, currency_in
from bot.services.budget_views import view_of
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Money
from storage import people
from storage.tables import BudgetLine, Origin, Person, Side, Stage, TaskForce

Submit = Callable[[Work, Asker, Mapping[str, Any], Values], Reply]


def new_form(work: Work, asker: Asker, new: NewLine, notes: Sequence[str] = ()) -> View:
    """The form for a new line, with what was typed already filled in."""
    task_force, person = require_changer(asker)
    given = {
        messages.NAME: new.name,
        messages.YEAR: str(new.year or ""),
        messages.KIND: new.kind or "",
        messages.SIGHT: messages.INTERNAL if new.is_internal else messages.JOINT,
        f"{messages.FIGURE}{Figure.REQUESTED}": new.amount,
        f"{messages.OWNER}{person.side_id}": str(person.id),
    }
    shown = LineForm(
        _choices(work, task_force), given, kept_of(asker, task_force), task_force.upper_government, None, notes
    )
    return messages.line_form(shown, asker.say)


def edit_form(work: Work, asker: Asker, line: BudgetLine) -> View:
    """The form that changes what a line is called, whose it is, and who may see it."""
    task_force, _ = require_changer(asker)
    view = view_of(work.session, line)
    given = {
        messages.NAME: line.name,
        messages.YEAR: str(line.year),
        messages.KIND: line.kind,
        messages.SIGHT: messages.INTERNAL,
        **{f"{messages.OWNER}{side.id}": str(owner.id) for side, owner in view.owners},
    }
    sides = [(side, found) for side, found in _choices(work, task_force) if line.internal_to in (None, side.id)]
    return messages.line_form(LineForm(sides, given, kept_of(asker, task_force, line), view=view), asker.say)


def amounts_form(
    work: Work, asker: Asker, line: BudgetLine, given: Mapping[str, str] | None = None, notes: Sequence[str] = ()
) -> View:
    """Every amount of a line, and where the money comes from."""
    task_force, _ = require_changer(asker)
    return messages.amounts_form(
        view_of(work.session, line), given or {}, kept_of(asker, task_force, line), asker.say, notes
    )


def stage_form(work: Work, asker: Asker, line: BudgetLine, given: Mapping[str, str] | None = None) -> View:
    """To which stage, with how much."""
    task_force, _ = require_changer(asker)
    return messages.stage_form(view_of(work.session, line), given or {}, kept_of(asker, task_force, line), asker.say)


def note_form(work: Work, asker: Asker, line: BudgetLine) -> View:
    """How it goes on."""
    task_force, _ = require_changer(asker)
    return messages.note_form(view_of(work.session, line), kept_of(asker, task_force, line), asker.say)


def link_form(work: Work, asker: Asker, line: BudgetLine) -> View:
    """Which item or decision it has to do with."""
    task_force, _ = require_changer(asker)
    links = budget_links.of_line(work, asker, line)
    return messages.link_form(view_of(work.session, line), links, kept_of(asker, task_force, line), asker.say)


def tied(work: Work, asker: Asker, line: BudgetLine, text: str) -> Reply:
    """Tie a line to what is named, or untie it."""
    found = read_link(text)
    if found is None:
        raise Refused("budget-link-what", field=messages.LINK)
    letter, number = found
    is_tied = budget_links.tie(work, asker, line, letter, number)
    note = asker.say("budget-tied" if is_tied else "budget-untied", ref=f"{letter}-{number}")
    return card(work, asker, line, note)


def _added(work: Work, asker: Asker, _kept: Mapping[str, Any], values: Values) -> Reply:
    task_force, person = require_changer(asker)
    currency = currency_in(text_of(values, messages.CURRENCY), messages.CURRENCY)
    internal = chosen(values, messages.SIGHT)[0] == messages.INTERNAL
    draft = Draft(
        text_of(values, messages.NAME),
        _year(values),
        Money(chosen(values, messages.KIND)[0]),
        currency,
        work.session.get_one(Side, person.side_id) if internal else None,
        tuple(one for one in _owners(work, task_force, values).values() if one),
        _amount(values, Figure.REQUESTED, currency),
        _shares(values, currency),
    )
    line = create(work, asker, draft)
    return Reply(line_messages.made(view_of(work.session, line), asker.say))


def _edited(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    task_force, _ = require_member(asker)
    line = find_by_id(work, asker, kept["line"])
    kind = Money(chosen(values, messages.KIND)[0])
    budget_changes.set_facts(work, asker, line, text_of(values, messages.NAME), _year(values), kind)
    if chosen(values, messages.SIGHT)[0] == messages.JOINT and line.internal_to:
        budget_changes.make_joint(work, asker, line)
    budget_changes.set_owners(work, asker, line, _owners(work, task_force, values))
    return changed(work, asker, line)


def _amounts(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line = find_by_id(work, asker, kept["line"])
    amounts = {which: _amount(values, which, line.currency) for which in Figure}
    budget_changes.set_amounts(work, asker, line, amounts, _shares(values, line.currency))
    return changed(work, asker, line)


def _staged(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line = find_by_id(work, asker, kept["line"])
    amount = amount_in(text_of(values, messages.AMOUNT), line.currency, messages.AMOUNT)
    try:
        budget_changes.set_stage(work, asker, line, Stage(chosen(values, messages.STAGE)[0]), amount)
    except Refused as no:
        raise Refused(no.key, field=messages.AMOUNT, **no.args_of_key) from no
    return changed(work, asker, line)


def _noted(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line = find_by_id(work, asker, kept["line"])
    budget_changes.note(work, asker, line, text_of(values, messages.NOTE).strip())
    return card(work, asker, line)


def _tied(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line = find_by_id(work, asker, kept["line"])
    try:
        return tied(work, asker, line, text_of(values, messages.LINK))
    except Refused as no:
        raise Refused(no.key, field=messages.LINK, **no.args_of_key) from no


SUBMITS: dict[str, Submit] = {
    "add": _added,
    "edit": _edited,
    "amount": _amounts,
    "stage": _staged,
    "note": _noted,
    "link": _tied,
}


def kept_of(asker: Asker, task_force: TaskForce, line: BudgetLine | None = None) -> dict[str, object]:
    """What a form remembers of where it was opened."""
    return {"line": line.id if line else None, "task_force": task_force.id, "channel": asker.who.channel_id}


def _choices(work: Work, task_force: TaskForce) -> list[tuple[Side, list[Person]]]:
    """For each side who may own a line."""
    may_own = [
        one
        for one in people.active(work.session, task_force.id or 0)
        if roster.may(one.role, roster.Right.CONFIRM_OWN_ITEMS)
    ]
    sides = people.sides(work.session, task_force.id or 0)
    return [(side, [one for one in may_own if one.side_id == side.id]) for side in sides]


def _owners(work: Work, task_force: TaskForce, values: Values) -> dict[int, Person | None]:
    """The chosen people, each of the side at whose field they stand."""
    found: dict[int, Person | None] = {}
    for side_id, person_id in messages.read_owners(values).items():
        person = work.session.get(Person, person_id) if person_id else None
        if person_id and (person is None or (person.task_force_id, person.side_id) != (task_force.id, side_id)):
            raise Refused("item-owner-gone", field=f"{messages.OWNER}{side_id}")
        found[side_id] = person
    return found


def _year(values: Values) -> int:
    year = read_year(text_of(values, messages.YEAR))
    if year is None:
        raise Refused("budget-year-strange", field=messages.YEAR)
    return year


def _amount(values: Values, which: Figure, currency: str) -> int | None:
    field = f"{messages.FIGURE}{which}"
    return amount_in(text_of(values, field), currency, field)


def _shares(values: Values, currency: str) -> dict[Origin, int]:
    fields = {origin: f"{messages.SHARE}{origin}" for origin in Origin}
    read = {origin: amount_in(text_of(values, field), currency, field) for origin, field in fields.items()}
    return {origin: part for origin, part in read.items() if part}
