"""How days off look: the list, the form, and what is said when some are added or taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, field_input, modal, option, section, text_element
from bot.messages.escape import escape, whole_lines
from bot.messages.forms import ANSWER, Values, chosen, memory, select, text_of
from bot.messages.menu import menu_button, word
from bot.messages.post import Block, Post, View
from bot.messages.roster import MOST_OPTIONS, name_and_title
from bot.rules.days_off import FIRST, LAST, NAME, NAME_LIMIT, WHOSE, Span
from bot.rules.grammar import Verb
from config.words import Say
from storage.tables import DaysOff, Person, Side, TaskForce

PAGE = 12  # rows of a list
ALL = "all"
PUBLIC = 5  # public holidays that a list begins with


@dataclass(frozen=True)
class Added:
    """Days off with whose they are and who added them. `may_remove`: the reader of the list may."""

    row: DaysOff
    side: Side | None
    person: Person | None
    by: Person
    may_remove: bool = False


@dataclass(frozen=True)
class DaysList:
    """A page of the days off ahead. `public`: the country's next holidays, by name."""

    task_force: TaskForce
    verb: Verb
    rows: Sequence[Added]
    public: Sequence[tuple[date, str]] = ()
    number: int = 1
    pages: int = 1


@dataclass(frozen=True)
class DaysForm:
    """What the form shows. `whose`: what can be chosen, value → label; with one choice it is not asked."""

    verb: Verb
    span: Span
    whose: Mapping[str, str]
    chosen: str
    notes: Sequence[str] = ()  # above the fields; escaped


def span_words(say: Say, first: date, last: date) -> str:
    """`2026. 12. 24.(목)`, or from one day to another."""
    if first == last:
        return dates.day(say, first)
    return say("days-off-span", first=dates.day(say, first), last=dates.day(say, last))


def line(say: Say, one: Added) -> str:
    """The days, what for, whose; escaped."""
    name = one.row.name or say("days-off-leave" if one.person else "days-off-unnamed")
    whose = escape(name_and_title(one.person)) if one.person else whose_words(say, one.side)
    return say("days-off-line", days=span_words(say, one.row.first, one.row.last), name=escape(name), whose=whose)


def whose_words(say: Say, side: Side | None) -> str:
    """Of all, or of a side; escaped."""
    return say("days-off-of-side", side=escape(side.name)) if side else say("days-off-of-all")


def days_list(shown: DaysList, say: Say) -> Post:
    """The next public holidays, then what was added, each with a button for those who may take it away."""
    heading = say(f"days-off-{shown.verb}-heading", name=escape(shown.task_force.name))
    blocks = [section(heading)]
    lines = [heading]
    if shown.public:
        public = ", ".join(f"{dates.day(say, day)} {escape(name)}" for day, name in shown.public)
        lines.append(say("days-off-public", days=public))
        blocks.append(context(lines[-1]))
    for one in shown.rows:
        lines.append(say("days-off-added-by", line=line(say, one), by=escape(name_and_title(one.by))))
        blocks.append(section(lines[-1], _remove(say, one.row) if one.may_remove else None))
    if not shown.rows:
        lines.append(say(f"days-off-{shown.verb}-none"))
        blocks.append(section(lines[-1]))
    return Post(whole_lines(lines), [*blocks, actions(*_pages(say, shown), _add(say, shown), menu_button(say))])


def which(say: Say, task_force: TaskForce, verb: Verb, rows: Sequence[Added]) -> Post:
    """Several days off are meant: each with the button that takes it away."""
    ask = say("days-off-which")
    shown = days_list(DaysList(task_force, verb, rows), say)
    return Post(ask, [section(ask), *shown.blocks[1:]])


def added(say: Say, one: Added) -> Post:
    """To who added it, with the way back."""
    text = say("days-off-added", line=line(say, one))
    return Post(text, [section(text), actions(_remove(say, one.row), menu_button(say))])


def removed(say: Say, one: Added) -> Post:
    text = say("days-off-removed", line=line(say, one))
    return Post(text, [section(text), actions(menu_button(say))])


def told(say: Say, one: Added, act: str, by: str) -> Post:
    """To everybody whose days are counted otherwise from now on."""
    key = f"days-off-leave-told-{act}" if one.person else f"days-off-told-{act}"
    text = say(key, line=line(say, one), by=escape(by))
    return Post(text, [section(text)])


def form(say: Say, shown: DaysForm, kept: Mapping[str, object]) -> View:
    """From, until, whose, and what for."""
    blocks = [
        *map(section, shown.notes),
        field_input(say("days-off-first"), FIRST, _day(shown.span.first)),
        field_input(say("days-off-last"), LAST, _day(shown.span.last), hint=say("days-off-last-hint"), optional=True),
    ]
    if len(shown.whose) > 1:
        choices = [option(label, value) for value, label in list(shown.whose.items())[:MOST_OPTIONS]]
        blocks.append(field_input(say(f"days-off-{shown.verb}-whose"), WHOSE, select(choices, shown.chosen)))
    name = text_element(ANSWER, initial=shown.span.name, max_length=NAME_LIMIT)
    hint = say(f"days-off-{shown.verb}-name-hint")
    blocks.append(field_input(say(f"days-off-{shown.verb}-name"), NAME, name, hint=hint, optional=True))
    title = say(f"days-off-{shown.verb}-title")
    return modal(ids.DAYS_OFF, title, say("form-submit"), say("close"), blocks, memory(**kept, verb=shown.verb))


def read_form(values: Values) -> tuple[Span, str]:
    """The days and their name, and whose they are ("" where that was not asked)."""
    first, last = (_selected(values, block) for block in (FIRST, LAST))
    return Span(first, last, text_of(values, NAME)), chosen(values, WHOSE)[0]


def _selected(values: Values, block_id: str) -> date | None:
    found: Any = values.get(block_id, {}).get(ANSWER, {}).get("selected_date")
    return date.fromisoformat(found) if found else None


def _day(initial: date | None) -> Block:
    element: Block = {"type": "datepicker", "action_id": ANSWER}
    return {**element, "initial_date": initial.isoformat()} if initial else element


def _remove(say: Say, row: DaysOff) -> Block:
    return button(say("days-off-remove"), ids.DAYS_OFF_REMOVE, ids.item_value(row.task_force_id, row.id or 0))


def _add(say: Say, shown: DaysList) -> Block:
    value = f"{shown.task_force.id} {word(say, shown.verb)} add"
    return button(say(f"days-off-{shown.verb}-add"), f"{ids.RUN_IN}-{shown.task_force.id}", value)


def _pages(say: Say, shown: DaysList) -> list[Block]:
    buttons = []
    of, asked = shown.task_force.id, word(say, shown.verb)
    for number, key in ((shown.number - 1, "page-before"), (shown.number + 1, "page-after")):
        if 1 <= number <= shown.pages:
            value = f"{of} {asked} list {number}"
            buttons.append(button(say(key), f"{ids.RUN_IN}-{of}-{key.replace('-', '_')}", value))
    return buttons
