"""The forms about budget lines, their milestones and presets."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.messages import ids, presets
from bot.messages.blocks import (
    actions,
    context,
    field_input,
    modal,
    option,
    plain,
    section,
    select_element,
    text_element,
)
from bot.messages.budget import NAME_SHOWN, named_line, origin_word
from bot.messages.escape import escape_within, shorten
from bot.messages.forms import ANSWER, Values, chosen, memory, select, text_of
from bot.messages.milestones import when
from bot.messages.post import Block, View
from bot.messages.roster import name_and_title
from bot.rules.budget import NAME_LIMIT, NOTE_LIMIT, Figure, LineView, figure
from bot.rules.presets import Dated, needs_checking
from config.presets import Act, Money
from config.words import Say
from storage.tables import Milestone, Origin, Person, Side, Stage

NAME, YEAR, KIND, SIGHT, CURRENCY, STAGE, AMOUNT, NOTE = (
    "name",
    "year",
    "kind",
    "sight",
    "currency",
    "stage",
    "amount",
    "note",
)
AGREED, LEGAL, ACT, WHOSE, LEADS, ROWS = "agreed", "legal", "act", "whose", "leads", "rows"
OWNER, SHARE, FIGURE = "owner-", "share-", "figure-"
JOINT, INTERNAL, NOBODY, EVERYBODY = "joint", "internal", "0", "0"
AMOUNT_LIMIT, DESCRIPTION, BOXES = 60, 75, 10
PEOPLE = 99  # Slack's limit of a select's options, less the one for nobody


@dataclass(frozen=True)
class LineForm:
    """What the form of a line shows. `sides`: whom each side may choose; `given`: block id → text or value."""

    sides: Sequence[tuple[Side, Sequence[Person]]]
    given: Mapping[str, str]
    kept: Mapping[str, object]
    upper: str = ""
    view: LineView | None = None
    notes: Sequence[str] = field(default=())  # above the fields; escaped


def line_form(shown: LineForm, say: Say) -> View:
    """Name, year, kind of money, whose eyes, owners, the request and where it comes from."""
    given, line = shown.given, shown.view.line if shown.view else None
    kinds = [option(say(f"budget-kind-{kind}"), kind) for kind in Money]
    blocks = [
        *map(section, shown.notes),
        field_input(say("budget-field-name"), NAME, _text(given, NAME, NAME_LIMIT)),
        field_input(say("budget-field-year"), YEAR, _text(given, YEAR, 8), hint=say("budget-field-year-hint")),
        field_input(say("budget-field-kind"), KIND, select(kinds, given.get(KIND))),
    ]
    if line is None or line.internal_to:
        sights = [option(say("budget-sight-joint"), JOINT), option(say("budget-sight-internal"), INTERNAL)]
        hint = say("budget-sight-hint")
        blocks.append(field_input(say("budget-field-sight"), SIGHT, select(sights, given.get(SIGHT, JOINT)), hint=hint))
    blocks += [_owner(side, people, given, say) for side, people in shown.sides if people]
    if line is None:
        hint = say("budget-field-currency-hint")
        blocks += [
            *_request(given, shown.upper, say),
            field_input(say("budget-field-currency"), CURRENCY, _text(given, CURRENCY, 3), hint=hint),
        ]
    title = say("budget-form-edit") if line else say("budget-form-add")
    return _form(title, blocks, say, act="edit" if line else "add", **shown.kept)


def amounts_form(
    view: LineView, given: Mapping[str, str], kept: Mapping[str, object], say: Say, notes: Sequence[str] = ()
) -> View:
    """Every amount apart, and where the money comes from."""
    line = view.line
    known = {f"{FIGURE}{which}": _figures(figure(line, which)) for which in Figure}
    known |= {f"{SHARE}{origin}": _figures(view.shares.get(origin)) for origin in Origin}
    shown = {**known, **given}
    blocks = [
        section(f"*{named_line(line)}*"),
        *map(section, notes),
        context(say("budget-amount-hint")),
        *(_amount(say(f"budget-field-{which}"), f"{FIGURE}{which}", shown) for which in Figure),
        context(say("budget-shares-hint")),
        *(_amount(origin_word(view, origin, say), f"{SHARE}{origin}", shown) for origin in Origin),
    ]
    return _form(say("budget-form-amounts"), blocks, say, act="amount", **kept)


def stage_form(view: LineView, given: Mapping[str, str], kept: Mapping[str, object], say: Say) -> View:
    """Where a line has come to, and with how much."""
    stages = [option(say(f"budget-stage-{stage}"), stage) for stage in Stage]
    blocks = [
        section(f"*{named_line(view.line)}*"),
        field_input(say("budget-field-stage"), STAGE, select(stages, given.get(STAGE, view.line.stage))),
        field_input(
            say("budget-field-amount"),
            AMOUNT,
            _text(given, AMOUNT, AMOUNT_LIMIT),
            hint=say("budget-stage-hint"),
            optional=True,
        ),
    ]
    return _form(say("budget-form-stage"), blocks, say, act="stage", **kept)


def note_form(view: LineView, kept: Mapping[str, object], say: Say) -> View:
    """How it goes on, in words."""
    element = text_element(ANSWER, multiline=True, max_length=NOTE_LIMIT)
    blocks = [section(f"*{named_line(view.line)}*"), field_input(say("budget-field-note"), NOTE, element)]
    return _form(say("budget-form-note"), blocks, say, act="note", **kept)


def milestone_form(
    view: LineView, given: Mapping[str, str], kept: Mapping[str, object], say: Say, notes: Sequence[str] = ()
) -> View:
    """A new milestone: name, kind, agreed date, legal limit, whose it is, own leads."""
    acts = [option(say(f"milestone-{act}"), act) for act in Act]
    sides = [option(say("milestone-everybody"), EVERYBODY), *(option(side.name, side.id) for side, _ in view.owners)]
    blocks = [
        section(f"*{named_line(view.line)}*"),
        *map(section, notes),
        field_input(say("budget-field-name"), NAME, _text(given, NAME, NAME_LIMIT)),
        field_input(
            say("milestone-field-act"), ACT, select(acts, given.get(ACT, Act.TASK)), hint=say("milestone-act-hint")
        ),
        _date(say("milestone-field-agreed"), AGREED, given),
        _date(say("milestone-field-legal"), LEGAL, given),
        field_input(say("milestone-field-whose"), WHOSE, select(sides, given.get(WHOSE, EVERYBODY))),
        field_input(
            say("milestone-field-leads"),
            LEADS,
            _text(given, LEADS, 40),
            hint=say("milestone-leads-hint"),
            optional=True,
        ),
    ]
    return _form(say("milestone-form-add"), blocks, say, act="milestone", **kept)


def move_form(
    view: LineView,
    one: Milestone,
    given: Mapping[str, str],
    kept: Mapping[str, object],
    say: Say,
    notes: Sequence[str] = (),
) -> View:
    """Another date for a milestone."""
    blocks = [
        section(_about(view, one, say)),
        *map(section, notes),
        _date(say("milestone-field-agreed"), AGREED, given, optional=False),
    ]
    return _form(say("milestone-form-move"), blocks, say, act="move", **kept)


def voted_form(view: LineView, one: Milestone, given: Mapping[str, str], kept: Mapping[str, object], say: Say) -> View:
    """What was voted, with the amount."""
    stages = [
        option(say("milestone-stage-stays"), NOBODY),
        *(option(say(f"budget-stage-{stage}"), stage) for stage in Stage),
    ]
    blocks = [
        section(_about(view, one, say)),
        field_input(
            say("budget-field-amount"),
            AMOUNT,
            _text(given, AMOUNT, AMOUNT_LIMIT),
            hint=say("milestone-voted-hint"),
            optional=True,
        ),
        field_input(
            say("budget-field-stage"), STAGE, select(stages, given.get(STAGE, NOBODY)), hint=say("milestone-stage-hint")
        ),
    ]
    return _form(say("milestone-form-voted"), blocks, say, act="voted", **kept)


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
    return _form(say("preset-title"), blocks, say, act="preset", kind=shown.kind, year=shown.year, **kept)


def read_choice(values: Values, prefix: str) -> dict[str, str]:
    """What was entered into the fields whose block ids begin so: the rest of the id → the text."""
    return {
        block_id.removeprefix(prefix): text_of(values, block_id).strip()
        for block_id in values
        if block_id.startswith(prefix)
    }


def read_owners(values: Values) -> dict[int, int]:
    """Side → the chosen person, 0 for nobody."""
    return {
        int(block_id.removeprefix(OWNER)): int(chosen(values, block_id)[0] or 0)
        for block_id in values
        if block_id.startswith(OWNER)
    }


def read_date(values: Values, block_id: str) -> date | None:
    """The chosen date."""
    given = values.get(block_id, {}).get(ANSWER, {}).get("selected_date")
    return date.fromisoformat(given) if given else None


def read_rows(values: Values) -> list[str]:
    """The chosen rows: `key` or `key:date`."""
    boxes = [
        answer.get(ANSWER, {}).get("selected_options") or []
        for block_id, answer in values.items()
        if block_id.startswith(ROWS)
    ]
    return [one["value"] for some in boxes for one in some]


def _form(title: str, blocks: list[Block], say: Say, **kept: object) -> View:
    return modal(
        ids.BUDGET_FORM,
        title,
        say("form-save"),
        say("form-cancel"),
        blocks,
        memory(nonce=secrets.token_urlsafe(9), **kept),
    )


def _boxes(shown: PresetForm, at: int, say: Say) -> Block:
    """Ten rows; another kind or year has blocks of other names, or Slack would keep what was ticked before."""
    rows = shown.rows[at : at + BOXES]
    options = [_box(one, shown, say) for one in rows]
    label = say("preset-rows", first=str(at + 1), last=str(at + len(rows)))
    element = {"type": "checkboxes", "action_id": ANSWER, "options": options}
    return field_input(label, f"{ROWS}-{shown.kind}-{shown.year}-{at}", element, optional=True)


def _box(one: Dated, shown: PresetForm, say: Say) -> Block:
    """A row as a box: its date and name; under it the rule and the source, shortened to what Slack shows."""
    marks = [say("preset-past")] if one.is_past(shown.today) else []
    marks += [say("preset-taken")] if (one.row.key, one.legal) in shown.taken else []
    text = " · ".join([*marks, f"{presets.when(one, say)} {one.row.name(say.language)}"])
    told = f"{presets.rule(one.row, say)} · {presets.source(one.row, shown.today, say)}"
    return {**option(text, value_of(one)), "description": plain(told, DESCRIPTION)}


def value_of(one: Dated) -> str:
    """What tells a row's dates apart."""
    return f"{one.row.key}:{one.on.isoformat() if one.on else ''}"


