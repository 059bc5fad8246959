"""The form in which a budget year's dates are chosen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.messages import ids, presets
from bot.messages.blocks import actions, field_input, option, plain, section, select_element
from bot.messages.budget import named_line
from bot.messages.budget_forms import form
from bot.messages.forms import ANSWER, Values
from bot.messages.post import Block, View
from bot.rules.budget import LineView
from bot.rules.presets import Dated, needs_checking
from config.presets import Money
from config.words import Say

ROWS = "rows"  # how the ids of the blocks with boxes begin
DESCRIPTION, BOXES = 75, 10  # Slack's limits: characters below a box, boxes of one field


@dataclass(frozen=True)
class PresetForm:
    """What the form of presets shows: the rows of a kind of money in a year; `taken` are milestones of the line already."""

    view: LineView
    kind: Money
    year: int
    years: Sequence[int]
    rows: Sequence[Dated]
    taken: Collection[tuple[str, date | None]]
    today: date


def preset_form(shown: PresetForm, kept: Mapping[str, object], say: Say) -> View:
    """The rows, each with its date, weekday, rule and source; what is past is marked."""
    kinds = [option(say(f"budget-kind-{one}"), one) for one in Money]
    years = [option(say("budget-year", year=str(one)), one) for one in shown.years]
    chosen_kind = next(one for one in kinds if one["value"] == shown.kind)
    chosen_year = next(one for one in years if one["value"] == str(shown.year))
    pick = actions(
        select_element(ids.PRESET_KIND, kinds, initial=chosen_kind),
        select_element(ids.PRESET_YEAR, years, initial=chosen_year),
    )
    notes = [say("preset-old")] if any(needs_checking(one.row, shown.today) for one in shown.rows) else []
    boxes = [_boxes(shown, at, say) for at in range(0, len(shown.rows), BOXES)]
    opening = section("\n".join([f"*{named_line(shown.view.line)}*", say("preset-opening")]))
    blocks = [opening, pick, *map(section, notes), *boxes]
    return form(say("preset-title"), blocks, say, act="preset", kind=shown.kind, year=shown.year, **kept)


def read_rows(values: Values) -> list[str]:
    """The chosen rows: `key` or `key:date`."""
    boxes = [
        answer.get(ANSWER, {}).get("selected_options") or []
        for block_id, answer in values.items()
        if block_id.startswith(ROWS)
    ]
    return [one["value"] for some in boxes for one in some]


def _boxes(shown: PresetForm, at: int, say: Say) -> Block:
    """Ten rows; another kind or year has blocks of other names, or Slack would keep what was ticked before."""
    rows = shown.rows[at : at + BOXES]
    options = [_box(one, shown, say) for one in rows]
    label = say("preset-rows", first=str(at + 1), last=str(at + len(rows)))
    element = {"type": "checkboxes", "action_id": ANSWER, "options": options}
    return field_input(label, f"{ROWS}-{shown.kind}-{shown.year}-{at}", element, optional=True)


def _box(one: Dated, shown: PresetForm, say: Say) -> Block:
    """A row as a box: its date and name; under it what to look out for first, then source and rule, shortened to what Slack shows."""
    marks = [say("preset-past")] if one.is_past(shown.today) else []
    marks += [say("preset-taken")] if (one.row.key, one.legal) in shown.taken else []
    text = " · ".join([*marks, presets.day(one, say), one.row.name(say.language)])
    facts = [presets.moved(one, say), presets.source(one.row, shown.today, say), presets.rule(one.row, say)]
    told = " · ".join(fact for fact in facts if fact)
    return {**option(text, value_of(one)), "description": plain(told, DESCRIPTION)}


def value_of(one: Dated) -> str:
    """What tells a row's dates apart."""
    return f"{one.row.key}:{one.on.isoformat() if one.on else ''}"
