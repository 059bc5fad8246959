"""What is told of an item: in full, and what happened to it."""

from bot.messages import item_details as messages
from bot.messages.item_details import PAGE, History
from bot.messages.post import Post
from bot.services.askers import Asker
from bot.services.item_views import view_of
from bot.services.work import Work
from storage import history, people
from storage.tables import Item, Person, TaskForce


def details(work: Work, asker: Asker, item: Item) -> Post:
    """The item in full."""
    creator = work.session.get_one(Person, item.created_by)
    return messages.details(view_of(work.session, item), creator, work.now, asker.say)


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
