"""An item's due date in words, and telling who owns the item when it moves."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.messages import item_dues as messages
from bot.messages import items as item_messages
from bot.messages.post import Post, Reply
from bot.rules.dates import Due, Kind, understand
from bot.rules.item_changes import due_word, read_due_word
from bot.rules.item_dues import takes_away
from bot.services.answers import tell_directly
from bot.services.askers import Asker, Surface, require_member
from bot.services.calendars import calendar_of
from bot.services.confirmations import require_open
from bot.services.item_changes import change_now
from bot.services.item_forms import edit_form
from bot.services.item_internals import addressed
from bot.services.item_views import view_of
from bot.services.items import require_changer
from bot.services.work import Work
from config.words import Say
from storage.tables import Item, OutboxRow, Person, TaskForce


def due(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """Give an item another due date, or none; what can be read in two ways is asked, what cannot be read is said."""
    task_force, _ = require_changer(asker)
    require_open(item)
    if not words:
        return Reply(view=edit_form(work, asker, item))
    if takes_away(words):
        return _set(work, asker, item, "")
    read = read_words(work, task_force, words)
    if read.kind is Kind.DATE:
        taken_as = [asker.say(f"dates-why-{read.key}")] if read.key else []
        return _set(work, asker, item, due_word(read.reading.date, read.reading.time), *taken_as)
    if read.kind is Kind.NONE or not read.readings:
        why = asker.say(f"dates-why-{read.key or 'no-date'}")
        return Reply(messages.not_read(view_of(work.session, item), words, why, asker.say))
    return Reply(_asked(work, asker, item, words, read))


def read_words(work: Work, task_force: TaskForce, words: str) -> Due:
    """A date in words, read today in the task force's zone with its working days."""
    now, calendar = work.now.astimezone(ZoneInfo(task_force.zone)), calendar_of(work.session, task_force)
    return understand(words, now, calendar, end_of_day=task_force.day_ends_at)


def _asked(work: Work, asker: Asker, item: Item, words: str, read: Due) -> Post:
    """The question, also as a direct message: a private answer in a channel may vanish."""
    why = asker.say(f"dates-why-{read.key or 'unsure'}")
    ask = messages.which_due(view_of(work.session, item), words, why, read.readings, asker.say)
    if asker.who.surface is not Surface.DIRECT:
        tell_directly(work, asker.who.installation.id or 0, asker.who.user_id, ask)
    return ask


def _set(work: Work, asker: Asker, item: Item, word: str, *notes: str) -> Reply:
    wished = change_now(work, asker, item, {"due": word})
    view = view_of(work.session, item)
    if not wished:
        return Reply(item_messages.unchanged(view, asker.say))
    return Reply(item_messages.changed(view, work.now, asker.say, *notes))


def postpone(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """Ask what is to be put off, to the day in `words` if they are one: the due date, or only what reminds the asker of it."""
    task_force, _ = require_member(asker)
    require_open(item)
    read = read_words(work, task_force, words) if words else None
    day = read.reading if read and read.kind is Kind.DATE else None
    why = asker.say(f"dates-why-{read.key}") if read and read.key else ""
    return Reply(messages.what_to_postpone(view_of(work.session, item), day, why, asker.say))


def item_moved(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """To an owner: the due date has moved. Not if it is back where it was, or the item is done, when it is sent."""
    item = addressed(session, row)
    if item is None:
        return None
    view, (owner_id, *side_id) = view_of(session, item), map(int, row.subject.split(":")[1:])
    is_owner = any(share.owner.id == owner_id for share in view.shares)
    share = next((one for one in view.shares if [one.side.id] == side_id), None)
    old, new = read_due_word(row.args["old"]), (item.due_on, item.due_at)
    if share:
        new = share.part.due_on, None
    if not is_owner or not view.is_open or old == new or (side_id and not share):
        return None
    return messages.moved(view, old, new, session.get_one(Person, row.args["by"]), say, share.side if share else None)
