"""What is said about a budget line when Slack lets the bot not write to whom it concerns."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages.blocks import actions, section
from bot.messages.budget import facts, named_line, ordered, ref, show_button
from bot.messages.escape import whole_lines
from bot.messages.items import named
from bot.messages.milestones import named as named_milestone
from bot.messages.milestones import state, when
from bot.messages.post import Post
from bot.rules.budget import LineView
from bot.rules.items import local_date
from bot.rules.milestones import is_alive
from config.words import Say
from storage.tables import BudgetLine, Person

NEXT = 3  # dates


def mention(line: BudgetLine, user_ids: Sequence[str], say: Say) -> Post:
    """Nothing of what the direct message said, which was not for everybody: only where to look. It does ping."""
    who = " ".join(f"<@{user_id}>" for user_id in user_ids)
    text = say("budget-mention", who=who, ref=ref(line))
    return Post(text, [section(text), actions(show_button(line, say))])


def instead(view: LineView, person: Person, now: datetime, say: Say) -> Post:
    """To who looks after the side: whom to tell, and the next dates of the line."""
    today = local_date(now, view.task_force)
    alive = [one for one in ordered(view.milestones, today) if is_alive(one)][:NEXT]
    dated = [f"{named_milestone(view, one, say)} · {when(one, say)} · {state(view, one, today, say)}" for one in alive]
    lines = [say("budget-instead", who=named(person)), f"*{named_line(view.line)}* · {facts(view, say)}", *dated]
    return Post(whole_lines(lines), [section("\n".join(lines)), actions(show_button(view.line, say))])
