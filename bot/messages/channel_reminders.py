"""The channel's reminder: dates and what they are about, in the order of the days; nobody is named or pinged."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.escape import escape_within, whole_lines
from bot.messages.items import item_button, ref
from bot.messages.menu import word
from bot.messages.post import Post
from bot.rules.grammar import Verb
from bot.rules.items import ItemView, local_date
from config.words import Say

SHOWN, TITLE_SHOWN = 10, 150


def reminder(views: Sequence[ItemView], now: datetime, say: Say) -> Post:
    """What is due today and on the next working day."""
    heading = say("channel-heading", count=str(len(views)))
    lines = [_line(view, now, say) for view in views[:SHOWN]]
    buttons = [
        section(line, accessory=item_button(say("item-details"), ids.ITEM_DETAILS, view.item))
        for line, view in zip(lines, views, strict=False)
    ]
    more = len(views) - SHOWN
    listed = button(say("channel-all"), f"{ids.RUN}-list", word(say, Verb.LIST))
    others = [context(say("channel-more", count=str(more)))] if more > 0 else []
    return Post(whole_lines([heading, *lines]), [section(heading), *buttons, *others, actions(listed)])


def _line(view: ItemView, now: datetime, say: Say) -> str:
    due = dates.due(say, view.item.due_on, view.item.due_at)
    when = say("dates-today") if view.item.due_on == local_date(now, view.task_force) else ""
    title = f"*{ref(view.item)}* {escape_within(view.item.title, TITLE_SHOWN)}"
    return " · ".join(part for part in (f"*{due}*", when, title) if part)
