"""The channel's reminder: dates and what they are about, in the order of the days; nobody is named or pinged."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.escape import escape_within, whole_lines
from bot.messages.items import item_button, ref
from bot.messages.menu import word
from bot.messages.post import Block, Post
from bot.rules.grammar import Verb
from bot.rules.items import ItemView, local_date
from config.words import Say

SHOWN, TITLE_SHOWN = 10, 150


def reminder(views: Sequence[ItemView], now: datetime, say: Say, budget: Sequence[tuple[str, Block]] = ()) -> Post:
    """What is due today and on the next working day; and `budget`: dates of joint lines, each with its button."""
    dated, why = _budget(budget, say), context(say("channel-why"))
    if not views:
        return Post(whole_lines([say("channel-budget"), *(text for text, _ in budget)]), [*dated, why])
    heading = say("channel-heading", count=str(len(views)))
    lines = [_line(view, now, say) for view in views[:SHOWN]]
    buttons = [
        section(line, accessory=item_button(say("item-details"), ids.ITEM_DETAILS, view.item))
        for line, view in zip(lines, views, strict=False)
    ]
    more = len(views) - SHOWN
    listed = button(say("channel-all"), f"{ids.RUN}-list", word(say, Verb.LIST))
    others = [context(say("channel-more", count=str(more)))] if more > 0 else []
    told = [heading, *lines, *(text for text, _ in budget)]
    return Post(whole_lines(told), [section(heading), *buttons, *others, *dated, actions(listed), why])


def _budget(found: Sequence[tuple[str, Block]], say: Say) -> list[Block]:
    rows = [section(text, accessory=button) for text, button in found[:SHOWN]]
    return [section(say("channel-budget")), *rows] if rows else []


def _line(view: ItemView, now: datetime, say: Say) -> str:
    due = dates.due(say, view.item.due_on, view.item.due_at)
    when = say("dates-today") if view.item.due_on == local_date(now, view.task_force) else ""
    title = f"*{ref(view.item)}* {escape_within(view.item.title, TITLE_SHOWN)}"
    return " · ".join(part for part in (f"*{due}*", when, title) if part)
