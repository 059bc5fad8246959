"""The channel's reminder: at most one message a day, about dates and never about who is late."""

from datetime import date, datetime

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.messages import channel_reminders as messages
from bot.messages.post import Post
from bot.rules.channel_reminders import channel_after, last_heard
from bot.rules.hours import next_opening
from bot.rules.items import local_date
from bot.services.item_views import views_of
from bot.services.receivers import Office, office_of, read_office
from bot.services.setting_aside import step_aside
from bot.services.work import Work
from config.words import Say
from storage import nudges, people, weeklies
from storage.outbox import Lane
from storage.tables import Item, OutboxRow, TaskForce

log = structlog.get_logger()
CHANNEL_NUDGES = "channel-nudges"  # a kind of post
NOUN = "channel"


def plan_channel(work: Work) -> bool:
    """See to one task force's channel; False when none is left for which it is time."""
    task_force = weeklies.channel_due(work.session, work.now)
    if task_force is None:
        return False
    try:
        task_force.channel_due_at = _plan(work, office_of(work, task_force))
        nudges.mended(work.session, NOUN, [task_force.id])
    except DBAPIError:
        raise  # the whole transaction is lost
    except Exception as error:  # one bad task force must not keep the others waiting
        log.exception("channel-not-reminded", task_force=task_force.id)
        task_force.channel_due_at = step_aside(work, NOUN, task_force.id, error)
    return True


def _plan(work: Work, office: Office) -> datetime:
    """Queue the reminder if there is one, and say when it is time again. What was missed at night is the next day's."""
    opening, task_force = next_opening(work.now, office.itself), office.task_force
    if opening == work.now:
        _remind(work, office)
    elif local_date(opening, task_force) == local_date(work.now, task_force):
        return opening
    return channel_after(work.now, office.task_force, office.calendar)


def _remind(work: Work, office: Office) -> None:
    task_force, today = office.task_force, local_date(work.now, office.task_force)
    channel = people.main_channel(work.session, task_force.id or 0)
    if channel is None or not due_for(work.session, office, today):
        return
    if nudges.open_digest(work.session, channel.channel_id, today, work.now):
        subject = f"{task_force.id}:{today.isoformat()}"
        work.queue(Lane(channel.speaker_id, channel.channel_id), CHANNEL_NUDGES, subject)


def due_for(session: Session, office: Office, today: date) -> list[Item]:
    """The joint items of which the channel hears on a day, the earliest first."""
    return weeklies.due_between(session, office.task_force.id or 0, today, last_heard(today, office.calendar))


def render_channel(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To the channel: what is due, as it still is when it is sent; nothing once the day is over."""
    task_force_id, _, day = row.subject.partition(":")
    office = read_office(session, session.get_one(TaskForce, int(task_force_id)))
    if local_date(now, office.task_force) != date.fromisoformat(day):
        return None
    views = views_of(session, due_for(session, office, date.fromisoformat(day)))
    return messages.reminder(views, now, say) if views else None
