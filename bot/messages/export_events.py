"""A task force's dates as events of a calendar: one function per noun.

An event keeps its name for good. A date that was taken away, or whose record was cancelled, stays in the file for a while
and says so: calendars that have it take it out when they read the file again.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.messages import decisions, items, milestones
from bot.messages.exports import internal_word, state_word
from bot.messages.roster import name_and_title
from bot.rules.exports import Copy, Event, Past
from bot.rules.item_changes import OWN_DUE, read_due_word
from bot.rules.items import ItemView
from bot.rules.milestones import due_of
from config.words import Say
from storage.tables import DecisionStatus, ItemStatus, Outcome, TaskForce

GONE_FOR = timedelta(days=90)
_OVER = (DecisionStatus.SUPERSEDED, DecisionStatus.WITHDRAWN)


def events(copy: Copy, past: Past, now: datetime, say: Say) -> Iterator[Event]:
    """All dates: when items and parts of them are due, when decisions are to be looked at again, and those of the budget."""
    for nouns in (_due, _reviews, _milestones):
        for event in nouns(copy, past, say):
            if not event.is_cancelled or event.changed_at > now - GONE_FOR:
                yield event


def uid(task_force: TaskForce, ref: str, what: str) -> str:
    """A name that stays the event's, and that no other bot's event has: by the moment when the task force was made."""
    return f"{ref}-{what}.{task_force.id}.{task_force.created_at:%Y%m%dT%H%M%S%f}@tft-bot".lower()


def _due(copy: Copy, past: Past, say: Say) -> Iterator[Event]:
    for view in copy.items:
        item, ref = view.item, items.ref(view.item)
        times, last = past.changes.get(("item", item.id or 0), (0, item.created_at))
        owners = ", ".join(f"{share.side.name} {name_and_title(share.owner)}" for share in view.shares)
        state = " · ".join(filter(None, [state_word(view, say), internal_word(copy, view, say)]))
        for what, summary, on, at in _dates_of(copy, view, say):
            lost = past.words.get(("item", item.id or 0, what), "")
            day, hour = (on, at) if on else read_due_word(lost)
            if day is None:
                continue
            yield Event(
                uid(view.task_force, ref, what),
                summary,
                datetime.combine(day, hour, ZoneInfo(view.task_force.zone)) if hour else day,
                times,
                last,
                description=say("export-event-owners", owners=owners, state=state),
                link=item.link,
                is_cancelled=on is None or item.status is ItemStatus.CANCELLED,
            )


def _dates_of(copy: Copy, view: ItemView, say: Say) -> Iterator[tuple[str, str, date | None, time | None]]:
    """The item's date and each side's own, by the names of their fields."""
    item, ref = view.item, items.ref(view.item)
    yield "due", say("export-event-due", ref=ref, title=item.title), item.due_on, item.due_at
    parts = {share.side.id: share.part for share in view.shares}
    for side in copy.sides:
        part = parts.get(side.id)
        summary = say("export-event-own-due", ref=ref, title=item.title, side=side.name)
        yield f"{OWN_DUE}{side.id}", summary, part.due_on if part else None, None


def _reviews(copy: Copy, past: Past, say: Say) -> Iterator[Event]:
    for view in copy.decisions:
        one = view.decision
        lost, _ = read_due_word(past.words.get(("decision", one.id or 0, "review"), ""))
        day = one.review_on or lost
        if day is None:
            continue
        times, last = past.changes.get(("decision", one.id or 0), (0, one.recorded_at))
        yield Event(
            uid(view.task_force, decisions.ref(one), "review"),
            say("export-event-review", ref=decisions.ref(one), text=one.text),
            day,
            times,
            last,
            link=one.link,
            is_cancelled=one.review_on is None or one.status in _OVER,
        )


def _milestones(copy: Copy, past: Past, say: Say) -> Iterator[Event]:
    """Of the lines that the copy has; what was over when it was written down was never ahead."""
    for view in copy.lines:
        line = view.line
        times, last = past.changes.get(("budget", line.id or 0), (0, line.created_at))
        internal = say("export-internal", side=view.internal_to.name) if view.internal_to else ""
        for one in view.milestones:
            ref = milestones.ref(view, one)
            lost, _ = read_due_word(past.words.get(("budget", line.id or 0, ref), ""))
            day = due_of(one) or lost
            if day is None or one.was_past:
                continue
            yield Event(
                uid(view.task_force, ref, "due"),
                say("export-event-milestone", ref=ref, name=one.name, line=line.name),
                day,
                times,
                last,
                description=internal,
                is_cancelled=due_of(one) is None or one.outcome is Outcome.DROPPED,
            )
