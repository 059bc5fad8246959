"""What the schedule would send next, and to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.messages import dates
from bot.messages.blocks import section
from bot.messages.budget_nudges import BudgetReminder, line
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
    """The next message of each person, and the channel's: when it may come, and how many dates it would name."""

    task_force: TaskForce
    coming: Sequence[Coming]
    channel_at: datetime
    channel_count: int


def nudges(preview: Preview, say: Say) -> Post:
    """Each message in the order in which they come, with what it would be about."""
    zone = preview.task_force.zone
    groups: dict[tuple[datetime, int], list[Coming]] = {}
    for one in sorted(preview.coming, key=lambda one: (one.at, one.person.id)):
        groups.setdefault((one.at, one.person.id or 0), []).append(one)
    lines = [
        say("preview-nudge", at=dates.moment(say, at, zone), who=named(found[0].person), what=_what(found, say))
        for (at, _), found in groups.items()
    ]
    at = dates.moment(say, preview.channel_at, zone)
    channel = say("preview-channel", at=at, count=str(preview.channel_count))
    heading = say("preview-nudges")
    text = whole_lines([*(lines or [say("preview-no-nudges")]), channel], LIMIT)
    return Post(f"{heading}\n{text}", [section(heading), section(text)])


def _what(found: Iterable[Coming], say: Say) -> str:
    return ", ".join(_about(one, say) for one in found)


def _about(coming: Coming, say: Say) -> str:
    reminder = coming.reminder
    if isinstance(reminder, BudgetReminder):
        return line(reminder, coming.at, say)
    if not isinstance(reminder, Reminder):
        return reminder.line(say)
    title = f"{ref(reminder.view.item)} {escape_within(reminder.view.item.title, TITLE_SHOWN)}"
    due = dates.due(say, reminder.due_on)
    return say("preview-of-side", item=title, due=due) if reminder.is_of_side else f"{title}({due})"


def weekly(shown: Weekly, at: datetime | None, say: Say, *, is_reader: bool) -> Post:
    """The summary as it would be if it came now, under a line that says when it comes."""
    post = summary(shown, say)
    when = dates.moment(say, at, shown.task_force.zone) if at else say("no-due-date")
    line = say("preview-weekly" if is_reader else "preview-weekly-not-you", at=when)
    return Post(f"{line}\n{post.text}", [section(line), *post.blocks])
