"""Lists of decisions, a page at a time; and those that await somebody, on the Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.decisions import confirm_button, decision_button, details_button, named_decision, ref, state
from bot.messages.escape import escape, whole_lines
from bot.messages.item_lists import PAGE
from bot.messages.menu import export_button, menu_button
from bot.messages.post import Block, Post
from bot.rules.decision_lists import Shown
from bot.rules.decisions import DecisionView
from config.words import Say
from storage.tables import TaskForce


@dataclass(frozen=True)
class Page:
    """One page of a list. `rest` is what was asked for: the buttons ask it again, whatever has changed by then."""

    task_force: TaskForce
    shown: Shown
    rest: str
    views: Sequence[DecisionView]
    number: int  # from 0
    total: int


def list_page(page: Page, say: Say) -> Post:
    """A heading, the decisions with a button each, and the way to the other pages."""
    pages = max(1, -(-page.total // PAGE))
    kind, total = say(f"decisions-{page.shown}"), str(page.total)
    heading = say("decisions-heading", name=escape(page.task_force.name), kind=kind, total=total)
    if pages > 1:
        heading = say("list-heading-page", heading=heading, page=str(page.number + 1), pages=str(pages))
    rows = [row(view, say) for view in page.views] or [section(say("decisions-empty"))]
    text = whole_lines([heading, *(block["text"]["text"] for block in rows)])
    return Post(text, [section(heading), *rows, _ways(page, pages, say)])


def row(view: DecisionView, say: Say) -> Block:
    """A decision in two lines, with a button that shows it."""
    decision = view.decision
    facts = [say("decision-decided", on=dates.day(say, decision.decided_on))]
    if decision.stream:
        facts.append(f"#{escape(decision.stream)}")
    said = named_decision(decision).removeprefix(ref(decision))
    text = f"*{ref(decision)}*{said}\n{' · '.join(facts)}\n{state(view, say)}"
    return section(text, accessory=details_button(decision, say))


def awaiting(views: Sequence[DecisionView], say: Say, *, several: bool, more: bool) -> list[Block]:
    """What awaits the reader's confirmation, with the buttons for it. `several`: the reader is in several task forces."""
    if not views:
        return []
    title = say("home-decisions")
    blocks = [section(f"*{title}* · {len(views)}{'+' if more else ''}")]
    for view in views:
        name = f"{escape(view.task_force.name)} · " if several else ""
        object_to = decision_button(say("decision-object"), ids.DECISION_OBJECT, view.decision)
        ways = actions(confirm_button(view.decision, say), object_to, details_button(view.decision, say))
        blocks += [section(f"{name}{named_decision(view.decision)}\n{state(view, say)}"), ways]
    return [*blocks, context(say("home-decisions-more"))] if more else blocks


def _ways(page: Page, pages: int, say: Say) -> Block:
    """Buttons to the other pages, to record a decision, to delegations, to the menu."""
    ways, of = [], page.task_force.id or 0
    for label, where, action_id in (
        ("list-before", page.number - 1, ids.DECISIONS_BEFORE),
        ("list-after", page.number + 1, ids.DECISIONS_AFTER),
    ):
        if 0 <= where < pages:
            ways.append(button(say(label), action_id, ids.item_value(of, where, page.rest)))
    record = button(say("decisions-record"), f"{ids.RUN}-decide", "decide")
    delegate = button(say("decisions-delegate"), f"{ids.RUN}-delegate", "delegate")
    sheet = export_button(say, page.task_force)
    return actions(*ways, record, delegate, sheet, menu_button(say))
