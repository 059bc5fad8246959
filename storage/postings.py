"""Queries about the messages that stand in Slack."""

from sqlmodel import Session, col, select

from storage.tables import Posting


def standing(session: Session, channel_id: str, kind: str, subject: str) -> Posting | None:
    """The message that shows something in a channel, the newest if there are several; None if it was lost."""
    query = select(Posting).where(Posting.channel_id == channel_id, Posting.kind == kind, Posting.subject == subject)
    here = query.where(col(Posting.lost_at).is_(None)).order_by(col(Posting.id).desc())
    return session.exec(here.limit(1)).first()


def at(session: Session, channel_id: str, ts: str) -> Posting | None:
    """What a message shows."""
    return session.exec(select(Posting).where(Posting.channel_id == channel_id, Posting.ts == ts)).first()
