"""Searching the items, decisions, budget lines and minutes of one task force."""

from bot.messages import item_search as messages
from bot.messages.item_lists import PAGE
from bot.messages.item_search import Found
from bot.messages.post import Post, Reply
from bot.rules import slack_text
from bot.rules.grammar import normalise
from bot.rules.item_search import words_in
from bot.rules.meeting_filing import lines_with
from bot.rules.roster import inside
from bot.services.askers import Asker, require_member
from bot.services.budget_views import sight_of
from bot.services.budget_views import views_of as lines_of
from bot.services.decision_views import view_of as decision_view
from bot.services.item_views import views_of
from bot.services.meeting_minutes import minutes_of
from bot.services.work import Work
from storage import budget, decisions, item_lists, meetings
from storage.item_lists import Sought

MEETINGS = 5  # on the first page


def search(work: Work, asker: Asker, rest: str) -> Reply:
    """What has all the words of a line. Without words they are asked for."""
    task_force, _ = require_member(asker)
    text = normalise(slack_text.plain(rest))
    if not words_in(text):
        memory = {"task_force": task_force.id, "channel": asker.who.channel_id}
        return Reply(view=messages.form(memory, asker.say))
    return Reply(found_page(work, asker, text))


def found_page(work: Work, asker: Asker, text: str, number: int = 0) -> Post:
    """A page of what is found now; a page beyond the end is the last one."""
    task_force, person = require_member(asker)
    words, of = words_in(text), task_force.id or 0
    sought = Sought(of, words, inside(person))
    number = max(0, number)
    of_items, its = item_lists.found(work.session, sought, number * PAGE, PAGE)
    of_decisions, sight = decisions.count_found(work.session, of, words), sight_of(person)
    total = of_items + of_decisions + budget.count_found(work.session, sight, words)
    if number > (last := max(0, (total - 1) // PAGE)):
        return found_page(work, asker, text, last)
    views = views_of(work.session, its)
    behind, room = number * PAGE - of_items, PAGE - len(views)  # decisions come after the items
    agreed = decisions.found(work.session, of, words, max(0, behind), room) if room else []
    behind, room = behind - of_decisions, room - len(agreed)  # and budget lines after the decisions
    lines = budget.found(work.session, sight, words, max(0, behind), room) if room else []
    held = meetings.found(work.session, of, words, MEETINGS) if number == 0 else []
    rows = [decision_view(work.session, one) for one in agreed]
    found = Found(
        task_force,
        text,
        views,
        rows,
        number,
        total,
        [(one, lines_with(minutes_of(work.session, one), words)) for one in held],
        lines_of(work.session, lines),
    )
    return messages.found_page(found, work.now, asker.say)
