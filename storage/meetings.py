"""Queries about meetings and their raw lines."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from storage.tables import AskedLine, BoundChannel, KeptMinutes, LineMark, Meeting, MeetingLine, Phase, ReservedNumber
from storage.types import insert_of

_FRESH = {"populate_existing": True}  # the row may have been read before it was locked
_HEARD = (Phase.LIVE, Phase.ENDED)
_RECORDED = (Phase.DRAFT, Phase.FINAL)


def by_number(session: Session, task_force_id: int, number: int) -> Meeting | None:
    """The meeting with this number in this task force."""
    return session.exec(select(Meeting).where(Meeting.task_force_id == task_force_id, Meeting.number == number)).first()


def lock(session: Session, meeting_id: int) -> Meeting:
    """The meeting as it is now, and nobody else's to change until this transaction ends."""
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update(key_share=True)
    return session.exec(query, execution_options=_FRESH).one()


def channel_of(session: Session, meeting: Meeting) -> BoundChannel:
    """The channel in which the meeting's card stands."""
    return session.get_one(BoundChannel, meeting.channel_id)


def live_in(session: Session, channel_id: str) -> Meeting | None:
    """The meeting that is held in a channel of Slack."""
    query = select(Meeting).join(BoundChannel, col(BoundChannel.id) == col(Meeting.channel_id))
    return session.exec(query.where(BoundChannel.channel_id == channel_id, Meeting.phase == Phase.LIVE)).first()


def in_thread(session: Session, channel_id: str, thread_ts: str) -> Meeting | None:
    """The meeting whose record a thread is; while its card is not recorded yet, the one whose thread it may be."""
    query = select(Meeting).join(BoundChannel, col(BoundChannel.id) == col(Meeting.channel_id))
    query = query.where(BoundChannel.channel_id == channel_id, col(Meeting.phase).in_(_HEARD))
    known = session.exec(query.where(Meeting.thread_ts == thread_ts)).first()
    return known or session.exec(query.where(Meeting.thread_ts == "", Meeting.phase == Phase.LIVE)).first()


def of_thread(session: Session, channel_id: str, thread_ts: str) -> Meeting | None:
    """The meeting whose card stands there, in whatever phase it is."""
    query = select(Meeting).join(BoundChannel, col(BoundChannel.id) == col(Meeting.channel_id))
    return session.exec(query.where(BoundChannel.channel_id == channel_id, Meeting.thread_ts == thread_ts)).first()


def recorded_in(session: Session, channel_id: str, thread_ts: str, ordinal: int) -> Meeting | None:
    """The meeting that was put on record before a message of its thread was heard, which was written before its end."""
    query = select(Meeting).join(BoundChannel, col(BoundChannel.id) == col(Meeting.channel_id))
    query = query.where(BoundChannel.channel_id == channel_id, Meeting.thread_ts == thread_ts)
    return session.exec(query.where(col(Meeting.phase).in_(_RECORDED), Meeting.end_ordinal >= ordinal)).first()


def of_message(session: Session, channel_id: str, ts: str) -> Meeting | None:
    """The running meeting to whose record a message belongs."""
    query = select(Meeting).join(MeetingLine, col(MeetingLine.meeting_id) == col(Meeting.id))
    query = query.join(BoundChannel, col(BoundChannel.id) == col(Meeting.channel_id))
    query = query.where(BoundChannel.channel_id == channel_id, col(Meeting.phase).in_(_HEARD), MeetingLine.key == ts)
    return session.exec(query).first()


def heard(session: Session) -> list[Meeting]:
    """Meetings of whose threads what is written or changed still counts."""
    query = select(Meeting).where(col(Meeting.phase).in_(_HEARD), Meeting.thread_ts != "")
    return list(session.exec(query.order_by(col(Meeting.id).desc())))


def recorded_since(session: Session, since: datetime) -> list[Meeting]:
    """Meetings put on record lately: a line of theirs may not have been heard."""
    query = select(Meeting).where(col(Meeting.registered_at) >= since, Meeting.thread_ts != "")
    return list(session.exec(query.order_by(col(Meeting.id).desc())))


