"""Reminders about an item that rest for one person."""

from bot.messages import item_dues as messages
from bot.messages.items import ref
from bot.messages.post import Reply
from bot.services.askers import Asker
from bot.services.confirmations import require_open
from bot.services.item_reminders import reckon
from bot.services.item_views import view_of
from bot.services.items import lock, record, require_changer
from bot.services.snoozes import days, keep
from bot.services.work import Work
from storage.tables import Item


def snooze(work: Work, asker: Asker, item: Item, words: str) -> Reply:
    """Let reminders about an item rest for the asker, until a day in words or in ISO; without one it is asked."""
    task_force, person = require_changer(asker)
    item = lock(work, asker, item)
    require_open(item)
    choices = days(work, task_force, person, words, ref(item))
    if len(choices) != 1:
        return Reply(messages.until_when(view_of(work.session, item), choices, asker.say, are_usual=not words))
    until = choices[0]
    old = keep(work, task_force, person, item, until, ref(item))
    reckon(work, item)
    record(work, item, "snoozed", person.id, old=old, new={"until": until.isoformat()})
    return Reply(messages.snoozed(view_of(work.session, item), until, asker.say))
