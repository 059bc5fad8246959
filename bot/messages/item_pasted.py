"""A pasted list: what was understood of each line, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, plain_section, section
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.items import item_button, named, ref, same_title
from bot.messages.menu import menu_button
from bot.messages.post import Block, Post
from bot.rules.dates import Kind
from bot.rules.items import ItemView
from bot.rules.lines import AddLine
from config.words import Say
from storage.tables import Person

PAGE = 10
SHOWN = 300  # characters of a line, escaped
LINES_SHOWN = 3  # of those that wait


@dataclass(frozen=True)
class Entry:
    """A line as it was understood; `problem` (escaped) says why it cannot become an item."""

    text: str
    line: AddLine | None = None
    owners: tuple[Person, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    """A page of a list. `number` is the page's, from 0; `total` counts the lines."""

    task_force_id: int
    list_id: int
    entries: Sequence[Entry]
    number: int
    total: int


@dataclass(frozen=True)
class Waiting:
    """Lines that wait for their writer's word, as the writer saw them."""

    task_force_id: int
    list_id: int
    lines: Sequence[str]


@dataclass(frozen=True)
class Result:
    """What became of some lines: items made (escaped), lines refused, how many wait, and how much is asked of the items."""

    task_force_id: int
    list_id: int
    made: Sequence[str]
    refused: Sequence[Entry]
    left: int
    asked: int = 0


def preview(shown: Preview, say: Say) -> Post:
    """What was understood, a line each; buttons that make them all, none, or show the other pages."""
    heading = say("pasted-heading", total=str(shown.total))
    first = shown.number * PAGE + 1
    lines = [f"{first + at}. {_understood(one, say)}" for at, one in enumerate(shown.entries)]
    value = ids.item_value(shown.task_force_id, 0, str(shown.list_id))
    ways = [
        button(say("pasted-make-all"), f"{ids.ITEM_PASTED}-make", value, style="primary"),
        _drop(value, say),
    ]
    for label, where in (("list-before", shown.number - 1), ("list-after", shown.number + 1)):
        if 0 <= where <= (shown.total - 1) // PAGE:
            ways.append(button(say(label), f"{ids.ITEM_PASTED}-page-{where}", value))
    return Post(whole_lines([heading, *lines]), [section(heading), *map(section, lines), actions(*ways)])


def same_title_asked(view: ItemView, list_id: int, now: datetime, say: Say) -> Post:
    """Whether an item is to be made twice, with buttons that make or drop the kept line."""
    text = same_title(view, now, say)
    value = ids.item_value(view.item.task_force_id, 0, str(list_id))
    buttons = [button(say("item-add-again"), f"{ids.ITEM_PASTED}-make", value), _drop(value, say)]
    return Post(text, [section(text), actions(*buttons, item_button(say("item-details"), ids.ITEM_DETAILS, view.item))])


def waiting(kept: Waiting, say: Say) -> Post:
    """Lines that are not made yet, and the ways to make, read and drop them."""
    count, value = len(kept.lines), ids.item_value(kept.task_force_id, 0, str(kept.list_id))
    begins = escape_within(" / ".join(kept.lines[:LINES_SHOWN]), SHOWN)
    text = say("pasted-waits", count=str(count), lines=begins)
    buttons = [
        button(say("pasted-make-all" if count > 1 else "pasted-make-one"), f"{ids.ITEM_PASTED}-make", value),
        button(say("pasted-read"), f"{ids.ITEM_PASTED}-page-0", value),
        _drop(value, say),
    ]
    return Post(text, [section(text), actions(*buttons)])


def made(result: Result, say: Say) -> Post:
    """The new items; the lines that could not become one, in full, with the reason; and the way to the rest."""
    heading = say("pasted-made", count=str(len(result.made)))
    blocks = [section(whole_lines([heading, *result.made], 2900))]
    for entry in result.refused:
        blocks += [section(entry.problem), plain_section(entry.text)]
    if result.asked:
        blocks += [section(say("pasted-asked", count=str(result.asked))), actions(menu_button(say))]
    if result.left:
        blocks.append(_rest(result, say))
    text = whole_lines([heading, *result.made, *(f"{one.problem} {escape(one.text)}" for one in result.refused)])
    return Post(text, blocks)


def one_made(view: ItemView) -> str:
    """A new item in a line, escaped."""
    return f"{ref(view.item)} {escape_within(view.item.title, SHOWN // 3)}"


def dropped(count: int, say: Say) -> Post:
    """To who made nothing of a list."""
    text = say("pasted-dropped", count=str(count))
    return Post(text, [section(text)])


def _rest(result: Result, say: Say) -> Block:
    value = ids.item_value(result.task_force_id, 0, str(result.list_id))
    label = say("pasted-make-rest", left=str(result.left))
    return actions(button(label, f"{ids.ITEM_PASTED}-make", value, style="primary"), _drop(value, say))


def _drop(value: str, say: Say) -> Block:
    return button(say("pasted-drop"), f"{ids.ITEM_PASTED}-drop", value)


def _understood(entry: Entry, say: Say) -> str:
    """A line's parts, escaped."""
    if entry.line is None:
        return f"{escape_within(entry.text, SHOWN)}\n⚠ {entry.problem}"
    line = entry.line
    due = line.due.reading if line.due.kind is Kind.DATE else None
    facts = [
        " / ".join(map(named, entry.owners)) or say("pasted-owner-you"),
        dates.due(say, due.date, due.time) if due else say("no-due-date"),
    ]
    if due and line.due.key:
        facts.append(say(f"dates-why-{line.due.key}"))
    if line.stream:
        facts.append(f"#{escape(line.stream)}")
    if line.internal:
        facts.append(say("pasted-internal"))
    if line.asked or line.due.kind is Kind.QUESTION:
        facts.append(say("pasted-asks"))
    return f"{escape_within(line.title, SHOWN)}\n{' · '.join(facts)}"
