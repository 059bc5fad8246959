"""Lists of items, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, section
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.items import TITLE_SHOWN, internal_mark, item_button, named, ref, state_short, with_side
from bot.messages.menu import export_button, menu_button
from bot.messages.post import Block, Post
from bot.rules.item_lists import Shown
from bot.rules.items import ItemView, Share
from config.words import Say
from storage.tables import Person, Side, TaskForce

PAGE = 10


@dataclass(frozen=True)
class Filters:
    """What a list shows only: further kinds, a person's and a side's parts (over several task forces: sides'), a workstream."""

    kinds: Sequence[Shown] = ()
    owner: Person | None = None
    sides: Sequence[Side] = ()
    stream: str = ""


@dataclass(frozen=True)
class Page:
    """One page of a list. `rest` is what was asked for: the buttons ask it again, whatever has changed by then."""

    task_force: TaskForce | None  # None: all that somebody is in
    shown: Shown
    rest: str
    views: Sequence[ItemView]
    number: int  # from 0
    total: int
    filters: Filters = Filters()


def list_page(page: Page, now: datetime, say: Say) -> Post:
    """A heading, the items with a button each, and the way to the other pages."""
    pages = max(1, -(-page.total // PAGE))
    kind = " · ".join([say(f"list-{page.shown}"), *_filters(page.filters, say)])
    heading = say("list-heading", name=_name(page, say), kind=kind, total=str(page.total))
    if not page.total:
        return Post(
            f"{heading}\n{say('list-empty')}", [section(heading), section(say("list-empty")), _ways(page, 1, say)]
        )
    if pages > 1:
        heading = say("list-heading-page", heading=heading, page=str(page.number + 1), pages=str(pages))
    rows = [row(view, now, say, with_name=page.task_force is None) for view in page.views]
    text = whole_lines([heading, *(block["text"]["text"] for block in rows)])
    return Post(text, [section(heading), *rows, _ways(page, pages, say)])


def _filters(filters: Filters, say: Say) -> list[str]:
    """Each in words, escaped."""
    words = [say(f"list-{kind}") for kind in filters.kinds]
    if filters.sides:
        words.append(" / ".join(dict.fromkeys(escape(one.name) for one in filters.sides)))
    if filters.owner:
        words.append(named(filters.owner))
    return [*words, f"#{escape_within(filters.stream, 100)}"] if filters.stream else words


def _name(page: Page, say: Say) -> str:
    return escape(page.task_force.name) if page.task_force else say("list-everywhere")


def row(view: ItemView, now: datetime, say: Say, *, with_name: bool = False) -> Block:
    """An item in three lines: what, when and whose turn, whose; with a button that shows it. `with_name`: of its task force.

    A phone has some twenty characters beside the button: what is looked for stands at the beginning of a line.
    """
    when = [dates.due(say, view.item.due_on, view.item.due_at), state_short(view, now, say)]
    whose = [escape_within(view.task_force.name, 40)] if with_name else []
    whose.append(" / ".join(_owner(one, say) for one in view.shares))
    if view.item.stream:
        whose.append(f"#{escape(view.item.stream)}")
    if view.item.internal_to:
        whose.append(internal_mark(view, say))
    title = f"*{ref(view.item)}* {escape_within(view.item.title, TITLE_SHOWN)}"
    text = "\n".join([title, " · ".join(when), " · ".join(whose)])
    return section(text, accessory=item_button(say("item-details"), ids.ITEM_DETAILS, view.item))


def _owner(share: Share, say: Say) -> str:
    """An owner, with the own date of the part; escaped."""
    own = share.part.due_on
    return with_side(share) + (f" ({say('dates-until', due=dates.day(say, own))})" if own else "")


def _ways(page: Page, pages: int, say: Say) -> Block:
    """Buttons to the page before and the page after, and to the menu."""
    ways, of = [], (page.task_force.id or 0) if page.task_force else 0
    for where, action_id in ((page.number - 1, ids.LIST_BEFORE), (page.number + 1, ids.LIST_AFTER)):
        if 0 <= where < pages:
            ways.append(button(say(action_id), action_id, ids.item_value(of, where, page.rest)))
    search = button(say("list-search"), f"{ids.RUN}-search", "search")
    sheet = export_button(say, page.task_force)
    return actions(*ways, search, sheet, menu_button(say))
