"""Minutes as files, by direct message to whoever asks."""

import secrets
from datetime import datetime

from sqlmodel import Session

from bot.messages import meeting_files as messages
from bot.messages.minutes_html import html
from bot.messages.minutes_markdown import markdown
from bot.messages.post import File, Post
from bot.services.askers import Asker
from bot.services.meeting_documents import document
from bot.services.meeting_views import view_of
from bot.services.work import Work
from config.words import Say
from storage.outbox import Lane
from storage.tables import Meeting, OutboxRow, Phase

FILE = "meeting-file"  # a kind of post
SHAPES = ("html", "md")


def send(work: Work, asker: Asker, meeting: Meeting) -> None:
    """A direct message for each file; made when it is sent, so that it says what is true then."""
    lane = Lane(asker.who.installation.id or 0, user_id=asker.who.user_id)
    for shape in SHAPES:
        args = {"shape": shape, "language": asker.say.language}
        work.queue(lane, FILE, f"{meeting.id}:{secrets.token_urlsafe(6)}", args)


def render(session: Session, row: OutboxRow, say: Say, _now: datetime) -> Post | None:
    """One file of it; the document is in the language of who asked."""
    meeting = session.get(Meeting, int(row.subject.partition(":")[0]))
    if meeting is None or meeting.phase in (Phase.PLANNED, Phase.CANCELLED):
        return None
    view = view_of(session, meeting)
    doc = document(session, view, say)
    shape = row.args["shape"]
    content = html(doc) if shape == "html" else markdown(doc)
    return messages.file(view, File(f"{messages.file_name(view, say)}.{shape}", content.encode()), say)
