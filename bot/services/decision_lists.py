"""Lists of decisions, and those that await somebody."""

from bot.messages import decision_lists as messages
from bot.messages.decision_lists import Page
from bot.messages.item_lists import PAGE
from bot.messages.post import Block, Post
from bot.rules import decisions as rules
from bot.rules.decision_lists import STATUSES, read_list
from bot.services.askers import Asker, require_member
from bot.services.decision_views import view_of
from bot.services.decisions import delegation_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import decisions
from storage.decisions import Wanted

HOME = 4  # two blocks each


def list_page(work: Work, asker: Asker, rest: str, number: int = 0) -> Post:
    """A page of what the line asks for, as it is now; a page beyond the end is the last one."""
    task_force, _ = require_member(asker)
    line = read_list(rest)
    if line.word:
        raise Refused("decisions-which", word=line.word)
    wanted = Wanted(task_force.id or 0, STATUSES[line.shown], line.stream)
    total = decisions.count(work.session, wanted)
    number = max(0, min(number, (total - 1) // PAGE))
    found = decisions.page(work.session, wanted, number * PAGE, PAGE)
    views = [view_of(work.session, one) for one in found]
    return messages.list_page(Page(task_force, line.shown, rest, views, number, total), asker.say)


def awaiting(work: Work, asker: Asker) -> list[Block]:
    """What awaits the asker's confirmation, over all task forces."""
    people = [
        one
        for one in decisions.may_speak(work.session, asker.account.user_id)
        if rules.may_confirm(one) or delegation_of(work, one)
    ]
    found = [one for person in people for one in decisions.awaiting(work.session, person, HOME + 1)]
    views = [view_of(work.session, one) for one in found[:HOME]]
    return messages.awaiting(views, asker.say, several=len(people) > 1, more=len(found) > HOME)
