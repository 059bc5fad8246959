"""The forms about budget lines, their milestones and presets."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.messages import ids
from bot.messages.blocks import (
    context,
    field_input,
    modal,
    option,
    section,
    text_element,
)
from bot.messages.budget import named_line, origin_word
from bot.messages.escape import shorten
from bot.messages.forms import ANSWER, Values, chosen, memory, select, text_of
from bot.messages.post import Block, View
from bot.messages.roster import name_and_title
from bot.rules.budget import NAME_LIMIT, NOTE_LIMIT, Figure, LineView, figure
from config.presets import Money
from config.words import Say
from storage.tables import Origin, Person, Side, Stage

NAME, YEAR, KIND, SIGHT, CURRENCY = "name", "year", "kind", "sight", "currency"
STAGE, AMOUNT, NOTE, LINK = "stage", "amount", "note", "link"
OWNER, SHARE, FIGURE = "owner-", "share-", "figure-"
JOINT, INTERNAL, NOBODY = "joint", "internal", "0"
AMOUNT_LIMIT = 60
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
        field_input(say("budget-field-name"), NAME, text_field(given, NAME, NAME_LIMIT)),
        field_input(say("budget-field-year"), YEAR, text_field(given, YEAR, 8), hint=say("budget-field-year-hint")),
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
            field_input(
                say("budget-field-currency"), CURRENCY, text_field(given, CURRENCY, 3), hint=hint, optional=True
            ),
        ]
    title = say("budget-form-edit") if line else say("budget-form-add")
    return form(title, blocks, say, act="edit" if line else "add", **shown.kept)


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
    return form(say("budget-form-amounts"), blocks, say, act="amount", **kept)


def stage_form(view: LineView, given: Mapping[str, str], kept: Mapping[str, object], say: Say) -> View:
    """Where a line has come to, and with how much."""
    stages = [option(say(f"budget-stage-{stage}"), stage) for stage in Stage]
    blocks = [
        section(f"*{named_line(view.line)}*"),
        field_input(say("budget-field-stage"), STAGE, select(stages, given.get(STAGE, view.line.stage))),
        field_input(
            say("budget-field-amount"),
            AMOUNT,
            text_field(given, AMOUNT, AMOUNT_LIMIT),
            hint=say("budget-stage-hint"),
            optional=True,
        ),
    ]
    return form(say("budget-form-stage"), blocks, say, act="stage", **kept)


def note_form(view: LineView, kept: Mapping[str, object], say: Say) -> View:
    """How it goes on, in words."""
    element = text_element(ANSWER, multiline=True, max_length=NOTE_LIMIT)
    blocks = [section(f"*{named_line(view.line)}*"), field_input(say("budget-field-note"), NOTE, element)]
    return form(say("budget-form-note"), blocks, say, act="note", **kept)


def link_form(view: LineView, links: Sequence[str], kept: Mapping[str, object], say: Say) -> View:
    """The number of what it has to do with; above it what it is tied to already (escaped)."""
    tied = [context(say("budget-linked", things=" · ".join(links)))] if links else []
    question = field_input(say("budget-field-link"), LINK, text_field({}, LINK, 20), hint=say("budget-link-hint"))
    return form(
        say("budget-form-link"), [section(f"*{named_line(view.line)}*"), *tied, question], say, act="link", **kept
    )


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


def form(title: str, blocks: list[Block], say: Say, **kept: object) -> View:
    return modal(
        ids.BUDGET_FORM,
        title,
        say("form-save"),
        say("close"),
        blocks,
        memory(nonce=secrets.token_urlsafe(9), **kept),
    )


def _request(given: Mapping[str, str], upper: str, say: Say) -> list[Block]:
    names = {origin: say(f"budget-origin-{origin}") for origin in Origin} | ({Origin.UPPER: upper} if upper else {})
    return [
        _amount(say("budget-field-requested"), f"{FIGURE}{Figure.REQUESTED}", given, hint=say("budget-amount-hint")),
        context(say("budget-shares-hint")),
        *(_amount(names[origin], f"{SHARE}{origin}", given) for origin in Origin),
    ]


def _owner(side: Side, people: Sequence[Person], given: Mapping[str, str], say: Say) -> Block:
    options = [option(say("form-nobody"), NOBODY), *(option(name_and_title(one), one.id) for one in people[:PEOPLE])]
    return field_input(
        say("field-owner", side=side.name), f"{OWNER}{side.id}", select(options, given.get(f"{OWNER}{side.id}", NOBODY))
    )


def _amount(label: str, block_id: str, given: Mapping[str, str], hint: str | None = None) -> Block:
    return field_input(
        shorten(label[:1].upper() + label[1:], 75),
        block_id,
        text_field(given, block_id, AMOUNT_LIMIT),
        hint=hint,
        optional=True,
    )


def text_field(given: Mapping[str, str], block_id: str, limit: int) -> Block:
    return text_element(ANSWER, initial=given.get(block_id, ""), max_length=limit)


def _figures(value: int | None) -> str:
    return "" if value is None else f"{value:,}"
