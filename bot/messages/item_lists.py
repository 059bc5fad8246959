"""Lists of items, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, section
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.items import TITLE_SHOWN, internal_mark, item_button, owners, ref, state_short
from bot.messages.menu import menu_button
from bot.messages.post import Block, Post
from bot.rules.item_lists import Shown
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import TaskForce

PAGE = 10


@dataclass(frozen=True)
class Page:
    """One page of a list. `rest` is what was asked for: the buttons ask it again, whatever has changed by then."""

    task_force: TaskForce | None  # None: all that somebody is in
    shown: Shown
    rest: str
    views: Sequence[ItemView]
    number: int  # from 0
    total: int


def list_page(page: Page, now: datetime, say: Say) -> Post:
    """A heading, the items with a button each, and the way to the other pages."""
    pages = max(1, -(-page.total // PAGE))
    kind = say(f"list-{page.shown}")
    heading = say("list-heading", name=_name(page, say), kind=kind, total=str(page.total))
    if not page.total:
        return Post(
            f"{heading}\n{say('list-empty')}", [section(heading), section(say("list-empty")), _ways(page, 1, say)]
        )
    if pages > 1:
        heading = say("list-heading-page", heading=heading, page=str(page.number + 1), pages=str(pages))
    rows = [row(view, now, say, named=page.task_force is None) for view in page.views]
    text = whole_lines([heading, *(block["text"]["text"] for block in rows)])
    return Post(text, [section(heading), *rows, _ways(page, pages, say)])


def _name(page: Page, say: Say) -> str:
    return escape(page.task_force.name) if page.task_force else say("list-everywhere")


def row(view: ItemView, now: datetime, say: Say, *, named: bool = False) -> Block:
    """An item in two lines, with a button that shows it. `named`: with the name of its task force."""
    facts = [escape(view.task_force.name)] if named else []
    facts += [dates.due(say, view.item.due_on, view.item.due_at), owners(view)]
    if view.item.stream:
        facts.append(f"#{escape(view.item.stream)}")
    if view.item.internal_to:
        facts.append(internal_mark(view, say))
    text = f"*{ref(view.item)}* {escape_within(view.item.title, TITLE_SHOWN)}\n{' · '.join(facts)}\n{state_short(view, now, say)}"
    return section(text, accessory=item_button(say("item-details"), ids.ITEM_DETAILS, view.item))


def _ways(page: Page, pages: int, say: Say) -> Block:
    """Buttons to the page before and the page after, and to the menu."""
    ways, of = [], (page.task_force.id or 0) if page.task_force else 0
    for where, action_id in ((page.number - 1, ids.LIST_BEFORE), (page.number + 1, ids.LIST_AFTER)):
        if 0 <= where < pages:
            ways.append(button(say(action_id), action_id, ids.item_value(of, where, page.rest)))
    search = button(say("list-search"), f"{ids.RUN}-search", "search")
    return actions(*ways, search, menu_button(say))
