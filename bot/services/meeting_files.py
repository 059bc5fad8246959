"""Minutes as files, by direct message to whoever asks."""

import secrets
from datetime import datetime

from sqlmodel import Session

from bot.messages import meeting_files as messages
from bot.messages.minutes_html import html
from bot.messages.minutes_hwpx import hwpx
from bot.messages.minutes_markdown import markdown
from bot.messages.minutes_pdf import pdf
from bot.messages.post import File, Post
from bot.rules.minutes_doc import MinutesDoc
from bot.services.askers import Asker
from bot.services.meeting_documents import document
from bot.services.meeting_views import view_of
from bot.services.work import Work
from config.fonts import NoKoreanFont, find
from config.words import Say
from storage import people
from storage.outbox import Lane
from storage.tables import Meeting, OutboxRow, Phase, TaskForce

FILE = "meeting-file"  # a kind of post
TEXTS = ("html", "md")


def send(work: Work, asker: Asker, meeting: Meeting) -> None:
    """A direct message for each file; made when it is sent, so that it says what is true then.

    Without a Korean font on this machine there is no PDF.
    """
    lane = Lane(asker.who.installation.id or 0, user_id=asker.who.user_id)
    for shape in ("hwpx", *(["pdf"] if has_fonts() else []), *TEXTS):
        work.queue(lane, FILE, f"{meeting.id}:{secrets.token_urlsafe(6)}", {"shape": shape})


def has_fonts() -> bool:
    """Whether a PDF in Korean can be made here."""
    try:
        find()
    except NoKoreanFont:
        return False
    return True


def render(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """One file of it, in the language of who asked; nothing for somebody who has left meanwhile."""
    meeting = session.get(Meeting, int(row.subject.partition(":")[0]))
    if meeting is None or meeting.phase in (Phase.PLANNED, Phase.CANCELLED):
        return None
    task_force = session.get_one(TaskForce, meeting.task_force_id)
    if people.person_of(session, task_force, row.user_id or "") is None:
        return None
    view, shape = view_of(session, meeting), row.args["shape"]
    made = File(f"{messages.file_name(view, say)}.{shape}", drawn(document(session, view, say), shape, now))
    return messages.file(view, made, say)


def drawn(doc: MinutesDoc, shape: str, now: datetime) -> bytes:
    """The document as a file."""
    if shape == "hwpx":
        return hwpx(doc, now)
    if shape == "pdf":
        return pdf(doc, now, find())
    return (html(doc) if shape == "html" else markdown(doc)).encode()
