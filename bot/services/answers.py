"""Answers that were put into the outbox as they are."""

from datetime import datetime

from sqlmodel import Session

from bot.messages.post import Post
from config.words import Say
from storage.tables import OutboxRow


def stored_answer(_session: Session, row: OutboxRow, _say: Say, _now: datetime) -> Post:
    """A direct message to whoever asked: its text was made when they asked."""
    return Post(row.args["text"], row.args["blocks"])
