"""Reminders about a milestone that rest for one person."""

from collections.abc import Sequence
from datetime import date

from bot.messages import dates, ids, snoozes
from bot.messages.blocks import actions, section
from bot.messages.milestones import milestone_button, named, ref, when
from bot.messages.post import Post
from bot.rules.budget import LineView
from config.words import Say
from storage.tables import Milestone


def until_when(view: LineView, one: Milestone, days: Sequence[date], say: Say, *, are_usual: bool) -> Post:
    """Until when reminders are to rest for who asks."""
    of = one.task_force_id, one.id or 0
    return snoozes.until_when(named(view, one, say), ids.MILESTONE_SNOOZE, of, days, say, are_usual=are_usual)


def snoozed(view: LineView, one: Milestone, until: date, say: Say) -> Post:
    """To who asked: reminders about this milestone rest for them alone, and its date stays."""
    text = say("milestone-snoozed", ref=ref(view, one), until=dates.day(say, until), due=when(one, say))
    return Post(text, [section(text), actions(milestone_button(say("milestone-show"), ids.MILESTONE_SHOW, one))])
