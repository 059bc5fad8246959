"""What the weekly summary tells of the budget: to a person what that person may see, to the channel what is joint."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.messages.budget_boards import coming
from bot.messages.budget_weekly import Budget
from bot.rules.budget import LineView
from bot.rules.milestones import awaits_result, due_of, is_overdue
from bot.services.budget import SUBJECT
from bot.services.budget_views import sight_of, views_of
from storage import budget, history
from storage.budget import Sight
from storage.tables import Milestone, Person, TaskForce

AHEAD = timedelta(days=14)


def facts(
    session: Session, task_force: TaskForce, reader: Person | None, since: datetime, today: date
) -> Budget | None:
    """The part of one reader; None if there is no line for these eyes."""
    sight = sight_of(reader) if reader else Sight(task_force.id or 0)
    views = views_of(session, budget.lines(session, sight))
    if not views:
        return None
    before: dict[int | None, str] = {}
    for view in views:
        for change in history.of(session, (SUBJECT, view.line.id or 0)):
            if change.act == "stage" and change.at > since and change.old:
                before.setdefault(view.line.id, str(change.old["stage"]))
    moved = [
        (view, before[view.line.id]) for view in views if before.get(view.line.id, view.line.stage) != view.line.stage
    ]
    dated = [(view, one) for _, view, one in coming(views, today, AHEAD)]
    return Budget(views, dated, moved, _open(views, today) if reader else ())


def _open(views: list[LineView], today: date) -> list[tuple[LineView, Milestone]]:
    """What should be over: ours that is overdue, and others' of which nobody has said what came of it."""
    found = [(view, one) for view in views for one in view.milestones]
    late = [pair for pair in found if is_overdue(pair[1], today) or awaits_result(pair[1], today)]
    return [pair for pair in late if due_of(pair[1]) != today]
