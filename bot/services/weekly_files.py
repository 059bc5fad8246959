"""The weekly summary on paper, by direct message to whoever asks."""

from datetime import datetime

from sqlmodel import Session

from bot.messages import weekly as messages
from bot.messages.post import File, Post
from bot.messages.printing import Order
from bot.messages.sheets import file_name
from bot.messages.weekly_listing import listing
from bot.rules.items import local_date
from bot.services.printing import printed
from bot.services.weekly import facts_now
from config.words import Say
from storage.tables import OutboxRow, Person, PersonState, TaskForce

SHAPE = "pdf"


def render(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """The file with what the person is told now; nothing for somebody who has left meanwhile."""
    person = session.get_one(Person, int(row.subject))
    if person.state is not PersonState.ACTIVE:
        return None
    task_force = session.get_one(TaskForce, person.task_force_id)
    weekly = facts_now(session, task_force, person, now)
    name = file_name(local_date(now, task_force), say("weekly-file"), task_force.name, ending=SHAPE)
    content = printed(Order((SHAPE,), now.isoformat(), listing=listing(weekly, say)))[SHAPE]
    return messages.on_paper(weekly, File(name, content), say)
