"""Meetings: started, found, shown."""

from datetime import timedelta

from sqlmodel import Session, select

from bot.rules import meetings as rules
from bot.rules.lines import says_nothing
from bot.services.askers import Asker, require_member
from bot.services.items import require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import history, items, meetings, people
from storage.outbox import Lane
from storage.tables import BoundChannel, Meeting, Person, Phase, TaskForce

CARD = "meeting-card"  # a kind of post; the record is the thread under it
PAPERS = "meeting-papers"  # likewise: the files to be filed, in that thread
STARTS_WITHIN = timedelta(hours=12)  # how far from now a planned meeting may be to be the one that is started


def start(work: Work, asker: Asker, title: str, planned: Meeting | None = None) -> Meeting:
    """Begin to keep a meeting's record: the one that was planned for now, or a new one. One at a time in a channel."""
    task_force, person = require_changer(asker)
    channel = channel_for(work, asker, task_force)
    task_force = items.lock_numbers(work.session, task_force.id or 0)
    if running := meetings.live_in(work.session, channel.channel_id):
        raise Refused("meeting-live-already", ref=rules.ref(running), title=running.title)
    check_title(title)
    planned = planned or (planned_now(work, channel) if says_nothing(title) else None)
    if planned:
        require_phase(planned, Phase.PLANNED)
    meeting = planned or new(work, asker, task_force, channel, title)
    meeting.phase, meeting.started_at, meeting.keeper_id = Phase.LIVE, work.now, person.id or 0
    meeting.channel_id, meeting.host_side_id = channel.id or 0, meeting.host_side_id or person.side_id
    meeting.thread_ts, meeting.next_due_at = "", work.now + rules.SILENCE
    work.session.add(meeting)
    work.session.flush()
    record(work, meeting, "started", person.id)
    show_card(work, meeting)
    return meeting


def new(work: Work, asker: Asker, task_force: TaskForce, channel: BoundChannel, title: str) -> Meeting:
    """A meeting with the next number; the task force is locked. Without a title it is called by its number."""
    _, person = require_member(asker)
    task_force.last_meeting_number += 1
    number = task_force.last_meeting_number
    say = work.words.say(task_force.language)
    meeting = Meeting(
        task_force_id=task_force.id or 0,
        number=number,
        title=title or say("meeting-untitled", number=str(number), name=task_force.name),
        phase=Phase.PLANNED,
        channel_id=channel.id or 0,
        created_by=person.id or 0,
        created_at=work.now,
        keeper_id=person.id or 0,
    )
    work.session.add(meeting)
    work.session.flush()
    return meeting


def planned_now(work: Work, channel: BoundChannel) -> Meeting | None:
    """The meeting of this channel's task force that was planned for about now, the nearest."""
    query = select(Meeting).where(Meeting.task_force_id == channel.task_force_id, Meeting.phase == Phase.PLANNED)
    near = [
        one for one in work.session.exec(query) if one.planned_for and abs(one.planned_for - work.now) < STARTS_WITHIN
    ]
    return min(near, key=lambda one: abs((one.planned_for or work.now) - work.now), default=None)


def check_title(title: str) -> None:
    """A title that fits on a card."""
    if len(title) > rules.TITLE_LIMIT:
        raise Refused("meeting-title-long", field="title", limit=str(rules.TITLE_LIMIT), length=str(len(title)))


def channel_for(work: Work, asker: Asker, task_force: TaskForce) -> BoundChannel:
    """Where a meeting is held: where the asker is, else the task force's first channel."""
    channel = asker.channel or people.main_channel(work.session, task_force.id or 0)
    if channel is None:
        raise Refused("no-task-force-here")
    return channel


def find(work: Work, asker: Asker, number: int) -> Meeting:
    """The meeting with this number in the asker's task force; another task force's is as if it were not there."""
    task_force, _ = require_member(asker)
    meeting = meetings.by_number(work.session, task_force.id or 0, number)
    if meeting is None:
        raise Refused("meeting-not-found", ref=f"M-{number}", name=task_force.name)
    return meeting


def find_by_id(work: Work, asker: Asker, meeting_id: int) -> Meeting:
    """The meeting of a button, if it is the asker's task force's; a forged or foreign one shows nothing."""
    task_force, _ = require_member(asker)
    meeting = work.session.get(Meeting, meeting_id)
    if meeting is None or meeting.task_force_id != task_force.id:
        raise Refused("meeting-gone")
    return meeting


def find_live(work: Work, asker: Asker) -> Meeting:
    """The meeting that is held where the asker is, else the only one of the task force."""
    task_force, _ = require_member(asker)
    here = meetings.live_in(work.session, asker.channel.channel_id) if asker.channel else None
    running = meetings.page(work.session, task_force.id or 0, 0, 2, [Phase.LIVE])
    if here is None and len(running) != 1:
        raise Refused("meeting-none-live")
    return here or running[0]


def require_writer(asker: Asker) -> Person:
    """The asker, if what they write is kept."""
    _, person = require_changer(asker)
    return person


def require_keeper(asker: Asker, meeting: Meeting) -> Person:
    """The asker, if they may put the meeting on record and change its lines."""
    person = require_writer(asker)
    if not rules.may_keep(person, meeting):
        raise Refused("meeting-keeper-only", ref=rules.ref(meeting))
    return person


def require_phase(meeting: Meeting, *phases: Phase) -> None:
    """The meeting, only if it is so far and no further."""
    if meeting.phase not in phases:
        raise Refused(f"meeting-is-{meeting.phase}", ref=rules.ref(meeting))


def lane_of(session: Session, meeting: Meeting) -> Lane:
    """Where its messages go."""
    channel = meetings.channel_of(session, meeting)
    return Lane(channel.speaker_id, channel.channel_id)


def show_card(work: Work, meeting: Meeting) -> None:
    """Have the meeting's card made true."""
    work.queue(lane_of(work.session, meeting), CARD, meeting.id)


def hand_out(work: Work, meeting: Meeting) -> None:
    """Have the files to be filed posted as they are then, to those who were there: they follow the thread."""
    work.queue(lane_of(work.session, meeting), PAPERS, meeting.id)


def record(work: Work, meeting: Meeting, act: str, person_id: int | None, **new: object) -> None:
    """One line in the meeting's history."""
    subject = ("meeting", meeting.id or 0)
    history.record(
        work.session, subject, act, task_force_id=meeting.task_force_id, at=work.now, person_id=person_id, new=new
    )
