"""Minutes as files."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.messages import dates
from bot.messages.blocks import section
from bot.messages.meeting_words import heading
from bot.messages.post import File, Post
from bot.rules.meeting_views import MeetingView
from bot.rules.meetings import number_of
from config.words import Say


def files(view: MeetingView, made: Sequence[File], say: Say) -> Post:
    """The message that brings them to who asked."""
    return _with(made, say("meeting-file", meeting=heading(view, say)), say)


def papers(view: MeetingView, made: Sequence[File], say: Say) -> Post:
    """The message that brings them to the thread: a draft to be looked through, or what both sides have confirmed."""
    until = view.meeting.comments_until
    if view.is_draft and until:
        return _with(made, say("meeting-papers-draft", meeting=heading(view, say), until=dates.day(say, until)), say)
    return _with(made, say("meeting-papers", meeting=heading(view, say)), say)


def _with(made: Sequence[File], text: str, say: Say) -> Post:
    """That there is no PDF is said, and what is missing for it."""
    if not any(file.name.endswith(".pdf") for file in made):
        text += "\n" + say("meeting-no-pdf")
    return Post(text, [section(text)], tuple(made))


def file_name(view: MeetingView, say: Say) -> str:
    """`2026-12-03_제7차_회의록(안)`; without what follows the dot."""
    meeting = view.meeting
    begun = (meeting.started_at or meeting.created_at).astimezone(ZoneInfo(view.task_force.zone))
    key = "meeting-file-name-draft" if view.is_draft else "meeting-file-name"
    return say(key, date=begun.date().isoformat(), number=number_of(meeting))
