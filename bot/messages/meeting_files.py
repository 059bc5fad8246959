"""Minutes as files."""

from zoneinfo import ZoneInfo

from bot.messages.blocks import section
from bot.messages.meeting_words import heading
from bot.messages.post import File, Post
from bot.rules.meeting_views import MeetingView
from config.words import Say


def file(view: MeetingView, made: File, say: Say) -> Post:
    """The message that brings a file."""
    text = say("meeting-file", meeting=heading(view, say))
    return Post(text, [section(text)], made)


def file_name(view: MeetingView, say: Say) -> str:
    """`2026-12-03_제7차_회의록(안)`; without what follows the dot."""
    meeting = view.meeting
    begun = (meeting.started_at or meeting.created_at).astimezone(ZoneInfo(view.task_force.zone))
    key = "meeting-file-name-draft" if view.is_draft else "meeting-file-name"
    return say(key, date=begun.date().isoformat(), number=str(meeting.number))
