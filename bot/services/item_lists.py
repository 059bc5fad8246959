"""Lists of items, and the Home tab."""

from bot.messages import home as home_message
from bot.messages import item_lists as messages
from bot.messages.item_lists import PAGE, Page
from bot.messages.post import Post, View
from bot.rules.item_lists import ListLine, Shown, read_list
from bot.rules.items import local_date
from bot.rules.roster import inside
from bot.services import item_questions
from bot.services.askers import Asker, require_member
from bot.services.item_views import views_of
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items, people, questions
from storage.items import Wanted
from storage.tables import ItemStatus, Person, TaskForce

HOME_ITEMS = 30  # with a line each for the task force and ten blocks of questions, below the 100 blocks of a view
HOME_QUESTIONS = 10
STATUS = {Shown.ALL: None, Shown.CLOSED: ItemStatus.CLOSED}  # all others show what is open


def list_page(work: Work, asker: Asker, rest: str, number: int = 0) -> Post:
    """A page of what the line asks for, as it is now; a page beyond the end is the last one."""
    line = read_list(rest)
    if asker.choices and line == ListLine(Shown.MINE):
        return _mine_everywhere(work, asker, rest, number)
    task_force, person = require_member(asker)
    wanted = _wanted(work, task_force, person, line)
    total = items.count(work.session, wanted)
    number = max(0, min(number, (total - 1) // PAGE))
    views = views_of(work.session, items.page(work.session, wanted, number * PAGE, PAGE))
    return messages.list_page(Page(task_force, line.shown, rest, views, number, total), work.now, asker.say)


def _mine_everywhere(work: Work, asker: Asker, rest: str, number: int) -> Post:
    """In a direct message somebody of several task forces sees what is theirs to do in all of them."""
    user_id = asker.account.user_id
    total = items.count_owned(work.session, user_id)
    number = max(0, min(number, (total - 1) // PAGE))
    views = views_of(work.session, items.owned_by(work.session, user_id, PAGE, number * PAGE))
    return messages.list_page(Page(None, Shown.MINE, rest, views, number, total), work.now, asker.say)


def home(work: Work, asker: Asker) -> View:
    """What somebody is asked and what they still have to do, over all their task forces, the most urgent first."""
    found = items.owned_by(work.session, asker.account.user_id, HOME_ITEMS + 1)
    task_forces = people.task_forces_of(work.session, asker.account.user_id)
    views = views_of(work.session, found[:HOME_ITEMS])
    asked = item_questions.asked(work, asker, questions.open_to(work.session, asker.account.user_id, HOME_QUESTIONS))
    shown = home_message.Home(views, task_forces, asked, more=len(found) > HOME_ITEMS)
    return home_message.home(shown, work.now, asker.say)


def _wanted(work: Work, task_force: TaskForce, person: Person, line: ListLine) -> Wanted:
    owner, side_id = _whose(work, task_force, line)
    today = local_date(work.now, task_force)
    return Wanted(
        task_force_id=task_force.id or 0,
        status=STATUS.get(line.shown, ItemStatus.OPEN),
        owner_id=owner.id if owner else person.id if line.shown is Shown.MINE else None,
        side_id=side_id,
        stream=line.stream,
        due_before=today if line.shown is Shown.OVERDUE else None,
        half_done=line.shown is Shown.WAITING,
        unconfirmed=line.shown is Shown.MINE,
        inside=inside(person),
    )


def _whose(work: Work, task_force: TaskForce, line: ListLine) -> tuple[Person | None, int | None]:
    """The person or the side that the line names."""
    if line.user_id:
        person = people.person_of(work.session, task_force, line.user_id)
        if person is None:
            raise Refused("item-owner-not-in-roster", name=people.account(work.session, line.user_id).name)
        return person, None
    if not line.word:
        return None, None
    word = line.word.casefold()
    side = next((one for one in people.sides(work.session, task_force.id or 0) if one.name.casefold() == word), None)
    if side:
        return None, side.id
    named = people.named(work.session, task_force, line.word)
    if len(named) != 1:
        raise Refused("list-whose", word=line.word)
    return named[0], None
