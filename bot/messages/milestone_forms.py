"""The forms about milestones: a new one, another date, what came of an event."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.messages.blocks import field_input, option, section
from bot.messages.budget import NAME_SHOWN, named_line
from bot.messages.budget_forms import AMOUNT, AMOUNT_LIMIT, NAME, NOBODY, STAGE, form, text_field
from bot.messages.escape import escape_within
from bot.messages.forms import ANSWER, Values, select
from bot.messages.milestones import name_of, when
from bot.messages.post import Block, View
from bot.rules.budget import NAME_LIMIT, LineView
from config.presets import Act
from config.words import Say
from storage.tables import Milestone, Stage

AGREED, LEGAL, ACT, WHOSE, LEADS = "agreed", "legal", "act", "whose", "leads"
EVERYBODY = "0"


def milestone_form(
    view: LineView, given: Mapping[str, str], kept: Mapping[str, object], say: Say, notes: Sequence[str] = ()
) -> View:
    """A new milestone: name, kind, agreed date, legal limit, whose it is, own leads."""
    acts = [option(say(f"milestone-{act}"), act) for act in Act]
    sides = [option(say("milestone-everybody"), EVERYBODY), *(option(side.name, side.id) for side, _ in view.owners)]
    blocks = [
        section(f"*{named_line(view.line)}*"),
        *map(section, notes),
        field_input(say("budget-field-name"), NAME, text_field(given, NAME, NAME_LIMIT)),
        field_input(
            say("milestone-field-act"), ACT, select(acts, given.get(ACT, Act.TASK)), hint=say("milestone-act-hint")
        ),
        _date(say("milestone-field-agreed"), AGREED, given),
        _date(say("milestone-field-legal"), LEGAL, given),
        field_input(say("milestone-field-whose"), WHOSE, select(sides, given.get(WHOSE, EVERYBODY))),
        field_input(
            say("milestone-field-leads"),
            LEADS,
            text_field(given, LEADS, 40),
            hint=say("milestone-leads-hint"),
            optional=True,
        ),
    ]
    return form(say("milestone-form-add"), blocks, say, act="milestone", **kept)


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
    return form(say("milestone-form-move"), blocks, say, act="move", **kept)


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
            text_field(given, AMOUNT, AMOUNT_LIMIT),
            hint=say("milestone-voted-hint"),
            optional=True,
        ),
        field_input(
            say("budget-field-stage"), STAGE, select(stages, given.get(STAGE, NOBODY)), hint=say("milestone-stage-hint")
        ),
    ]
    return form(say("milestone-form-voted"), blocks, say, act="voted", **kept)


def read_date(values: Values, block_id: str) -> date | None:
    """The chosen date."""
    given = values.get(block_id, {}).get(ANSWER, {}).get("selected_date")
    return date.fromisoformat(given) if given else None


def _about(view: LineView, one: Milestone, say: Say) -> str:
    return f"*{escape_within(name_of(one, say), NAME_SHOWN)}*\n{named_line(view.line)}\n{when(one, say)}"


def _date(label: str, block_id: str, given: Mapping[str, str], *, optional: bool = True) -> Block:
    element: dict[str, Any] = {"type": "datepicker", "action_id": ANSWER}
    if given.get(block_id):
        element["initial_date"] = given[block_id]
    return field_input(label, block_id, element, optional=optional)
