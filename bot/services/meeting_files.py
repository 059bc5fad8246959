"""Minutes as files: in the meeting's thread with the draft and when they are final, and by direct message to whoever asks."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from bot.messages import meeting_files as messages
from bot.messages.minutes_html import html
from bot.messages.minutes_markdown import markdown
from bot.messages.post import File, Post
from bot.messages.printing import Order
from bot.rules.meeting_views import MeetingView
from bot.services import meeting_records
from bot.services.askers import Asker
from bot.services.meeting_documents import document
from bot.services.meeting_views import view_of
from bot.services.meetings import CARD
from bot.services.printing import printed
from bot.services.work import Work
from config.fonts import NoKoreanFont, find
from config.words import Say
from storage import people, postings
from storage.outbox import Lane
from storage.tables import Meeting, OutboxRow, Phase, TaskForce

FILE = "meeting-file"  # a kind of post
FILED = ("hwpx", "pdf")
ALL = (*FILED, "html", "md")


def send(work: Work, asker: Asker, meeting: Meeting) -> None:
    """One direct message with all files; made when it is sent, so that they say what is true then."""
    work.queue(Lane(asker.who.installation.id or 0, user_id=asker.who.user_id), FILE, meeting.id)


def has_fonts() -> bool:
    """Whether a PDF in Korean can be made here."""
    try:
        find()
    except NoKoreanFont:
        return False
    return True


def render(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """All files, in the language of who asked; nothing for somebody who has left meanwhile."""
    meeting = session.get(Meeting, int(row.subject))
    if meeting is None or meeting.phase in (Phase.PLANNED, Phase.CANCELLED):
        return None
    task_force = session.get_one(TaskForce, meeting.task_force_id)
    if people.person_of(session, task_force, row.user_id or "") is None:
        return None
    view = view_of(session, meeting)
    return messages.files(view, files_of(session, view, ALL, now, say), say)


def render_papers(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """Those to be filed, as draft or final, in the channel's language."""
    meeting = session.get_one(Meeting, int(row.subject))
    if meeting.phase not in (Phase.DRAFT, Phase.FINAL):
        return None
    view = view_of(session, meeting)
    return messages.papers(view, files_of(session, view, FILED, now, say), say)


def over(session: Session, row: OutboxRow) -> tuple[str, str]:
    """In whose thread they stand: the meeting's, or if it never had one, that of what it announced."""
    card = postings.standing(session, row.channel_id or "", CARD, row.subject)
    return (CARD if card else meeting_records.SUMMARY, row.subject)


def files_of(session: Session, view: MeetingView, shapes: Iterable[str], now: datetime, say: Say) -> list[File]:
    """The document as files. Without a Korean font on this machine there is no PDF."""
    doc, name = document(session, view, say), messages.file_name(view, say)
    filed = tuple(shape for shape in FILED if shape in shapes and (shape != "pdf" or has_fonts()))
    contents = printed(Order(filed, now.isoformat(), minutes=doc))
    contents |= {"html": html(doc).encode(), "md": markdown(doc).encode()}
    return [File(f"{name}.{shape}", contents[shape]) for shape in shapes if shape in contents]
