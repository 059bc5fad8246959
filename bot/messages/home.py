"""The app's Home tab."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.blocks import context, divider, header, section
from bot.messages.escape import escape
from bot.messages.item_lists import row
from bot.messages.menu import menu_actions
from bot.messages.post import Block, View
from bot.rules.items import ItemView, is_overdue, local_date
from config.words import Say
from storage.tables import TaskForce


def home(views: Sequence[ItemView], task_forces: Sequence[TaskForce], more: bool, now: datetime, say: Say) -> View:
    """My open items, overdue ones apart, over all my task forces; the menu; or, for a newcomer, how to begin."""
    blocks = [header(say("home-title")), menu_actions(say), divider()]
    if not task_forces:
        blocks.append(section(say("home-nowhere")))
    elif not views:
        blocks.append(section(say("home-nothing")))
    late = [view for view in views if is_overdue(view.item, local_date(now, view.task_force))]
    several = len(task_forces) > 1
    blocks += _part(say("home-overdue"), late, now, say, several=several)
    blocks += _part(say("home-open"), [view for view in views if view not in late], now, say, several=several)
    if more:
        blocks.append(context(say("home-more", shown=str(len(views)))))
    return {"type": "home", "blocks": blocks}


def _part(title: str, views: Sequence[ItemView], now: datetime, say: Say, *, several: bool) -> list[Block]:
    if not views:
        return []
    blocks = [section(f"*{title}* · {len(views)}")]
    for view in views:
        blocks.append(row(view, now, say))
        if several:
            blocks.append(context(escape(view.task_force.name)))
    return blocks
