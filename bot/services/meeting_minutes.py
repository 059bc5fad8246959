"""A meeting's minutes: made of its raw lines each time they are asked for, until they are on record; from then on kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.rules.kept_minutes import read_minutes, write_minutes
from bot.rules.meetings import BOT_NAMES, RECORDED, link_to
from bot.rules.minutes import Known, LineKind, Minutes, RawLine, Setting, make
from bot.rules.minutes.logs.export import read_export, write_export
from bot.services.calendars import calendar_of
from storage import installations, meetings, people, questions
from storage.tables import Meeting, MeetingLine, Person, Side, TaskForce


def minutes_of(session: Session, meeting: Meeting) -> Minutes:
    """The minutes as they are kept, once they are on record; until then as the lines make them now."""
    kept = meetings.kept(session, meeting.id or 0) if meeting.phase in RECORDED else None
    return read_minutes(kept.minutes, links(session, meeting)) if kept else read(session, meeting)


def read(session: Session, meeting: Meeting) -> Minutes:
    """The minutes as the lines make them now, by the rules of today."""
    known, setting = terms(session, meeting)
    return make(raw_lines(session, meeting), known, setting)


def keep(session: Session, meeting: Meeting) -> Minutes:
    """Read the lines of a meeting on record once more: what they say now is what stands from now on. It is locked."""
    minutes = read(session, meeting)
    meetings.keep(session, meeting.id or 0, write_minutes(minutes))
    return minutes


def links(session: Session, meeting: Meeting) -> dict[str, str]:
    """The addresses of the messages by their keys, as far as Slack has told them."""
    if not meeting.permalink:
        return {}
    keys = meetings.from_thread(session, meeting.id or 0)
    return {key: _link(meeting, key, from_thread=from_thread) for key, from_thread in keys.items()}


def _link(meeting: Meeting, key: str, *, from_thread: bool) -> str:
    """What was not written in the thread (a form, a button) leads to the meeting's card."""
    return link_to(meeting.permalink, meeting.thread_ts, key) if from_thread else meeting.permalink


def raw_lines(session: Session, meeting: Meeting) -> list[RawLine]:
    """The record as the rules read it."""
    return [raw_line(meeting, line) for line in meetings.lines(session, meeting.id or 0)]


def raw_line(meeting: Meeting, line: MeetingLine) -> RawLine:
    """One line of it."""
    link = _link(meeting, line.key, from_thread=line.from_thread)
    kind = LineKind(line.kind)
    return RawLine(line.key, line.ordinal, line.text, line.writer, line.at, kind, line.about, line.part, link)


def terms(session: Session, meeting: Meeting) -> tuple[Sequence[Known], Setting]:
    """Whom the lines may mean and how they are read: as things are, or as they were when the meeting was put on record."""
    if meeting.head:
        kept = read_export(meeting.head)
        return kept.people, kept.setting
    return known_people(session, meeting.task_force_id), setting_of(session, meeting)


def setting_of(session: Session, meeting: Meeting) -> Setting:
    """What is true of the meeting beside its lines."""
    task_force = session.get_one(TaskForce, meeting.task_force_id)
    return Setting(
        title=meeting.title,
        start=meeting.started_at,
        end=meeting.ended_at,
        zone=task_force.zone,
        calendar=calendar_of(session, task_force),
        sides=tuple(side.name for side in people.sides(session, meeting.task_force_id)),
        bot_names=(*sorted(installations.bot_users(session)), *BOT_NAMES),
    )


def known_people(session: Session, task_force_id: int) -> list[Known]:
    """The roster as lines may name it."""
    sides = {side.id: side for side in people.sides(session, task_force_id)}
    aliases = _by_person(questions.aliases(session, task_force_id))
    return [
        _known(person, sides[person.side_id], aliases.get(person.id, ()), people.user_ids(session, person.id or 0))
        for person in people.active(session, task_force_id)
    ]


def _by_person(aliases: dict[str, Person]) -> dict[int | None, list[str]]:
    found: dict[int | None, list[str]] = {}
    for name, person in aliases.items():
        found.setdefault(person.id, []).append(name)
    return found


def _known(person: Person, side: Side, aliases: Iterable[str], accounts: Iterable[str]) -> Known:
    return Known(
        key=str(person.id),
        name=person.name,
        title=person.job_title,
        department=person.department,
        side=side.name,
        aliases=tuple(aliases),
        accounts=tuple(accounts),
    )


def with_title(head: str, title: str) -> str:
    """The terms of a meeting that was put on record, under another title."""
    kept = read_export(head)
    return write_export([], kept.people, replace(kept.setting, title=title))
