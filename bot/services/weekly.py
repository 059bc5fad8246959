"""The weekly summary: sent to leads, deputies and secretaries, shown to whoever asks, and as text for a report."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.messages import weekly as messages
from bot.messages.nudges import Reminder
from bot.messages.post import Post, Reply
from bot.messages.weekly import Weekly
from bot.rules.calendars import working_days_between
from bot.rules.escalation import LATE_TO_SECRETARY
from bot.rules.hours import is_open
from bot.rules.items import ItemView, local_date
from bot.rules.roster import counts_for, inside, keeps_side
from bot.rules.weekly import PRINT, REPORT, WHOLE, weekly_after
from bot.services import budget_weekly, exports, weekly_records
from bot.services.askers import Asker, require_member
from bot.services.awaited import delegation_of
from bot.services.calendars import calendar_of
from bot.services.hours import tell
from bot.services.item_views import views_of
from bot.services.receivers import Office, office_of
from bot.services.setting_aside import step_aside
from bot.services.work import Work
from config.words import Say
from storage import people, roster, setting_aside, weeklies
from storage.outbox import Lane
from storage.tables import Item, OutboxRow, Person, Role, Side, TaskForce
from storage.tables import Weekly as Sent

log = structlog.get_logger()
WEEKLY, WEEKLY_COPY = "weekly", "weekly-channel"  # kinds of posts
PAPER = "weekly-paper"  # likewise: the file for whoever asks
NOUN = "weekly"
AHEAD = timedelta(days=14)
READERS = (Role.LEAD, Role.DEPUTY, Role.SECRETARY)


def plan_weekly(work: Work) -> bool:
    """Send one task force's summary; False when none is left for which it is time. Of those missed only the last is sent."""
    task_force = weeklies.weekly_due(work.session, work.now)
    if task_force is None:
        return False
    try:
        task_force.weekly_due_at = _send(work, office_of(work, task_force))
        setting_aside.mended(work.session, NOUN, [task_force.id])
    except DBAPIError:
        raise  # the whole transaction is lost
    except Exception as error:  # one bad task force must not keep the others waiting
        log.exception("weekly-not-sent", task_force=task_force.id)
        task_force.weekly_due_at = step_aside(work, NOUN, task_force.id, error)
    return True


def _send(work: Work, office: Office) -> datetime:
    """Queue the summary for everybody who gets it, and say when the next one comes."""
    task_force = office.task_force
    at = following = task_force.weekly_due_at or work.now
    while following <= work.now:
        at, following = following, weekly_after(following, task_force, office.calendar)
    channel = people.main_channel(work.session, task_force.id or 0)
    last = weeklies.last(work.session, task_force.id or 0)
    if channel is None or (last and last.at >= at):
        return following
    sent = Sent(task_force_id=task_force.id or 0, at=at, since=last.made_at if last else None, made_at=work.now)
    work.session.add(sent)
    work.session.flush()
    in_time = is_open(work.now, office.itself) or work.now - at < timedelta(hours=1)
    if task_force.weekly_in_channel and in_time:
        work.queue(Lane(channel.speaker_id, channel.channel_id), WEEKLY_COPY, task_force.id, {"weekly": sent.id})
    for one in sorted(office.people.values(), key=lambda one: one.user_id):
        if one.role in READERS:
            lane = Lane(channel.speaker_id, user_id=one.user_id)
            tell(work, task_force, lane, WEEKLY, one.person_id, {"weekly": sent.id})
    return following


