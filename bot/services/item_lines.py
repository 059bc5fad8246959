"""New items from what people type."""

from bot.rules.lines import TITLE_LIMIT, AddLine, ImpossibleDate, read_add, says_nothing
from bot.services.askers import Asker
from bot.services.items import Draft, create, require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import people
from storage.tables import Item, Person, TaskForce


def add(work: Work, asker: Asker, rest: str) -> tuple[Item, list[str]]:
    """Make the item that a line describes; gives it with what the asker should be told besides."""
    task_force, _ = require_changer(asker)
    line = understood(asker, rest)
    owners = tuple(owner_of(work, task_force, user_id) for user_id in line.owners)
    owners += tuple(owner_named(work, task_force, name) for name in line.names)
    item = create(work, asker, Draft(line.title, owners, line.due_on, line.due_at, line.stream))
    return item, [] if owners else [asker.say("item-owner-is-you")]


def understood(asker: Asker, rest: str) -> AddLine:
    """The line's parts, or a refusal that says which of them cannot be."""
    try:
        line = read_add(rest, asker.who.installation.bot_user_id)
    except ImpossibleDate as impossible:
        raise Refused("item-date-impossible", date=str(impossible)) from None
    check_title(line.title)
    return line


def check_title(title: str, field: str | None = None) -> None:
    """A title says something and is short enough to be read in a list."""
    if says_nothing(title):
        raise Refused("item-title-missing", field=field)
    if len(title) > TITLE_LIMIT:
        raise Refused("item-title-long", field=field, limit=str(TITLE_LIMIT), length=str(len(title)))


def owner_of(work: Work, task_force: TaskForce, user_id: str) -> Person:
    """The person of the roster that was mentioned."""
    person = people.person_of(work.session, task_force, user_id)
    if person is None:
        name = people.account(work.session, user_id).name or user_id
        raise Refused("item-owner-not-in-roster", name=name)
    return person


def owner_named(work: Work, task_force: TaskForce, name: str) -> Person:
    """The one person of the roster with this name; a name that fits nobody or several is asked about, never guessed."""
    found = people.named(work.session, task_force, name)
    if len(found) != 1:
        raise Refused("item-owner-name-unclear" if found else "item-owner-not-in-roster", name=name)
    return found[0]
