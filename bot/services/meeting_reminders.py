"""Reminders of meetings: that one comes, that an answer is missing, that a side's word to its minutes is awaited."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.messages.meeting_nudges import MeetingReminder
from bot.rules import awaited
from bot.rules import meeting_reminders as rules
from bot.rules.awaited import AWAITED
from bot.rules.calendars import working_days_between
from bot.rules.items import local_date
from bot.rules.meeting_reminders import Expected
from bot.rules.nudges import Due, is_among, latest, nearest
from bot.services.awaited import Speakers, speakers
from bot.services.meeting_views import invitations_of, said, view_of
from bot.services.receivers import Office, read_office
from bot.services.work import Work
from storage import meetings, nudges
from storage.nudges import MEETING, Reminded
from storage.tables import Answer, Meeting, Person, PersonState, Phase, Role, Side, TaskForce


def asked(work: Work, meeting: Meeting) -> None:
    """From now on people are asked: to come on that day, or for their word to the draft as it reads now."""
    meeting.asked_at, meeting.heard_until = work.now, None


def keep_asking(work: Work, task_force_id: int) -> None:
    """Silence counts as consent from now on; not to drafts that were silent before, whose time for comments may be over."""
    for meeting in meetings.drafts(work.session, task_force_id):
        meeting.heard_until = max(meeting.heard_until or work.now, work.now)


def plan(work: Work, office: Office, meeting: Meeting) -> None:
    """Write down what is due of one meeting."""
    heard = heard_until(office, meeting)
    due = latest(timeline(work.session, office, meeting, speakers(work.session, office)), heard, work.now)
    nudges.say_once(work.session, office.said(MEETING, meeting.id or 0, due, work.now))
    meeting.heard_until = max(heard, work.now)


def timeline(session: Session, office: Office, meeting: Meeting, who: Speakers) -> list[Due]:
    """Every reminder of one meeting, past ones too; none while it is held and once its minutes are final."""
    asked_on = _asked_on(office, meeting)
    if meeting.phase is Phase.PLANNED and meeting.planned_for:
        return list(rules.timeline(meeting.planned_for, asked_on, _expected(session, office, meeting)))
    if meeting.phase is Phase.DRAFT:
        words = said(session, meeting)
        spoken = {one.side_id for one in words} if all(one.confirms for one in words) else set(who)
        silent = [one for side_id, found in who.items() if side_id not in spoken for one in found]
        return list(awaited.timeline(asked_on, silent, meeting.comments_until))
    return []


def heard_until(office: Office, meeting: Meeting) -> datetime:
    """Up to when reminders are spent. Who plans a meeting for tomorrow has the others told today."""
    if meeting.heard_until or meeting.phase is not Phase.PLANNED:
        return meeting.heard_until or _asked_at(meeting)
    return datetime.combine(_asked_on(office, meeting), time(), ZoneInfo(office.task_force.zone))


def standing(session: Session, found: Sequence[Reminded], now: datetime) -> Iterator[tuple[Reminded, MeetingReminder]]:
    """What is still true of reminders, as it is told; of two about one meeting the later."""
    for nudge in {one.subject_id: one for one in found if one.subject_kind == MEETING}.values():
        meeting = session.get_one(Meeting, nudge.subject_id)
        office = read_office(session, session.get_one(TaskForce, meeting.task_force_id))
        if _is_true(session, office, meeting, nudge, now):
            yield nudge, told(session, office, meeting, nudge.rung, nudge.person_id, now)


def coming(session: Session, office: Office) -> Iterator[tuple[Due, MeetingReminder]]:
    """What is said next of each meeting to each of those who hear of it."""
    who = speakers(session, office)
    for meeting in meetings.watched(session, office.task_force.id or 0):
        for due in nearest(timeline(session, office, meeting, who), heard_until(office, meeting)):
            yield due, told(session, office, meeting, due.rung.name, due.receiver.person_id, due.at)


def told(
    session: Session, office: Office, meeting: Meeting, rung: str, person_id: int, now: datetime
) -> MeetingReminder:
    """How it is told to somebody."""
    answer = next((row.answer for row in invitations_of(session, meeting) if row.person_id == person_id), Answer.YES)
    days = working_days_between(_asked_on(office, meeting), local_date(now, office.task_force), office.calendar)
    side = session.get_one(Side, session.get_one(Person, person_id).side_id).name
    return MeetingReminder(view_of(session, meeting), rung, side, days, has_answered=answer is not None)


def _is_true(session: Session, office: Office, meeting: Meeting, nudge: Reminded, now: datetime) -> bool:
    told = timeline(session, office, meeting, speakers(session, office))
    if nudge.rung == AWAITED or meeting.planned_for is None:
        return is_among(told, nudge.person_id, nudge.rung, nudge.anchor)
    return rules.is_true(meeting.planned_for, told, nudge.rung, nudge.anchor, nudge.person_id, now)


def _expected(session: Session, office: Office, meeting: Meeting) -> list[Expected]:
    """Who is expected; of somebody without Slack the side's secretaries are told, who need not answer."""
    answers = {row.person_id: row.answer for row in invitations_of(session, meeting)}
    reached = [Expected(office.people[of], answer) for of, answer in answers.items() if of in office.people]
    others = [session.get_one(Person, of) for of in answers if of not in office.people]
    sides = {one.side_id for one in others if one.state is PersonState.ACTIVE}
    stand_in = [
        Expected(one, Answer.YES)
        for one in office.people.values()
        if one.role is Role.SECRETARY and one.side_id in sides and one.person_id not in answers
    ]
    return [*reached, *stand_in]


def _asked_on(office: Office, meeting: Meeting) -> date:
    return local_date(_asked_at(meeting), office.task_force)


def _asked_at(meeting: Meeting) -> datetime:
    return meeting.asked_at or meeting.registered_at or meeting.created_at
