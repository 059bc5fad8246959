"""A line or a milestone in full, and what happened to a line, for one person who may see it."""

from bot.messages import budget as messages
from bot.messages import budget_history, milestones
from bot.messages.budget import NOTES, More
from bot.messages.budget_history import PAGE, HistoryPage
from bot.messages.post import Reply
from bot.rules.items import local_date
from bot.services import items
from bot.services.askers import Asker
from bot.services.budget import SUBJECT
from bot.services.budget_views import view_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import budget, history, people
from storage.tables import BudgetLine, BudgetLink, Milestone, Person


def card(work: Work, asker: Asker, line: BudgetLine) -> Reply:
    """The line in full."""
    notes = budget.notes(work.session, line.id or 0)[-NOTES:]
    links = [_linked(work, asker, one) for one in budget.links(work.session, line.id or 0)]
    told = [(one, work.session.get_one(Person, one.person_id)) for one in notes]
    more = More(told, links, budget_history.last_move(_page(work, line), asker.say))
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
    return Reply(budget_history.page(_page(work, line), asker.say))


def _page(work: Work, line: BudgetLine) -> HistoryPage:
    changes = history.of(work.session, (SUBJECT, line.id or 0))[::-1]
    everybody = {one.id or 0: one for one in people.ever(work.session, line.task_force_id)}
    return HistoryPage(view_of(work.session, line), changes[:PAGE], everybody, len(changes))


def _linked(work: Work, asker: Asker, link: BudgetLink) -> str:
    """What a line is tied to, by name if the asker may see it."""
    return messages.linked(link, _title(work, asker, link.number), asker.say)


def _title(work: Work, asker: Asker, number: int) -> str:
    try:
        return items.find(work, asker, number).title
    except Refused:
        return ""
