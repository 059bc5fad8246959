"""What is told of a decision: in full, and what happened to it."""

from bot.messages import decision_details as messages
from bot.messages.decision_details import PAGE, History
from bot.messages.post import Post
from bot.services import budget_links
from bot.services.askers import Asker, require_member
from bot.services.decision_views import view_of
from bot.services.work import Work
from storage import decisions, history, people
from storage.tables import Decision, Person, TaskForce


def details(work: Work, asker: Asker, decision: Decision) -> Post:
    """The decision in full."""
    _, person = require_member(asker)
    found = decisions.notes(work.session, decision.id or 0)
    notes = [(one, work.session.get_one(Person, one.person_id)) for one in found]
    is_mine = any(one.person_id == person.id for one in decisions.standing(work.session, decision))
    lines = budget_links.tied_to(work, asker, budget_links.DECISION, decision.number)
    return messages.details(view_of(work.session, decision), notes, asker.say, is_mine=is_mine, lines=lines)


def history_page(work: Work, asker: Asker, decision: Decision, number: int = 0) -> Post:
    """A page of the decision's history, the newest first; a page beyond the end is the last one."""
    changes = history.of(work.session, ("decision", decision.id or 0))[::-1]
    pages = max(1, -(-len(changes) // PAGE))
    number = max(0, min(number, pages - 1))
    shown = changes[number * PAGE : (number + 1) * PAGE]
    everybody = {one.id or 0: one for one in people.ever(work.session, decision.task_force_id)}
    sides = {one.id or 0: one for one in people.sides(work.session, decision.task_force_id)}
    task_force = work.session.get_one(TaskForce, decision.task_force_id)
    return messages.history(History(decision, task_force, shown, everybody, sides, number, pages), asker.say)
