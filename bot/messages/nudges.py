"""Reminders: about one item, and the day's digest; dates and names first, by urgency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.messages import budget_nudges, dates, ids
from bot.messages.blocks import actions, button, context, overflow, section
from bot.messages.budget_nudges import HANDOVER, BudgetReminder
from bot.messages.decision_nudges import DecisionReminder
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.items import item_button, named, own_part, ref, with_side
from bot.messages.meeting_nudges import MeetingReminder
from bot.messages.menu import word
from bot.messages.post import Block, Post
from bot.rules.calendars import working_days_between
from bot.rules.grammar import Verb
from bot.rules.items import ItemView, Share, local_date
from config.words import Say

SHOWN = 10  # lines of a digest; the rest is behind its button
TITLE_SHOWN = 150  # characters, escaped
GROUPS = ("late", "today", "meeting", "decision", "ask", "soon", "side")


@dataclass(frozen=True)
class Reminder:
    """A side's part in an item of which somebody is reminded. `is_of_side`: as who looks after the side, not as owner."""

    view: ItemView
    share: Share
    rung: str
    is_of_side: bool = False

    @property
    def due_on(self) -> date | None:
        return self.share.part.due_on or self.view.item.due_on


Told = Reminder | BudgetReminder | DecisionReminder | MeetingReminder


@dataclass(frozen=True)
class Digest:
    """What somebody is reminded of on one day. `others`: how many more open items are theirs."""

    reminders: Sequence[Told]
    others: int = 0
    several: bool = False  # task forces: each line names its own


def one(reminder: Reminder, now: datetime, say: Say, *, several: bool = False) -> Post:
    """The day's only reminder: it takes ✅ as the item's card does, and says so."""
    text = _line(reminder, now, say, several=several)
    item = reminder.view.item
    buttons = [
        item_button(say("item-done"), ids.ITEM_DONE, item, style="primary"),
        item_button(say("nudge-snooze"), ids.ITEM_SNOOZE, item),
        item_button(say("nudge-due"), ids.ITEM_EDIT, item),
        button(say("nudge-handover"), f"{ids.RUN_IN}-{item.task_force_id}", f"{item.task_force_id} {HANDOVER}"),
        item_button(say("item-details"), ids.ITEM_DETAILS, item),
    ]
    side = escape(reminder.share.side.name)
    return Post(text, [section(text), actions(*buttons), context(say("nudge-one-how", side=side))])


def digest(shown: Digest, now: datetime, say: Say) -> Post:
    """All of the day, the most urgent first; each line with its acts, the rest behind a button."""
    ordered = sorted(shown.reminders, key=lambda one: (GROUPS.index(group(one, now)), one.due_on or date.max))
    heading = say("nudges-heading", count=str(len(ordered)), day=dates.day(say, _today(ordered[0], now)))
    blocks, lines, last = [section(heading)], [heading], ""
    for reminder in ordered[:SHOWN]:
        this, line = group(reminder, now), _told(reminder, now, say, several=shown.several)
        if this != last:
            title = say(f"nudges-group-{this}")
            blocks.append(section(title))
            lines.append(title)
        last = this
        blocks.append(section(line, accessory=_menu(reminder, say)))
        lines.append(line)
    others = shown.others + max(0, len(ordered) - SHOWN)
    if others:
        blocks.append(actions(button(say("nudges-others", count=str(others)), f"{ids.RUN}-mine", word(say, Verb.MINE))))
    return Post(whole_lines(lines), [*blocks, context(say(f"nudges-why-{_reason(ordered)}"))])


def _reason(reminders: Sequence[Told]) -> str:
    """Why somebody gets all this: it is theirs, they look after their side, or both."""
    of_side = {reminder.is_of_side for reminder in reminders}
    return "both" if len(of_side) > 1 else "side" if True in of_side else "own"


def group(reminder: Told, now: datetime) -> str:
    """How urgent it is; what wants an answer stands together."""
    if reminder.is_of_side:
        return "side"
    if isinstance(reminder, BudgetReminder) and reminder.asks:
        return "ask"
    if isinstance(reminder, DecisionReminder | MeetingReminder):
        return reminder.group
    left = (reminder.due_on or date.max) - _today(reminder, now)
    return "late" if left.days < 0 else "today" if left.days == 0 else "soon"


def menu_of(reminder: Reminder, say: Say) -> Block:
    """What can be done with an item, from its line."""
    item = reminder.view.item
    acts = ("done", "snooze", "due", "handover", "details")
    labels = (say("item-done"), say("nudge-snooze"), say("nudge-due"), say("nudge-handover"), say("item-details"))
    of = item.task_force_id, item.id or 0
    options = [(label, ids.item_value(*of, act)) for label, act in zip(labels, acts, strict=True)]
    return overflow(ids.NUDGE_MENU, options[reminder.is_of_side :])


def _told(reminder: Told, now: datetime, say: Say, *, several: bool) -> str:
    """One thing of the digest; escaped."""
    if isinstance(reminder, Reminder):
        return _line(reminder, now, say, several=several)
    line = budget_nudges.line(reminder, now, say) if isinstance(reminder, BudgetReminder) else reminder.line(say)
    return f"{line} · {escape(reminder.view.task_force.name)}" if several else line


def _menu(reminder: Told, say: Say) -> Block:
    if isinstance(reminder, Reminder):
        return menu_of(reminder, say)
    return budget_nudges.menu_of(reminder, say) if isinstance(reminder, BudgetReminder) else reminder.menu(say)


def _line(reminder: Reminder, now: datetime, say: Say, *, several: bool) -> str:
    """`12. 4.(금)까지 · 3근무일 남음`, and below it `A-12 제목 · 함께: 영광군 한도윤 주무관`; escaped."""
    return f"{_when(reminder, now, say)}\n{_what(reminder, say, several=several)}"


def _when(reminder: Reminder, now: datetime, say: Say) -> str:
    """The date, and how many working days are left or have passed."""
    item, due_on = reminder.view.item, reminder.due_on
    due = dates.due(say, due_on, None if reminder.share.part.due_on else item.due_at)
    return f"*{say('dates-until', due=due)}* · {_left(reminder, now, say)}" if due_on else f"*{due}*"


def _what(reminder: Reminder, say: Say, *, several: bool) -> str:
    """The item, and who else has a hand in it."""
    view = reminder.view
    parts = [f"*{ref(view.item)}* {escape_within(view.item.title, TITLE_SHOWN)}{own_part(reminder.share, say)}"]
    if reminder.is_of_side:
        key = "nudge-unseen" if reminder.rung == "unseen" else "nudge-owner"
        parts.append(say(key, owner=named(reminder.share.owner)))
    else:
        parts += [_other(share, say) for share in view.shares if share.part.id != reminder.share.part.id]
    return " · ".join([*parts, *([escape(view.task_force.name)] if several else [])])


def _other(share: Share, say: Say) -> str:
    key = "nudge-other-done" if share.part.confirmed_at else "nudge-other"
    return say(key, owner=with_side(share))


def _left(reminder: Reminder, now: datetime, say: Say) -> str:
    """How many working days are left, or have passed."""
    due, today = reminder.due_on or date.max, _today(reminder, now)
    days = working_days_between(today, due, reminder.view.calendar())
    if due == today:
        return say("dates-today")
    if due < today:
        return say("dates-overdue", count=-days)
    return say("dates-left", count=days) if days else say("nudge-last")


def _today(reminder: Told, now: datetime) -> date:
    return local_date(now, reminder.view.task_force)
