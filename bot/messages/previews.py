"""What the schedule would send next, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import dates
from bot.messages.blocks import section
from bot.messages.budget_nudges import BudgetReminder, announced
from bot.messages.escape import escape_within, whole_lines
from bot.messages.items import named, ref
from bot.messages.nudges import Reminder, Told
from bot.messages.post import Post
from bot.messages.weekly import Weekly, summary
from config.words import Say
from storage.tables import Person, TaskForce

TITLE_SHOWN, LIMIT = 90, 2900


@dataclass(frozen=True)
class Coming:
    """Something that will be said to somebody."""

    at: datetime
    person: Person
    reminder: Told


@dataclass(frozen=True)
class Preview:
    """The next message of each person, and the channel's: when it may come, and how much it would name."""

    task_force: TaskForce
    coming: Sequence[Coming]
    channel_at: datetime
    channel_items: int
    channel_dates: int


def nudges(preview: Preview, say: Say) -> Post:
    """Each message in the order in which they come, with what it would be about."""
    zone = preview.task_force.zone
    groups: dict[tuple[datetime, int], list[Coming]] = {}
    for one in sorted(preview.coming, key=lambda one: (one.at, one.person.id)):
        groups.setdefault((one.at, one.person.id or 0), []).append(one)
    lines: list[str] = []
    for (at, _), found in groups.items():
        lines.append(say("preview-nudge", at=dates.moment(say, at, zone), who=named(found[0].person)))
        lines += [f"• {_about(one.reminder, say)}" for one in found]
    channel_at = dates.moment(say, preview.channel_at, zone)
    counted = say("preview-channel-count", count=str(preview.channel_items), dates=str(preview.channel_dates))
    channel = [say("preview-channel", at=channel_at), f"• {counted}"]
    heading = say("preview-nudges")
    text = whole_lines([*(lines or [say("preview-no-nudges")]), *channel], LIMIT)
    return Post(f"{heading}\n{text}", [section(heading), section(text)])


def _about(reminder: Told, say: Say) -> str:
    if isinstance(reminder, BudgetReminder):
        return announced(reminder, say)
    if not isinstance(reminder, Reminder):
        return reminder.line(say)
    title = f"{ref(reminder.view.item)} {escape_within(reminder.view.item.title, TITLE_SHOWN)}"
    about = f"{dates.due(say, reminder.due_on)} · {title}"
    owner = named(reminder.share.owner)
    return say("preview-of-side", item=about, owner=owner) if reminder.is_of_side else about


def weekly(shown: Weekly, at: datetime | None, say: Say, *, is_reader: bool) -> Post:
    """The summary as it would be if it came now, under a line that says when it comes."""
    post = summary(shown, say)
    when = dates.moment(say, at, shown.task_force.zone) if at else say("no-due-date")
    line = say("preview-weekly" if is_reader else "preview-weekly-not-you", at=when)
    return Post(f"{line}\n{post.text}", [section(line), *post.blocks])