def silent(session: Session, now: datetime) -> list[Meeting]:
    """Running meetings in which nobody has written for so long, as far as is known, that they are over."""
    query = select(Meeting).where(Meeting.phase == Phase.LIVE, col(Meeting.next_due_at) <= now)
    return list(session.exec(query.where(Meeting.thread_ts != "")))


def unplaced(session: Session) -> list[Meeting]:
    """Meetings whose card is on its way: nobody knows yet which thread is theirs."""
    return list(session.exec(select(Meeting).where(Meeting.phase == Phase.LIVE, Meeting.thread_ts == "")))


def lines(session: Session, meeting_id: int) -> list[MeetingLine]:
    """The raw lines, in the order in which they take effect."""
    query = select(MeetingLine).where(MeetingLine.meeting_id == meeting_id)
    return list(session.exec(query.order_by(col(MeetingLine.ordinal), col(MeetingLine.key))))


def lines_about(session: Session, meeting_id: int, key: str) -> list[MeetingLine]:
    """A message and the changes of its text."""
    query = select(MeetingLine).where(MeetingLine.meeting_id == meeting_id)
    return list(session.exec(query.where((col(MeetingLine.key) == key) | (col(MeetingLine.about) == key))))


def messages(session: Session, meeting_id: int) -> list[MeetingLine]:
    """What people have written, without what was done about it later, in order."""
    return [line for line in lines(session, meeting_id) if line.kind == "message"]


def from_thread(session: Session, meeting_id: int) -> dict[str, bool]:
    """Of each raw line by its key, whether it was written in the thread."""
    query = select(MeetingLine.key, MeetingLine.from_thread).where(MeetingLine.meeting_id == meeting_id)
    return dict(session.exec(query).all())


def kept(session: Session, meeting_id: int) -> KeptMinutes | None:
    """What the minutes say since they are on record."""
    query = select(KeptMinutes).where(KeptMinutes.meeting_id == meeting_id)
    return session.exec(query, execution_options=_FRESH).first()


def kept_final(session: Session, meeting_id: int) -> KeptMinutes | None:
    """The same with documents: since the minutes are final."""
    row = kept(session, meeting_id)
    return row if row and row.documents else None


def keep(session: Session, meeting_id: int, minutes: str) -> None:
    """Keep what they say from now on; what was kept before is replaced. The meeting is locked."""
    row = kept(session, meeting_id) or KeptMinutes(meeting_id=meeting_id, minutes=minutes)
    row.minutes, row.documents = minutes, ""
    session.add(row)
    session.flush()


def keep_documents(session: Session, meeting_id: int, documents: str) -> None:
    """Keep the documents of minutes that are kept."""
    session.get_one(KeptMinutes, meeting_id).documents = documents
    session.flush()


def add_line(session: Session, line: MeetingLine) -> bool:
    """Keep a raw line; False if it was kept before."""
    values = line.model_dump(exclude={"id"})
    values["text"] = line.text.encode(errors="replace").decode().replace("\0", "")  # what databases do not take
    statement = insert_of(session)(MeetingLine).values(values).on_conflict_do_nothing().returning(col(MeetingLine.id))
    return session.execute(statement).first() is not None


def reserved(session: Session, meeting_id: int) -> list[ReservedNumber]:
    """The numbers that lines of a meeting have, as they were given."""
    query = select(ReservedNumber).where(ReservedNumber.meeting_id == meeting_id)
    return list(session.exec(query.order_by(col(ReservedNumber.id)), execution_options=_FRESH))


def marks(session: Session, meeting_id: int) -> list[LineMark]:
    """The reactions that the bot has put on messages of the record."""
    return list(session.exec(select(LineMark).where(LineMark.meeting_id == meeting_id)))


def asked(session: Session, meeting_id: int) -> set[tuple[str, int, str, str]]:
    """What was asked already: message, part, why, and the words it is about."""
    query = select(AskedLine).where(AskedLine.meeting_id == meeting_id)
    return {(one.key, one.part, one.why, one.written) for one in session.exec(query)}


