"""The dates of somebody's own budget lines, over all their task forces."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.rules.budget import LineView
from bot.rules.items import local_date
from bot.rules.milestones import due_of, is_alive
from bot.services.askers import Asker
from bot.services.budget_views import sight_of, views_of
from bot.services.work import Work
from storage import budget, people
from storage.tables import Milestone, TaskForce

AHEAD = timedelta(days=30)


def mine(work: Work, asker: Asker, task_forces: Iterable[TaskForce]) -> Sequence[tuple[LineView, Milestone]]:
    """What is open and due within thirty days, or should be over, by its date."""
    found = [pair for task_force in task_forces for pair in _mine(work, asker, task_force)]
    return sorted(found, key=lambda pair: due_of(pair[1]) or date.max)


def _mine(work: Work, asker: Asker, task_force: TaskForce) -> Iterable[tuple[LineView, Milestone]]:
    person = people.person_of(work.session, task_force, asker.account.user_id)
    if person is None:
        return []
    until = local_date(work.now, task_force) + AHEAD
    views = views_of(work.session, budget.owned_by(work.session, sight_of(person), person.id or 0))
    found = [(view, one) for view in views for one in view.milestones if is_alive(one)]
    return [pair for pair in found if (due_of(pair[1]) or date.max) <= until]