def _about(view: LineView, one: Milestone, say: Say) -> str:
    return f"*{escape_within(one.name, NAME_SHOWN)}*\n{named_line(view.line)}\n{when(one, say)}"


def _request(given: Mapping[str, str], upper: str, say: Say) -> list[Block]:
    names = {origin: say(f"budget-origin-{origin}") for origin in Origin} | ({Origin.UPPER: upper} if upper else {})
    return [
        _amount(say("budget-field-requested"), f"{FIGURE}{Figure.REQUESTED}", given, hint=say("budget-amount-hint")),
        *(_amount(names[origin], f"{SHARE}{origin}", given) for origin in Origin),
    ]


def _owner(side: Side, people: Sequence[Person], given: Mapping[str, str], say: Say) -> Block:
    options = [option(say("form-nobody"), NOBODY), *(option(name_and_title(one), one.id) for one in people[:PEOPLE])]
    return field_input(
        say("field-owner", side=side.name), f"{OWNER}{side.id}", select(options, given.get(f"{OWNER}{side.id}", NOBODY))
    )


def _amount(label: str, block_id: str, given: Mapping[str, str], hint: str | None = None) -> Block:
    return field_input(shorten(label, 75), block_id, _text(given, block_id, AMOUNT_LIMIT), hint=hint, optional=True)


def _date(label: str, block_id: str, given: Mapping[str, str], *, optional: bool = True) -> Block:
    element: dict[str, Any] = {"type": "datepicker", "action_id": ANSWER}
    if given.get(block_id):
        element["initial_date"] = given[block_id]
    return field_input(label, block_id, element, optional=optional)


def _text(given: Mapping[str, str], block_id: str, limit: int) -> Block:
    return text_element(ANSWER, initial=given.get(block_id, ""), max_length=limit)


def _figures(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
