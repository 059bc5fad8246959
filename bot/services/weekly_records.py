"""What the weekly summary tells of decisions, meetings and minutes."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.messages.weekly_records import Awaited, Records
from bot.rules.awaited import AFTER, AWAITED
from bot.rules.items import local_date
from bot.rules.meeting_reminders import ANSWER
from bot.rules.roster import keeps_side
from bot.services import decision_reminders, meeting_reminders
from bot.services.awaited import may_speak
from bot.services.meeting_views import invitations_of, said
from bot.services.receivers import Office, read_office
from storage import decisions, meetings, people
from storage.tables import Meeting, Person, TaskForce

AHEAD = timedelta(days=14)
MOST = 50


def facts(session: Session, task_force: TaskForce, reader: Person | None, since: datetime, now: datetime) -> Records:
    """The part of one reader; for the channel without a person."""
    of, today = task_force.id or 0, local_date(now, task_force)
    planned = meetings.planned_between(session, of, now, now + AHEAD)
    reviews = decisions.reviews_between(session, of, today, today + AHEAD)
    in_force = decisions.in_force_since(session, of, since)
    if reader is None:
        return Records(task_force.zone, meetings=planned, reviews=reviews, in_force=in_force)
    office = read_office(session, task_force)
    awaits, speaks = awaiting(session, office, reader, now), may_speak(session, reader, today)
    side = [one for one in people.active(session, of) if one.side_id == reader.side_id]
    return Records(
        task_force.zone,
        awaited=awaits if speaks else (),
        silent=[one for one in awaits if one.days >= AFTER] if keeps_side(reader) and not speaks else (),
        speakers=[one for one in side if may_speak(session, one, today)],
        unanswered=[
            meeting_reminders.told(session, office, one, ANSWER, reader.id or 0, now)
            for one in planned
            if _has_not_answered(session, one, reader)
        ],
        meetings=planned,
        reviews=reviews,
        in_force=in_force,
    )


def awaiting(session: Session, office: Office, person: Person, now: datetime) -> list[Awaited]:
    """To what the word of somebody's side is awaited, the longest first. Decisions in a draft are confirmed with it."""
    drafts = meetings.drafts(session, person.task_force_id)
    in_drafts = {one.id for one in drafts}
    found: list[Awaited] = [
        decision_reminders.told(session, office, one, AWAITED, person.side_id, now)
        for one in decisions.awaiting(session, person, MOST)
        if one.meeting_id not in in_drafts
    ]
    found += [
        meeting_reminders.told(session, office, one, AWAITED, person.id or 0, now)
        for one in drafts
        if _is_silent(session, one, person)
    ]
    return sorted(found, key=lambda one: -one.days)


def _is_silent(session: Session, meeting: Meeting, person: Person) -> bool:
    return person.side_id not in {one.side_id for one in said(session, meeting)}


def _has_not_answered(session: Session, meeting: Meeting, person: Person) -> bool:
    return any(row.person_id == person.id and row.answer is None for row in invitations_of(session, meeting))
