"""The channel's reminder: at most one message a day, about dates and never about who is late."""

from datetime import date, datetime

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.messages import channel_reminders as messages
from bot.messages.budget_nudges import channel_lines
from bot.messages.post import Post
from bot.rules.budget import LineView
from bot.rules.channel_reminders import channel_after, heard_at, last_heard
from bot.rules.hours import next_opening
from bot.rules.items import local_date
from bot.rules.milestones import channel_hears, due_of, rungs
from bot.services.budget_views import views_of as views_of_lines
from bot.services.item_views import views_of
from bot.services.receivers import Office, office_of, read_office
from bot.services.setting_aside import step_aside
from bot.services.work import Work
from config.words import Say
from storage import budget_dues, digests, people, setting_aside, weeklies
from storage.outbox import Lane
from storage.tables import Item, Milestone, OutboxRow, TaskForce

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
        setting_aside.mended(work.session, NOUN, [task_force.id])
    except DBAPIError:
        raise  # the whole transaction is lost
    except Exception as error:  # one bad task force must not keep the others waiting
        log.exception("channel-not-reminded", task_force=task_force.id)
        task_force.channel_due_at = step_aside(work, NOUN, task_force.id, error)
    return True


def _plan(work: Work, office: Office) -> datetime:
    """Queue the reminder if there is one, and say when it is time again. What was missed at night is the next day's."""
    task_force = office.task_force
    at = heard_at(next_opening(work.now, office.itself), task_force)
    if at <= work.now:
        _remind(work, office)
    elif local_date(at, task_force) == local_date(work.now, task_force):
        return at
    return channel_after(work.now, office.task_force, office.calendar)


def _remind(work: Work, office: Office) -> None:
    task_force, today = office.task_force, local_date(work.now, office.task_force)
    channel = people.main_channel(work.session, task_force.id or 0)
    if channel is None or not (due_for(work.session, office, today) or dates_for(work.session, office, today)):
        return
    if digests.open_once(work.session, {channel.channel_id: today}, work.now):
        subject = f"{task_force.id}:{today.isoformat()}"
        work.queue(Lane(channel.speaker_id, channel.channel_id), CHANNEL_NUDGES, subject)


def due_for(session: Session, office: Office, today: date) -> list[Item]:
    """The joint items of which the channel hears on a day, the earliest first."""
    return weeklies.due_between(session, office.task_force.id or 0, today, last_heard(today, office.calendar))


def dates_for(session: Session, office: Office, today: date) -> list[tuple[LineView, Milestone]]:
    """The dates of joint budget lines of which the channel hears on a day: 30, 7 and 1 days before them."""
    found = budget_dues.in_channel(session, office.task_force.id or 0)
    heard = [one for one, _ in found if _is_heard(one, today, office)]
    views = {view.line.id: view for view in views_of_lines(session, {line.id: line for _, line in found}.values())}
    return sorted(((views[one.line_id], one) for one in heard), key=lambda pair: (str(due_of(pair[1])), pair[1].id))


def _is_heard(one: Milestone, today: date, office: Office) -> bool:
    return any(rung.day == today and channel_hears(rung) for rung in rungs(one, office.calendar, office.calendar))


def render_channel(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To the channel: what is due, as it still is when it is sent; nothing once the day is over."""
    task_force_id, _, day = row.subject.partition(":")
    office = read_office(session, session.get_one(TaskForce, int(task_force_id)))
    on = date.fromisoformat(day)
    if local_date(now, office.task_force) != on:
        return None
    views = views_of(session, due_for(session, office, on))
    budget = channel_lines(dates_for(session, office, on), on, say)
    return messages.reminder(views, now, say, budget) if views or budget else None
