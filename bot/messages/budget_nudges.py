"""Reminders of milestones, and asks how much was spent: alone, as a line of the day's digest, and in the channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.messages import executions, ids
from bot.messages.blocks import actions, button, context, overflow, section
from bot.messages.budget import named_line
from bot.messages.escape import escape_within
from bot.messages.items import named
from bot.messages.milestones import milestone_button, result_asked, when
from bot.messages.milestones import named as named_milestone
from bot.messages.post import Block, Post
from bot.rules.budget import LineView
from bot.rules.items import local_date
from bot.rules.milestone_reminders import step_of
from bot.rules.milestones import Step, due_of
from config.presets import Act
from config.words import Say
from storage.tables import Milestone

HANDOVER = "handover"  # a line that is run: another owner for what is mine
NAME_SHOWN = 100  # characters, escaped


@dataclass(frozen=True)
class BudgetReminder:
    """A milestone of which somebody is reminded; without one, a line of which is asked how much was spent.

    `side_id`: whose owners are named to who looks after that side, never the other's.
    """

    view: LineView
    one: Milestone | None
    rung: str
    is_of_side: bool = False
    side_id: int | None = None

    @property
    def due_on(self) -> date | None:
        return due_of(self.one) if self.one else None

    @property
    def is_ours(self) -> bool:
        """Whether a ✅ on a message about it alone closes it."""
        return self.one is not None and self.one.act is Act.TASK and not self.is_of_side

    @property
    def asks(self) -> bool:
        """Whether it wants an answer: an event's result, or how much was spent."""
        return self.one is None or step_of(self.rung) in (Step.ASK, Step.ASK_AGAIN)


def alone(reminder: BudgetReminder, now: datetime, say: Say, *, ticks: bool) -> Post:
    """The day's only reminder: with everything that can be done about it; `ticks`: a ✅ on it closes what is ours."""
    view, one = reminder.view, reminder.one
    if one is None:
        text = "\n".join([executions.line(view, say), say("execution-ask")])
        return Post(text, [section(text), actions(executions.tell_button(view, say)), context(say("execution-how"))])
    why = context(say("budget-nudge-why"))
    if reminder.asks:
        asked = result_asked(view, one, say, again=step_of(reminder.rung) is Step.ASK_AGAIN)
        return Post(asked.text, [*asked.blocks, actions(*_not_now(one, say)), why])
    text = line(reminder, now, say)
    done = milestone_button(say("milestone-mark-done"), ids.MILESTONE_DONE, one, style="primary")
    move = milestone_button(say("milestone-move"), ids.MILESTONE_MOVE, one)
    later, *others = _not_now(one, say)
    ways = [*([done] if one.act is Act.TASK else []), later, move, *others]
    how = [context(say("budget-nudge-how"))] if ticks else []
    return Post(text, [section(text), actions(*ways), *how, why])


def _not_now(one: Milestone, say: Say) -> list[Block]:
    """Later, somebody else, or first see what it is: as on every reminder."""
    return [
        milestone_button(say("nudge-snooze"), ids.MILESTONE_SNOOZE, one),
        button(say("nudge-handover"), f"{ids.RUN_IN}-{one.task_force_id}", f"{one.task_force_id} {HANDOVER}"),
        milestone_button(say("milestone-show"), ids.MILESTONE_SHOW, one),
    ]


def line(reminder: BudgetReminder, now: datetime, say: Say) -> str:
    """`2026. 12. 21.(월) · 28일 남음`, and below it `B-1-4 군의회 의결 (실증센터)`; escaped."""
    if reminder.one is None:
        return _spent(reminder, say)
    return f"{_when(reminder, reminder.one, now, say)}\n{_what(reminder, reminder.one, say)}"


def announced(reminder: BudgetReminder, say: Say) -> str:
    """What it will be about, before it comes; escaped."""
    if reminder.one is None:
        return _spent(reminder, say)
    return f"{when(reminder.one, say)} · {_what(reminder, reminder.one, say)}"


def _spent(reminder: BudgetReminder, say: Say) -> str:
    return " · ".join([f"*{named_line(reminder.view.line)}*", say("execution-so-far")])


def _when(reminder: BudgetReminder, one: Milestone, now: datetime, say: Say) -> str:
    left = days_left(one, local_date(now, reminder.view.task_force), say)
    return " · ".join([f"*{when(one, say)}*", say("budget-nudge-result") if reminder.asks else left])


def _what(reminder: BudgetReminder, one: Milestone, say: Say) -> str:
    view = reminder.view
    what = f"{named_milestone(view, one, say)} ({escape_within(view.line.name, NAME_SHOWN)})"
    if not reminder.is_of_side:
        return what
    owners = [named(owner) for side, owner in view.owners if side.id == reminder.side_id]
    return f"{what} · {say('budget-owners', owners=', '.join(owners))}"


def menu_of(reminder: BudgetReminder, say: Say) -> Block:
    """What can be done about it, from its line in the digest."""
    view, one = reminder.view, reminder.one
    if one is None:
        return executions.tell_button(view, say)
    first = ["done"] if one.act is Act.TASK else ["voted"] if reminder.asks else []
    acts = [*first, "snooze", "move", "handover", "show"]
    options = [(say(LABELS[act]), ids.item_value(one.task_force_id, one.id or 0, act)) for act in acts]
    return overflow(ids.MILESTONE_MENU, options[reminder.is_of_side :])


LABELS = {
    "done": "milestone-mark-done",
    "voted": "milestone-mark-voted",
    "move": "milestone-move",
    "snooze": "nudge-snooze",
    "handover": "nudge-handover",
    "show": "milestone-show",
}


def days_left(one: Milestone, today: date, say: Say) -> str:
    """Calendar days, as dates of the budget are counted."""
    due = due_of(one)
    if due is None:
        return ""
    left = (due - today).days
    if left < 0 and one.act is Act.EVENT:
        return say("milestone-open-event")  # what others decide is never overdue
    if left == 0:
        return say("dates-today")
    return say("budget-days-left", days=left) if left > 0 else say("milestone-overdue", days=-left)


def channel_lines(found: Sequence[tuple[LineView, Milestone]], today: date, say: Say) -> list[tuple[str, Block]]:
    """What the channel hears of joint lines, each with a button that shows it; nobody is named."""
    return [
        (
            f"*{when(one, say)}* · {days_left(one, today, say)} · {named_milestone(view, one, say)} ({escape_within(view.line.name, NAME_SHOWN)})",
            milestone_button(say("milestone-show"), ids.MILESTONE_SHOW, one),
        )
        for view, one in found
    ]
