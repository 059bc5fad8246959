"""A saved log becomes a meeting: its raw lines as they are, to be put on record by whoever is named as its keeper."""

from collections.abc import Iterable
from dataclasses import replace

from bot.rules.meeting_imports import joined
from bot.rules.minutes import Known, LineKind, RawLine, Setting, make
from bot.rules.minutes.logs import Log
from bot.rules.minutes.logs.export import write_export
from bot.services.meeting_ends import show_review
from bot.services.meeting_filing import make_searchable, reserve
from bot.services.meeting_minutes import known_people
from bot.services.meetings import record
from bot.services.refused import Refused
from bot.services.work import Work
from storage import items, meetings, people
from storage.tables import BoundChannel, Meeting, MeetingLine, Person, Phase, TaskForce


def keep_log(work: Work, channel_id: str, keeper: str, log: Log, title: str = "") -> Meeting:
    """Store a log as a meeting of the task force in a channel of Slack; `keeper` is a name of its roster."""
    channel = people.bound_channel(work.session, channel_id)
    if channel is None:
        raise Refused("import-no-task-force", channel=channel_id)
    task_force = work.session.get_one(TaskForce, channel.task_force_id)
    named = people.named(work.session, task_force, keeper)
    if len(named) != 1:
        raise Refused("import-keeper", name=keeper)
    meeting = _meeting(work, channel, named[0], log, title)
    _store(work, meeting, log.lines)
    known, setting = _terms(work, meeting, log)
    minutes = make(log.lines, known, setting)
    reserve(work, meeting, minutes)
    make_searchable(meeting, minutes)
    record(work, meeting, "imported", named[0].id, format=log.format.value)
    show_review(work, meeting)
    return meeting


def _meeting(work: Work, channel: BoundChannel, keeper: Person, log: Log, title: str) -> Meeting:
    """Its row: over, so that what is understood is looked through before it becomes real."""
    minutes = make(log.lines, log.people, log.setting)
    task_force = items.lock_numbers(work.session, channel.task_force_id)
    task_force.last_meeting_number += 1
    say, number = work.words.say(task_force.language), task_force.last_meeting_number
    meeting = Meeting(
        task_force_id=channel.task_force_id,
        number=number,
        title=title or minutes.title or say("meeting-untitled", number=str(number), name=task_force.name),
        phase=Phase.ENDED,
        channel_id=channel.id or 0,
        created_by=keeper.id or 0,
        created_at=work.now,
        keeper_id=keeper.id or 0,
        host_side_id=keeper.side_id,
        started_at=minutes.start or work.now,
        ended_at=minutes.end or minutes.start or work.now,
    )
    work.session.add(meeting)
    work.session.flush()
    return meeting


def _terms(work: Work, meeting: Meeting, log: Log) -> tuple[list[Known], Setting]:
    """Who is known and how the lines are read, kept with the meeting."""
    known = joined(known_people(work.session, meeting.task_force_id), log.people)
    sides = tuple(side.name for side in people.sides(work.session, meeting.task_force_id))
    setting = replace(log.setting, title=meeting.title, sides=tuple(dict.fromkeys([*sides, *log.setting.sides])))
    meeting.head = write_export([], known, setting)
    return known, setting


def _store(work: Work, meeting: Meeting, lines: Iterable[RawLine]) -> None:
    for line in lines:
        row = MeetingLine(
            meeting_id=meeting.id or 0,
            key=line.key,
            ordinal=line.ordinal,
            kind=LineKind(line.kind),
            text=line.text,
            writer=line.writer,
            at=line.at,
            about=line.of,
            part=line.part,
            from_thread=False,
        )
        meetings.add_line(work.session, row)
