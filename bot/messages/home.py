"""The app's Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import dates, ids
from bot.messages.blocks import SECTION_LIMIT, actions, button, context, divider, header, section
from bot.messages.escape import escape_within, whole_lines
from bot.messages.item_lists import row
from bot.messages.items import ref, state_short
from bot.messages.menu import menu_actions, word
from bot.messages.own_settings import settings_button
from bot.messages.post import Block, Post, View
from bot.messages.settings import settings_button as task_force_settings
from bot.messages.waiting import waiting
from bot.rules.grammar import Verb
from bot.rules.items import ItemView, is_overdue, local_date
from config.words import Say
from storage.tables import TaskForce

_DAYS_OFF = (Verb.HOLIDAY, Verb.LEAVE)


@dataclass(frozen=True)
class Home:
    """What somebody's Home shows: open items the most urgent first, what they were asked and have not answered, and what awaits them."""

    views: Sequence[ItemView]
    task_forces: Sequence[TaskForce]
    questions: Sequence[Post] = ()
    decisions: Sequence[Block] = ()  # that await the reader's confirmation
    meetings: Sequence[Block] = ()  # that are held, come, or wait for the reader
    budget: Sequence[Block] = ()  # dates of the reader's own lines
    deadlines: Sequence[ItemView] = ()  # of all, in the order of their dates
    to_set: Sequence[TaskForce] = ()  # whose settings this person may change
    more: bool = False  # there are more items


def home(shown: Home, now: datetime, say: Say) -> View:
    """Questions, decisions that await me, my meetings, then my open items, overdue ones apart, and my budget's dates, over all my task forces.

    For a newcomer, how to begin.
    """
    blocks = [header(say("home-title")), menu_actions(say), divider()]
    if not shown.task_forces:
        blocks.append(section(say("home-nowhere")))
    elif not (shown.views or shown.decisions or shown.questions or shown.meetings or shown.budget):
        blocks.append(section(say("home-nothing")))
    blocks += [*waiting(shown.questions, say), *shown.decisions, *shown.meetings]
    late = [view for view in shown.views if is_overdue(view.item, local_date(now, view.task_force))]
    several = len(shown.task_forces) > 1
    blocks += _part(say("home-overdue"), late, now, say, several=several)
    blocks += _part(say("home-open"), [view for view in shown.views if view not in late], now, say, several=several)
    if shown.more:
        blocks.append(context(say("home-more", shown=str(len(shown.views)))))
    blocks += [*shown.budget, *_deadlines(shown, now, say), *_settings(shown, say)]
    return {"type": "home", "blocks": blocks}


def _deadlines(shown: Home, now: datetime, say: Say) -> list[Block]:
    """What is due soon in my task forces, whoever owns it, in one line each."""
    if not shown.deadlines:
        return []
    several = len(shown.task_forces) > 1
    lines = []
    for view in shown.deadlines:
        line = say(
            "home-deadline",
            due=dates.due(say, view.item.due_on, view.item.due_at),
            ref=ref(view.item),
            title=escape_within(view.item.title, 80),
            state=state_short(view, now, say),
        )
        lines.append(f"{line} · {escape_within(view.task_force.name, 40)}" if several else line)
    title = say("home-deadlines")
    return [divider(), section(f"*{title}*"), context(whole_lines(lines, SECTION_LIMIT))]


def _settings(shown: Home, say: Say) -> list[Block]:
    """One's own settings, days off, and the settings of each task force that one may change."""
    buttons = [settings_button(say)]
    if shown.task_forces:
        buttons += [button(say(f"home-{verb}"), f"{ids.RUN}-{verb}", word(say, verb)) for verb in _DAYS_OFF]
    title = say("home-settings")
    blocks = [divider(), section(f"*{title}*"), actions(*buttons)]
    if shown.to_set:
        blocks.append(actions(*(task_force_settings(say, one) for one in shown.to_set[:25])))
    return blocks


def _part(title: str, views: Sequence[ItemView], now: datetime, say: Say, *, several: bool) -> list[Block]:
    if not views:
        return []
    return [section(f"*{title}* · {len(views)}"), *(row(view, now, say, with_name=several) for view in views)]
