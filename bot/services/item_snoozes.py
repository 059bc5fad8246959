"""Reminders about an item that rest for one person."""

from datetime import date

from bot.messages import item_dues as messages
from bot.messages.post import Reply
from bot.rules import item_dues as rules
from bot.rules.dates import Kind
from bot.rules.items import local_date
from bot.services.askers import Asker
from bot.services.calendars import calendar_of
from bot.services.confirmations import require_open
from bot.services.item_dues import read_words
from bot.services.item_reminders import reckon
from bot.services.item_views import view_of
from bot.services.items import lock, record, require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items
from storage.tables import Item, Person, Snooze, TaskForce


def snooze(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """Let reminders about an item rest for the asker, until a day in words or in ISO; without one it is asked."""
    task_force, person = require_changer(asker)
    item = lock(work, asker, item)
    require_open(item)
    choices = _days(work, task_force, person, words)
    if len(choices) != 1:
        return Reply(messages.until_when(view_of(work.session, item), choices, asker.say, are_usual=not words))
    until = choices[0]
    if until <= local_date(work.now, task_force):
        raise Refused("item-snooze-past")
    kept = items.snooze_of(work.session, item.id or 0, person.id or 0)
    old = {"until": kept.until.isoformat()} if kept else None
    kept = kept or Snooze(item_id=item.id or 0, person_id=person.id or 0, until=until)
    kept.until = until
    work.session.add(kept)
    work.session.flush()
    reckon(work, item)
    record(work, item, "snoozed", person.id, old=old, new={"until": until.isoformat()})
    return Reply(messages.snoozed(view_of(work.session, item), until, asker.say))


def _days(work: Work, task_force: TaskForce, person: Person, words: str) -> list[date]:
    """The day that is meant, one on which the person works; several when it must be asked."""
    today, calendar = local_date(work.now, task_force), calendar_of(work.session, task_force, person)
    if not words:
        return [rules.tomorrow(today, calendar), rules.next_week(today, calendar)]
    if day := rules.rest_until(words, today, calendar):
        return [day]
    read = read_words(work, task_force, words)
    if read.kind is Kind.NONE or not read.readings:
        raise Refused("item-snooze-unread", written=words)
    return list(dict.fromkeys(one.date for one in read.readings))[: messages.MOST]
