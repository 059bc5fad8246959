"""The app's Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages.blocks import context, divider, header, section
from bot.messages.escape import escape
from bot.messages.item_lists import row
from bot.messages.menu import menu_actions
from bot.messages.post import Block, Post, View
from bot.rules.items import ItemView, is_overdue, local_date
from config.words import Say
from storage.tables import TaskForce


@dataclass(frozen=True)
class Home:
    """What somebody's Home shows: open items the most urgent first, what they were asked and have not answered, and what awaits them."""

    views: Sequence[ItemView]
    task_forces: Sequence[TaskForce]
    questions: Sequence[Post] = ()
    decisions: Sequence[Block] = ()  # that await the reader's confirmation
    more: bool = False  # there are more items


def home(shown: Home, now: datetime, say: Say) -> View:
    """Questions, decisions that await me, then my open items, overdue ones apart, over all my task forces; or, for a newcomer, how to begin."""
    blocks = [header(say("home-title")), menu_actions(say), divider()]
    if not shown.task_forces:
        blocks.append(section(say("home-nowhere")))
    elif not (shown.views or shown.decisions):
        blocks.append(section(say("home-nothing")))
    if shown.questions:
        title = say("home-questions")
        blocks.append(section(f"*{title}* · {len(shown.questions)}"))
        blocks += [block for question in shown.questions for block in question.blocks]
    blocks += shown.decisions
    late = [view for view in shown.views if is_overdue(view.item, local_date(now, view.task_force))]
    several = len(shown.task_forces) > 1
    blocks += _part(say("home-overdue"), late, now, say, several=several)
    blocks += _part(say("home-open"), [view for view in shown.views if view not in late], now, say, several=several)
    if shown.more:
        blocks.append(context(say("home-more", shown=str(len(shown.views)))))
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
