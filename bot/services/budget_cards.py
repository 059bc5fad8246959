"""A line or a milestone in full, and what happened to a line, for one person who may see it."""

from bot.messages import budget as messages
from bot.messages import budget_history, milestones
from bot.messages.budget import NOTES, More
from bot.messages.budget_history import PAGE, HistoryPage
from bot.messages.post import Reply
from bot.rules.items import local_date
from bot.services import budget_links
from bot.services.askers import Asker
from bot.services.budget import SUBJECT
from bot.services.budget_views import view_of
from bot.services.work import Work
from storage import budget, history, people
from storage.tables import BudgetLine, Milestone, Person


def card(work: Work, asker: Asker, line: BudgetLine, said: str = "") -> Reply:
    """The line in full; `said` (escaped) is what was just done to it."""
    notes = budget.notes(work.session, line.id or 0)[-NOTES:]
    links = budget_links.of_line(work, asker, line)
    told = [(one, work.session.get_one(Person, one.person_id)) for one in notes]
    more = More(told, links, budget_history.last_move(history_of(work, line), asker.say), said)
    return Reply(messages.card(view_of(work.session, line), work.now, asker.say, more))


def changed(work: Work, asker: Asker, line: BudgetLine, *notes: str) -> Reply:
    """How a line stands after the asker changed it."""
    return Reply(messages.changed(view_of(work.session, line), asker.say, *notes))


def milestone(work: Work, asker: Asker, line: BudgetLine, one: Milestone, *notes: str) -> Reply:
    """One milestone."""
    view = view_of(work.session, line)
    return Reply(milestones.shown(view, one, local_date(work.now, view.task_force), asker.say, *notes))


def past(work: Work, asker: Asker, line: BudgetLine) -> Reply:
    """Who changed what and when, the newest first."""
    return Reply(budget_history.page(history_of(work, line), asker.say))


def history_of(work: Work, line: BudgetLine) -> HistoryPage:
    """The newest changes of a line, with whoever they name."""
    changes = history.of(work.session, (SUBJECT, line.id or 0))[::-1]
    everybody = {one.id or 0: one for one in people.ever(work.session, line.task_force_id)}
    return HistoryPage(view_of(work.session, line), changes[:PAGE], everybody, len(changes))
