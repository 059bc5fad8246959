"""Meetings that are planned: when, where, who; moved, cancelled, and answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.messages import meeting_plans as messages
from bot.messages.meeting_forms import kept_of
from bot.messages.post import Reply, View
from bot.rules import meetings as rules
from bot.rules import roster
from bot.rules.dates import find_due
from bot.rules.lines import says_nothing
from bot.services import meeting_dues
from bot.services.askers import Asker, require_member
from bot.services.calendars import calendar_of
from bot.services.item_owners import people_in
from bot.services.items import require_changer
from bot.services.meeting_agendas import INVITED, take_up
from bot.services.meeting_reminders import asked
from bot.services.meeting_views import view_of
from bot.services.meetings import channel_for, check_title, lane_of, new, record, require_phase, require_writer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items, meetings, people
from storage.tables import Answer, Invitation, Meeting, Person, Phase, TaskForce

CALENDAR, NEWS = "meeting-calendar", "meeting-plan-news"  # kinds of posts


@dataclass(frozen=True)
class Plan:
    """What the form holds; day and hour are local to the task force's zone. No people: everybody."""

    title: str
    on: date
    at: time
    place: str = ""
    people: str = ""


def form(work: Work, asker: Asker, rest: str) -> Reply:
    """The form, filled in from a line: `다음 주 목요일 14시 실무회의`."""
    task_force, _ = require_changer(asker)
    zone = ZoneInfo(task_force.zone)
    now = work.now.astimezone(zone)
    due = find_due(rest, now, calendar_of(work.session, task_force))[0] if rest else None
    reading = due.readings[0] if due and due.readings else None
    start, end = due.span if due and due.span else (0, 0)
    title = " ".join(f"{rest[:start]} {rest[end:]}".split())
    plan = Plan(
        title, reading.date if reading else now.date() + timedelta(days=7), (reading and reading.time) or time(14)
    )
    memory = {"task_force": task_force.id, "channel": asker.who.channel_id, "meeting": None}
    return Reply(view=messages.form(plan.title, plan.on, plan.at, "", "", memory, asker.say))


def change_form(work: Work, asker: Asker, meeting: Meeting) -> View:
    """The form of a meeting that is planned already."""
    require_writer(asker)
    require_phase(meeting, Phase.PLANNED)
    view = view_of(work.session, meeting)
    local = (meeting.planned_for or work.now).astimezone(ZoneInfo(view.task_force.zone))
    names = ", ".join(f"{guest.person.name} {guest.person.job_title}".strip() for guest in view.guests)
    memory = kept_of(meeting, asker.who.channel_id)
    return messages.form(meeting.title, local.date(), local.time(), meeting.place, names, memory, asker.say)


def plan(work: Work, asker: Asker, wish: Plan) -> Meeting:
    """Plan a meeting, and invite."""
    task_force, person = require_changer(asker)
    guests = guests_of(work, task_force, wish.people)
    task_force = items.lock_numbers(work.session, task_force.id or 0)
    moment = _moment(work, task_force, wish)
    meeting = new(work, asker, task_force, channel_for(work, asker, task_force), wish.title.strip())
    meeting.planned_for, meeting.place, meeting.host_side_id = moment, wish.place, person.side_id
    asked(work, meeting)
    _invite(work, meeting, guests)
    take_up(work, meeting)
    record(work, meeting, "planned", person.id, at=moment.isoformat())
    _tell(work, meeting)
    return meeting


def change(work: Work, asker: Asker, meeting: Meeting, wish: Plan) -> Meeting:
    """Move it, or change where and who; those who had answered stay answered, another day is announced anew."""
    task_force, person = require_changer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.PLANNED)
    guests = guests_of(work, task_force, wish.people)
    moment = _moment(work, task_force, wish)
    if moment != meeting.planned_for:
        meeting.told = {}
        asked(work, meeting)
    meeting.planned_for, meeting.place = moment, wish.place
    meeting.title = wish.title.strip() or meeting.title
    _invite(work, meeting, guests)
    record(work, meeting, "moved", person.id, at=moment.isoformat())
    _tell(work, meeting)
    work.queue(lane_of(work.session, meeting), NEWS, meeting.id)
    return meeting


def cancel(work: Work, asker: Asker, meeting: Meeting) -> Meeting:
    """It does not take place; its topics wait for another."""
    person = require_writer(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.PLANNED)
    meeting.phase, meeting.next_due_at = Phase.CANCELLED, None
    for topic in view_of(work.session, meeting).agenda:
        topic.meeting_id = None
    record(work, meeting, "cancelled", person.id)
    lane = lane_of(work.session, meeting)
    for kind in (INVITED, NEWS, CALENDAR):
        work.queue(lane, kind, meeting.id)
    return meeting


def answer(work: Work, asker: Asker, meeting: Meeting, said: Answer, proxy: tuple[str, str] = ("", "")) -> Meeting:
    """Somebody says whether they come, or who comes in their place (name and position)."""
    _, person = require_member(asker)
    meeting = meetings.lock(work.session, meeting.id or 0)
    require_phase(meeting, Phase.PLANNED)
    if said is Answer.PROXY and says_nothing(proxy[0]):
        raise Refused("meeting-proxy-who", field="name")
    row = _invitation(work, meeting, person)
    row.answer, row.answered_at = said, work.now
    row.proxy_name, row.proxy_title = (" ".join(one.split()) for one in proxy)
    meeting_dues.derive(work, meeting)
    record(work, meeting, "answered", person.id, answer=said.value)
    work.queue(lane_of(work.session, meeting), INVITED, meeting.id)
    return meeting


def guests_of(work: Work, task_force: TaskForce, names: str) -> list[Person]:
    """Who is expected: those named, else everybody who takes part."""
    if names.strip():
        return people_in(work, task_force, names)
    everybody = people.active(work.session, task_force.id or 0)
    return [one for one in everybody if roster.may(one.role, roster.Right.WRITE_IN_MEETINGS)]


def _moment(work: Work, task_force: TaskForce, wish: Plan) -> datetime:
    check_title(wish.title)
    if len(wish.place) > rules.PLACE_LIMIT:
        raise Refused("meeting-words-long", field="place", limit=str(rules.PLACE_LIMIT))
    moment = datetime.combine(wish.on, wish.at, ZoneInfo(task_force.zone))
    if moment <= work.now:
        raise Refused("meeting-plan-past", field="on")
    return moment


def _invite(work: Work, meeting: Meeting, guests: Iterable[Person]) -> None:
    """Exactly these are expected; who had answered keeps the answer."""
    query = select(Invitation).where(Invitation.meeting_id == meeting.id)
    rows = {row.person_id: row for row in work.session.exec(query)}
    wanted = {one.id or 0 for one in guests}
    for person_id in wanted - set(rows):
        work.session.add(Invitation(meeting_id=meeting.id or 0, person_id=person_id))
    for person_id in set(rows) - wanted:
        work.session.delete(rows[person_id])
    work.session.flush()


def _invitation(work: Work, meeting: Meeting, person: Person) -> Invitation:
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.person_id == person.id)
    row = work.session.exec(query).first() or Invitation(meeting_id=meeting.id or 0, person_id=person.id or 0)
    work.session.add(row)
    return row


def _tell(work: Work, meeting: Meeting) -> None:
    """The invitation with its buttons, and the file for calendars."""
    meeting_dues.derive(work, meeting)
    lane = lane_of(work.session, meeting)
    work.queue(lane, INVITED, meeting.id)
    work.queue(lane, CALENDAR, meeting.id)
