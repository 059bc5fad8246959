"""Meetings in a list, and what can be done where none is held."""

from collections.abc import Sequence

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, section
from bot.messages.meeting_words import heading
from bot.messages.meetings import card_buttons, meeting_button, state_of
from bot.messages.post import Block, Post
from bot.rules.meeting_views import MeetingView
from bot.rules.meetings import SPOKEN
from config.words import Say
from storage.tables import Phase, TaskForce


def list_page(task_force: TaskForce, views: Sequence[MeetingView], page: int, *, pages: int, say: Say) -> Post:
    """A row for each meeting with a way to its minutes."""
    title = say("meetings-title", page=str(page + 1), pages=str(max(1, pages)))
    if not views:
        return Post(say("meetings-none"), [section(say("meetings-none")), actions(*ways(task_force, say))])
    blocks = [section(f"*{title}*"), *(_row(view, say) for view in views)]
    turns = [one for one in (page - 1, page + 1) if 0 <= one < pages]
    of = task_force.id or 0
    buttons = [
        button(say("meeting-page", page=str(one + 1)), f"{ids.MEETINGS}-{one}", ids.item_value(of, one))
        for one in turns
    ]
    return Post(title, [*blocks, actions(*buttons, *ways(task_force, say))])


def _row(view: MeetingView, say: Say) -> Block:
    moment = view.meeting.started_at or view.meeting.planned_for
    when = dates.moment(say, moment, view.task_force.zone) if moment else ""
    text = "\n".join(part for part in (f"*{heading(view, say)}*", when, state_of(view, say)) if part)
    return section(
        text, accessory=meeting_button(say("meeting-read"), f"{ids.MEETING_READ}-{view.meeting.number}", view.meeting)
    )


def overview(task_force: TaskForce, view: MeetingView | None, say: Say) -> Post:
    """The meeting that is held, or the next one; and how to begin one."""
    if view and view.meeting.phase is Phase.LIVE:
        text = say("meeting-overview-live", meeting=heading(view, say))
        return Post(text, [section(text), actions(*card_buttons(view, say))])
    text = say("meeting-overview-none")
    if view and view.meeting.planned_for:
        at = dates.moment(say, view.meeting.planned_for, view.task_force.zone)
        text = say("meeting-overview-next", meeting=heading(view, say), at=at)
    return Post(text, [section(text), actions(*ways(task_force, say))])


def ways(task_force: TaskForce, say: Say) -> list[Block]:
    """Start, schedule, look back."""
    at = 1 if say.language == "ko" else 0
    return [
        button(say(f"meetings-{word}"), f"{ids.RUN_IN}-{number}", f"{task_force.id} {spoken[at]}")
        for number, (word, spoken) in enumerate(SPOKEN.items())
    ]
