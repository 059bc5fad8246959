"""Choosing a budget year's dates for a line: the right rows for its kind of money, with owners filled in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.messages import preset_forms as messages
from bot.messages.forms import Values
from bot.messages.post import Reply, View
from bot.messages.preset_forms import PresetForm, value_of
from bot.rules.items import local_date
from bot.rules.presets import Dated, in_year, rows_for, side_of
from bot.services.askers import Asker
from bot.services.budget import find_by_id, require_changer
from bot.services.budget_cards import card
from bot.services.budget_forms import Submit, kept_of
from bot.services.budget_views import view_of
from bot.services.calendars import calendar_of
from bot.services.milestones import NewMilestone, add
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Act, Money, Usual, presets
from storage import budget, people
from storage.tables import BudgetLine, TaskForce


def form(work: Work, asker: Asker, line: BudgetLine, kind: Money | None = None, year: int | None = None) -> View:
    """The rows of a kind of money in a year; at first those of the line."""
    task_force, _ = require_changer(asker)
    kind, year = kind or line.kind, year or line.year
    today = local_date(work.now, task_force)
    rows = sorted(
        dated_rows(work, task_force, kind, year), key=lambda one: one.is_past(today)
    )  # what comes stands first
    have = _had(work, line)
    years = sorted({*range(line.year - 1, line.year + 4), year})
    shown = PresetForm(view_of(work.session, line), kind, year, years, rows, have, today)
    return messages.preset_form(shown, kept_of(asker, task_force, line), asker.say)


def choose(work: Work, asker: Asker, line: BudgetLine, kind: Money, year: int, chosen: list[str]) -> Reply:
    """Write the chosen rows down as milestones; what the line has already stays as it is. What is past stays silent."""
    task_force, _ = require_changer(asker)
    by_value = {value_of(one): one for one in dated_rows(work, task_force, kind, year)}
    have = _had(work, line)
    wanted = [by_value[value] for value in chosen if value in by_value]
    if not wanted:
        raise Refused("preset-none-chosen")
    for one in wanted:
        if (one.row.key, one.legal) not in have:
            add(work, asker, line, _milestone(work, task_force, line, one))
    return card(work, asker, line)


def dated_rows(work: Work, task_force: TaskForce, kind: Money, year: int) -> list[Dated]:
    """The rows of a kind of money with their dates, by the task force's own working days."""
    wanted = rows_for(presets(), kind)
    return [one for one in in_year(presets(), year, calendar_of(work.session, task_force)) if one.row in wanted]


def _milestone(work: Work, task_force: TaskForce, line: BudgetLine, one: Dated) -> NewMilestone:
    """A row as a milestone: the legal limit as the law counts it, agreed on for when it should be done."""
    agreed = one.act_by if one.row.act is Act.TASK and one.act_by != one.legal else None
    side_id = _usual_side(work, line, one.row.side)
    name = one.row.name(task_force.language)
    return NewMilestone(name, one.row.act, agreed, one.legal, one.row.leads, side_id, one.row.key)


def _had(work: Work, line: BudgetLine) -> set[tuple[str, date | None]]:
    """What the line has already, by key and legal limit."""
    return {(one.preset, one.legal_on) for one in budget.milestones(work.session, [line.id or 0]) if one.preset}


def _usual_side(work: Work, line: BudgetLine, usual: Usual) -> int | None:
    """The side that usually has it, told by its name, if it owns the line; None: every owner's."""
    owning = {one.side_id for one in budget.owners(work.session, [line.id or 0])}
    sides = people.sides(work.session, line.task_force_id)
    return side_of(usual, [(side.id or 0, side.name) for side in sides], owning)


def _sent(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line = find_by_id(work, asker, kept["line"])
    rows = messages.read_rows(values)
    try:
        return choose(work, asker, line, Money(kept["kind"]), kept["year"], rows)
    except Refused as no:
        boxes = next(block_id for block_id in values if block_id.startswith(messages.ROWS))
        raise Refused(no.key, field=boxes, **no.args_of_key) from no


SUBMITS: dict[str, Submit] = {"preset": _sent}