def render_weekly(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To a reader, as things are when it is sent; not to somebody who has left or is no reader any more."""
    person, sent = session.get_one(Person, int(row.subject)), session.get_one(Sent, row.args["weekly"])
    if person.role not in READERS or row.user_id not in people.user_ids(session, person.id or 0):
        return None
    task_force = session.get_one(TaskForce, person.task_force_id)
    return messages.summary(facts(session, task_force, person, sent.since, now), say)


def render_weekly_copy(session: Session, row: OutboxRow, say: Say, now: datetime) -> Post | None:
    """To the channel: the joint facts, without who must do what and who is late."""
    task_force, sent = session.get_one(TaskForce, int(row.subject)), session.get_one(Sent, row.args["weekly"])
    return messages.summary(facts(session, task_force, None, sent.since, now), say)


def summary(work: Work, asker: Asker, rest: str) -> Reply:
    """`summary`, `summary all`, `summary report`, `summary pdf`: as things are now, since the last summary that was sent."""
    task_force, person = require_member(asker)
    word = rest.strip().casefold()
    if word in PRINT:
        exports.check_fonts()
        return exports.bring(work, asker, task_force, PAPER, str(person.id))
    shown = facts_now(work.session, task_force, person, work.now)
    if word in REPORT:
        return Reply(messages.report(shown, asker.say))
    return Reply(messages.summary(shown, asker.say, whole=word in WHOLE))


def facts_now(session: Session, task_force: TaskForce, person: Person, now: datetime) -> Weekly:
    """What a reader is told when they ask: since the last summary that was sent."""
    last = weeklies.last(session, task_force.id or 0)
    return facts(session, task_force, person, last.made_at if last else None, now)


def facts(
    session: Session, task_force: TaskForce, person: Person | None, since: datetime | None, now: datetime
) -> Weekly:
    """What a reader is told; for the channel without a person."""
    of, today = task_force.id or 0, local_date(now, task_force)
    after = since or task_force.created_at
    own_side = inside(person)
    slipped = weeklies.slipped_since(session, of, after, own_side)
    side = session.get_one(Side, person.side_id) if person else None
    late = _late(session, task_force, person, now) if person and keeps_side(person) else []
    return Weekly(
        task_force=task_force,
        now=now,
        since=since,
        reader=person,
        side=side,
        own=_own(session, person, now) if person else (),
        late=late,
        joining=weeklies.asking_to_join(session, person.side_id) if person and keeps_side(person) else 0,
        coming=views_of(session, weeklies.due_between(session, of, today, today + AHEAD, own_side)),
        turns=_own_first(views_of(session, weeklies.half_done(session, of, own_side)), side),
        closed=views_of(session, weeklies.closed_since(session, of, after, own_side)),
        slipped=[
            (view, old) for view, (_, old) in zip(views_of(session, [i for i, _ in slipped]), slipped, strict=True)
        ],
        made=views_of(session, weeklies.made_since(session, of, after, own_side)),
        budget=budget_weekly.facts(session, task_force, person, after, today),
        records=weekly_records.facts(session, task_force, person, after, now),
    )


def _own(session: Session, person: Person, now: datetime) -> list[Reminder]:
    """What is to be done by the reader: overdue, or due within the time that is looked ahead."""
    today = local_date(now, session.get_one(TaskForce, person.task_force_id))
    found = _reminders(session, roster.open_items(session, person.id or 0, unconfirmed=True), person, today)
    last = today + AHEAD
    return sorted((one for one in found if one.due_on and one.due_on <= last), key=lambda one: str(one.due_on))


def _late(session: Session, task_force: TaskForce, person: Person, now: datetime) -> list[Reminder]:
    """What of the own side others have been overdue with for long enough to be told of."""
    today, calendar = local_date(now, task_force), calendar_of(session, task_force, person)
    items = weeklies.late_of_side(session, task_force.id or 0, person.side_id, today)
    found = [one for one in _reminders(session, items, person, today) if one.share.owner.id != person.id]
    return [
        one for one in found if one.due_on and working_days_between(one.due_on, today, calendar) >= LATE_TO_SECRETARY
    ]


def _reminders(session: Session, items: Iterable[Item], person: Person, today: date) -> list[Reminder]:
    """The parts of the person's side, as they can be acted upon: who may not confirm one gets no button for it."""
    is_delegate = delegation_of(session, person, today) is not None
    shares = [(view, share) for view in views_of(session, items) for share in view.shares]
    return [
        Reminder(
            view,
            share,
            "",
            is_of_side=not (is_delegate or counts_for(person, share.side.id or 0, share.owner.id or 0)),
        )
        for view, share in shares
        if share.side.id == person.side_id
    ]


def _own_first(views: list[ItemView], side: Side | None) -> list[ItemView]:
    """What waits for the reader's side comes first, each part in the order it had."""
    mine = [view for view in views if side and any(share.side.id == side.id for share in view.waiting)]
    ids = {view.item.id for view in mine}
    return [*mine, *(view for view in views if view.item.id not in ids)]
