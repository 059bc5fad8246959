"""A new working day: cards that count the days of a side's turn, or since the due date, show the new number."""

from bot.rules.items import days_change_at, local_date
from bot.services.calendars import calendar_of
from bot.services.confirmations import settle
from bot.services.items import show_card
from bot.services.work import Work
from storage import item_lists, items, turns
from storage.item_lists import Wanted
from storage.tables import Item, ItemStatus, TaskForce

AT_ONCE = 20  # task forces in one transaction
MOST = 1000  # items of one kind of one task force


def count_days(work: Work) -> bool:
    """See to some task forces; False when there are no more for which a day began."""
    due = turns.uncounted(work.session, work.now, AT_ONCE)
    for task_force in due:
        half_done, late = _counting(work, task_force)
        for item in item_lists.page(work.session, [half_done], 0, MOST):
            _settle(work, item)
        for item in item_lists.page(work.session, [late], 0, MOST):
            show_card(work, item)
        task_force.days_counted_until = days_change_at(work.now, task_force, calendar_of(work.session, task_force))
    return len(due) == AT_ONCE


def _settle(work: Work, item: Item) -> None:
    """Its card anew; closed if one side is enough by now.

    The closing rule is looked at here, not where it is changed: who confirms at that moment could not see the change.
    """
    locked = items.lock(work.session, item.id or 0)
    if locked.status is ItemStatus.OPEN:
        settle(work, locked, items.parts(work.session, locked.id or 0), None)


def _counting(work: Work, task_force: TaskForce) -> tuple[Wanted, Wanted]:
    """The items on whose cards days are counted."""
    of, today = task_force.id or 0, local_date(work.now, task_force)
    half_done = Wanted(of, status=ItemStatus.OPEN, half_done=True, every_side=True)
    return half_done, Wanted(of, status=ItemStatus.OPEN, due_before=today, every_side=True)
