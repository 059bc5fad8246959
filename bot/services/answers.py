"""Direct messages that say just what they were made to say."""

import secrets
from datetime import datetime

from sqlmodel import Session

from bot.messages.answers import with_menu_button
from bot.messages.post import Post
from bot.services.work import Work
from config.words import Say
from storage import people
from storage.outbox import Lane
from storage.tables import OutboxRow

ANSWER = "answer"  # a kind of post


def tell_directly(work: Work, installation_id: int, user_id: str, post: Post) -> None:
    """Queue a direct message with this very text, in the transaction of what it is about."""
    account = people.account(work.session, user_id)
    full = with_menu_button(work.words.say(account.language or account.locale), post)
    args = {"text": full.text, "blocks": full.blocks}
    work.queue(Lane(installation_id, user_id=user_id), ANSWER, secrets.token_urlsafe(9), args)


def stored_answer(_session: Session, row: OutboxRow, _say: Say, _now: datetime) -> Post:
    """A direct message to whoever asked: its text was made when they asked."""
    return Post(row.args["text"], row.args["blocks"])
