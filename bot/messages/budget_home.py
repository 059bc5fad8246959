"""The reader's budget dates on the Home."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages import ids
from bot.messages.blocks import button, context, section
from bot.messages.escape import escape, escape_within
from bot.messages.menu import word
from bot.messages.milestones import named, state, when
from bot.messages.post import Block
from bot.rules.budget import LineView
from bot.rules.grammar import Verb
from bot.rules.items import local_date
from config.words import Say
from storage.tables import Milestone

MOST, NAME_SHOWN = 5, 60


def mine(dated: Sequence[tuple[LineView, Milestone]], now: datetime, say: Say, *, several: bool) -> list[Block]:
    """A line each; all of the budget is one click away."""
    if not dated:
        return []
    title = say("home-budget")
    everything = button(say("home-budget-all"), f"{ids.RUN}-{Verb.BUDGET}", word(say, Verb.BUDGET))
    lines = [_line(view, one, now, say, several=several) for view, one in dated[:MOST]]
    return [section(f"*{title}* · {len(dated)}", accessory=everything), context("\n".join(lines))]


def _line(view: LineView, one: Milestone, now: datetime, say: Say, *, several: bool) -> str:
    today = local_date(now, view.task_force)
    parts = [
        named(view, one, say),
        escape_within(view.line.name, NAME_SHOWN),
        when(one, say),
        state(view, one, today, say),
    ]
    return " · ".join([*parts, escape(view.task_force.name)] if several else parts)
