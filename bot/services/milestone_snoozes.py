"""Reminders about a milestone of the budget that rest for one person."""

from bot.messages import milestone_snoozes as messages
from bot.messages.milestones import ref
from bot.messages.post import Reply
from bot.services.askers import Asker
from bot.services.budget import require_changer
from bot.services.budget_views import view_of
from bot.services.milestone_reminders import reckon
from bot.services.milestones import lock, note, require_open
from bot.services.snoozes import days, keep
from bot.services.work import Work
from storage.tables import BudgetLine, Milestone


def snooze(work: Work, asker: Asker, line: BudgetLine, one: Milestone, words: str) -> Reply:
    """Let reminders about a milestone rest for the asker, until a day in words or in ISO; without one it is asked."""
    task_force, person = require_changer(asker)
    line, one = lock(work, asker, one)
    require_open(line, one)
    view = view_of(work.session, line)
    choices = days(work, task_force, person, words, ref(view, one))
    if len(choices) != 1:
        return Reply(messages.until_when(view, one, choices, asker.say, are_usual=not words))
    until = choices[0]
    old = keep(work, task_force, person, one, until, ref(view, one))
    note(work, line, one, "milestone-snoozed", person, old=old, new={"until": until.isoformat()})
    reckon(work, line)
    return Reply(messages.snoozed(view, one, until, asker.say))
