"""Forms about milestones: opened with what is known, and what comes of them when they are sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.messages import milestone_forms as messages
from bot.messages import milestones as milestone_messages
from bot.messages.budget_forms import AMOUNT, NAME, NOBODY, STAGE
from bot.messages.forms import Values, chosen, text_of
from bot.messages.post import Reply, View
from bot.rules.fields import one_line
from bot.rules.items import local_date
from bot.rules.milestones import read_leads
from bot.services import milestones
from bot.services.askers import Asker
from bot.services.budget import find_by_id, require_changer
from bot.services.budget_cards import changed, milestone
from bot.services.budget_forms import Submit, kept_of
from bot.services.budget_money import amount_in
from bot.services.budget_views import view_of
from bot.services.milestones import AfterLimit, NewMilestone, find_milestone
from bot.services.refused import Refused
from bot.services.work import Work
from config.presets import Act
from storage.tables import BudgetLine, Milestone, Stage


def milestone_form(
    work: Work,
    asker: Asker,
    line: BudgetLine,
    given: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    **kept: object,
) -> View:
    """A new milestone."""
    task_force, _ = require_changer(asker)
    view = view_of(work.session, line)
    return messages.milestone_form(view, given or {}, kept_of(asker, task_force, line) | kept, asker.say, notes)


def move_form(
    work: Work,
    asker: Asker,
    line: BudgetLine,
    one: Milestone,
    given: Mapping[str, str] | None = None,
    notes: Sequence[str] = (),
    **kept: object,
) -> View:
    """Another date."""
    task_force, _ = require_changer(asker)
    about = kept_of(asker, task_force, line) | {"milestone": one.id} | kept
    return messages.move_form(view_of(work.session, line), one, given or {}, about, asker.say, notes)


def voted_form(work: Work, asker: Asker, line: BudgetLine, one: Milestone) -> View:
    """What came of an event, with the amount."""
    task_force, _ = require_changer(asker)
    about = kept_of(asker, task_force, line) | {"milestone": one.id}
    return messages.voted_form(view_of(work.session, line), one, {}, about, asker.say)


def milestone_late(work: Work, asker: Asker, line: BudgetLine, one: Milestone, late: AfterLimit) -> Reply:
    """The question whether a date after the legal limit is meant."""
    view = view_of(work.session, line)
    return Reply(milestone_messages.late_asked(view, one, late.agreed, late.legal, asker.say))


def _milestone_added(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line = find_by_id(work, asker, kept["line"])
    agreed, legal = messages.read_date(values, messages.AGREED), messages.read_date(values, messages.LEGAL)
    whose = int(chosen(values, messages.WHOSE)[0])
    new = NewMilestone(
        one_line(text_of(values, NAME)),
        Act(chosen(values, messages.ACT)[0]),
        agreed,
        legal,
        tuple(_leads(values)),
        _side(work, line, whose),
    )
    try:
        one = milestones.add(work, asker, line, new, anyway=kept.get("anyway") == str(agreed))
    except AfterLimit as late:
        given = {
            NAME: new.name,
            messages.ACT: new.act,
            messages.WHOSE: str(whose),
            messages.LEADS: text_of(values, messages.LEADS),
        }
        days = {messages.AGREED: str(late.agreed), messages.LEGAL: str(late.legal)}
        notes = [asker.say("milestone-late-form")]
        return Reply(view=milestone_form(work, asker, line, given | days, notes, anyway=str(late.agreed)))
    return milestone(work, asker, line, one, asker.say("milestone-made"))


def _moved(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line, one = find_milestone(work, asker, kept["milestone"])
    agreed = messages.read_date(values, messages.AGREED)
    try:
        milestones.move(work, asker, one, agreed, anyway=kept.get("anyway") == str(agreed))
    except AfterLimit as late:
        notes = [asker.say("milestone-late-form")]
        given = {messages.AGREED: str(late.agreed)}
        return Reply(view=move_form(work, asker, line, one, given, notes, anyway=str(late.agreed)))
    return milestone(work, asker, line, one, asker.say("milestone-was-moved"))


def _voted(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line, one = find_milestone(work, asker, kept["milestone"])
    amount = amount_in(text_of(values, AMOUNT), line.currency, AMOUNT)
    stage = chosen(values, STAGE)[0]
    try:
        milestones.voted(work, asker, one, amount, Stage(stage) if stage != NOBODY else None)
    except Refused as no:
        raise Refused(no.key, field=AMOUNT, **no.args_of_key) from no
    view = view_of(work.session, line)
    told = milestone_messages.state(view, one, local_date(work.now, view.task_force), asker.say)
    return changed(work, asker, line, f"{milestone_messages.named(view, one, asker.say)} · {told}")


def _side(work: Work, line: BudgetLine, side_id: int) -> int | None:
    owning = {side.id for side, _ in view_of(work.session, line).owners}
    return side_id if side_id in owning else None


def _leads(values: Values) -> list[int]:
    try:
        return read_leads(text_of(values, messages.LEADS))
    except ValueError:
        raise Refused("milestone-leads-strange", field=messages.LEADS) from None


SUBMITS: dict[str, Submit] = {"milestone": _milestone_added, "move": _moved, "voted": _voted}
