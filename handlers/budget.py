"""Budget lines and milestones: the verb, the buttons, and the forms."""

from collections.abc import Callable
from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages.budget_nudges import HANDOVER
from bot.messages.post import Reply
from bot.rules.budget_lines import Asked
from bot.rules.grammar import Verb
from bot.services import (
    budget_boards,
    budget_forms,
    budget_lines,
    budget_presets,
    executions,
    handover_forms,
    milestone_forms,
    milestone_snoozes,
    milestones,
)
from bot.services.askers import Asker, Surface, Who
from bot.services.budget import find_by_id
from bot.services.budget_cards import card, milestone
from bot.services.budget_lines import said_plainly
from bot.services.work import Work
from config.presets import Money
from handlers.deps import Deps
from handlers.items import press_of
from handlers.listening import answer, metadata_of, tell
from handlers.windows import submit
from storage.tables import BudgetLine, Milestone

OnMilestone = Callable[[Work, Asker, BudgetLine, Milestone, str], Reply]


def register(app: App, deps: Deps) -> None:
    """Buttons that carry a line or a milestone, pages of the board, and the forms."""

    @app.action(ids.BUDGET_ACT_PATTERN)
    @app.action(ids.MILESTONE_ACT_PATTERN)
    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        pressed = body["actions"][0]
        task_force_id, row_id, more = ids.read_item_value(pressed["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: pressed_on(work, asker, pressed["action_id"], row_id, more))

    @app.action(ids.MILESTONE_MENU)
    def choose(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, row_id, act = ids.read_item_value(body["actions"][0]["selected_option"]["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: chosen_on(work, asker, act, row_id))

    @app.action(ids.BUDGET_PAGE_PATTERN)
    def turn_page(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, number, rest = ids.read_item_value(body["actions"][0]["value"])
        run = press_of(deps, ack, body, context)
        run(task_force_id, lambda work, asker: Reply(budget_boards.page(work, asker, rest, number)))

    @app.action(ids.PRESET_PATTERN)
    def choose_rows(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        kept, chosen = metadata_of(body["view"]), body["actions"][0]
        kept |= {chosen["action_id"].removeprefix("preset-"): chosen["selected_option"]["value"]}
        who = who_filled(body, context, kept)
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, lambda work, asker: other_rows(work, asker, kept))
        if reply.view:
            deps.slack.client(who.installation).views_update(view_id=body["view"]["id"], view=reply.view)
        elif reply.post:
            tell(deps, who, reply.post)
        ack()

    @app.view(ids.BUDGET_FORM)
    def sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        kept, values = metadata_of(body["view"]), body["view"]["state"]["values"]
        receipt = f"form:{kept['nonce']}"
        who = who_filled(body, context, kept)
        submit(deps, ack, receipt, who, lambda work, asker: FORMS[kept["act"]](work, asker, kept, values))


def who_filled(body: dict[str, Any], context: dict[str, Any], kept: dict[str, Any]) -> Who:
    """Whoever fills in a form, where it was opened."""
    of = kept["task_force"]
    return Who(body["user"]["id"], kept.get("channel"), context["installation"], Surface.FORM, task_force_id=of)


def pressed_on(work: Work, asker: Asker, action_id: str, row_id: int, more: str) -> Reply:
    """What a button asks for, on the line or milestone that it carries, if the asker may see that."""
    with said_plainly():
        if action_id in ON_LINE:
            return ON_LINE[action_id](work, asker, find_by_id(work, asker, row_id), Asked(None))
        line, one = milestones.find_milestone(work, asker, row_id)
        return ON_MILESTONE[ids.without_number(action_id)](work, asker, line, one, more)


def chosen_on(work: Work, asker: Asker, act: str, milestone_id: int) -> Reply:
    """What the menu of a reminder's line asks for; another owner is for all that is the asker's."""
    if act == HANDOVER:
        return handover_forms.handover(work, asker, "")
    return pressed_on(work, asker, f"milestone-{act}", milestone_id, "")


def other_rows(work: Work, asker: Asker, kept: dict[str, Any]) -> Reply:
    """The form of presets for another kind of money or another year."""
    line = find_by_id(work, asker, kept["line"])
    return Reply(view=budget_presets.form(work, asker, line, Money(kept["kind"]), int(kept["year"])))


def show(work: Work, asker: Asker, line: BudgetLine, _asked: Asked) -> Reply:
    """The line in full."""
    return card(work, asker, line)


def ask_spent(work: Work, asker: Asker, line: BudgetLine, _asked: Asked) -> Reply:
    """The form for what was spent so far."""
    return executions.form(work, asker, line)


def show_milestone(work: Work, asker: Asker, line: BudgetLine, one: Milestone, _more: str) -> Reply:
    """One milestone."""
    return milestone(work, asker, line, one)


def show_line(work: Work, asker: Asker, line: BudgetLine, _one: Milestone, _more: str) -> Reply:
    """The line of a milestone."""
    return card(work, asker, line)


def finish(work: Work, asker: Asker, line: BudgetLine, one: Milestone, _more: str) -> Reply:
    """Ours to do, and done."""
    return budget_lines.finish(work, asker, line, one)


def open_move(work: Work, asker: Asker, line: BudgetLine, one: Milestone, _more: str) -> Reply:
    """The form for another date."""
    return Reply(view=milestone_forms.move_form(work, asker, line, one))


def open_voted(work: Work, asker: Asker, line: BudgetLine, one: Milestone, _more: str) -> Reply:
    """The form for what was decided."""
    return Reply(view=milestone_forms.voted_form(work, asker, line, one))


def drop(work: Work, asker: Asker, line: BudgetLine, one: Milestone, _more: str) -> Reply:
    """It does not apply."""
    milestones.drop(work, asker, one)
    return milestone(work, asker, line, one)


def reopen(work: Work, asker: Asker, line: BudgetLine, one: Milestone, _more: str) -> Reply:
    """It had ended by mistake."""
    milestones.reopen(work, asker, one)
    return milestone(work, asker, line, one)


def move_anyway(work: Work, asker: Asker, line: BudgetLine, one: Milestone, day: str) -> Reply:
    """The date after the legal limit is meant."""
    return budget_lines.move_to(work, asker, line, one, date.fromisoformat(day), anyway=True)


def pick(work: Work, asker: Asker, line: BudgetLine, one: Milestone, day: str) -> Reply:
    """Which date was meant."""
    return budget_lines.move_to(work, asker, line, one, date.fromisoformat(day))


VERBS = {Verb.BUDGET: budget_lines.run}
ON_LINE: dict[str, budget_lines.OnLine] = {
    ids.BUDGET_SHOW: show,
    ids.BUDGET_STAGE: budget_lines.stage,
    ids.BUDGET_AMOUNT: budget_lines.amount,
    ids.BUDGET_PRESET: budget_lines.presets,
    ids.BUDGET_MILESTONE: budget_lines.add_milestone,
    ids.BUDGET_EDIT: budget_lines.edit,
    ids.BUDGET_NOTE: budget_lines.note,
    ids.BUDGET_HISTORY: budget_lines.history,
    ids.BUDGET_LINK: budget_lines.link,
    ids.BUDGET_SPLIT: budget_lines.split,
    ids.BUDGET_EXECUTION: ask_spent,
}
ON_MILESTONE: dict[str, OnMilestone] = {
    ids.MILESTONE_SHOW: show_milestone,
    ids.MILESTONE_LINE: show_line,
    ids.MILESTONE_DONE: finish,
    ids.MILESTONE_MOVE: open_move,
    ids.MILESTONE_DROP: drop,
    ids.MILESTONE_VOTED: open_voted,
    ids.MILESTONE_REOPEN: reopen,
    ids.MILESTONE_ANYWAY: move_anyway,
    ids.MILESTONE_PICK: pick,
    ids.MILESTONE_SNOOZE: milestone_snoozes.snooze,
}
FORMS = {**budget_forms.SUBMITS, **milestone_forms.SUBMITS, **budget_presets.SUBMITS, **executions.SUBMITS}
