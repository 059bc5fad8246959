"""What is said about due dates that move, and about reminders that rest."""

from collections.abc import Sequence
from datetime import date, time

from bot.messages import dates, ids, snoozes
from bot.messages.blocks import actions, button, section
from bot.messages.escape import escape
from bot.messages.items import item_button, named, ref
from bot.messages.post import Block, Post
from bot.messages.snoozes import MOST
from bot.rules.dates import Reading, offered
from bot.rules.item_changes import due_word
from bot.rules.items import ItemView
from config.words import Say
from storage.tables import Person, Side

Moment = tuple[date | None, time | None]
"""A due date, or none."""


def which_due(view: ItemView, written: str, why: str, readings: Sequence[Reading], say: Say) -> Post:
    """A date that can be read in several ways: a button for each, which knows the date that it would replace."""
    text = say("item-due-which", ref=ref(view.item), written=escape(written), why=why)
    buttons = [
        button(dates.due(say, one.date, one.time), f"{ids.ITEM_DUE}-{at}", _value(view, _replacing(view, one)))
        for at, one in enumerate(offered(readings, MOST))
    ]
    return Post(text, [section(text), actions(*buttons, _edit(view, say))])


def not_read(view: ItemView, written: str, why: str, say: Say) -> Post:
    """Nothing in the words is a date: why, and a form that has a calendar."""
    text = say("item-due-unread", ref=ref(view.item), written=escape(written), why=why)
    return Post(text, [section(text), actions(_edit(view, say))])


def moved(view: ItemView, old: Moment, new: Moment, by: Person, say: Say, side: Side | None = None) -> Post:
    """To an owner: from when to when the due date has moved, or a side's own, by whom, and how often one has so far."""
    facts = {"old": dates.due(say, *old), "new": dates.due(say, *new), "by": named(by)}
    facts |= {"ref": ref(view.item), "title": escape(view.item.title)}
    text = say("item-moved-own", side=escape(side.name), **facts) if side else say("item-moved", **facts)
    if view.item.due_moves:
        text += " · " + say("item-due-moves", count=str(view.item.due_moves))
    return Post(text, [section(text), actions(item_button(say("item-details"), ids.ITEM_DETAILS, view.item))])


def what_to_postpone(view: ItemView, to: Reading | None, why: str, say: Say) -> Post:
    """The due date, or only the reminders of who asks; `to` the day that was named, else each asks for one. `why`: about that day."""
    text = "\n".join(filter(None, (f"*{ref(view.item)}* {escape(view.item.title)}", why, say("item-postpone-what"))))
    if to is None:
        due, rest = item_button(say("item-postpone-due"), ids.ITEM_EDIT, view.item), ""
    else:
        label = say("item-postpone-due-to", due=dates.due(say, to.date, to.time))
        due, rest = button(label, f"{ids.ITEM_DUE}-0", _value(view, _replacing(view, to))), to.date.isoformat()
    snooze = button(say("item-snooze"), ids.ITEM_SNOOZE, _value(view, rest))
    return Post(text, [section(text), actions(due, snooze)])


def _value(view: ItemView, more: str) -> str:
    return ids.item_value(view.item.task_force_id, view.item.id or 0, more)


def _replacing(view: ItemView, reading: Reading) -> str:
    """A new due date, with the one that it would replace."""
    return f"{due_word(reading.date, reading.time)}|{due_word(view.item.due_on, view.item.due_at)}"


def until_when(view: ItemView, days: Sequence[date], say: Say, *, are_usual: bool) -> Post:
    """Until when reminders about an item are to rest for who asks."""
    what = f"*{ref(view.item)}* {escape(view.item.title)}"
    of = view.item.task_force_id, view.item.id or 0
    return snoozes.until_when(what, ids.ITEM_SNOOZE, of, days, say, are_usual=are_usual)


def snoozed(view: ItemView, until: date, say: Say) -> Post:
    """To who asked: reminders about this item rest for them alone, and the due date stays."""
    due = dates.due(say, view.item.due_on, view.item.due_at)
    text = say("item-snoozed", ref=ref(view.item), until=dates.day(say, until), due=due)
    return Post(text, [section(text), actions(item_button(say("item-details"), ids.ITEM_DETAILS, view.item))])


def _edit(view: ItemView, say: Say) -> Block:
    return item_button(say("item-edit"), ids.ITEM_EDIT, view.item)
