"""Meetings in a handover: who is expected at those that are planned, and who keeps the record of one that runs."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.services.handover_returns import KEEPING, RSVPS, lent, returns
from bot.services.meeting_agendas import INVITED
from bot.services.meeting_ends import show_review
from bot.services.meetings import lane_of, record, show_card
from bot.services.work import Work
from storage import handovers, meetings
from storage.tables import Answer, Handover, Invitation, Meeting, Person, Phase


def find_rsvps(session: Session, handover: Handover) -> list[Any]:
    """Invitations to meetings that have not begun, with what was answered; `beside`: the receiver is expected anyway."""
    found = handovers.invitations_of(session, handover.giver_id)
    if returns(session, handover):
        held = lent(session, handover, RSVPS)
        found = [one for one in found if one.id in held]
    expected = {one.meeting_id for one in handovers.invitations_of(session, handover.receiver_id)}
    return [_plain(one) | {"beside": one.meeting_id in expected} for one in found]


def move_rsvps(work: Work, handover: Handover, values: list[Any]) -> None:
    """The receiver is expected instead, and is asked anew: nobody can say for another that they will come."""
    for value in values:
        row = work.session.get_one(Invitation, value["id"])
        if value["beside"]:
            work.session.delete(row)
        else:
            _give(row, handover.receiver_id)
    work.session.flush()


def back_rsvps(work: Work, handover: Handover, values: list[Any], _by: Person) -> None:
    """With the giver's answer; not where the receiver has answered, or the giver is invited again."""
    invited = {one.meeting_id for one in handovers.invitations_of(work.session, handover.giver_id)}
    for value in values:
        row = work.session.get(Invitation, value["id"])
        if value["meeting"] in invited or work.session.get_one(Meeting, value["meeting"]).phase is not Phase.PLANNED:
            continue
        if value["beside"] and row is None:
            row = Invitation(meeting_id=value["meeting"], person_id=handover.giver_id)
            work.session.add(row)
        elif row is None or row.person_id != handover.receiver_id or row.answered_at:
            continue
        _give(row, handover.giver_id, value)
    work.session.flush()


def find_keeping(session: Session, handover: Handover) -> list[Any]:
    """Meetings of which the giver takes the minutes, until they are put on record."""
    found = handovers.kept_by(session, handover.giver_id)
    if returns(session, handover):
        held = lent(session, handover, KEEPING)
        found = [one for one in found if one.id in held]
    return [{"id": one.id, "meeting": one.id} for one in found]


def move_keeping(work: Work, handover: Handover, values: list[Any]) -> None:
    """The receiver keeps them from now on."""
    _keep(work, values, handover.giver_id, handover.receiver_id, handover.asked_by)


def back_keeping(work: Work, handover: Handover, values: list[Any], by: Person) -> None:
    """The giver again, where the receiver still keeps them."""
    _keep(work, values, handover.receiver_id, handover.giver_id, by.id)


def show(work: Work, word: str, meeting: Meeting) -> None:
    """Have what stands in the channel made true: the invitation, or the card of the meeting."""
    if word == RSVPS:
        work.queue(lane_of(work.session, meeting), INVITED, meeting.id)
        return
    show_card(work, meeting)
    if meeting.phase is Phase.ENDED:
        show_review(work, meeting)


def _keep(work: Work, values: list[Any], from_id: int, to_id: int, by_id: int | None) -> None:
    for value in values:
        meeting = meetings.lock(work.session, value["id"])
        if meeting.keeper_id == from_id and meeting.phase in (Phase.LIVE, Phase.ENDED):
            meeting.keeper_id = to_id
            record(work, meeting, "handed-over", by_id, keeper=to_id)


def _plain(one: Invitation) -> dict[str, Any]:
    """As the handover keeps it."""
    return {
        "id": one.id,
        "meeting": one.meeting_id,
        "answer": one.answer,
        "proxy": [one.proxy_name, one.proxy_title],
        "at": one.answered_at.isoformat() if one.answered_at else None,
    }


def _give(row: Invitation, person_id: int, value: dict[str, Any] | None = None) -> None:
    """Somebody is expected by this invitation, with the answer that it had, or with none."""
    row.person_id = person_id
    row.answer = Answer(value["answer"]) if value and value["answer"] else None
    row.proxy_name, row.proxy_title = value["proxy"] if value else ("", "")
    row.answered_at = datetime.fromisoformat(value["at"]) if value and value["at"] else None
