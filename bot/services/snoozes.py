"""Until when reminders are to rest for one person: what is common to items and to milestones of the budget."""

from datetime import date

from bot.messages.snoozes import MOST
from bot.rules import item_dues as rules
from bot.rules.dates import Kind, offered_days
from bot.rules.items import local_date
from bot.services.calendars import calendar_of
from bot.services.item_dues import read_words
from bot.services.refused import Refused
from bot.services.work import Work
from storage import snoozes
from storage.tables import Item, Milestone, Person, TaskForce


def days(work: Work, task_force: TaskForce, person: Person, words: str, ref: str) -> list[date]:
    """The day that is meant, one on which the person works; several when it must be asked."""
    today, calendar = local_date(work.now, task_force), calendar_of(work.session, task_force, person)
    if not words:
        return [rules.tomorrow(today, calendar), rules.next_week(today, calendar)]
    if day := rules.rest_until(words, today, calendar):
        return [day]
    read = read_words(work, task_force, words)
    if read.kind is Kind.NONE or not read.readings:
        raise Refused("item-snooze-unread", written=words, ref=ref)
    return offered_days(read.readings, MOST)


def keep(
    work: Work, task_force: TaskForce, person: Person, of: Item | Milestone, until: date, ref: str
) -> dict[str, str] | None:
    """Let them rest until that day; gives, for the history, until when they rested before."""
    if until <= local_date(work.now, task_force):
        raise Refused("item-snooze-past", ref=ref)
    before = snoozes.until(work.session, of, person.id or 0)
    snoozes.put(work.session, of, person.id or 0, until)
    return {"until": before.isoformat()} if before else None