def page(
    session: Session, task_force_id: int, offset: int, limit: int, phases: Iterable[Phase] = tuple(Phase)
) -> list[Meeting]:
    """Some of a task force's meetings, the newest first."""
    query = select(Meeting).where(Meeting.task_force_id == task_force_id, col(Meeting.phase).in_(list(phases)))
    return list(session.exec(query.order_by(col(Meeting.number).desc()).offset(offset).limit(limit)))


def count(session: Session, task_force_id: int, phases: Iterable[Phase] = tuple(Phase)) -> int:
    """How many there are."""
    query = select(func.count(col(Meeting.id))).where(Meeting.task_force_id == task_force_id)
    return int(session.exec(query.where(col(Meeting.phase).in_(list(phases)))).one())


def due(session: Session, now: datetime, limit: int) -> list[Meeting]:
    """Meetings at which the clock has something to do; ours until the transaction ends, and nobody else takes them."""
    query = select(Meeting).where(col(Meeting.next_due_at) <= now).order_by(col(Meeting.next_due_at)).limit(limit)
    return list(session.exec(query.with_for_update(skip_locked=True, key_share=True), execution_options=_FRESH))


def is_any_due(session: Session, now: datetime) -> bool:
    """Whether there is such a meeting, in somebody else's hands or not."""
    return session.exec(select(Meeting.id).where(col(Meeting.next_due_at) <= now).limit(1)).first() is not None


def next_moments(session: Session, now: datetime, limit: int) -> list[datetime]:
    """The next business times at which there is one."""
    due = col(Meeting.next_due_at)
    return [at for at in session.exec(select(due).where(due > now).order_by(due).limit(limit)) if at]


def watched(session: Session, task_force_id: int) -> list[Meeting]:
    """The meetings of a task force at which the clock may have something to do, but for those that are held.

    The moment at which one that is held has been silent for too long is put off by every line.
    """
    wanted = col(Meeting.phase).in_((Phase.PLANNED, Phase.DRAFT)) | col(Meeting.next_due_at).is_not(None)
    query = select(Meeting).where(Meeting.task_force_id == task_force_id, Meeting.phase != Phase.LIVE, wanted)
    return list(session.exec(query.order_by(col(Meeting.id))))


def drafts(session: Session, task_force_id: int) -> list[Meeting]:
    """The meetings whose minutes wait to be confirmed, oldest first."""
    query = select(Meeting).where(Meeting.task_force_id == task_force_id, Meeting.phase == Phase.DRAFT)
    return list(session.exec(query.order_by(col(Meeting.number))))


def planned_between(session: Session, task_force_id: int, first: datetime, last: datetime) -> list[Meeting]:
    """The meetings that are planned for a time from `first` up to `last`, the earliest first."""
    query = select(Meeting).where(Meeting.task_force_id == task_force_id, Meeting.phase == Phase.PLANNED)
    query = query.where(col(Meeting.planned_for) >= first, col(Meeting.planned_for) < last)
    return list(session.exec(query.order_by(col(Meeting.planned_for), col(Meeting.number))))


def found(session: Session, task_force_id: int, words: Iterable[str], limit: int) -> list[Meeting]:
    """Some of a task force's meetings whose minutes have all these words (normalised), the newest first."""
    has: Any = [col(Meeting.searchable).contains(word, autoescape=True) for word in words]
    query = select(Meeting).where(Meeting.task_force_id == task_force_id, *has)
    return list(session.exec(query.order_by(col(Meeting.number).desc()).limit(limit)))


def planned(session: Session, task_force_id: int) -> list[Meeting]:
    """Those that were ever planned for a moment, by that moment."""
    query = select(Meeting).where(Meeting.task_force_id == task_force_id, col(Meeting.planned_for).is_not(None))
    return list(session.exec(query.order_by(col(Meeting.planned_for), col(Meeting.id))))
