"""Several items from a pasted list: shown as understood, then made."""

from datetime import timedelta

from bot.messages import item_pasted as messages
from bot.messages.escape import escape_within
from bot.messages.item_pasted import PAGE, Entry, Preview, Result
from bot.messages.post import Post, Reply
from bot.rules import slack_text
from bot.rules.pasted import is_list, lines_of
from bot.services import item_lines, item_questions
from bot.services.answers import tell_directly
from bot.services.askers import Asker, Surface
from bot.services.item_changes import check_title
from bot.services.item_internals import check_scope
from bot.services.item_views import view_of
from bot.services.items import check_owners, create, require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import people, questions
from storage.tables import Item, ItemSource, PastedList, TaskForce

KEPT = timedelta(days=14)  # business time; what nobody took up in two weeks is out of date, and removed
BATCH = 20  # lines that one press makes: the transaction stays short


def add(work: Work, asker: Asker, rest: str) -> Reply:
    """One line makes an item; several are shown first. The preview comes as a direct message too: the answer may vanish."""
    task_force, _ = require_changer(asker)
    if not is_list(rest):
        return item_lines.add(work, asker, rest)
    pasted = item_lines.keep(work, asker, lines_of(rest))
    post = _preview(work, asker, task_force, pasted, 0)
    if asker.who.surface is not Surface.DIRECT:
        tell_directly(work, asker.who.installation.id or 0, asker.who.user_id, post)
    return Reply(post)


def page(work: Work, asker: Asker, list_id: int, number: int) -> Reply:
    """Another page of what was understood."""
    task_force, pasted = _find(work, asker, list_id)
    return Reply(_preview(work, asker, task_force, pasted, number))


def make(work: Work, asker: Asker, list_id: int) -> Reply:
    """Make the items of the next lines; what cannot be made is given back, what is left waits for another press."""
    task_force, pasted = _find(work, asker, list_id)
    now, later = pasted.lines[:BATCH], pasted.lines[BATCH:]
    entries = [_entry(work, asker, task_force, text) for text in now]
    if len(pasted.lines) == 1 and not entries[0].problem:  # nothing was shown of it yet: it is answered like any line
        work.session.delete(pasted)
        return item_lines.add(work, asker, pasted.lines[0], again=True)
    done = [_make(work, asker, entry) for entry in entries if not entry.problem]
    made = [messages.one_made(view_of(work.session, item)) for item, _ in done]
    asks = sum(len(asked) for _, asked in done)
    pasted.lines = later
    if not later:
        work.session.delete(pasted)
    refused = [entry for entry in entries if entry.problem]
    return Reply(messages.made(Result(task_force.id or 0, list_id, made, refused, len(later), asks), asker.say))


def drop(work: Work, asker: Asker, list_id: int) -> Reply:
    """Make nothing of what is left, and forget it."""
    _, pasted = _find(work, asker, list_id)
    count = len(pasted.lines)
    work.session.delete(pasted)
    return Reply(messages.dropped(count, asker.say))


def waiting(work: Work, asker: Asker, pasted: PastedList) -> Post:
    """That these lines are not made yet, with the buttons that make or drop them."""
    seen = [_seen(work, line) for line in pasted.lines]
    return messages.waiting(messages.Waiting(pasted.task_force_id, pasted.id or 0, seen), asker.say)


def _find(work: Work, asker: Asker, list_id: int) -> tuple[TaskForce, PastedList]:
    """The list, if it is the asker's own and something of it is left."""
    task_force, person = require_changer(asker)
    pasted = questions.lock_list(work.session, list_id)
    if pasted is None or (pasted.task_force_id, pasted.person_id) != (task_force.id, person.id):
        raise Refused("pasted-gone", days=str(KEPT.days))
    return task_force, pasted


def _preview(work: Work, asker: Asker, task_force: TaskForce, pasted: PastedList, number: int) -> Post:
    number = max(0, min(number, (len(pasted.lines) - 1) // PAGE))
    shown = pasted.lines[number * PAGE : (number + 1) * PAGE]
    entries = [_entry(work, asker, task_force, text) for text in shown]
    preview = Preview(task_force.id or 0, pasted.id or 0, entries, number, len(pasted.lines))
    return messages.preview(preview, asker.say)


def _entry(work: Work, asker: Asker, task_force: TaskForce, text: str) -> Entry:
    """A line as it is understood, or why it cannot become an item."""
    _, person = require_changer(asker)
    try:
        line = item_lines.understood(work, asker, task_force, text)
        owners = item_lines.owners_of(work, task_force, line)
        check_owners(owners)
        check_scope(work, person, item_lines.scope_of(asker, line), [one.side_id for one in owners])
        check_title(line.title)
    except Refused as no:
        args = {key: escape_within(arg, 100) if isinstance(arg, str) else arg for key, arg in no.args_of_key.items()}
        return Entry(_seen(work, text), problem=asker.say(no.key, **args))
    return Entry(text, line, owners)


def _seen(work: Work, line: str) -> str:
    """A line as its writer saw it: with names instead of ids."""
    names = {one: people.account(work.session, one).name for one in slack_text.mentioned(line)}
    return slack_text.plain(line, names)


def _make(work: Work, asker: Asker, entry: Entry) -> tuple[Item, list[Post]]:
    """Make one item; what it leaves open is asked with the item, under the menu and on the Home."""
    line = entry.line
    if line is None:
        raise ValueError("a line with a problem makes no item")
    item = create(work, asker, item_lines.draft_of(asker, line, entry.owners), again=True)
    asked = item_questions.keep(work, asker, item, line, has_owners=bool(entry.owners))
    if line.link:
        work.session.add(ItemSource(item_id=item.id or 0, permalink=line.link))
    return item, asked
