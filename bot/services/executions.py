"""What was spent of budget lines, as their owners tell it: by a number in a direct message, or in a form."""

from collections.abc import Mapping
from typing import Any

from bot.messages import executions as messages
from bot.messages.budget_forms import AMOUNT
from bot.messages.forms import Values, text_of
from bot.messages.post import Reply
from bot.rules.budget import Figure, LineView
from bot.rules.executions import is_due
from bot.rules.items import local_date
from bot.rules.money import read_amount
from bot.services.askers import Asker, Surface
from bot.services.budget import find_by_id, require_changer
from bot.services.budget_cards import changed
from bot.services.budget_changes import set_amounts
from bot.services.budget_forms import Submit, kept_of
from bot.services.budget_money import amount_in
from bot.services.budget_views import sight_of, view_of, views_of
from bot.services.calendars import calendar_of
from bot.services.work import Work
from storage import budget
from storage.tables import BudgetLine, Person, TaskForce


def answered(work: Work, asker: Asker, text: str) -> Reply | None:
    """A bare amount in a direct message tells what was spent, if that is being asked of its writer; else None."""
    if asker.who.surface is not Surface.DIRECT or asker.task_force is None or asker.person is None:
        return None
    fits = [view for view in awaited(work, asker.task_force, asker.person) if _certain(text, view) is not None]
    if len(fits) > 1:
        return Reply(messages.which(fits, asker.say))
    return tell(work, asker, fits[0].line, _certain(text, fits[0])) if fits else None


def awaited(work: Work, task_force: TaskForce, person: Person) -> list[LineView]:
    """The lines of which somebody, as their owner, is asked how much was spent."""
    today, calendar = local_date(work.now, task_force), calendar_of(work.session, task_force)
    views = views_of(work.session, budget.lines(work.session, sight_of(person), today.year))
    mine = [view for view in views if any(owner.id == person.id for _, owner in view.owners)]
    return [view for view in mine if is_due(view, today, calendar)]


def form(work: Work, asker: Asker, line: BudgetLine) -> Reply:
    """The form for one number."""
    task_force, _ = require_changer(asker)
    return Reply(view=messages.tell_form(view_of(work.session, line), kept_of(asker, task_force, line), asker.say))


def tell(work: Work, asker: Asker, line: BudgetLine, amount: int | None) -> Reply:
    """Write down what was spent so far."""
    set_amounts(work, asker, line, {Figure.EXECUTED: amount})
    return changed(work, asker, line)


def _sent(work: Work, asker: Asker, kept: Mapping[str, Any], values: Values) -> Reply:
    line = find_by_id(work, asker, kept["line"])
    return tell(work, asker, line, amount_in(text_of(values, AMOUNT), line.currency, AMOUNT))


def _certain(text: str, view: LineView) -> int | None:
    amount = read_amount(text, view.line.currency)
    return None if amount.reason else amount.won


SUBMITS: dict[str, Submit] = {"execution": _sent}
