"""The meetings that concern somebody, over all their task forces."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from sqlmodel import Session, select

from bot.rules.items import local_date
from bot.rules.meeting_views import HOME_ORDER, MyMeeting, in_home_order
from bot.services.askers import Asker
from bot.services.awaited import may_speak
from bot.services.meeting_views import said
from bot.services.work import Work
from storage import meetings, people
from storage.tables import Invitation, Meeting, Person, Phase, TaskForce

LATELY, MOST = (
    timedelta(hours=12),
    50,
)  # how long a planned meeting that did not begin is shown; looked at per task force


def mine(work: Work, asker: Asker, task_forces: Iterable[TaskForce]) -> Sequence[MyMeeting]:
    """Held, to be put on record or confirmed by the asker, or coming with the asker expected."""
    return in_home_order(one for task_force in task_forces for one in _mine(work, asker, task_force))


def _mine(work: Work, asker: Asker, task_force: TaskForce) -> Iterator[MyMeeting]:
    person = people.person_of(work.session, task_force, asker.account.user_id)
    if person is None:
        return
    for meeting in meetings.page(work.session, task_force.id or 0, 0, MOST, HOME_ORDER):
        invitation = _invitation(work.session, meeting, person) if meeting.phase is Phase.PLANNED else None
        if invitation and meeting.planned_for and meeting.planned_for > work.now - LATELY:
            yield MyMeeting(meeting, task_force, invitation.answer)
        elif meeting.phase is Phase.LIVE or _waits(work, meeting, person, task_force):
            yield MyMeeting(meeting, task_force)


def _waits(work: Work, meeting: Meeting, person: Person, task_force: TaskForce) -> bool:
    """To be put on record by its keeper, or confirmed by somebody who speaks for a side that has said nothing."""
    if meeting.phase is Phase.ENDED:
        return meeting.keeper_id == person.id
    if meeting.phase is not Phase.DRAFT or not may_speak(work.session, person, local_date(work.now, task_force)):
        return False
    return not any(one.side_id == person.side_id for one in said(work.session, meeting))


def _invitation(session: Session, meeting: Meeting, person: Person) -> Invitation | None:
    query = select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.person_id == person.id)
    return session.exec(query).first()
