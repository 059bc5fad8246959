"""What is told of an item: in full, and what happened to it."""

from datetime import date

from bot.messages import item_details as messages
from bot.messages.item_details import NOTES, PAGE, History, Progress
from bot.messages.post import Post
from bot.rules.items import local_date
from bot.services import budget_links, item_questions
from bot.services.askers import Asker, require_member
from bot.services.item_views import view_of
from bot.services.work import Work
from storage import history, people, questions, snoozes
from storage import items as storage_items
from storage.tables import Item, Note, Person, TaskForce


def details(work: Work, asker: Asker, item: Item) -> Post:
    """The item in full."""
    creator = work.session.get_one(Person, item.created_by)
    source = questions.source_of(work.session, item.id or 0)
    open_questions = item_questions.about(work, asker, item)
    lines = budget_links.tied_to(work, asker, budget_links.ITEM, item.number)
    progress = Progress(_notes(work, item), _rests_until(work, asker, item), source, open_questions, lines)
    return messages.details(view_of(work.session, item), creator, work.now, asker.say, progress)


def _notes(work: Work, item: Item) -> list[tuple[Note, Person]]:
    notes = storage_items.notes(work.session, item.id or 0)[-NOTES:]
    return [(one, work.session.get_one(Person, one.person_id)) for one in notes]


def _rests_until(work: Work, asker: Asker, item: Item) -> date | None:
    """Until when reminders rest for the asker, if that is still to come."""
    task_force, person = require_member(asker)
    until = snoozes.until(work.session, item, person.id or 0)
    return until if until and until > local_date(work.now, task_force) else None


def too_late(work: Work, asker: Asker, item: Item) -> Post:
    """The item is not open any more: nothing was changed, and how it stands."""
    return messages.already_closed(view_of(work.session, item), work.now, asker.say)


def history_page(work: Work, asker: Asker, item: Item, number: int = 0) -> Post:
    """A page of the item's history, the newest first; a page beyond the end is the last one."""
    changes = history.of(work.session, ("item", item.id or 0))[::-1]
    pages = max(1, -(-len(changes) // PAGE))
    number = max(0, min(number, pages - 1))
    shown = changes[number * PAGE : (number + 1) * PAGE]
    everybody = {one.id or 0: one for one in people.ever(work.session, item.task_force_id)}
    sides = {one.id or 0: one for one in people.sides(work.session, item.task_force_id)}
    task_force = work.session.get_one(TaskForce, item.task_force_id)
    return messages.history(History(item, task_force, shown, everybody, sides, number, pages), asker.say)
