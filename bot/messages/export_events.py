"""A task force's dates as events of a calendar: one function per noun."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages import decisions, items
from bot.messages.exports import internal_word, state_word
from bot.messages.roster import name_and_title
from bot.rules.decisions import DecisionView
from bot.rules.exports import Copy, Event
from config.words import Say
from storage.tables import DecisionStatus, ItemStatus, TaskForce

# How often a record was changed, and when last: by kind and id.
Changes = Mapping[tuple[str, int], tuple[int, datetime]]
_OVER = (DecisionStatus.SUPERSEDED, DecisionStatus.WITHDRAWN)


def events(copy: Copy, changes: Changes, say: Say) -> Iterator[Event]:
    """All dates: when items are due, and when decisions are to be looked at again."""
    yield from _due(copy, changes, say)
    yield from _reviews(copy.decisions, changes, say)


def uid(task_force: TaskForce, ref: str, what: str) -> str:
    """A name that stays the event's, and that no other bot's event has: by the moment when the task force was made."""
    return f"{ref}-{what}.{task_force.id}.{task_force.created_at:%Y%m%dT%H%M%S%f}@tft-bot".lower()


def _due(copy: Copy, changes: Changes, say: Say) -> Iterator[Event]:
    for view in copy.items:
        item = view.item
        if item.due_on is None:
            continue
        owners = ", ".join(f"{share.side.name} {name_and_title(share.owner)}" for share in view.shares)
        times, last = changes.get(("item", item.id or 0), (0, item.created_at))
        zone = ZoneInfo(view.task_force.zone)
        state = " · ".join(filter(None, [state_word(view, say), internal_word(copy, view, say)]))
        yield Event(
            uid(view.task_force, items.ref(item), "due"),
            say("export-event-due", ref=items.ref(item), title=item.title),
            datetime.combine(item.due_on, item.due_at, zone) if item.due_at else item.due_on,
            times,
            last,
            description=say("export-event-owners", owners=owners, state=state),
            link=item.link,
            is_cancelled=item.status is ItemStatus.CANCELLED,
        )


def _reviews(views: Iterable[DecisionView], changes: Changes, say: Say) -> Iterator[Event]:
    for view in views:
        one = view.decision
        if one.review_on is None:
            continue
        times, last = changes.get(("decision", one.id or 0), (0, one.recorded_at))
        yield Event(
            uid(view.task_force, decisions.ref(one), "review"),
            say("export-event-review", ref=decisions.ref(one), text=one.text),
            one.review_on,
            times,
            last,
            link=one.link,
            is_cancelled=one.status in _OVER,
        )
