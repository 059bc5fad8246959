"""A meeting read with everything that is told about it."""

from sqlmodel import Session, col, select

from bot.rules.meeting_confirmations import latest
from bot.rules.meeting_filing import filed
from bot.rules.meeting_views import Guest, MeetingView, SideWord
from bot.rules.minutes import Place
from bot.services.meeting_minutes import minutes_of
from storage import meetings, people
from storage.tables import (
    Addendum,
    AgendaTopic,
    Delegation,
    DocumentNumber,
    Invitation,
    Meeting,
    MinutesWord,
    Person,
    Side,
    TaskForce,
)


def view_of(session: Session, meeting: Meeting) -> MeetingView:
    """The meeting as it is now."""
    minutes = minutes_of(session, meeting)
    sides = people.sides(session, meeting.task_force_id)
    rows = meetings.reserved(session, meeting.id or 0)
    return MeetingView(
        meeting=meeting,
        task_force=session.get_one(TaskForce, meeting.task_force_id),
        sides=sides,
        keeper=session.get_one(Person, meeting.keeper_id),
        minutes=minutes,
        filed=filed(minutes, {(one.noun, Place(one.key, one.part)): one.number for one in rows}),
        words=_words(session, meeting, sides),
        guests=_guests(session, meeting, sides),
        agenda=agenda_of(session, meeting.id or 0),
        addenda=_addenda(session, meeting),
        numbers=_numbers(session, meeting, sides),
    )


def said(session: Session, meeting: Meeting) -> list[MinutesWord]:
    """What was said to the draft as it is worded now and not taken back, oldest first."""
    query = select(MinutesWord).where(MinutesWord.meeting_id == meeting.id, MinutesWord.wording == meeting.wording)
    return list(session.exec(query.where(col(MinutesWord.withdrawn_at).is_(None)).order_by(col(MinutesWord.id))))


def agenda_of(session: Session, meeting_id: int) -> list[AgendaTopic]:
    """What is to be talked about, in its order."""
    query = select(AgendaTopic).where(AgendaTopic.meeting_id == meeting_id, col(AgendaTopic.removed_at).is_(None))
    return list(session.exec(query.order_by(col(AgendaTopic.id))))


def invitations_of(session: Session, meeting: Meeting) -> list[Invitation]:
    """Who is expected, and what they answered."""
    query = select(Invitation).where(Invitation.meeting_id == meeting.id)
    return list(session.exec(query.order_by(col(Invitation.person_id))))


def _words(session: Session, meeting: Meeting, sides: list[Side]) -> list[SideWord]:
    words = latest(said(session, meeting))
    return [_word(session, side, words.get(side.id or 0)) for side in sides]


def _word(session: Session, side: Side, word: MinutesWord | None) -> SideWord:
    if word is None:
        return SideWord(side)
    delegation = session.get(Delegation, word.delegation_id) if word.delegation_id else None
    by = session.get(Person, delegation.granted_by) if delegation else None
    return SideWord(side, word, session.get(Person, word.person_id), by)


def _guests(session: Session, meeting: Meeting, sides: list[Side]) -> list[Guest]:
    query = (
        select(Invitation, Person)
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(Invitation.meeting_id == meeting.id)
        .order_by(col(Person.id))
    )
    known = {side.id: side for side in sides}
    guests = [Guest(person, known[person.side_id], invitation) for invitation, person in session.exec(query)]
    return sorted(guests, key=lambda guest: guest.side.position)


def _addenda(session: Session, meeting: Meeting) -> list[tuple[Addendum, Person]]:
    query = select(Addendum, Person).join(Person, col(Person.id) == col(Addendum.person_id))
    return list(session.exec(query.where(Addendum.meeting_id == meeting.id).order_by(col(Addendum.id))))


def _numbers(session: Session, meeting: Meeting, sides: list[Side]) -> list[tuple[DocumentNumber, Side]]:
    query = select(DocumentNumber).where(DocumentNumber.meeting_id == meeting.id)
    rows = {row.side_id: row for row in session.exec(query)}
    return [(rows[side.id or 0], side) for side in sides if (side.id or 0) in rows]
