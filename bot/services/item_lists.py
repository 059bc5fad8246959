"""Lists of items, and the Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.messages import budget_home as budget_messages
from bot.messages import home as home_message
from bot.messages import item_lists as messages
from bot.messages import meeting_home as meeting_messages
from bot.messages.item_lists import PAGE, Filters, Page
from bot.messages.post import Post, View
from bot.rules import slack_text
from bot.rules.item_lists import ListLine, Shown, read_list, take_side
from bot.rules.items import ItemView, local_date
from bot.rules.names import names_in
from bot.rules.roster import inside
from bot.services import budget_home, decision_lists, meeting_home
from bot.services.askers import Asker, require_member
from bot.services.item_owners import people_in
from bot.services.item_questions import roster_of
from bot.services.item_views import views_of
from bot.services.refused import Refused
from bot.services.settings import mine_to_set
from bot.services.waiting import waiting
from bot.services.work import Work
from storage import item_lists, items, people
from storage.item_lists import Wanted
from storage.tables import ItemStatus, Person, Side, TaskForce

# With ten questions of two blocks each, decisions, meetings and budget dates below the 100 blocks of a view.
HOME_ITEMS = 25
HOME_DEADLINES, HOME_DAYS = 10, timedelta(days=14)
STATUS = {Shown.ALL: None, Shown.CLOSED: ItemStatus.CLOSED}  # all others show what is open


@dataclass(frozen=True)
class Whose:
    """Whose parts a list is about; None: anybody's."""

    owner: Person | None = None
    side: Side | None = None


def list_page(work: Work, asker: Asker, rest: str, number: int = 0) -> Post:
    """A page of what the line asks for, as it is now; a page beyond the end is the last one."""
    line = read_list(rest)
    if asker.choices and line == ListLine((Shown.MINE,)):
        return _mine_everywhere(work, asker, str(line), number)
    everywhere = asker.choices if line.names_nobody else ()  # a name means something in one task force only
    members = [_as_member(work, asker, one) for one in everywhere] or [asker]
    task_force, _ = require_member(members[0])
    if not line.is_clear:
        raise Refused("list-one-each", word=slack_text.plain(rest))
    whose = [_whose(work, one, line) for one in members]
    wanted = [_wanted(work, *require_member(one), line, its) for one, its in zip(members, whose, strict=True)]
    number, total, found = item_lists.listed(work.session, wanted, number, PAGE)
    views = views_of(work.session, found)
    named = None if everywhere else task_force
    page = Page(named, line.shown, str(line), views, number, total, _filters(line, whose))
    return messages.list_page(page, work.now, asker.say)


def _as_member(work: Work, asker: Asker, task_force: TaskForce) -> Asker:
    """The same person as one of this task force."""
    person = people.person_of(work.session, task_force, asker.account.user_id)
    return replace(asker, task_force=task_force, person=person, choices=())


def _mine_everywhere(work: Work, asker: Asker, rest: str, number: int) -> Post:
    """In a direct message somebody of several task forces sees what is theirs to do in all of them."""
    user_id = asker.account.user_id
    total = item_lists.count_owned(work.session, user_id)
    number = max(0, min(number, (total - 1) // PAGE))
    views = views_of(work.session, item_lists.owned_by(work.session, user_id, PAGE, number * PAGE))
    return messages.list_page(Page(None, Shown.MINE, rest, views, number, total), work.now, asker.say)


def home(work: Work, asker: Asker) -> View:
    """What somebody is asked and what they still have to do, over all their task forces, the most urgent first."""
    found = item_lists.owned_by(work.session, asker.account.user_id, HOME_ITEMS + 1)
    task_forces = people.task_forces_of(work.session, asker.account.user_id)
    views = views_of(work.session, found[:HOME_ITEMS])
    several = len(task_forces) > 1
    shown = home_message.Home(
        views,
        task_forces,
        waiting(work, asker),
        decision_lists.awaiting(work, asker),
        meeting_messages.mine(meeting_home.mine(work, asker, task_forces), asker.say, several=several),
        budget_messages.mine(budget_home.mine(work, asker, task_forces), work.now, asker.say, several=several),
        _deadlines(work, asker, task_forces),
        mine_to_set(work, asker),
        more=len(found) > HOME_ITEMS,
    )
    return home_message.home(shown, work.now, asker.say)


def _deadlines(work: Work, asker: Asker, task_forces: Sequence[TaskForce]) -> list[ItemView]:
    """The next due dates of some task forces, whoever owns the items; what is overdue stands in lists of its own."""
    coming = [
        items.due_between(work.session, one.id or 0, today, today + HOME_DAYS, HOME_DEADLINES, inside(person))
        for one in task_forces
        for today in [local_date(work.now, one)]
        for person in [people.person_of(work.session, one, asker.account.user_id)]
    ]
    found = sorted((item for some in coming for item in some), key=lambda one: (one.due_on or date.max, one.id or 0))
    return views_of(work.session, found[:HOME_DEADLINES])


def _wanted(work: Work, task_force: TaskForce, person: Person, line: ListLine, whose: Whose) -> Wanted:
    owner = whose.owner or (person if line.is_mine else None)
    today = local_date(work.now, task_force)
    status = STATUS.get(line.shown, ItemStatus.OPEN)
    return Wanted(
        task_force_id=task_force.id or 0,
        status=status,
        owner_id=owner.id if owner else None,
        side_id=whose.side.id if whose.side else None,
        stream=line.streams[0] if line.streams else "",
        due_before=today if Shown.OVERDUE in line.kinds else None,
        half_done=Shown.WAITING in line.kinds,
        unconfirmed=line.is_mine and status is ItemStatus.OPEN,
        inside=inside(person),
    )


def _filters(line: ListLine, whose: Sequence[Whose]) -> Filters:
    """What the list's heading says besides its kind."""
    kinds = tuple(one for one in line.kinds if one not in (line.shown, Shown.OPEN))
    sides = [one.side for one in whose if one.side]
    return Filters(kinds, whose[0].owner, sides, line.streams[0] if line.streams else "")


def _whose(work: Work, asker: Asker, line: ListLine) -> Whose:
    """The person and the side that the line names."""
    task_force, person = require_member(asker)
    sides = people.sides(work.session, task_force.id or 0)
    side_name, names = take_side(line.word, [side.name for side in sides])
    own = person.side_id if line.ours else 0
    side = next((one for one in sides if one.id == own or one.name == side_name), None)
    if side_name and line.ours:
        raise Refused("list-one-each", word=line.word)
    if not names and not line.user_ids:
        return Whose(side=side)
    if names_in(names, roster_of(work, task_force))[1]:
        raise Refused("list-whose", word=names)
    named = people_in(work, task_force, " ".join([*(f"<@{one}>" for one in line.user_ids), names]))
    if len(named) > 1 or line.is_mine:
        raise Refused("list-one-each", word=names)
    return Whose(named[0], side)
