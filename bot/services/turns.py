"""A new working day: cards that count the days of a side's turn show the new number."""

from bot.rules.items import days_change_at
from bot.services.items import show_card
from bot.services.work import Work
from storage import items, turns
from storage.items import Wanted
from storage.tables import ItemStatus

AT_ONCE = 20  # task forces in one transaction
MOST = 1000  # half-done items of one task force


def count_days(work: Work) -> bool:
    """See to some task forces; False when there are no more for which a day began."""
    due = turns.uncounted(work.session, work.now, AT_ONCE)
    for task_force in due:
        wanted = Wanted(task_force.id or 0, status=ItemStatus.OPEN, half_done=True)
        for item in items.page(work.session, wanted, 0, MOST):
            show_card(work, item)
        task_force.days_counted_until = days_change_at(work.now, task_force)
    return len(due) == AT_ONCE
