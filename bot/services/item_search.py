"""Searching the items of one task force."""

from bot.messages import item_search as messages
from bot.messages.item_lists import PAGE
from bot.messages.item_search import Found
from bot.messages.post import Post, Reply
from bot.rules import slack_text
from bot.rules.grammar import normalise
from bot.rules.item_search import words_in
from bot.rules.roster import inside
from bot.services.askers import Asker, require_member
from bot.services.item_views import views_of
from bot.services.work import Work
from storage import items
from storage.items import Sought


def search(work: Work, asker: Asker, rest: str) -> Reply:
    """The items with all the words of a line. Without words they are asked for."""
    task_force, _ = require_member(asker)
    text = normalise(slack_text.plain(rest))
    if not words_in(text):
        memory = {"task_force": task_force.id, "channel": asker.who.channel_id}
        return Reply(view=messages.form(memory, asker.say))
    return Reply(found_page(work, asker, text))


def found_page(work: Work, asker: Asker, text: str, number: int = 0) -> Post:
    """A page of what is found now; a page beyond the end is the last one."""
    task_force, person = require_member(asker)
    sought = Sought(task_force.id or 0, words_in(text), inside(person))
    total = items.count_found(work.session, sought)
    number = max(0, min(number, (total - 1) // PAGE))
    views = views_of(work.session, items.found(work.session, sought, number * PAGE, PAGE))
    return messages.found_page(Found(task_force, text, views, number, total), work.now, asker.say)
